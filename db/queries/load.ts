import { and, like, sql } from 'drizzle-orm';
import type { CalendarDate } from '../../rules/date.js';
import type { Database } from '../database.js';
import { cases, clocks, permits } from '../schema/index.js';
import { caseInScope, type Scope } from './scope.js';

/** What the load calendar is asked for: days, both included, and perhaps an organ or the leading digits of a division. */
export interface LoadFilter {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** The organ that decides. */
  readonly organ?: string | undefined;
  readonly area?: string | undefined;
}

/** What comes on a day to an organ from a city. */
export type LoadLine = {
  readonly day: CalendarDate;
  readonly organ: string;
  /** The city's six-digit division. */
  readonly city: string;
  /** Permits whose last day it is. */
  readonly permits: number;
  /** Clocks whose last lawful day it is; a permit's own term is counted as the permit. */
  readonly clocks: number;
};

/** The states of a permit that still has its last day before it. */
const living = sql`${permits.state} in ('valid', 'held', 'toBeConfirmed')`;

/** Per day, organ and city: permits that expire and clocks that are due. One query, in the order of the days. */
export async function loadCalendar(
  db: Database,
  scope: Scope,
  { from, to, organ, area }: LoadFilter,
): Promise<readonly LoadLine[]> {
  const decides = sql`${cases.organs}->>'deciding'`;
  const narrowed = and(
    caseInScope(scope),
    organ === undefined ? undefined : sql`${decides} = ${organ}`,
    area === undefined ? undefined : like(cases.area, `${area}%`),
  );
  // Days first, then one join with the cases, which the database may share among its workers; what is shown is put into
  // words once a line, not once a clock.
  const { rows } = await db.execute<LoadLine>(sql`
    select to_char(day, 'YYYY-MM-DD') as day, organ, city || '00' as city, permits, clocks from (
      select lines.day, ${decides} as organ, left(${cases.area}, 4) as city,
        sum(lines.permits)::int as permits, sum(lines.clocks)::int as clocks
      from (
        select 'permit/' || ${permits.permitNo} as id, ${permits.validTo} as day, 1 as permits, 0 as clocks
        from ${permits} where ${permits.validTo} between ${from}::date and ${to}::date and ${living}
        union all
        select ${clocks.caseId}, ${clocks.due}, 0, 1
        from ${clocks} where ${clocks.state} = 'running' and ${clocks.due} between ${from}::date and ${to}::date
          and ${clocks.limit} <> 'permit.validity'
      ) lines join ${cases} on ${cases.id} = lines.id
      where ${cases.outcome} is null and ${narrowed}
      group by 1, 2, 3
    ) days
    order by 1, 2, 3`);
  return rows;
}
