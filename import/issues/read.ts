import { readTable, type Table, type TableHeader, type TableRow } from '../table/readTable.js';
import { ledgerColumns, type LedgerColumn } from './columns.js';

/** A row of a file, its cells by the ledger's columns. */
export type ReadRow = TableRow<LedgerColumn>;

export type ReadLedger = Table<LedgerColumn>;

const header: TableHeader<LedgerColumn> = {
  what: '问题台账的表头 · the header of the issue ledger',
  titles: Object.fromEntries(
    Object.entries(ledgerColumns).map(([column, title]) => [column, [title]]),
  ) as unknown as TableHeader<LedgerColumn>['titles'],
  needed: [
    ...(['permitNo', 'tier', 'foundOn', 'number', 'category'] as const),
    ...(['severity', 'description', 'responsible'] as const),
  ],
};

/** Reads an issue ledger from a workbook or delimited text; see `readTable` for what it throws. */
export const readLedger = (bytes: Uint8Array): ReadLedger => readTable(bytes, header);
