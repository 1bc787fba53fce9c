import { and, asc, between, eq, inArray, isNull, like, sql } from 'drizzle-orm';
import type { CalendarDate } from '../../rules/date.js';
import type { Database } from '../database.js';
import { cases, clocks, permits } from '../schema/index.js';
import type { LoadFilter } from './load.js';
import { caseInScope, type Scope } from './scope.js';

/** A permit whose holder may still ask for its renewal, and has not. */
export interface RenewablePermit {
  readonly permitNo: string;
  readonly unitId: string;
  readonly validTo: CalendarDate;
  /** The last day to ask for the renewal (REG 14). */
  readonly lastDay: CalendarDate;
}

/** Permits whose last day to ask for the renewal lies between two days, both included, in the order of these days. */
export async function renewablePermits(
  db: Database,
  scope: Scope,
  { from, to, organ, area }: LoadFilter,
): Promise<readonly RenewablePermit[]> {
  const { permitNo, unitId, validTo } = permits;
  const rows = await db
    .select({ permitNo, unitId, validTo, lastDay: clocks.due })
    .from(clocks)
    .innerJoin(cases, eq(cases.id, clocks.caseId))
    .innerJoin(permits, eq(permitNo, cases.permitNo))
    .where(
      and(
        eq(clocks.state, 'running'),
        between(clocks.due, from, to),
        eq(clocks.limit, 'renewal.apply'),
        isNull(cases.outcome),
        inArray(permits.state, ['valid', 'held', 'toBeConfirmed']),
        sql`${cases.facts}->>'renewal' is null`,
        caseInScope(scope),
        organ === undefined ? undefined : sql`${cases.organs}->>'deciding' = ${organ}`,
        area === undefined ? undefined : like(cases.area, `${area}%`),
      ),
    )
    .orderBy(asc(clocks.due), asc(permitNo));
  return rows.flatMap(({ lastDay, ...permit }) => (lastDay === null ? [] : [{ ...permit, lastDay }]));
}
