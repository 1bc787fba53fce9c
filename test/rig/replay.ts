import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import type { temporal } from '@temporalio/proto';
import { readFile } from 'node:fs/promises';
import { restingKinds } from '../../workflows/messages/caseId.js';

type History = temporal.api.history.v1.IHistory;

const batch = 10;

/** A history and what it is called in an error. */
export interface NamedHistory {
  readonly workflowId: string;
  readonly history: History;
}

/** What a history is replayed with. */
export interface ReplayOptions {
  /** The built workflow bundle's file. */
  readonly workflowBundle: string;
  readonly dataConverter: DataConverter;
}

/** Replays every history of these cases, along the chain of their runs. Throws at the first that does not replay. */
export async function replayHistories(
  client: Client,
  caseIds: readonly string[],
  options: ReplayOptions,
): Promise<void> {
  const histories: NamedHistory[] = [];
  for (const caseId of caseIds) {
    const runs = await chainOf(client, caseId);
    for (const history of runs.filter(hasDecided)) histories.push({ workflowId: caseId, history });
  }
  await replayAll(histories, options);
}

/** A run that has just continued as new has decided nothing yet: there is nothing to replay, and a replay would wait for it. */
const hasDecided = ({ events }: History): boolean =>
  (events ?? []).some((event) => event.workflowTaskCompletedEventAttributes != null);

/** Replays these histories. Throws at the first that does not replay. */
export async function replayAll(
  histories: readonly NamedHistory[],
  { workflowBundle, dataConverter }: ReplayOptions,
): Promise<void> {
  const bundle = { code: await readFile(workflowBundle, 'utf8') };
  // The replaying worker keeps a few dozen histories at most: given more of them at once it stands still, without an error.
  for (let first = 0; first < histories.length; first += batch) {
    const some = histories.slice(first, first + batch);
    for await (const { workflowId, error } of Worker.runReplayHistories(
      { workflowBundle: bundle, dataConverter },
      some,
    )) {
      if (error !== undefined)
        throw new Error(`the history of ${workflowId} does not replay`, { cause: error });
    }
  }
}

/** The histories of all runs of a case, the newest first. */
export async function chainOf(client: Client, caseId: string): Promise<readonly History[]> {
  const chain: History[] = [];
  // A publication of the calendar is a workflow and no case.
  if (restingKinds.some((kind) => caseId.startsWith(`${kind}/`))) {
    // Each waking is a run of its own, and none continues as another.
    for await (const { runId } of client.workflow.list({ query: `WorkflowId = "${caseId}"` }))
      chain.push(await client.workflow.getHandle(caseId, runId).fetchHistory());
    return chain;
  }
  let runId: string | undefined;
  do {
    const history: History = await client.workflow.getHandle(caseId, runId).fetchHistory();
    chain.push(history);
    runId =
      history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
  } while (runId !== undefined && runId !== '');
  return chain;
}
