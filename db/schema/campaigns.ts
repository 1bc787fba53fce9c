import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { CleanUpState } from '../../workflows/messages/register.js';
import { calendarDate, instant } from '../columns.js';

/** The yearly re-runs of the class rules: what was asked, how far each has come, and what it came to. */
export const classReviews = pgTable(
  'class_reviews',
  {
    id: uuid().primaryKey(),
    year: integer().notNull(),
    /** The division, or its leading digits, whose holders are looked at. */
    area: text().notNull(),
    requestedBy: text('requested_by').notNull(),
    status: text().$type<'running' | 'done'>().notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    /** The case of the last holder that was looked at; empty before the first. */
    reached: text().notNull().default(''),
    holders: integer().notNull().default(0),
    mismatches: integer().notNull().default(0),
    /** Holders whose content is no structured permit content. */
    unreadable: integer().notNull().default(0),
    /** No other worker takes it before this wall-clock instant. */
    leasedUntil: instant('leased_until'),
  },
  (table) => [uniqueIndex('class_reviews_year').on(table.year, table.area)],
);

/** The permits on a batch list of the periodic clean-up, and what became of each. */
export const cleanUpItems = pgTable(
  'clean_up_items',
  {
    batch: text().notNull(),
    permitNo: text('permit_no').notNull(),
    unitId: text('unit_id').notNull(),
    validTo: calendarDate('valid_to').notNull(),
    /** Whether somebody has recorded already that the unit is closed. */
    checked: boolean().notNull(),
    state: text().$type<CleanUpState>().notNull(),
    /** Why it was removed. */
    reason: text(),
    cancellationId: text('cancellation_id'),
  },
  (table) => [
    primaryKey({ columns: [table.batch, table.permitNo] }),
    index('clean_up_items_permit').on(table.permitNo),
  ],
);
