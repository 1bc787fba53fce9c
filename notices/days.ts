import type { Calendar } from '../rules/calendar.js';
import { dailyJobs } from '../rules/dailyJobs.js';
import { addDays, atTime, type CalendarDate, dateOf, type Instant } from '../rules/date.js';

/** When officers read their digest, Asia/Shanghai: on working days, before anything else. */
export const DIGEST_TIME = dailyJobs.digest;

/** The instant of the first digest after this one: of a working day, 08:30. */
export function nextDigest(after: Instant, calendar: Calendar): Instant {
  let day = dateOf(after);
  while (!calendar.isWorkingDay(day) || atTime(day, DIGEST_TIME) <= after) day = addDays(day, 1);
  return atTime(day, DIGEST_TIME);
}

/** The day since which something that should have left is late; null on its own day. */
export const lateSince = (own: CalendarDate, now: Instant): CalendarDate | null =>
  dateOf(now) > own ? own : null;
