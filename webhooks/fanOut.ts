import { eq, sql } from 'drizzle-orm';
import type { Database } from '../db/database.js';
import { eventsAfter, feedEnd } from '../db/queries/events.js';
import { webhookDeliveries, webhookSubscriptions } from '../db/schema/index.js';
import { maskedEntry } from '../rules/masking.js';

/** How many entries of the feed are written down at once. */
const page = 500;

/**
 * Writes down what a subscription is to be told, up to the end of the feed: its place in the feed and the deliveries in one
 * transaction, so that no event is skipped and none comes twice, whoever dies. Another process at the same subscription is
 * left alone. Paused ones are written for too, and hear of it when they go on.
 */
export async function fanOut(db: Database, subscriptionId: string): Promise<void> {
  for (;;) {
    const end = await feedEnd(db);
    const count = await db.transaction(async (tx) => {
      const [subscription] = await tx
        .select()
        .from(webhookSubscriptions)
        .where(eq(webhookSubscriptions.id, subscriptionId))
        .for('update', { skipLocked: true });
      if (subscription === undefined) return 0;
      const { scope, events, position: after } = subscription;
      const filter = { names: events ?? undefined };
      const { items, next } = await eventsAfter(tx, scope, filter, { after, limit: page, end });
      if (items.length > 0) {
        const rows = items.map((entry) => ({
          id: `msg_${subscriptionId}_${entry.position}`,
          ...{ subscriptionId, caseId: entry.caseId, position: entry.position, body: bodyOf(entry) },
          ...{ status: 'waiting' as const, dueAt: sql`clock_timestamp()` },
        }));
        await tx.insert(webhookDeliveries).values(rows).onConflictDoNothing();
      }
      if (next !== after)
        await tx
          .update(webhookSubscriptions)
          .set({ position: next })
          .where(eq(webhookSubscriptions.id, subscriptionId));
      return items.length;
    });
    if (count < page) return;
  }
}

/** An event as its receiver gets it: as the feed shows it to who has no business with persons. Names and contacts are masked. */
function bodyOf(entry: Awaited<ReturnType<typeof eventsAfter>>['items'][number]): string {
  const { event, at, ...data } = maskedEntry(entry);
  return JSON.stringify({ type: event, timestamp: at, data });
}
