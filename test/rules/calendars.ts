import { calendarOf } from '../../rules/calendar.js';
import { calendarYearsFromPackage } from '../../rules/calendarYears.js';
import { type CalendarDate, addDays, parseDate } from '../../rules/date.js';
import fc from 'fast-check';

/** The calendar that the product is seeded with; 2027 is the first year that the package does not know. */
export const calendar = calendarOf(calendarYearsFromPackage(2020, 2027));

/** A literal day, read. */
export const day = (text: string): CalendarDate => parseDate(text);

/** Any day from 2023 to 2027. */
export const anyDay = fc.integer({ min: 0, max: 5 * 365 }).map((count) => addDays(day('2023-01-01'), count));

/** A stretch of days, up to three weeks long. */
export const anyStretch = fc
  .record({ from: anyDay, length: fc.integer({ min: 0, max: 20 }) })
  .map(({ from, length }) => ({
    from,
    to: addDays(from, length),
  }));
