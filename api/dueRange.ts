import { z } from 'zod';
import { addDays, type CalendarDate, dateOf, type Instant, mondayOf } from '../rules/date.js';
import { dateQuery } from './fields.js';

/** How a list is narrowed to what is due: by a word, by days, or by both. */
export const dueQuery = {
  due: z.enum(['overdue', 'today', 'thisWeek', 'nextWeek']).optional().meta({
    description: 'overdue: the last lawful day is over; a week is Monday to Sunday, Asia/Shanghai',
  }),
  dueFrom: dateQuery.meta({ description: 'the first day on which it may be due' }),
  dueBefore: dateQuery.meta({ description: 'it is due before this day' }),
} as const;

/** The days that a query names, on the day of this legal instant: from the first, up to but without the last. */
export function dueRange(
  asked: {
    readonly due?: 'overdue' | 'today' | 'thisWeek' | 'nextWeek' | undefined;
    readonly dueFrom?: string | undefined;
    readonly dueBefore?: string | undefined;
  },
  now: Instant,
): { readonly dueFrom?: CalendarDate; readonly dueBefore?: CalendarDate } {
  const said: Days = asked.due === undefined ? {} : rangeOf(asked.due, dateOf(now));
  // Days sort as text, and were parsed as days: of two limits the narrower one holds.
  const from = [asked.dueFrom, said.from]
    .filter((day) => day !== undefined)
    .sort()
    .at(-1);
  const before = [asked.dueBefore, said.before].filter((day) => day !== undefined).sort()[0];
  return {
    ...(from === undefined ? {} : { dueFrom: from as CalendarDate }),
    ...(before === undefined ? {} : { dueBefore: before as CalendarDate }),
  };
}

interface Days {
  readonly from?: CalendarDate;
  readonly before?: CalendarDate;
}

function rangeOf(due: 'overdue' | 'today' | 'thisWeek' | 'nextWeek', today: CalendarDate): Days {
  const monday = mondayOf(today);
  switch (due) {
    case 'overdue':
      return { before: today };
    case 'today':
      return { from: today, before: addDays(today, 1) };
    case 'thisWeek':
      return { from: monday, before: addDays(monday, 7) };
    case 'nextWeek':
      return { from: addDays(monday, 7), before: addDays(monday, 14) };
  }
}
