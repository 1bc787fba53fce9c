import { addDays, addYears, parseDate } from '../../rules/date.js';
import type { ErrorReason } from '../findings.js';
import type { GeneratedRow } from './permits.js';

/** A kind of bad row: the code that refuses it, and how a good row becomes one. */
export interface BadKind {
  readonly code: ErrorReason;
  /** `row` begins a permit of its own; `earlier` is a row that is on the list already. */
  spoil(row: GeneratedRow, earlier: GeneratedRow): GeneratedRow;
}

/** The kinds of bad row that a list may be generated with, each refused for one reason alone. */
export const badKinds: readonly BadKind[] = [
  { code: 'permitNo.format', spoil: (row) => ({ ...row, permitNo: row.permitNo.slice(0, 20) }) },
  { code: 'cell.empty', spoil: (row) => ({ ...row, name: ' ' }) },
  { code: 'date.impossible', spoil: (row) => ({ ...row, issuedOn: `${row.issuedOn.slice(0, 4)}-02-30` }) },
  { code: 'validity.order', spoil: (row) => ({ ...row, validTo: row.validFrom }) },
  {
    code: 'validity.tooLong',
    spoil: (row) => ({ ...row, validTo: addDays(addYears(parseDate(row.validFrom), 5), 31) }),
  },
  { code: 'class.unknown', spoil: (row) => ({ ...row, permitClass: '登记管理' }) },
  { code: 'permit.otherUnit', spoil: (row, earlier) => ({ ...row, permitNo: earlier.permitNo }) },
  { code: 'row.duplicate', spoil: (_row, earlier) => earlier },
];
