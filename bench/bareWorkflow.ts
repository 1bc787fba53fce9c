import { defineUpdate, proxyLocalActivities, setHandler, sleep } from '@temporalio/workflow';
import { type CaseRequest, REQUEST_UPDATE } from '../workflows/messages/request.js';
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

/** A life that only waits: a row at its start where `armed` is asked for, one timer, a row when it strikes. */
export async function bareTimer({ id, armed, until }: BareTimer): Promise<void> {
  if (armed) await insertRow({ id, body: {} });
  await sleep(Math.max(until - Date.now(), 1));
  if (!armed) await insertRow({ id, body: {} });
}
