import { index, integer, pgSequence, pgTable, text } from 'drizzle-orm/pg-core';
import type { IssueSeverity, Responsible, Tier } from '../../rules/issueWords.js';
import { calendarDate } from '../columns.js';

/** The numbers of what people find: never given twice. A tier's own findings have numbers that can be computed. */
export const issueNumbers = pgSequence('issue_numbers');

/** The issue ledger as it is sorted and counted. What an issue remembers beside is its case's; only `commit` writes here. */
export const issues = pgTable(
  'issues',
  {
    caseId: text('case_id').primaryKey(),
    permitNo: text('permit_no').notNull(),
    /** The rule or item that is broken, and where: with the permit, what makes two findings the same problem. */
    subject: text().notNull(),
    place: text().notNull(),
    tier: text().$type<Tier>().notNull(),
    campaign: text(),
    unitId: text('unit_id').notNull(),
    area: text().notNull(),
    /** The organ that determines and closes it. */
    organ: text().notNull(),
    severity: text().$type<IssueSeverity>().notNull(),
    category: text().notNull(),
    responsible: text().$type<Responsible>().notNull(),
    foundOn: calendarDate('found_on').notNull(),
    /** How often a deadline went by, and how often it came back. */
    overdue: integer().notNull(),
    reopened: integer().notNull(),
    /** The latest issue of the same problem, which had ended or takes this one up. */
    recurrenceOf: text('recurrence_of'),
    closedOn: calendarDate('closed_on'),
  },
  (table) => [
    index('issues_problem').on(table.permitNo, table.subject, table.place),
    index('issues_campaign').on(table.tier, table.campaign),
    index('issues_area').on(table.area),
    index('issues_unit').on(table.unitId),
  ],
);
