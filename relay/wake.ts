import type { Logger } from 'pino';
import { clockOffset, legalNow } from '../db/legalClock.js';
import { restingAndDue, restingState } from '../db/queries/resting.js';
import { caseKindOf } from '../workflows/messages/caseId.js';
import { type CaseInput, newest } from '../workflows/messages/state.js';
import type { CaseWorkflow, SendingContext } from './send.js';

/** How many cases are looked up at once, and how many are awake at once. */
const page = 200;
const concurrency = 20;

/** How long a woken case may take before the next of its page is woken, in milliseconds. It goes on all the same. */
const patience = 10_000;

/**
 * Wakes every resting case whose moment has come, a page at a time, and waits for each to rest again; answers with how many.
 * Waking is always safe: a run that is open is met, and one that finds its moment taken rests again.
 */
async function wakeDue(context: SendingContext, stopped: () => boolean = () => false): Promise<number> {
  const due = await restingAndDue(context.db, page);
  const waiting = [...due];
  const wakeNext = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined && !stopped(); id = waiting.shift())
      await wake(context, id);
  };
  await Promise.all(Array.from({ length: concurrency }, wakeNext));
  return due.length;
}

/**
 * Wakes a resting case and waits for it to rest again, for so long as patience lasts. One that has nothing due is left alone:
 * another relay, or the run of a moment ago, has taken what was due when it was listed, and a run without a moment or a
 * request would wait for one, open, and be met by whoever wakes the case next.
 */
export async function wake(context: SendingContext, caseId: string): Promise<void> {
  const { client, db, taskQueue } = context;
  const kind = caseKindOf(caseId);
  const state = await restingState(db, { caseId, kind });
  if (state === undefined || state.next === null || state.next.at > (await legalNow(db))) return;
  const input: CaseInput = { caseId, kind, clockOffset: await clockOffset(db), state, ...newest };
  const run = await client.workflow.start<CaseWorkflow>(kind, {
    ...{ workflowId: caseId, taskQueue, args: [input] },
    ...{ workflowIdConflictPolicy: 'USE_EXISTING', workflowIdReusePolicy: 'ALLOW_DUPLICATE' },
  });
  await Promise.race([
    run.result(),
    new Promise((resolve) => {
      setTimeout(resolve, patience).unref();
    }),
  ]);
}

/** Looks every `interval` milliseconds, and again at once as long as there was something. `stop` waits for those under way. */
export function startWaking(
  context: SendingContext,
  { logger, interval }: { readonly logger: Logger; readonly interval: number },
): { stop(): Promise<void> } {
  let stopped = false;
  let waking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    try {
      while (!stopped && (await wakeDue(context, () => stopped)) > 0);
    } catch (error) {
      logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'no case can be woken');
    } finally {
      waking = undefined;
    }
  };
  const timer = setInterval(() => {
    waking ??= look();
  }, interval);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await waking;
    },
  };
}
