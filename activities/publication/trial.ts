import type { Calendar } from '../../rules/calendar.js';
import type { Database, Transaction } from '../../db/database.js';
import type { CalendarChange } from '../../db/queries/publications.js';
import type { RulePack } from '../../rules/pack.js';
import { type ClockRules, rulesOf } from '../commit/clocks.js';
import { dueChanges, recount } from '../commit/retime.js';
import { officersOf, type OpenCase, openCasesAfter } from './openCases.js';

/** A due day that would change, of whose case, and who works on it. */
export type TriedChange = Omit<CalendarChange, 'year' | 'edition'>;

/** What a page of a dry run has looked at and found. */
export interface TriedPage {
  readonly cases: readonly OpenCase[];
  readonly changes: readonly TriedChange[];
  /** The last case that it looked at; null when none is left. */
  readonly cursor: string | null;
}

/** Tries rules on the page of open cases behind one. Reads, and touches nothing. */
export async function tryPage(
  db: Database | Transaction,
  cursor: string,
  rulesFor: (open: OpenCase) => ClockRules | null,
): Promise<TriedPage> {
  const cases = await openCasesAfter(db, cursor, { locked: false });
  const found = cases.flatMap((open) => {
    const rules = rulesFor(open);
    return rules === null ? [] : dueChanges(recount(open.clocks, rules)).map((change) => ({ open, change }));
  });
  const officerOf = await officersOf(db, [...new Set(found.map(({ open }) => open.row.id))]);
  const changes = found.map(({ open: { row }, change }) => ({
    ...change,
    ...{ organ: row.organs.deciding, area: row.area, unitId: row.unitId },
    officer: officerOf(row.id, change.clock),
  }));
  return { cases, changes, cursor: cases.at(-1)?.row.id ?? null };
}

/** The rules that each case would run under with another calendar. */
export const withCalendar =
  (calendar: Calendar) =>
  ({ row }: OpenCase): ClockRules =>
    rulesOf(row, calendar);

/** The rules that a case of the pack's region would run under with that pack; null for every other. */
export const withPack =
  (pack: RulePack, calendar: Calendar) =>
  ({ row }: OpenCase): ClockRules | null => {
    const rules = rulesOf(row, calendar);
    return rules.pack.region === pack.region && rules.pack.id !== pack.id ? { ...rules, pack } : null;
  };
