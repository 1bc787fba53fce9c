import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { WatchKind } from '../../rules/watchKinds.js';
import { instant } from '../columns.js';

/** What the standing watch has found: one row for each thing that is late or wrong, kept after it is gone. */
export const watchFindings = pgTable(
  'watch_findings',
  {
    kind: text().$type<WatchKind>().notNull(),
    /** Of a request, case, task, notice, document, job: what it is about. */
    id: text().notNull(),
    /** When it should have happened. */
    since: instant().notNull(),
    /** The legal instants of the look that found it, and of the one that found it no more; null while it stands. */
    foundAt: instant('found_at').notNull(),
    goneAt: instant('gone_at'),
    /** Somebody was told of what it has come to: that it stands, or, once it is gone, that it is gone. */
    told: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.id] }),
    index('watch_findings_standing')
      .on(table.kind, table.since)
      .where(sql`${table.goneAt} is null`),
    index('watch_findings_untold')
      .on(table.kind)
      .where(sql`not ${table.told}`),
  ],
);

/** What is done every few minutes by one process of all, and when it was last done. Wall-clock time: it is about machines. */
export const standingJobs = pgTable('standing_jobs', {
  job: text().primaryKey(),
  /** Nobody else begins it before: a run never overlaps another. */
  leasedUntil: timestamp('leased_until', { withTimezone: true, precision: 3 }),
  /** The last run that came to its end. A run that was missed is not made good: the next one sees what it would have seen. */
  endedAt: timestamp('ended_at', { withTimezone: true, precision: 3 }),
});
