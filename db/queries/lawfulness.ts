import { and, eq, inArray } from 'drizzle-orm';
import { dateOf } from '../../rules/date.js';
import { lifeEvents, type PermitEvent } from '../../rules/lawfulness.js';
import type { Database } from '../database.js';
import { ledger } from '../schema/index.js';

/** What a permit's ledger says of the states that it has had, in order. */
export async function lifeOf(db: Database, caseId: string): Promise<readonly PermitEvent[]> {
  const { event, at, params } = ledger;
  const rows = await db
    .select({ event, at, params })
    .from(ledger)
    .where(and(eq(ledger.caseId, caseId), inArray(event, [...lifeEvents])))
    .orderBy(ledger.sequence);
  return rows.map((row) => ({ event: row.event, on: dateOf(row.at), params: row.params }));
}
