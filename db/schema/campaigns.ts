import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Tier } from '../../rules/issueWords.js';
import type { Act, Finding } from '../../rules/checks/run.js';
import type { CleanUpState } from '../../workflows/messages/register.js';
import type { ReviewOutcome, ReviewState } from '../../workflows/messages/reviews.js';
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

/** How far a campaign of the quality assurance has come: counted in the steps of its items, so that nobody counts rows. */
export const reviewCampaigns = pgTable('review_campaigns', {
  campaign: text().primaryKey(),
  /** So many items are opened at a time, and after each so many that are done the campaign hears of it. */
  page: integer().notNull(),
  listed: integer().notNull(),
  opened: integer().notNull(),
  done: integer().notNull(),
  /** How many problems its reviewers confirmed. */
  problems: integer().notNull(),
});

/** The permits and issuances under review in a campaign, and what became of each. */
export const reviewItems = pgTable(
  'review_items',
  {
    /** `qualityReview/<campaign>.<ordinal>`. */
    caseId: text('case_id').primaryKey(),
    campaign: text().notNull(),
    ordinal: integer().notNull(),
    tier: text().$type<Tier>().notNull(),
    permitNo: text('permit_no').notNull(),
    version: integer().notNull(),
    unitId: text('unit_id').notNull(),
    area: text().notNull(),
    /** The issuance that was drawn: its kind and its day. */
    kind: text(),
    issuedOn: calendarDate('issued_on'),
    /** The finding organ, whose inspector reviews it. */
    organ: text().notNull(),
    /** The blind second review of an item, to measure how far reviewers agree. */
    second: boolean().notNull(),
    state: text().$type<ReviewState>().notNull(),
    outcome: text().$type<ReviewOutcome>(),
    problems: integer(),
    reviewer: text(),
    doneAt: instant('done_at'),
  },
  (table) => [
    uniqueIndex('review_items_ordinal').on(table.campaign, table.ordinal),
    index('review_items_permit').on(table.permitNo),
    index('review_items_listed')
      .on(table.campaign, table.ordinal)
      .where(sql`${table.state} = 'listed'`),
  ],
);

/** What the automatic checks found in a content, for the case that ran them: shown, and never a reason to refuse. */
export const checkResults = pgTable(
  'check_results',
  {
    caseId: text('case_id').notNull(),
    contentId: text('content_id').notNull(),
    permitNo: text('permit_no'),
    version: integer(),
    checkedOn: calendarDate('checked_on').notNull(),
    /** False where the content is no structured permit content: people check all of it. */
    readable: boolean().notNull(),
    findings: jsonb().$type<readonly Finding[]>().notNull(),
    acts: jsonb().$type<readonly Act[]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.contentId] }),
    index('check_results_permit').on(table.permitNo, table.version),
  ],
);
