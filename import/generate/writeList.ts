import { utils, write } from '@e965/xlsx';
import { columns } from '../columns.js';
import type { GeneratedRow } from './permits.js';

/** The file formats that lists are written in. */
export const formats = ['csv', 'xlsx'] as const;

const written = (Object.keys(columns) as (keyof typeof columns)[]).filter((column) => column !== 'validity');

/** A list as a file, every cell a text: CSV in UTF-8 with a byte-order mark, which spreadsheets need, or a workbook. */
export function writeList(rows: readonly GeneratedRow[], format: (typeof formats)[number]): Buffer {
  const header = written.map((column) => columns[column].title);
  const sheet = utils.aoa_to_sheet([header, ...rows.map((row) => written.map((column) => row[column]))]);
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, '排污许可证');
  return write(book, { type: 'buffer', bookType: format, compression: true }) as Buffer;
}
