import { DomainError } from '../../rules/errors.js';
import { plain } from '../cells.js';
import { readSheets } from '../readers/readSheets.js';
import type { Cell, Sheet } from '../readers/table.js';

/** A row of a file, its cells by the table's columns; an absent column is an empty text. */
export interface TableRow<Column extends string> {
  /** The line of the file on which the row begins, the first being 1. */
  readonly row: number;
  readonly cells: Readonly<Record<Column, Cell>>;
  readonly text: Readonly<Record<Column, string>>;
}

/** A table as it was found in a file. */
export interface Table<Column extends string> {
  readonly rows: readonly TableRow<Column>[];
  /** Whether its day numbers count from 1904. */
  readonly from1904: boolean;
}

/** What a table's header says: each column by its title and by what else it is called, and those that none lacks. */
export interface TableHeader<Column extends string> {
  /** What the table is called, in Chinese and English. */
  readonly what: string;
  readonly titles: Readonly<Record<Column, readonly [string, ...string[]]>>;
  readonly needed: readonly Column[];
}

/** How far down the header may stand below titles, in rows. */
const titleRows = 10;

/**
 * Reads a table from a workbook or delimited text: the first sheet that has the header, its columns in any order, with more of
 * them allowed. Rows without any text are left out. Throws `input.invalid` for a file that can not be read and for one without
 * the columns that every such table has.
 */
export function readTable<Column extends string>(
  bytes: Uint8Array,
  header: TableHeader<Column>,
): Table<Column> {
  const sheets = readSheets(bytes);
  for (const sheet of sheets) {
    const at = sheet.rows
      .slice(0, titleRows)
      .findIndex(({ cells }) => lacking(header, placesOf(header, cells)).length === 0);
    if (at >= 0) return { rows: rowsBelow(header, sheet, at), from1904: sheet.from1904 };
  }
  const best = sheets
    .flatMap(({ rows }) =>
      rows.slice(0, titleRows).map(({ cells }) => lacking(header, placesOf(header, cells))),
    )
    .reduce((fewest, each) => (each.length < fewest.length ? each : fewest), header.needed);
  const titlesOf = (columns: readonly Column[]): string =>
    columns.map((column) => header.titles[column][0]).join(' ');
  throw new DomainError('input.invalid', {
    what: `找不到${header.what} is not there`,
    where: '表头 header',
    expected: titlesOf(header.needed),
    found: `缺少 · missing: ${titlesOf(best)}`,
  });
}

const columnsOf = <Column extends string>({ titles }: TableHeader<Column>): readonly Column[] =>
  Object.keys(titles) as Column[];

const lacking = <Column extends string>(
  { needed }: TableHeader<Column>,
  places: ReadonlyMap<Column, number>,
): readonly Column[] => needed.filter((column) => !places.has(column));

/** Where each column stands; the first of two of one name counts. */
function placesOf<Column extends string>(
  header: TableHeader<Column>,
  cells: readonly Cell[],
): ReadonlyMap<Column, number> {
  const found = cells.map((cell) => plain(cell).toLowerCase());
  return new Map(
    columnsOf(header).flatMap((column) => {
      const names = header.titles[column].map((name) => plain(name).toLowerCase());
      const place = found.findIndex((title) => names.includes(title));
      return place < 0 ? [] : [[column, place] as const];
    }),
  );
}

function rowsBelow<Column extends string>(
  header: TableHeader<Column>,
  { rows }: Sheet,
  at: number,
): readonly TableRow<Column>[] {
  const places = placesOf(header, rows[at]?.cells ?? []);
  return rows.slice(at + 1).flatMap(({ row, cells: found }) => {
    if (found.every((cell) => plain(cell) === '')) return [];
    const cellOf = (column: Column): Cell => {
      const place = places.get(column);
      return place === undefined ? '' : (found[place] ?? '');
    };
    const by = <Value>(read: (cell: Cell) => Value) =>
      Object.fromEntries(columnsOf(header).map((column) => [column, read(cellOf(column))])) as Record<
        Column,
        Value
      >;
    return [{ row, cells: by((cell) => cell), text: by((cell) => String(cell).trim()) }];
  });
}
