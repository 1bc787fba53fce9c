import { sql } from 'drizzle-orm';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import { calendarYearsFromPackage } from '../rules/calendarYears.js';
import { seedCalendar } from './calendar.js';
import { openDatabase } from './database.js';
import { fromProject } from './projectFolder.js';

/** The years that the calendar is kept for: from before the oldest permit that can still matter to well past the next. */
const years = { from: 2018, to: 2045 };

/** Brings the database to this release's schema and gives it the calendar years that it lacks. Safe to run again, also at once. */
export async function migrate(databaseUrl: string): Promise<void> {
  const { db, close } = openDatabase(databaseUrl, { connections: 1 });
  try {
    // Held to the end of the one connection: of two that migrate at once, the second waits and finds nothing to do.
    await db.execute(sql`select pg_advisory_lock(hashtext('yizheng migrate'))`);
    await runMigrations(db, { migrationsFolder: fromProject('db/migrations') });
    await seedCalendar(db, calendarYearsFromPackage(years.from, years.to));
  } finally {
    await close();
  }
}
