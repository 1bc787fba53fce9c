import { and, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.js';
import { cases, ledger } from '../schema/index.js';
import { caseInScope, type Scope } from './scope.js';

/** What the feed is narrowed to. */
export interface EventFilter {
  readonly case?: string | undefined;
  /** Only events of these names. */
  readonly names?: readonly string[] | undefined;
}

/** Where the feed stands: before which position it is complete, and the last position that was ever drawn. */
export interface FeedEnd {
  readonly horizon: number;
  readonly drawn: number;
}

/** The end of the feed. What lies before its horizon is complete for every query that begins after this one has ended. */
export async function feedEnd(db: Database): Promise<FeedEnd> {
  const { rows } = await db.execute<{ horizon: string; drawn: string }>(
    sql`select ledger_horizon() as horizon, last_value as drawn from ledger_position_seq`,
  );
  return { horizon: Number(rows[0]?.horizon), drawn: Number(rows[0]?.drawn) };
}

/**
 * The ledger entries of a scope behind a position, in the order of their positions. `next` is the position up to which the
 * feed was read, whether or not the last entries were the asker's to see: reading on from there skips nothing.
 */
export async function eventsAfter(
  db: Database | Transaction,
  scope: Scope,
  { case: caseId, names }: EventFilter,
  { after, limit, end }: { readonly after: number; readonly limit: number; readonly end: FeedEnd },
) {
  const { position, sequence, at, event, actor, article, zh, en, params } = ledger;
  const items = await db
    .select({
      ...{ position, caseId: ledger.caseId, sequence, at, event, actor, article, zh, en, params },
      unitId: cases.unitId,
    })
    .from(ledger)
    .innerJoin(cases, eq(cases.id, ledger.caseId))
    .where(
      and(
        gt(position, after),
        lt(position, end.horizon),
        caseInScope(scope),
        caseId === undefined ? undefined : eq(ledger.caseId, caseId),
        names === undefined ? undefined : inArray(event, [...names]),
      ),
    )
    .orderBy(position)
    .limit(limit);
  const last = items.at(-1);
  const isFull = items.length === limit && last !== undefined;
  return { items, next: isFull ? last.position : Math.max(after, end.horizon - 1) };
}
