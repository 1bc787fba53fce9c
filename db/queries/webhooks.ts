import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.js';
import { webhookDeliveries, webhookSubscriptions } from '../schema/index.js';

/** A row of `webhook_subscriptions`. */
export type Subscription = typeof webhookSubscriptions.$inferSelect;
/** A row of `webhook_deliveries`. */
export type Delivery = typeof webhookDeliveries.$inferSelect;

/** Every subscription, the oldest first. */
export const listSubscriptions = (db: Database): Promise<readonly Subscription[]> =>
  db
    .select()
    .from(webhookSubscriptions)
    .orderBy(asc(webhookSubscriptions.createdAt), asc(webhookSubscriptions.id));

/** How many deliveries of each subscription wait, and how many were given up. */
export async function unsettledCounts(
  db: Database,
): Promise<ReadonlyMap<string, { readonly waiting: number; readonly dead: number }>> {
  const { rows } = await db.execute<{ id: string; waiting: number; dead: number }>(sql`
    select ${webhookDeliveries.subscriptionId} as id,
      (count(*) filter (where ${webhookDeliveries.status} = 'waiting'))::int as waiting,
      (count(*) filter (where ${webhookDeliveries.status} = 'dead'))::int as dead
    from ${webhookDeliveries} where ${webhookDeliveries.status} in ('waiting', 'dead') group by 1`);
  return new Map(rows.map(({ id, waiting, dead }) => [id, { waiting, dead }]));
}

/** The deliveries of a subscription in a status behind a position, in their order. */
export const listDeliveries = (
  db: Database,
  subscriptionId: string,
  {
    status,
    after,
    limit,
  }: { readonly status: Delivery['status']; readonly after: number; readonly limit: number },
): Promise<readonly Delivery[]> =>
  db
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.subscriptionId, subscriptionId),
        eq(webhookDeliveries.status, status),
        gt(webhookDeliveries.position, after),
      ),
    )
    .orderBy(asc(webhookDeliveries.position))
    .limit(limit);

/**
 * Takes up to `count` deliveries of a subscription that may go now, and leaves them to nobody else for so many seconds. Of a
 * case only the earliest that is not settled may: also one that was given up holds the later ones back.
 */
export async function claimDeliveries(
  db: Database,
  subscriptionId: string,
  { count, leaseSeconds }: { readonly count: number; readonly leaseSeconds: number },
): Promise<readonly Delivery[]> {
  return await db
    .update(webhookDeliveries)
    .set({
      attempts: sql`${webhookDeliveries.attempts} + 1`,
      dueAt: sql`clock_timestamp() + make_interval(secs => ${leaseSeconds})`,
    })
    .where(
      sql`${webhookDeliveries.id} in (
        select due.id from ${webhookDeliveries} due
        where due.subscription_id = ${subscriptionId} and due.status = 'waiting' and due.due_at <= clock_timestamp()
          and exists (select 1 from ${webhookSubscriptions} active where active.id = due.subscription_id and active.state = 'active')
          and not exists (select 1 from ${webhookDeliveries} earlier
            where earlier.subscription_id = due.subscription_id and earlier.case_id = due.case_id
              and earlier.status in ('waiting', 'dead') and earlier.position < due.position)
        order by due.position limit ${count} for update skip locked)`,
    )
    .returning();
}

/** Notes what an attempt came to. `waitSeconds` is absent for the last: then it is given up. */
export async function noteAttempt(
  db: Database,
  id: string,
  {
    delivered,
    outcome,
    waitSeconds,
  }: { readonly delivered: boolean; readonly outcome: string; readonly waitSeconds?: number },
): Promise<void> {
  const status = delivered ? 'delivered' : waitSeconds === undefined ? 'dead' : 'waiting';
  await db
    .update(webhookDeliveries)
    .set({
      ...{ status, outcome },
      ...(status === 'waiting'
        ? { dueAt: sql`clock_timestamp() + make_interval(secs => ${waitSeconds ?? 0})` }
        : { settledAt: sql`clock_timestamp()` }),
    })
    // One that was discarded under way stays discarded.
    .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.status, 'waiting')));
}

/** Sends a given-up delivery again, under its old id, or drops it for good. Undefined where no such one was given up. */
export async function settleDead(
  db: Database | Transaction,
  id: string,
  as: 'waiting' | 'discarded',
): Promise<Delivery | undefined> {
  const now = sql`clock_timestamp()`;
  const [row] = await db
    .update(webhookDeliveries)
    .set(
      as === 'waiting'
        ? { status: as, attempts: 0, dueAt: now, settledAt: null }
        : { status: as, settledAt: now },
    )
    .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.status, 'dead')))
    .returning();
  return row;
}
