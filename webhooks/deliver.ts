import { eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database } from '../db/database.js';
import { claimDeliveries, type Delivery, noteAttempt } from '../db/queries/webhooks.js';
import { webhookSubscriptions } from '../db/schema/index.js';
import { longestAttempt, post } from './post.js';
import type { TargetRules } from './target.js';

/** How deliveries are tried. Seconds are of the wall clock. */
export interface DeliveryContext {
  readonly db: Database;
  readonly logger: Logger;
  readonly rules: TargetRules;
  /** Seconds before the second attempt, doubled for each further one up to the longest. */
  readonly firstWait: number;
  readonly longestWait: number;
  /** After so many it is given up, and listed as dead. */
  readonly attempts: number;
}

/** What production works with: about a day of attempts. */
export const usualPatience = { firstWait: 5, longestWait: 3600, attempts: 32 } as const;

/** How many messages are on their way to one receiver at once. */
const atOnce = 5;

const leaseSeconds = (longestAttempt / 1000) * 4;

/** Sends what may go to a subscription's receiver now, until nothing is left that need not wait. */
export async function deliver(
  context: DeliveryContext,
  subscriptionId: string,
  stopped: () => boolean = () => false,
): Promise<void> {
  const { db } = context;
  while (!stopped()) {
    const claimed = await claimDeliveries(db, subscriptionId, { count: atOnce, leaseSeconds });
    if (claimed.length === 0) return;
    const [subscription] = await db
      .select({ url: webhookSubscriptions.url, secret: webhookSubscriptions.secret })
      .from(webhookSubscriptions)
      .where(eq(webhookSubscriptions.id, subscriptionId));
    if (subscription === undefined) return;
    await Promise.all(claimed.map((delivery) => tryOnce(context, delivery, subscription)));
  }
}

async function tryOnce(
  { db, logger, rules, firstWait, longestWait, attempts: most }: DeliveryContext,
  { id, body, attempts }: Delivery,
  { url, secret }: { readonly url: string; readonly secret: string },
): Promise<void> {
  const attempt = await post({ id, body, url, secret }, rules);
  const waitSeconds = Math.min(firstWait * 2 ** Math.min(attempts - 1, 30), longestWait);
  await noteAttempt(db, id, { ...attempt, ...(attempts < most ? { waitSeconds } : {}) });
  if (!attempt.delivered) logger.warn({ webhook: id, attempts, outcome: attempt.outcome }, 'not delivered');
}
