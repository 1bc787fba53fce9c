import type { CalendarDate } from '../../rules/date.js';
import type { clocks } from '../../db/schema/index.js';
import { type ClockRules, rowOf } from './clocks.js';

type ClockRow = typeof clocks.$inferSelect;

/** A clock that the rules count out otherwise than its row says, as it was and as it is to be. */
export interface Recounted {
  readonly before: ClockRow;
  readonly after: ClockRow;
}

/** The due days of a clock before and after, where the statutory or the promised one changes. */
export interface DueChange {
  readonly caseId: string;
  readonly clock: string;
  readonly limit: string;
  readonly before: CalendarDate | null;
  readonly after: CalendarDate | null;
  readonly promisedBefore: CalendarDate | null;
  readonly promisedAfter: CalendarDate | null;
}

/** The clocks of a case that these rules count out otherwise. A clock that has stopped stays as it is. */
export function recount(rows: readonly ClockRow[], rules: ClockRules): readonly Recounted[] {
  return rows.flatMap((before) => {
    if (before.state === 'stopped') return [];
    const after = rowOf(before.caseId, before.id, before.events, rules);
    return isSame(before, after) ? [] : [{ before, after }];
  });
}

/** The changes that people are told of: of due days. */
export const dueChanges = (recounted: readonly Recounted[]): readonly DueChange[] =>
  recounted
    .filter(({ before, after }) => before.due !== after.due || before.promisedDue !== after.promisedDue)
    .map(({ before, after }) => ({
      ...{ caseId: before.caseId, clock: before.id, limit: after.limit },
      ...{ before: before.due, after: after.due },
      ...{ promisedBefore: before.promisedDue, promisedAfter: after.promisedDue },
    }));

/** Whether the case's workflow has to know: what it is told of a clock, or its next moment, is another. */
export const concernsCase = (recounted: readonly Recounted[]): boolean =>
  recounted.some(
    ({ before, after }) =>
      before.due !== after.due ||
      before.lapseAt !== after.lapseAt ||
      before.next?.at !== after.next?.at ||
      before.next?.moment !== after.next?.moment,
  );

const isSame = (one: ClockRow, other: ClockRow): boolean =>
  one.due === other.due &&
  one.promisedDue === other.promisedDue &&
  one.lapseAt === other.lapseAt &&
  one.yellowAt === other.yellowAt &&
  one.redAt === other.redAt &&
  one.nextAt === other.nextAt &&
  one.next?.moment === other.next?.moment &&
  one.promised === other.promised &&
  one.estimated === other.estimated;
