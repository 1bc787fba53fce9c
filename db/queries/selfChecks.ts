import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.js';
import { cases, permits } from '../schema/index.js';
import { caseInScope, type Scope } from './scope.js';

/** The permits in force of an area, behind a number, that have not been asked for their self-check of a period. */
export async function selfCheckers(
  tx: Transaction,
  {
    area,
    period,
    behind,
    most,
  }: { readonly area: string; readonly period: string; readonly behind: string; readonly most: number },
) {
  return await tx
    .select({ permitNo: permits.permitNo, unitId: permits.unitId, area: permits.area })
    .from(permits)
    .where(
      and(
        gt(permits.permitNo, behind),
        inArray(permits.state, ['valid', 'held', 'toBeConfirmed']),
        sql`starts_with(${permits.area}, ${area})`,
        sql`not exists (select 1 from requests asked where asked.actor_id = ${`selfCheck/${period}`}
          and asked.idempotency_key = ${`selfCheck/${period}-`} || ${permits.permitNo})`,
      ),
    )
    .orderBy(asc(permits.permitNo))
    .limit(most);
}

/** A self-check by its case's id, if it lies within the scope. */
export async function findSelfCheck(db: Database, scope: Scope, caseId: string) {
  const [row] = await db
    .select()
    .from(cases)
    .where(and(eq(cases.id, caseId), eq(cases.kind, 'selfCheck'), caseInScope(scope)));
  return row;
}
