import { index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { calendarDate } from '../columns.js';

/** Who holds which role at which organ; a unit's people hold `applicant` at the unit. */
export const grants = pgTable(
  'grants',
  { userId: text('user_id').notNull(), role: text().notNull(), organ: text().notNull() },
  (table) => [
    primaryKey({ columns: [table.userId, table.role, table.organ] }),
    index('grants_holders').on(table.organ, table.role),
  ],
);

/** AB 角: who covers whom, from day to day, both included. */
export const covers = pgTable(
  'covers',
  {
    userId: text('user_id').notNull(),
    coveredBy: text('covered_by').notNull(),
    from: calendarDate('from_day').notNull(),
    to: calendarDate('to_day').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.coveredBy, table.from] }),
    index('covers_by').on(table.coveredBy, table.to),
  ],
);

/** Failed sign-ins in a row by username, whether or not somebody has that name. Wall-clock time: it is about machines. */
export const signInFailures = pgTable('sign_in_failures', {
  username: text().primaryKey(),
  count: integer().notNull(),
  lastAt: timestamp('last_at', { withTimezone: true }).notNull(),
});

/** Who has handed in a content: it is his to name in a request, and to read, before any case refers to it. */
export const contentUploads = pgTable(
  'content_uploads',
  { contentId: text('content_id').notNull(), userId: text('user_id').notNull() },
  (table) => [primaryKey({ columns: [table.contentId, table.userId] })],
);
