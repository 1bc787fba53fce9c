import type { Calendar } from './calendar.js';
import type { Pause, Timeline } from './clockTimeline.js';
import { type CalendarDate, addDays, addYears, daysBetween } from './date.js';
import type { Limit } from './limit.js';

/** Days that follow each other and are treated alike. Both ends are included; `to` is null for a pause that still lasts. */
export interface Stretch {
  readonly kind: 'counted' | 'weekend' | 'holiday' | 'pause' | 'roll';
  readonly from: CalendarDate;
  readonly to: CalendarDate | null;
  /** The make-up workday that is counted, or the holidays that are skipped. */
  readonly names: readonly { readonly zh: string; readonly en: string }[];
  readonly pause?: Pause;
}

/** How a limit was counted out. */
export interface Count {
  /** In the order of the days, without a gap or an overlap. */
  readonly stretches: readonly Stretch[];
  /** The last lawful day; null while an open pause keeps it unknown. */
  readonly due: CalendarDate | null;
  /** The days whose kind the count rests on although their year is not announced yet. */
  readonly estimated: readonly CalendarDate[];
}

/** Counts `length` units of a clock's limit, and its extensions, to the due day. */
export function countOut(timeline: Timeline, length: number, calendar: Calendar): Count {
  const { limit, on, extensions } = timeline;
  if (limit.unit === 'year') {
    const due = addDays(furtherTerms(timeline).reduce(addYears, afterFirstTerm(timeline, length)), -1);
    return { stretches: [{ kind: 'counted', from: on, to: due, names: [] }], due, estimated: [] };
  }
  const days = extensions.reduce((sum, extension) => sum + extension.by, length);
  return limit.direction === 'back'
    ? countBack(timeline, days, calendar)
    : countForward(timeline, days, calendar);
}

/** The first day of the term that now runs, for a limit in years. */
export function termStart(timeline: Timeline): CalendarDate {
  const further = furtherTerms(timeline);
  if (further.length === 0) return timeline.on;
  return further.slice(0, -1).reduce(addYears, afterFirstTerm(timeline, timeline.limit.length));
}

/** The day that lies so many working days before a day, which is not counted itself. */
export function workingDaysBefore(date: CalendarDate, count: number, calendar: Calendar): CalendarDate {
  return stepWorkingDays(date, count, -1, calendar);
}

/** The day that lies so many working days after a day, which is not counted itself. */
export function workingDaysAfter(date: CalendarDate, count: number, calendar: Calendar): CalendarDate {
  return stepWorkingDays(date, count, 1, calendar);
}

/** How many days after `from`, up to and with `to`, the limit's unit counts; calendar days where it counts years. */
export function daysOfUnit(limit: Limit, from: CalendarDate, to: CalendarDate, calendar: Calendar): number {
  if (limit.unit !== 'workingDay') return daysBetween(from, to);
  let days = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1))
    if (calendar.isWorkingDay(day)) days += 1;
  return days;
}

/** The day after the last of the first term, as it is on record or as it is counted. */
function afterFirstTerm({ on, recordedDue }: Timeline, length: number): CalendarDate {
  return recordedDue === null ? addYears(on, length) : addDays(recordedDue, 1);
}

const furtherTerms = ({ extensions }: Timeline): number[] => extensions.map((extension) => extension.by);

function stepWorkingDays(date: CalendarDate, count: number, step: 1 | -1, calendar: Calendar): CalendarDate {
  let day = date;
  for (let left = count; left > 0;) {
    day = addDays(day, step);
    if (calendar.isWorkingDay(day)) left -= 1;
  }
  return day;
}

function countForward({ limit, on, pauses }: Timeline, length: number, calendar: Calendar): Count {
  const tally = new Tally(calendar);
  let last = on;
  for (let left = length; left > 0;) {
    const day = addDays(last, 1);
    const pause = pauses.find((candidate) => candidate.from <= day && (candidate.to ?? day) >= day);
    if (pause !== undefined) {
      tally.add({ kind: 'pause', from: day, to: pause.to, names: [], pause });
      if (pause.to === null) return tally.count(null);
      last = pause.to;
      continue;
    }
    if (limit.unit === 'calendarDay' ? tally.addCounted(day) : tally.addByKind(day)) left -= 1;
    last = day;
  }
  // The limit is counted out: a pause that begins later takes nothing out, not even of the days rolled over.
  const counted = last;
  if (limit.roll === 'nextWorkingDay') while (!tally.isWorkingDay(last)) last = addDays(last, 1);
  if (last > counted) tally.add({ kind: 'roll', from: addDays(counted, 1), to: last, names: [] });
  return tally.count(last);
}

function countBack({ limit, on }: Timeline, length: number, calendar: Calendar): Count {
  const tally = new Tally(calendar);
  const calendarDays = limit.unit === 'calendarDay';
  const due = calendarDays ? addDays(on, -length) : workingDaysBefore(on, length, calendar);
  for (let day = due; day < on; day = addDays(day, 1)) {
    if (calendarDays) tally.addCounted(day);
    else tally.addByKind(day);
  }
  return tally.count(due);
}

/** Collects days into stretches, and notes which of them lie in a year not announced yet. */
class Tally {
  private readonly stretches: Stretch[] = [];
  private readonly estimated: CalendarDate[] = [];

  constructor(private readonly calendar: Calendar) {}

  count(due: CalendarDate | null): Count {
    return { stretches: this.stretches, due, estimated: this.estimated };
  }

  isWorkingDay(day: CalendarDate): boolean {
    if (this.calendar.isEstimated(day)) this.estimated.push(day);
    return this.calendar.isWorkingDay(day);
  }

  addCounted(day: CalendarDate): true {
    this.add({ kind: 'counted', from: day, to: day, names: [] });
    return true;
  }

  /** Adds a day as counted or skipped by the calendar, and answers whether it counts. */
  addByKind(day: CalendarDate): boolean {
    const working = this.isWorkingDay(day);
    const { kind, zh, en } = this.calendar.dayKind(day);
    const names = kind === 'holiday' || kind === 'makeUpWorkday' ? [{ zh, en }] : [];
    this.add({
      kind: working ? 'counted' : kind === 'holiday' ? 'holiday' : 'weekend',
      from: day,
      to: day,
      names,
    });
    return working;
  }

  /** Adds a stretch, or lengthens the last one by it when it is of the same kind. A make-up workday stands alone. */
  add(stretch: Stretch): void {
    const last = this.stretches.at(-1);
    const joins =
      last?.kind === stretch.kind &&
      (stretch.kind === 'weekend' ||
        stretch.kind === 'holiday' ||
        (stretch.kind === 'counted' && last.names.length === 0 && stretch.names.length === 0));
    if (last === undefined || !joins) {
      this.stretches.push(stretch);
      return;
    }
    const added = stretch.names.filter((name) => last.names.every((known) => known.zh !== name.zh));
    this.stretches.splice(-1, 1, { ...last, to: stretch.to, names: [...last.names, ...added] });
  }
}
