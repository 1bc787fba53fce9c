import {
  CancellationScope,
  condition,
  defineSignal,
  defineUpdate,
  isCancellation,
  proxyLocalActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import { type CaseRequest, REQUEST_UPDATE } from '../workflows/messages/request.js';
import { RETIMED_SIGNAL } from '../workflows/messages/publication.js';
import type { BareTimer } from './bareTimers.js';
import type { bareActivities } from './bareActivities.js';

const { insertRow } = proxyLocalActivities<ReturnType<typeof bareActivities>>({ startToCloseTimeout: '4s' });

const requestUpdate = defineUpdate<{ readonly revision: number }, [CaseRequest]>(REQUEST_UPDATE);

/**
 * What Temporal itself costs, with nothing of ours: the same Updates, one local activity that inserts one row for each, and
 * one timer, armed once. No codec, no rules, no state, no search attributes.
 */
export async function bare(): Promise<void> {
  let revision = 0;
  setHandler(requestUpdate, async (request) => {
    revision += 1;
    await insertRow(request);
    return { revision };
  });
  await sleep('20 days');
}

const retimedSignal = defineSignal<[string]>(RETIMED_SIGNAL);

/** What a signal costs that moves a timer: one timer, cancelled and armed anew at each signal, and nothing else. */
export async function bareRetimed(): Promise<void> {
  let signals = 0;
  setHandler(retimedSignal, () => void (signals += 1));
  for (;;) {
    const seen = signals;
    const waiting = new CancellationScope();
    const slept = waiting
      .run(() => sleep('20 days'))
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
    await condition(() => signals > seen);
    waiting.cancel();
    await slept;
  }
}

/** A life that only waits: a row at its start where `armed` is asked for, one timer, a row when it strikes. */
export async function bareTimer({ id, armed, until }: BareTimer): Promise<void> {
  if (armed) await insertRow({ id, body: {} });
  await sleep(Math.max(until - Date.now(), 1));
  if (!armed) await insertRow({ id, body: {} });
}
