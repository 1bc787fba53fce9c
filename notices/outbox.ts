import { startDaily } from '../relay/daily.js';
import { passOnBounced } from './bounce.js';
import type { NoticeContext } from './context.js';
import { digestJob } from './digest.js';
import { reportUndeliverable } from './report.js';
import { lease, sendLeased } from './send.js';
import { nameOf, sortQueued } from './sort.js';

/** How many messages leave at once. */
const concurrency = 5;

/** How many notices are looked at before the next messages leave: a wave of reminders does not hold back the first. */
const sortedAtOnce = 50;

/** The outbox at work. */
export interface Outbox {
  /** Takes nothing more and waits for what is on its way. */
  stop(): Promise<void>;
}

/**
 * Does what can be done now: looks at what is queued, sends what may be sent, reports what can not be delivered; and again
 * until nothing is left but what must wait. Any number of processes may do this at once.
 */
export async function drain(context: NoticeContext, stopped: () => boolean = () => false): Promise<void> {
  for (;;) {
    const sorted = await sortQueued(context, sortedAtOnce);
    await passOnBounced(context);
    const rows = stopped() ? [] : await lease(context, concurrency);
    await Promise.all(rows.map((row) => sendOne(context, row)));
    await reportUndeliverable(context);
    if (stopped() || (rows.length === 0 && sorted < sortedAtOnce)) return;
  }
}

async function sendOne(context: NoticeContext, row: Parameters<typeof sendLeased>[1]): Promise<void> {
  try {
    const outcome = await sendLeased(context, row);
    if (outcome === 'failed') {
      context.logger.warn({ message: row.messageId, attempts: row.attempts }, 'a message did not leave');
    }
  } catch (error) {
    // Its lease runs out, and it is tried again.
    context.logger.error({ message: row.messageId, error: nameOf(error) }, 'a message could not be sent');
  }
}

/**
 * Sends notices until it is told to stop, beside the worker: looks every `interval` milliseconds, and builds the officers'
 * digests once a working day.
 */
export function startOutbox(
  context: NoticeContext,
  { interval = 2000 }: { readonly interval?: number } = {},
): Outbox {
  let stopped = false;
  let draining: Promise<void> | undefined;
  const look = (): void => {
    draining ??= drain(context, () => stopped)
      .catch((error: unknown) => {
        context.logger.warn({ error: nameOf(error) }, 'the outbox can not look');
      })
      .finally(() => {
        draining = undefined;
      });
  };
  const timer = setInterval(look, interval);
  const daily = startDaily(context.db, [digestJob(context)], { logger: context.logger });
  look();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await daily.stop();
      await draining;
    },
  };
}
