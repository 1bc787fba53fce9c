import { type CalendarDate, type Instant, addDays } from './date.js';
import { DomainError } from './errors.js';
import type { Limit, LimitId } from './limit.js';
import { type RulePack, limitOf } from './pack.js';

/** What has happened to a clock. The list of its events is the clock; everything else is derived from it. */
export type ClockEvent =
  /** Forward: the day after `on` is day 1. Back: `on` is the anchor. A term's first day is `on` itself. */
  | { readonly type: 'started'; readonly limit: LimitId; readonly on: CalendarDate }
  /** That day is already out. */
  | { readonly type: 'paused'; readonly on: CalendarDate; readonly ground: string }
  /** That day counts again. Of several open pauses the earliest recorded ends. */
  | { readonly type: 'resumed'; readonly on: CalendarDate }
  /** In the limit's unit; a term gets a further term of so many years. The ladder begins anew for the new due day. */
  | { readonly type: 'extended'; readonly by: number; readonly reason: string }
  /**
   * The clock comes to us at this instant, as the platform has it: what lay before was not ours to do. `due` is the last day
   * on the platform's record, of a term in years alone: it stands, whatever a count would give.
   */
  | { readonly type: 'joined'; readonly at: Instant; readonly due?: CalendarDate }
  /** Another limit from the same start, such as 45 days instead of 30. The ladder begins anew. */
  | { readonly type: 'relimited'; readonly limit: LimitId }
  /** A new edition of the calendar was counted with: for the record only. */
  | { readonly type: 'retimed'; readonly edition: string }
  /** A moment of the ladder, or `lapse`, has been handled: of the due day as it was when this was recorded. */
  | { readonly type: 'reached'; readonly moment: string }
  /** Met, or no longer needed. */
  | { readonly type: 'stopped'; readonly on: CalendarDate };

/** A stretch of days taken out; both ends included, `to` null while it lasts. */
export interface Pause {
  readonly from: CalendarDate;
  readonly to: CalendarDate | null;
  readonly grounds: readonly string[];
}

/** The events of a clock, put in order. */
export interface Timeline {
  readonly on: CalendarDate;
  /** The limit now in force. */
  readonly limit: Limit;
  /** The limits that it replaced, in order. */
  readonly earlierLimits: readonly Limit[];
  readonly extensions: readonly { readonly by: number; readonly reason: string }[];
  /** In order, merged where they overlap. */
  readonly pauses: readonly Pause[];
  /** The moments handled since the last extension or change of limit. */
  readonly reached: ReadonlySet<string>;
  /** When the clock came to us from the platform's record; null where it has always been ours. */
  readonly joinedAt: Instant | null;
  /** The last day of the term, or of the first of several, on the platform's record; null where it is counted. */
  readonly recordedDue: CalendarDate | null;
  readonly stoppedOn: CalendarDate | null;
  /** The edition of the calendar that it was last counted anew by; null where it never was. */
  readonly recountedBy: string | null;
}

/** Reads a clock's events. Throws `clock.state` for a list that makes no sense, `clock.notPausable` as the limit says. */
export function timelineOf(events: readonly ClockEvent[], pack: RulePack): Timeline {
  const [first, ...rest] = events;
  if (first?.type !== 'started') {
    throw new DomainError('clock.state', {
      what: 'a clock begins by being started',
      found: first?.type ?? 'nothing',
    });
  }
  const { on } = first;
  const limits = [limitOf(pack, first.limit, on)];
  const extensions: { by: number; reason: string }[] = [];
  const pauses: Pause[] = [];
  let reached = new Set<string>();
  let joinedAt: Instant | null = null;
  let recordedDue: CalendarDate | null = null;
  let stoppedOn: CalendarDate | null = null;
  let recountedBy: string | null = null;
  for (const event of rest) {
    switch (event.type) {
      case 'started':
        throw new DomainError('clock.state', { what: 'a clock is started once', found: event.on });
      case 'paused':
        pauses.push({ from: event.on, to: null, grounds: [event.ground] });
        break;
      case 'resumed':
        resume(pauses, event.on);
        break;
      case 'extended':
        extensions.push({ by: event.by, reason: event.reason });
        reached = new Set();
        break;
      case 'joined':
        joinedAt = event.at;
        if (event.due !== undefined) {
          recordedDue = event.due;
          // The record's last day is that of the whole: what was added before is in it.
          extensions.length = 0;
        }
        reached = new Set();
        break;
      case 'relimited':
        limits.push(limitOf(pack, event.limit, on));
        reached = new Set();
        break;
      case 'reached':
        reached.add(event.moment);
        break;
      case 'stopped':
        stoppedOn = event.on;
        break;
      case 'retimed':
        recountedBy = event.edition;
        break;
    }
  }
  const limit = limitInForce(limits);
  if (pauses.length > 0 && !limit.pausable) {
    throw new DomainError('clock.notPausable', {
      what: `the time limit ${limit.id} can not be paused`,
      found: limit.id,
    });
  }
  if (recordedDue !== null && (limit.unit !== 'year' || recordedDue < on)) {
    throw new DomainError('clock.state', {
      what: 'only the end of a term in years is taken from a record, and it lies not before the first day',
      expected: `a day from ${on} on, under a limit in years`,
      found: `${recordedDue} under ${limit.id}`,
    });
  }
  return {
    ...{ on, limit, earlierLimits: limits.slice(0, -1), extensions, pauses: merge(pauses) },
    ...{ reached, joinedAt, recordedDue, stoppedOn, recountedBy },
  };
}

function resume(pauses: Pause[], on: CalendarDate): void {
  const index = pauses.findIndex((pause) => pause.to === null);
  const open = pauses[index];
  if (open === undefined) throw new DomainError('clock.state', { what: 'nothing to resume', found: on });
  if (on < open.from) {
    throw new DomainError('clock.state', {
      what: 'a clock is not resumed before it was paused',
      expected: `${open.from} or later`,
      found: on,
    });
  }
  // Paused and resumed on one day: nothing was taken out.
  if (on === open.from) pauses.splice(index, 1);
  else pauses[index] = { ...open, to: addDays(on, -1) };
}

function limitInForce(limits: readonly Limit[]): Limit {
  const [first, last] = [limits[0], limits.at(-1)];
  if (
    first === undefined ||
    last === undefined ||
    first.unit !== last.unit ||
    first.direction !== last.direction
  ) {
    throw new DomainError('clock.state', {
      what: 'a clock keeps the unit and the direction that it was started with',
      found: limits.map((limit) => limit.id).join(' -> '),
    });
  }
  return last;
}

function merge(pauses: readonly Pause[]): Pause[] {
  const merged: Pause[] = [];
  for (const pause of [...pauses].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const last = merged.at(-1);
    if (last === undefined || (last.to !== null && pause.from > last.to)) {
      merged.push(pause);
      continue;
    }
    const to = last.to === null || pause.to === null ? null : last.to > pause.to ? last.to : pause.to;
    merged.splice(-1, 1, { from: last.from, to, grounds: [...new Set([...last.grounds, ...pause.grounds])] });
  }
  return merged;
}
