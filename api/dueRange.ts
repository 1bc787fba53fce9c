import { z } from 'zod';
import { addDays, type CalendarDate, dateOf, type Instant, mondayOf } from '../rules/date.js';
import { dateQuery } from './fields.js';

/** What the last day is by which lists are narrowed and counted: the law's, in the order of which the inbox is read. */
export const dueDayWords =
  '届满日均指法定最后一日；颜色和每日摘要按承诺届满日，有承诺的可先变红而未逾期 / the day is the statutory last day; colours and digests follow the promised one, so that what is promised may be red before it is overdue';

/** How a list is narrowed to what is due: by a word, by days, or by both. */
export const dueQuery = {
  due: z
    .enum(['overdue', 'today', 'thisWeek', 'nextWeek'])
    .optional()
    .meta({
      description: `overdue: 法定届满日已过；一周自星期一至星期日 / the statutory last day is over; a week is Monday to Sunday, Asia/Shanghai. ${dueDayWords}`,
    }),
  dueFrom: dateQuery.meta({ description: '法定届满日不早于 / the first statutory last day that is meant' }),
  dueBefore: dateQuery.meta({ description: '法定届满日早于 / its statutory last day comes before this day' }),
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
