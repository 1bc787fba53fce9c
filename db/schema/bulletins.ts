import { index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { calendarDate, instant } from '../columns.js';

/** The bulletins (通报): one a region and period. What they count is frozen with them, row by row. */
export const bulletins = pgTable('bulletins', {
  caseId: text('case_id').primaryKey(),
  region: text().notNull(),
  from: calendarDate('from_day').notNull(),
  to: calendarDate('to_day').notNull(),
  frozenAt: instant('frozen_at').notNull(),
  /** The bulletin before, which the trend is against. */
  former: text(),
  /** The issues that a person picked as typical, with what is said of each. */
  typical: jsonb().$type<readonly { readonly issueId: string; readonly note: string }[]>().notNull(),
  issuedOn: calendarDate('issued_on'),
});

/** What a figure of a bulletin counts: a figure is the number of its rows, and nothing else. */
export const bulletinRows = pgTable(
  'bulletin_rows',
  {
    bulletin: text().notNull(),
    figure: text().notNull(),
    city: text().notNull(),
    /** What the figure is broken down by: a category, a severity, whose problem; empty where it is not. */
    part: text().notNull(),
    /** The issuance, issue, permit or pair of reviews that is counted. */
    row: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.bulletin, table.figure, table.city, table.part, table.row] }),
    index('bulletin_rows_row').on(table.row),
  ],
);
