import { bigserial, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { JsonObject } from '../../workflows/messages/json.js';
import { calendarDate, instant } from '../columns.js';

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

/**
 * What is done to accounts, grants, covers and sessions, and what is read of files, ledgers and persons: append-only (a
 * trigger refuses anything else), by ids alone.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    /** The order in which entries were written, and the cursor of their readers. */
    position: bigserial({ mode: 'number' }).primaryKey(),
    /** The legal instant; `recordedAt` is the wall clock's. */
    at: instant().notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
    category: text().$type<'change' | 'session' | 'access'>().notNull(),
    action: text().notNull(),
    /** Who did it; null where nobody was signed in: a failed sign-in, the installation itself. */
    actorId: text('actor_id'),
    /** Whom or what it was done to: an account's id, a path. */
    subject: text().notNull(),
    /** The HTTP request; null where it came by another way. */
    requestId: text('request_id'),
    detail: jsonb().$type<JsonObject>().notNull(),
  },
  (table) => [
    index('audit_actor').on(table.actorId, table.position),
    index('audit_subject').on(table.subject, table.position),
  ],
);
