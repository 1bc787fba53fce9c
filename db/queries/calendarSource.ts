import { sql } from 'drizzle-orm';
import { type Calendar, type CalendarYear, calendarOf } from '../../rules/calendar.js';
import { type Instant, instantOf } from '../../rules/date.js';
import { yearOf } from '../calendar.js';
import type { Database, Transaction } from '../database.js';
import { calendarYears } from '../schema/index.js';
import { statement } from '../statement.js';

const versionAndNow = statement<{ readonly version: string; readonly now: number }>(
  'calendar.versionAndNow',
  `select count(*) || '/' || coalesce(sum(edition), 0) as version,
          (extract(epoch from legal_now()) * 1000)::bigint::float8 as now
   from calendar_years`,
);

/** The calendar in force, kept in memory until an edition is published. */
export class CalendarSource {
  private known: { readonly version: string; readonly calendar: Calendar } | undefined;

  /** The calendar of the newest editions. One small query where nothing changed. */
  async current(db: Database | Transaction): Promise<Calendar> {
    const { rows } = await db.execute<{ version: string }>(
      sql`select count(*) || '/' || coalesce(sum(edition), 0) as version from ${calendarYears}`,
    );
    return await this.ofVersion(db, rows[0]?.version ?? '');
  }

  /** The calendar and the legal instant that something is looked at by, in one small query. */
  async looking(db: Database): Promise<{ readonly calendar: Calendar; readonly now: Instant }> {
    const [read] = await versionAndNow(db);
    if (read === undefined) throw new Error('a count answers with one row');
    return { calendar: await this.ofVersion(db, read.version), now: instantOf(read.now) };
  }

  /** The same, for who has read the version (the number of editions and their sum) with something else. */
  async ofVersion(db: Database | Transaction, version: string): Promise<Calendar> {
    if (this.known?.version !== version) {
      const editions = await db.select().from(calendarYears).orderBy(calendarYears.edition);
      const newest = new Map(editions.map((row) => [row.year, yearOf(row)]));
      this.known = { version, calendar: calendarOf([...newest.values()]) };
    }
    return this.known.calendar;
  }
}

/** The calendar as it would be with one more edition. */
export async function calendarWith(db: Database | Transaction, proposed: CalendarYear): Promise<Calendar> {
  const editions = await db.select().from(calendarYears);
  return calendarOf([...editions.map(yearOf), proposed]);
}
