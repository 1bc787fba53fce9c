import type { CalendarYear } from '../rules/calendar.js';
import type { Database } from './database.js';
import { calendarYears } from './schema/index.js';

type Row = typeof calendarYears.$inferSelect;

/** A row as the rules know it. */
export function yearOf(row: Row): CalendarYear {
  const { year, edition, document, estimated } = row;
  const days = row.days as unknown as Pick<CalendarYear, 'holidays' | 'workdays'>;
  return { year, edition, document, estimated, ...days };
}

/** Writes the years that the database does not hold yet, each as its first edition. Editions that stand are never changed. */
export async function seedCalendar(db: Database, years: readonly CalendarYear[]): Promise<void> {
  const rows = years.map(({ year, edition, document, estimated, holidays, workdays }) => ({
    year,
    edition,
    document,
    estimated,
    days: { holidays, workdays } as unknown as Row['days'],
  }));
  await db.insert(calendarYears).values(rows).onConflictDoNothing();
}
