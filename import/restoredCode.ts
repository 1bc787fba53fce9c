import { plain } from './cells.js';
import type { Cell } from './readers/table.js';

/**
 * A spreadsheet makes a number of a credit code of digits alone, and keeps fifteen of the eighteen, or shows fewer
 * (`9.11E+17`). The permit number begins with the whole code: this is it, where the digits that are left agree with it.
 * Undefined where the cell is no such number.
 */
export function restoredCreditCode(cell: Cell, permitNo: string | null): string | undefined {
  const whole = permitNo?.slice(0, 18) ?? '';
  const scientific = /^(\d(?:\.\d+)?)E\+?17$/i.exec(plain(cell));
  if (!/^\d{18}$/.test(whole)) return undefined;
  if (scientific !== null) {
    const digits = scientific[1]?.replace('.', '').length ?? 1;
    const same = Number(whole).toPrecision(digits) === Number(plain(cell)).toPrecision(digits);
    return same ? whole : undefined;
  }
  const kept = String(cell).slice(0, 15);
  return typeof cell === 'number' && cell >= 1e17 && whole.startsWith(kept) ? whole : undefined;
}
