import { addDays, type CalendarDate } from './date.js';

/** A permit whose holder is to be invited to ask for its renewal, and the last day to ask (REG 14). */
export interface Invitable {
  readonly permitNo: string;
  readonly lastDay: CalendarDate;
}

/** How many days before the last day a holder is invited at the earliest, and at the latest. */
export interface InvitationWindow {
  readonly earliest: number;
  readonly latest: number;
}

/** Whom to invite on which working day, in the order of the days. */
export interface Invitations<Permit extends Invitable> {
  /** No day has more than this, and no smaller number would do. */
  readonly perDay: number;
  readonly days: readonly { readonly day: CalendarDate; readonly permits: readonly Permit[] }[];
  /** Those whose window has passed, or holds no working day: they are invited at once, and level nothing. */
  readonly late: readonly Permit[];
}

/**
 * Spreads invitations over working days, so that a wave of permits that end together does not come back as a wave of
 * applications. Whose last day comes first is invited first; ties go by the permit's number, so that everybody who asks gets
 * the same answer. A suggestion: no law says when to invite (mission A9).
 * @param workdays working days in order; nobody is invited before the first of them
 */
export function staggerInvitations<Permit extends Invitable>(
  permits: readonly Permit[],
  { earliest, latest }: InvitationWindow,
  workdays: readonly CalendarDate[],
): Invitations<Permit> {
  const ordered = permits
    .map((permit) => ({
      ...{ permit, opens: addDays(permit.lastDay, -earliest), closes: addDays(permit.lastDay, -latest) },
    }))
    .sort(
      ({ permit: one }, { permit: other }) =>
        compare(one.lastDay, other.lastDay) || compare(one.permitNo, other.permitNo),
    );
  const isInTime = ({ opens, closes }: { readonly opens: CalendarDate; readonly closes: CalendarDate }) => {
    const first = workdays.find((day) => day >= opens);
    return first !== undefined && first <= closes;
  };
  // Their windows open and close in the same order: whoever comes first in the queue is never the less urgent one.
  const queue = ordered.filter(isInTime);
  const spread = (perDay: number) => {
    let next = 0;
    const days = workdays.flatMap((day) => {
      const from = next;
      while (next < queue.length && next - from < perDay && (queue[next]?.opens ?? day) <= day) next += 1;
      return next === from ? [] : [{ day, invited: queue.slice(from, next) }];
    });
    const inTime = days.every(({ day, invited }) => invited.every(({ closes }) => day <= closes));
    return next === queue.length && inTime ? days : undefined;
  };
  let [tooFew, enough] = [0, queue.length];
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (spread(middle) === undefined) tooFew = middle;
    else enough = middle;
  }
  const days = spread(enough) ?? [];
  return {
    perDay: enough,
    days: days.map(({ day, invited }) => ({ day, permits: invited.map(({ permit }) => permit) })),
    late: ordered.filter((each) => !isInTime(each)).map(({ permit }) => permit),
  };
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
