import { DomainError } from './errors.js';

declare const dateBrand: unique symbol;
declare const instantBrand: unique symbol;

/** A day in Asia/Shanghai, `YYYY-MM-DD`. Sorts as text. */
export type CalendarDate = string & { readonly [dateBrand]: true };

/** An instant, always `YYYY-MM-DDTHH:mm:ss.sss+08:00`: of one width, so that it sorts as text. */
export type Instant = string & { readonly [instantBrand]: true };

const dayInMillis = 86_400_000;

/** China has had no daylight saving time since 1991: a fixed offset is right for every day from 1992 on, and none before. */
const offsetInMillis = 8 * 3_600_000;
const firstYear = 1992;

/** Whether this is a real day from 1992-01-01 to 9999-12-31. */
export function isDate(text: string): text is CalendarDate {
  const days = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) / dayInMillis : NaN;
  // Date.parse takes 2025-02-30 for 2 March: only a day that comes back as it was is real.
  return !Number.isNaN(days) && isoDay(days) === text && Number(text.slice(0, 4)) >= firstYear;
}

/**
 * The last day that is taken from people and lists. What comes later is a slip of the pen: a permit until 2931 would never
 * lapse, and a clock up to there would be counted day by day whenever anybody looks at it.
 */
export const lastEntered = '2099-12-31' as CalendarDate;

/** Reads a real day from 1992-01-01 to 9999-12-31. Throws `input.invalid`; `where` names the field for the reader. */
export function parseDate(text: string, where?: string): CalendarDate {
  if (isDate(text)) return text;
  throw new DomainError('input.invalid', {
    what: 'not a calendar day',
    ...(where === undefined ? {} : { where }),
    expected: `YYYY-MM-DD, a real day from ${firstYear}-01-01 on`,
    found: text,
  });
}

/** Reads an RFC 3339 instant with any offset. Throws `input.invalid`. */
export function parseInstant(text: string, where?: string): Instant {
  const match = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.exec(text);
  const millis = match === null ? NaN : Date.parse(text);
  if (match === null || Number.isNaN(millis)) {
    throw new DomainError('input.invalid', {
      what: 'not an instant',
      ...(where === undefined ? {} : { where }),
      expected: 'RFC 3339, such as 2026-01-05T09:00:00+08:00',
      found: text,
    });
  }
  parseDate(match[1] ?? '', where);
  const instant = instantOf(millis);
  // Eight hours on, the last evening of the year 9999 lies in a year that no instant can be written in.
  parseDate(dateOf(instant), where);
  return instant;
}

/** The day `count` days later (earlier when negative). Throws `input.invalid` past the year 9999. */
export function addDays(date: CalendarDate, count: number): CalendarDate {
  return dateFromDays(daysOf(date) + count);
}

/** How many days `to` lies after `from`; negative when it lies before. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return daysOf(to) - daysOf(from);
}

/** The same day `count` years later; 29 February becomes 28 February in a common year. */
export function addYears(date: CalendarDate, count: number): CalendarDate {
  const year = String(yearOf(date) + count).padStart(4, '0');
  const leapDayInCommonYear = date.endsWith('-02-29') && !isLeapYear(Number(year));
  return parseDate(year + (leapDayInCommonYear ? '-02-28' : date.slice(4)));
}

/** The year of a day. */
export function yearOf(date: CalendarDate): number {
  return Number(date.slice(0, 4));
}

/** The day of the week: 0 is Sunday, 6 is Saturday. */
export function weekdayOf(date: CalendarDate): number {
  // 1 January 1970 was a Thursday.
  return (((daysOf(date) + 4) % 7) + 7) % 7;
}

/** The Monday of a day's week; the day itself when it is one. */
export function mondayOf(date: CalendarDate): CalendarDate {
  return addDays(date, -((weekdayOf(date) + 6) % 7));
}

/** The day in Asia/Shanghai on which an instant falls. */
export function dateOf(instant: Instant): CalendarDate {
  return instant.slice(0, 10) as CalendarDate;
}

/** 00:00 of a day in Asia/Shanghai. */
export function startOfDay(date: CalendarDate): Instant {
  return atTime(date, '00:00');
}

/** A time of day, `HH:mm`, in Asia/Shanghai. */
export function atTime(date: CalendarDate, time: string): Instant {
  return `${date}T${time}:00.000+08:00` as Instant;
}

/** The instant that lies this many milliseconds after 1970-01-01T00:00:00Z. */
export function instantOf(epochMillis: number): Instant {
  return new Date(epochMillis + offsetInMillis).toISOString().replace('Z', '+08:00') as Instant;
}

/** Milliseconds since 1970-01-01T00:00:00Z. */
export function millisOf(instant: Instant): number {
  return Date.parse(instant);
}

// An inbox of fifty counts thousands of days: these three are written for it.

function daysOf(date: CalendarDate): number {
  const digit = (at: number): number => date.charCodeAt(at) - 48;
  const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
  return Date.UTC(year, digit(5) * 10 + digit(6) - 1, digit(8) * 10 + digit(9)) / dayInMillis;
}

/** Days that were written out before, by their number: those of a working life and no more. */
const written = new Map<number, CalendarDate>();
const mostWritten = 20_000;

function dateFromDays(days: number): CalendarDate {
  const known = written.get(days);
  if (known !== undefined) return known;
  const date = parseDate(isoDay(days));
  if (written.size < mostWritten) written.set(days, date);
  return date;
}

/** The text of a day; past the year 9999 it is longer than ten characters, which `parseDate` refuses. */
function isoDay(days: number): string {
  const text = new Date(days * dayInMillis).toISOString();
  return text.slice(0, text.indexOf('T'));
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
