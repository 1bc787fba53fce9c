import { DomainError } from '../../rules/errors.js';
import { plain } from '../cells.js';
import type { Cell, Sheet } from '../readers/table.js';
import { readSheets } from '../readers/readSheets.js';
import { columnsInOrder, ledgerColumns, type LedgerColumn } from './columns.js';

/** A row of a file, its cells by the ledger's columns; an absent column is an empty text. */
export interface ReadRow {
  /** The number of the row in the file, the first being 1. */
  readonly row: number;
  readonly cells: Readonly<Record<LedgerColumn, Cell>>;
  readonly text: Readonly<Record<LedgerColumn, string>>;
}

export interface ReadLedger {
  readonly rows: readonly ReadRow[];
  /** Whether its day numbers count from 1904. */
  readonly from1904: boolean;
}

/** What no ledger lacks. */
const needed: readonly LedgerColumn[] = [
  ...([
    'permitNo',
    'tier',
    'foundOn',
    'number',
    'category',
    'severity',
    'description',
    'responsible',
  ] as const),
];

/** How far down the header may stand below titles, in rows. */
const titles = 10;

/**
 * Reads an issue ledger from a workbook or delimited text: the first sheet that has the header, its columns in any order.
 * Throws `input.invalid` for a file that can not be read and for one without the columns that every ledger has.
 */
export function readLedger(bytes: Uint8Array): ReadLedger {
  const sheets = readSheets(bytes);
  for (const sheet of sheets) {
    const header = sheet.rows
      .slice(0, titles)
      .findIndex(({ cells }) => lacking(placesOf(cells)).length === 0);
    if (header >= 0) return { rows: rowsBelow(sheet, header), from1904: sheet.from1904 };
  }
  const best = sheets
    .flatMap(({ rows }) => rows.slice(0, titles).map(({ cells }) => lacking(placesOf(cells))))
    .reduce((fewest, each) => (each.length < fewest.length ? each : fewest), needed);
  throw new DomainError('input.invalid', {
    what: '找不到问题台账的表头 · the header of the issue ledger is not there',
    where: '表头 header',
    expected: needed.map((column) => ledgerColumns[column]).join(' '),
    found: `缺少 · missing: ${best.map((column) => ledgerColumns[column]).join(' ')}`,
  });
}

const lacking = (places: ReadonlyMap<LedgerColumn, number>): readonly LedgerColumn[] =>
  needed.filter((column) => !places.has(column));

function placesOf(cells: readonly Cell[]): ReadonlyMap<LedgerColumn, number> {
  const titlesFound = cells.map(plain);
  return new Map(
    columnsInOrder.flatMap((column) => {
      const place = titlesFound.indexOf(plain(ledgerColumns[column]));
      return place < 0 ? [] : [[column, place] as const];
    }),
  );
}

function rowsBelow({ rows }: Sheet, header: number): readonly ReadRow[] {
  const places = placesOf(rows[header]?.cells ?? []);
  return rows.slice(header + 1).flatMap(({ row, cells: found }) => {
    if (found.every((cell) => plain(cell) === '')) return [];
    const cellOf = (column: LedgerColumn): Cell => {
      const place = places.get(column);
      return place === undefined ? '' : (found[place] ?? '');
    };
    const by = <Value>(read: (cell: Cell) => Value) =>
      Object.fromEntries(columnsInOrder.map((column) => [column, read(cellOf(column))])) as Record<
        LedgerColumn,
        Value
      >;
    return [{ row, cells: by((cell) => cell), text: by((cell) => String(cell).trim()) }];
  });
}
