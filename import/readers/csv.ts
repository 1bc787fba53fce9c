import Papa from 'papaparse';
import { DomainError } from '../../rules/errors.js';
import type { Sheet, SheetRow } from './table.js';

const delimiters = [',', '\t', ';', '，'] as const;

/**
 * Reads delimited text; the delimiter is the one that parts the first line the most. A row counts from the line of the file
 * on which it begins, line breaks inside quotes and empty lines counted, so that an editor finds it. A line whose quotes make
 * no sense is read as it stands, so that it harms no other. Throws `input.invalid` with the line where a quote is never closed.
 */
export function readCsv(text: string): Sheet {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const delimiter = delimiters.reduce((best, each) =>
    first.split(each).length > first.split(best).length ? each : best,
  );
  const rows: SheetRow[] = [];
  for (let at = 0; at < lines.length;) {
    const { cells, count } = rowAt(lines, at, delimiter);
    rows.push({ row: at + 1, cells });
    at += count;
  }
  return { rows, from1904: false };
}

/** The row that begins on a line, and how many lines it takes. */
function rowAt(lines: readonly string[], at: number, delimiter: string): { cells: string[]; count: number } {
  const line = lines[at] ?? '';
  const asItStands = { cells: line.split(delimiter), count: 1 };
  if (!line.includes('"')) return asItStands;
  // A row ends with a line up to which the quotes are even in number: no more has to be looked at, however long the file.
  let end = at;
  for (let odd = false; end < lines.length; end += 1) {
    if ((lines[end] ?? '').split('"').length % 2 === 0) odd = !odd;
    if (!odd) break;
  }
  const block = lines.slice(at, end + 1).join('\n');
  const { data, errors, meta } = Papa.parse<string[]>(block, {
    ...{ delimiter, newline: '\n', preview: 1, fastMode: false },
  });
  if (errors.some(({ code }) => code === 'InvalidQuotes')) return asItStands;
  if (errors.length > 0) {
    throw new DomainError('input.invalid', {
      what: 'CSV 无法解析 · the CSV can not be parsed',
      expected: '引号成对 · a quote that is closed',
      found: `a quote that is never closed, in the row that begins at line ${at + 1}`,
    });
  }
  const row = block.slice(0, meta.cursor);
  return { cells: data[0] ?? [], count: row.split('\n').length - (row.endsWith('\n') ? 1 : 0) };
}
