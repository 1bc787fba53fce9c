import type { Calendar } from './calendar.js';
import { type ClockEvent, momentsBy, resolve } from './clock.js';
import { lapseInstant } from './clockMoments.js';
import { type CalendarDate, type Instant, dateOf } from './date.js';
import type { RulePack } from './pack.js';

/**
 * Where in its life a permit stands that comes to us from the platform's list: long before its end; in the time of the
 * reminders, with a renewal still in time; in the last sixty days (REG 14), where a renewal is late; or past its last day.
 */
export const lifePoints = ['valid', 'renewalWindow', 'renewalWindowLate', 'lapsed'] as const;

/** A point of a permit's life. */
export type LifePoint = (typeof lifePoints)[number];

/** The term of a permit, both days included. */
export interface Term {
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate;
}

/** The clock of a term whose end is the platform's, as it comes to us at this instant. */
const joinedTerm = ({ validFrom, validTo }: Term, at: Instant): readonly ClockEvent[] => [
  { type: 'started', limit: 'permit.validity', on: validFrom },
  { type: 'joined', at, due: validTo },
];

/** Where a permit of this term stands at an instant, by the pack's limits and ladder. */
export function lifePointAt(term: Term, at: Instant, pack: RulePack, calendar: Calendar): LifePoint {
  if (at >= lapseInstant(term.validTo)) return 'lapsed';
  const renewal = { type: 'started', limit: 'renewal.apply', on: term.validTo } as const;
  const { due } = resolve([renewal], pack, calendar);
  if (due !== null && dateOf(at) > due) return 'renewalWindowLate';
  const reminded = momentsBy(joinedTerm(term, at), pack, calendar, at).some(
    ({ action }) => action === 'remind',
  );
  return reminded ? 'renewalWindow' : 'valid';
}
