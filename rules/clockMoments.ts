import type { Calendar } from './calendar.js';
import { termStart, workingDaysAfter, workingDaysBefore } from './clockDays.js';
import type { Timeline } from './clockTimeline.js';
import { type CalendarDate, type Instant, addDays, addYears, atTime, startOfDay } from './date.js';
import type { LadderStep, Level, MomentAction } from './ladder.js';
import { type RulePack, ladderOf } from './pack.js';

/** Something that happens at an instant of a clock's life. */
export interface Moment {
  /** The ladder step's name, `anniversary.2` for the second of a term, or `lapse`. */
  readonly name: string;
  readonly at: Instant;
  readonly action: MomentAction;
  readonly level?: Level;
}

/** Both due days of a clock; a promise that was not made falls on the statutory day. */
export interface DueDays {
  readonly statutory: CalendarDate | null;
  readonly promised: CalendarDate | null;
}

/** 00:00 of the day after the last lawful day. */
export function lapseInstant(due: CalendarDate): Instant {
  return startOfDay(addDays(due, 1));
}

/** Every moment of a clock's ladder and its lapse, in order of time, whether handled or not. */
export function momentsOf(timeline: Timeline, due: DueDays, pack: RulePack, calendar: Calendar): Moment[] {
  const moments = ladderOf(pack, timeline.limit.id).flatMap((step) => {
    const day = step.basis === 'promised' ? due.promised : due.statutory;
    if (day === null) return [];
    return step.every === 'year' ? anniversaries(step, timeline, day) : rung(step, timeline, day, calendar);
  });
  if (due.statutory !== null) {
    moments.push({ name: 'lapse', at: lapseInstant(due.statutory), action: 'lapse' });
  }
  return moments.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function rung(step: LadderStep, timeline: Timeline, due: CalendarDate, calendar: Calendar): Moment[] {
  const day = distantDay(step, due, calendar);
  // Two days before the end of a limit of two days is its start: there is nothing to remind of yet. (A fixed day, of
  // length 0, and an anchor counted back from lie after all their moments.)
  const { direction, length } = timeline.limit;
  if (step.before !== undefined && direction === 'forward' && length > 0 && day <= timeline.on) return [];
  return [momentOf(step, step.name, quiet(step, day, calendar))];
}

function distantDay({ before, after }: LadderStep, due: CalendarDate, calendar: Calendar): CalendarDate {
  if (before?.unit === 'workingDay') return workingDaysBefore(due, before.length, calendar);
  if (after?.unit === 'workingDay') return workingDaysAfter(due, after.length, calendar);
  return addDays(due, (after?.length ?? 0) - (before?.length ?? 0));
}

/** What is said to people waits for no day off: it comes on the working day before, or after once the due day is over. */
function quiet(step: LadderStep, day: CalendarDate, calendar: Calendar): CalendarDate {
  const speaks = step.action === 'remind' || step.action === 'warn' || step.action === 'escalate';
  if (!speaks || calendar.isWorkingDay(day)) return day;
  return step.after === undefined ? workingDaysBefore(day, 1, calendar) : workingDaysAfter(day, 1, calendar);
}

function anniversaries(step: LadderStep, timeline: Timeline, due: CalendarDate): Moment[] {
  const start = termStart(timeline);
  const moments: Moment[] = [];
  for (let year = 1, day = addYears(start, 1); day <= due; year += 1, day = addYears(start, year)) {
    moments.push(momentOf(step, `${step.name}.${year}`, day));
  }
  return moments;
}

function momentOf(step: LadderStep, name: string, day: CalendarDate): Moment {
  const moment = { name, at: atTime(day, step.at), action: step.action };
  return step.level === undefined ? moment : { ...moment, level: step.level };
}
