import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.js';
import { yearOf } from '../../db/calendar.js';
import { calendarYears } from '../../db/schema/index.js';
import type { CalendarYear } from '../../rules/calendar.js';
import type { CalendarDate } from '../../rules/date.js';
import type { JsonObject } from '../../workflows/messages/json.js';

/** The next edition of this year, in which so many of the coming weekdays are off: the fewer, the earlier all is due. */
export async function editionWithOff(db: Database, count: number): Promise<CalendarYear> {
  const { rows } = await db.execute<{ day: CalendarDate }>(sql`
    select to_char(d, 'YYYY-MM-DD') as day from generate_series(
      (legal_now() at time zone 'Asia/Shanghai')::date + 1, (legal_now() at time zone 'Asia/Shanghai')::date + 14, '1 day') d
    where extract(isodow from d) < 6 order by d limit ${count}`);
  const { rows: today } = await db.execute<{ year: number }>(
    sql`select extract(year from legal_now() at time zone 'Asia/Shanghai')::int as year`,
  );
  const editions = await db
    .select()
    .from(calendarYears)
    .where(eq(calendarYears.year, today[0]?.year ?? 0))
    .orderBy(calendarYears.edition);
  const [first, newest] = [editions[0], editions.at(-1)];
  if (first === undefined || newest === undefined) throw new Error('no calendar of this year');
  const off = rows.map(({ day }) => ({ date: day, zh: '临时放假', en: 'a day off' }));
  const { holidays, ...year } = yearOf(first);
  return { ...year, edition: newest.edition + 1, document: 'measure', holidays: [...holidays, ...off] };
}

/** Puts an edition into force. */
export async function enforce(db: Database, { holidays, workdays, ...year }: CalendarYear): Promise<void> {
  const days = JSON.parse(JSON.stringify({ holidays, workdays })) as JsonObject;
  await db.insert(calendarYears).values({ ...year, days });
}
