import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import Papa from 'papaparse';
import { DomainError, type ErrorDetail } from '../rules/errors.js';
import { FaultyInput } from '../rules/faultyInput.js';

/** What a field may not hold: control characters would forge the joints of a line, a stray byte-order mark is invisible. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\ufeff]/;

/** So many faults are told at once; reading stops there. */
const faultsTold = 20;

/** A row as its fields stand, NFC and trimmed, in the order of the columns asked for; `row` is its line, the header's being 1. */
export type TakeRow = (fields: readonly string[], row: number) => readonly ErrorDetail[];

/**
 * Reads a CSV file (UTF-8 with or without a byte-order mark, any line ends, RFC 4180 quotes) whose header holds exactly these
 * columns, in any order; empty lines are passed over. `take` answers with what is wrong with a row. Throws `FaultyInput`, and
 * `input.invalid` for a file that can not be read.
 */
export async function readTable(path: string, columns: readonly string[], take: TakeRow): Promise<void> {
  const faults: ErrorDetail[] = [];
  // Held in an object: the compiler does not see that a callback changes it.
  const header: { order: readonly number[] | null } = { order: null };
  let row = 0;
  await new Promise<void>((done, fail) => {
    Papa.parse<string[]>(Readable.from(textOf(path)), {
      delimiter: ',',
      newline: '\n',
      step: ({ data, errors }, parser) => {
        row += 1;
        const place = `${path}:${row}`;
        if (data.length === 1 && data[0]?.trim() === '') return;
        if (errors.length > 0) faults.push(...errors.map((error) => malformed(place, error.message)));
        else if (header.order === null) {
          header.order = columnOrder(data, columns, place, faults);
          if (header.order === null) parser.abort();
        } else takeRow(data, header.order);
        if (faults.length >= faultsTold) parser.abort();
      },
      complete: () => done(),
      error: (error: Error) => fail(error),
    });
  });
  if (header.order === null && faults.length === 0) {
    faults.push({
      what: 'no header',
      where: `${path}:1`,
      expected: columns.join(','),
      found: 'an empty file',
    });
  }
  const [first, ...rest] = faults;
  if (first !== undefined) throw new FaultyInput([first, ...rest]);

  function takeRow(data: readonly string[], places: readonly number[]): void {
    const place = `${path}:${row}`;
    if (data.length !== columns.length) {
      faults.push(malformed(place, `${data.length} fields`, `${columns.length} fields`));
      return;
    }
    // Nearly every row holds nothing to normalise or to refuse: it is looked at once, not field by field.
    const whole = data.join('');
    const isPlain = !unprintable.test(whole) && whole.normalize('NFC') === whole;
    const fields = places.map((at) => (isPlain ? (data[at] ?? '').trim() : canonicalField(data[at] ?? '')));
    const faulty = isPlain ? -1 : fields.findIndex((field) => unprintable.test(field));
    // A mark at an end is cut off with the white space, in this language only: so it is looked for before.
    const marked = isPlain ? -1 : places.findIndex((at) => data[at]?.includes('\ufeff') === true);
    const bad = faulty === -1 ? marked : faulty;
    if (bad !== -1) {
      const where = `${place} ${columns[bad] ?? ''}`;
      faults.push(malformed(where, 'a control character', 'printable characters on one line'));
      // A line break inside a field: the rows after it stand further down than they are counted.
      row += data.join('').split('\n').length - 1;
      return;
    }
    faults.push(
      ...take(fields, row).map((fault) => ({ ...fault, where: `${place} ${fault.where ?? ''}`.trim() })),
    );
  }
}

const malformed = (where: string, found: string, expected = 'a CSV row'): ErrorDetail => ({
  what: 'malformed row',
  where,
  expected,
  found,
});

/** A field as it counts: NFC, without white space at its ends. */
const canonicalField = (field: string): string => field.normalize('NFC').trim();

/** Where each column stands in the file; null, with a fault told, unless the header names each once and nothing else. */
function columnOrder(
  header: readonly string[],
  columns: readonly string[],
  where: string,
  faults: ErrorDetail[],
): readonly number[] | null {
  const names = header.map(canonicalField);
  if (names.length === columns.length && columns.every((column) => names.includes(column))) {
    return columns.map((column) => names.indexOf(column));
  }
  faults.push({
    what: 'not the columns of this file',
    where,
    expected: columns.join(','),
    found: names.join(',').slice(0, 200),
  });
  return null;
}

/** The file's text with LF line ends, piece by piece, without its byte-order mark. Throws unless it is UTF-8. */
async function* textOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let held = '';
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      const text = held + decoder.decode(chunk as Buffer, { stream: true });
      // A CR at the end of a piece may be the first half of a line end.
      held = text.endsWith('\r') ? '\r' : '';
      const piece = text.slice(0, text.length - held.length).replaceAll('\r\n', '\n');
      if (piece !== '') yield piece;
    }
    const rest = held + decoder.decode();
    if (rest !== '') yield rest;
  } catch (error) {
    const unreadable = error instanceof TypeError ? 'not UTF-8 text' : 'the file can not be read';
    throw new DomainError('input.invalid', {
      what: unreadable,
      where: path,
      expected: 'a CSV file in UTF-8',
      ...(error instanceof Error && 'code' in error ? { found: String(error.code) } : {}),
    });
  }
}
