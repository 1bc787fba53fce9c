import type { Calendar } from './calendar.js';
import { type Count, type Stretch, countOut, daysOfUnit } from './clockDays.js';
import { type DueDays, type Moment, lapseInstant, momentsOf } from './clockMoments.js';
import { type ClockEvent, type Timeline, timelineOf } from './clockTimeline.js';
import { type CalendarDate, type Instant, atTime, daysBetween } from './date.js';
import type { MomentAction } from './ladder.js';
import type { LimitId } from './limit.js';
import type { RulePack } from './pack.js';

export { type ExplanationPart, explain } from './clockExplanation.js';
export type { Moment } from './clockMoments.js';
export type { ClockEvent } from './clockTimeline.js';

/**
 * When the clock's card changes its colour, as its events stand now; null for a colour that it never takes. It follows the
 * promised length, never legal effects: yellow and red as the ladder says, red in any case once the promised day is over. A
 * stopped clock keeps the colour it stopped with: what would come later never comes.
 */
export interface ColourChanges {
  readonly yellowAt: Instant | null;
  readonly redAt: Instant | null;
}

/** What a clock's events come to, under a pack and a calendar. */
export interface ResolvedClock extends ColourChanges {
  /** The limit now in force. */
  readonly limit: LimitId;
  readonly state: 'running' | 'paused' | 'stopped';
  /** The last lawful day, to 24:00; null while an open pause keeps it unknown. */
  readonly due: CalendarDate | null;
  /** The day that the organ has promised; null where it has promised none, or while paused before it. */
  readonly promisedDue: CalendarDate | null;
  /** 00:00 of the day after `due`; null when stopped or while `due` is unknown. */
  readonly lapseAt: Instant | null;
  /** The earliest moment not handled yet, perhaps already past; null when paused or stopped, or when none is left. */
  readonly next: Moment | null;
  /** Whether the due day rests on a day of a year that is not announced yet. */
  readonly estimated: boolean;
}

/** What was handled is not handled again, and what lay before the clock came to us was not ours to do. */
const isAhead = ({ name, at }: Moment, { reached, joinedAt }: Timeline): boolean =>
  !reached.has(name) && (joinedAt === null || at > joinedAt);

/** The moments of a clock up to and with an instant, in order, whether anybody handled them or not. Throws as `resolve`. */
export function momentsBy(
  events: readonly ClockEvent[],
  rules: RulePack,
  calendar: Calendar,
  at: Instant,
): readonly Moment[] {
  const { timeline, statutory, promise } = count(events, rules, calendar);
  return momentsOf(timeline, dueDays(statutory, promise), rules, calendar).filter(
    (moment) => moment.at <= at,
  );
}

/** The colour of a clock's card. */
export type Colour = 'green' | 'yellow' | 'red';

/**
 * Resolves a clock. `promised` is the organ's promised length, in the limit's unit. Throws `input.invalid` for an unknown
 * limit, `clock.notPausable` and `clock.state` for events that can not be.
 */
export function resolve(
  events: readonly ClockEvent[],
  rules: RulePack,
  calendar: Calendar,
  promised?: number,
): ResolvedClock {
  const { timeline, statutory, promise, state } = count(events, rules, calendar, promised);
  const due = dueDays(statutory, promise);
  const moments = momentsOf(timeline, due, rules, calendar);
  return {
    limit: timeline.limit.id,
    state,
    due: statutory.due,
    promisedDue: promise?.due ?? null,
    lapseAt: state === 'stopped' || statutory.due === null ? null : lapseInstant(statutory.due),
    next: state === 'running' ? (moments.find((moment) => isAhead(moment, timeline)) ?? null) : null,
    estimated: statutory.estimated.length > 0,
    ...colourChanges(timeline, moments, due),
  };
}

/**
 * How much is left after `today`: 0 on the last lawful day, negative when it is over; in working days or calendar days as
 * the limit counts, in calendar days where it counts years. A stopped clock keeps what was left on the day it stopped.
 */
export function remaining(
  events: readonly ClockEvent[],
  rules: RulePack,
  calendar: Calendar,
  today: CalendarDate,
): number {
  const { timeline, statutory } = count(events, rules, calendar);
  const { limit, stoppedOn, extensions } = timeline;
  const { due, stretches } = statutory;
  const day = stoppedOn !== null && stoppedOn < today ? stoppedOn : today;
  if (due !== null && day > due) return -daysOfUnit(limit, due, day, calendar);
  if (due !== null && limit.direction === 'back') return daysOfUnit(limit, day, due, calendar);
  // The days that a last day was rolled over can still be used, where every day counts.
  const usable = stretches.filter(
    ({ kind }) => kind === 'counted' || (kind === 'roll' && limit.unit !== 'workingDay'),
  );
  const ahead = usable.reduce((sum, stretch) => sum + lengthAfter(day, stretch), 0);
  if (due !== null) return ahead;
  const counted = stretches.reduce((sum, each) => sum + (each.kind === 'counted' ? lengthOf(each) : 0), 0);
  return ahead + extensions.reduce((sum, extension) => sum + extension.by, limit.length) - counted;
}

function colourChanges(timeline: Timeline, moments: readonly Moment[], due: DueDays): ColourChanges {
  const over = due.promised === null ? [] : [lapseInstant(due.promised)];
  const first = (action: MomentAction, more: readonly Instant[] = []): Instant | null => {
    const at = [...moments.flatMap((each) => (each.action === action ? [each.at] : [])), ...more].sort()[0];
    const stopped = timeline.stoppedOn === null ? undefined : atTime(timeline.stoppedOn, '23:59');
    return at === undefined || (stopped !== undefined && at > stopped) ? null : at;
  };
  return { yellowAt: first('yellow'), redAt: first('red', over) };
}

/** The colour of a clock's card at an instant. */
export function colourAt({ yellowAt, redAt }: ColourChanges, at: Instant): Colour {
  if (redAt !== null && redAt <= at) return 'red';
  return yellowAt !== null && yellowAt <= at ? 'yellow' : 'green';
}

interface Counted {
  readonly timeline: Timeline;
  readonly statutory: Count;
  readonly promise: Count | undefined;
  readonly state: ResolvedClock['state'];
}

function count(
  events: readonly ClockEvent[],
  rules: RulePack,
  calendar: Calendar,
  promised?: number,
): Counted {
  const timeline = timelineOf(events, rules);
  const statutory = countOut(timeline, timeline.limit.length, calendar);
  const promise = promised === undefined ? undefined : countOut(timeline, promised, calendar);
  const state = timeline.stoppedOn !== null ? 'stopped' : statutory.due === null ? 'paused' : 'running';
  return { timeline, statutory, promise, state };
}

function dueDays(statutory: Count, promise: Count | undefined): DueDays {
  return { statutory: statutory.due, promised: (promise ?? statutory).due };
}

function lengthOf({ from, to }: Stretch): number {
  return to === null ? 0 : daysBetween(from, to) + 1;
}

/** How many days of a stretch lie after a day. */
function lengthAfter(day: CalendarDate, stretch: Stretch): number {
  if (stretch.to === null || stretch.to <= day) return 0;
  return stretch.from > day ? lengthOf(stretch) : daysBetween(day, stretch.to);
}
