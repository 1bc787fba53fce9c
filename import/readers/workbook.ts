import { type CellObject, read, set_cptable, type WorkBook } from '@e965/xlsx';
import * as codepages from '@e965/xlsx/dist/cpexcel.full.mjs';
import { DomainError } from '../../rules/errors.js';
import type { Cell, Sheet } from './table.js';

// Workbooks from before Excel 97 hold their texts in a codepage, 936 in China.
set_cptable(codepages);

/** As found: no formats, no formulas; a number stays one, since only its column tells whether it is a day. */
const asFound = {
  ...{ dense: true, raw: true, cellDates: false },
  ...{ cellFormula: false, cellHTML: false, cellText: false },
} as const;

/**
 * Reads every sheet of a workbook in its bytes (`.xlsx`, binary `.xls`), or of a table in HTML or XML, already decoded.
 * Throws `input.invalid` for what can not be read.
 */
export function readWorkbook(content: Uint8Array | string): readonly Sheet[] {
  const workbook = open(content);
  const from1904 = workbook.Workbook?.WBProps?.date1904 ?? false;
  return workbook.SheetNames.map((name) => {
    const rows = workbook.Sheets[name]?.['!data'] ?? [];
    return { rows: rowsOf(rows), from1904 };
  });
}

/** Rows that hold nothing are holes, not lists. */
function rowsOf(data: readonly ((CellObject | undefined)[] | undefined)[]): Sheet['rows'] {
  return Array.from(data, (cells, index) => ({ row: index + 1, cells: Array.from(cells ?? [], valueOf) }));
}

function valueOf(cell: CellObject | undefined): Cell {
  const value = cell?.v;
  if (typeof value === 'number') return cell?.t === 'e' ? '' : value;
  // A NUL and half a surrogate pair are no part of any text, and PostgreSQL keeps neither: an import with one would never end.
  return value === undefined ? '' : String(value).replace(/\0|\p{Surrogate}/gu, '');
}

function open(content: Uint8Array | string): WorkBook {
  try {
    return typeof content === 'string'
      ? read(content, { type: 'string', ...asFound })
      : read(content, { type: 'buffer', ...asFound });
  } catch (error) {
    throw new DomainError('input.invalid', {
      what: '工作簿无法读取（可能已损坏或加密）· the workbook can not be read; it may be damaged or encrypted',
      found: error instanceof Error ? error.message : 'unknown',
    });
  }
}
