import { integer, jsonb, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { CalendarYear } from '../../rules/calendar.js';
import { calendarDate, instant } from '../columns.js';

/**
 * Editions of the working-day calendar on their way into force: tried (a dry run over every open clock), confirmed by a
 * named person, published page by page. `cursor` is the last case that a page has dealt with.
 */
export const calendarPublications = pgTable(
  'calendar_publications',
  {
    year: integer().notNull(),
    edition: integer().notNull(),
    /** The number of the State Council's notice. */
    document: text().notNull(),
    days: jsonb().$type<Pick<CalendarYear, 'holidays' | 'workdays'>>().notNull(),
    /** SHA-256 of what the edition says: whoever confirms it names what he has seen. */
    hash: text().notNull(),
    status: text().$type<'trying' | 'tried' | 'confirmed' | 'publishing' | 'published'>().notNull(),
    /** Null for the command line. */
    proposedBy: text('proposed_by'),
    proposedAt: instant('proposed_at').notNull(),
    confirmedBy: text('confirmed_by'),
    confirmedAt: instant('confirmed_at'),
    publishedAt: instant('published_at'),
    cursor: text().notNull().default(''),
    /** Open cases that were looked at, in the phase under way. */
    cases: integer().notNull().default(0),
    /** Clocks whose due day, statutory or promised, the dry run found changed; and the publication has changed. */
    tried: integer().notNull().default(0),
    changed: integer().notNull().default(0),
    /** Cases whose workflow had to be woken. */
    woken: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.year, table.edition] }),
    index('calendar_publications_status').on(table.status),
  ],
);

/** What a dry run has found: the due days of a clock before and after. */
export const calendarChanges = pgTable(
  'calendar_changes',
  {
    year: integer().notNull(),
    edition: integer().notNull(),
    caseId: text('case_id').notNull(),
    clock: text().notNull(),
    limit: text().notNull(),
    organ: text().notNull(),
    area: text().notNull(),
    unitId: text('unit_id').notNull(),
    /** Who has the clock's task, or another of the case's; null where nobody has claimed one. */
    officer: text(),
    before: calendarDate('due_before'),
    after: calendarDate('due_after'),
    promisedBefore: calendarDate('promised_before'),
    promisedAfter: calendarDate('promised_after'),
  },
  (table) => [primaryKey({ columns: [table.year, table.edition, table.caseId, table.clock] })],
);

/** Cases that a publication has counted anew and whose workflow is still to be told. */
export const calendarWakes = pgTable(
  'calendar_wakes',
  { year: integer().notNull(), edition: integer().notNull(), caseId: text('case_id').notNull() },
  (table) => [primaryKey({ columns: [table.year, table.edition, table.caseId] })],
);
