import { sql } from 'drizzle-orm';
import { listSubscriptions } from '../db/queries/webhooks.js';
import { deliver, type DeliveryContext } from './deliver.js';
import { fanOut } from './fanOut.js';

/** For how many days what was delivered can still be looked at. */
const keptDays = 30;

/** Webhooks at work. */
export interface WebhookRelay {
  /** Takes nothing more and waits for what is on its way. */
  stop(): Promise<void>;
}

/**
 * Tells every subscription of what happens until it is told to stop, beside the worker: looks every `interval` milliseconds.
 * Each receiver is served by itself, so that a slow one holds up no other. Any number of processes share the tables.
 */
export function startWebhooks(
  context: DeliveryContext,
  { interval = 2000 }: { readonly interval?: number } = {},
): WebhookRelay {
  const { db, logger } = context;
  let stopped = false;
  const underWay = new Map<string, Promise<void>>();
  const warn = (error: unknown): void =>
    logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'webhooks can not look');

  const serve = async (id: string): Promise<void> => {
    await fanOut(db, id);
    await deliver(context, id, () => stopped);
  };
  const look = async (): Promise<void> => {
    for (const { id } of await listSubscriptions(db)) {
      if (stopped || underWay.has(id)) continue;
      underWay.set(
        id,
        serve(id)
          .catch(warn)
          .finally(() => underWay.delete(id)),
      );
    }
  };
  let looking: Promise<void> | undefined;
  const tick = (): void => {
    looking ??= look()
      .catch(warn)
      .finally(() => {
        looking = undefined;
      });
  };
  const forget = (): void => {
    void db
      .execute(
        sql`delete from webhook_deliveries where status in ('delivered', 'discarded')
            and settled_at < clock_timestamp() - make_interval(days => ${keptDays})`,
      )
      .catch(warn);
  };
  const timers = [setInterval(tick, interval), setInterval(forget, 3_600_000)];
  tick();
  return {
    async stop() {
      stopped = true;
      timers.forEach(clearInterval);
      await looking;
      await Promise.all(underWay.values());
    },
  };
}
