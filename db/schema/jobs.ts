import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { calendarDate, instant } from '../columns.js';

/** What is done once a legal day, by job and day. */
export const dailyRuns = pgTable(
  'daily_runs',
  {
    job: text().notNull(),
    day: calendarDate().notNull(),
    status: text().$type<'running' | 'done'>().notNull(),
    /** Nobody else takes a running one before this wall-clock instant. */
    leasedUntil: instant('leased_until'),
  },
  (table) => [primaryKey({ columns: [table.job, table.day] })],
);
