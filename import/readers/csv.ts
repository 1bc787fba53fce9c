import { CsvError, parse } from 'csv-parse/sync';
import { DomainError } from '../../rules/errors.js';
import type { Sheet } from './table.js';

const delimiters = [',', '\t', ';', '，'] as const;

interface ParsedRecord {
  readonly info: { readonly lines: number };
  readonly record: readonly string[];
}

/**
 * Reads delimited text; the delimiter is the one that parts the first line the most. A row counts from the line of the file
 * on which it begins, line breaks inside quotes and empty lines counted, so that an editor finds it. Throws `input.invalid`
 * with the line where a quote is never closed.
 */
export function readCsv(text: string): Sheet {
  // The library counts CRLF inside quotes twice.
  const lines = text.replace(/\r\n?/g, '\n');
  const first = lines.split('\n').find((line) => line.trim() !== '') ?? '';
  const delimiter = delimiters.reduce((best, each) =>
    first.split(each).length > first.split(best).length ? each : best,
  );
  const options = { delimiter, info: true, relax_column_count: true, relax_quotes: true } as const;
  try {
    const records = parse(lines, options) as unknown as readonly ParsedRecord[];
    let next = 1;
    const rows = records.map(({ info, record }) => {
      const row = { row: next, cells: record };
      next = info.lines + 1;
      return row;
    });
    return { rows, from1904: false };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new DomainError('input.invalid', {
      what: 'CSV 无法解析 · the CSV can not be parsed',
      found: error.message,
    });
  }
}
