import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import type { temporal } from '@temporalio/proto';
import { readFile } from 'node:fs/promises';

type History = temporal.api.history.v1.IHistory;

/** Replays every history of these cases, along the chain of their runs. Throws at the first that does not replay. */
export async function replayHistories(
  client: Client,
  caseIds: readonly string[],
  {
    workflowBundle,
    dataConverter,
  }: { readonly workflowBundle: string; readonly dataConverter: DataConverter },
): Promise<void> {
  const bundle = { code: await readFile(workflowBundle, 'utf8') };
  const histories: { workflowId: string; history: History }[] = [];
  for (const caseId of caseIds) {
    for (const history of await chainOf(client, caseId)) histories.push({ workflowId: caseId, history });
  }
  const replays = Worker.runReplayHistories({ workflowBundle: bundle, dataConverter }, histories);
  for await (const { workflowId, error } of replays) {
    if (error !== undefined)
      throw new Error(`the history of ${workflowId} does not replay`, { cause: error });
  }
}

/** The histories of all runs of a case, the newest first. */
export async function chainOf(client: Client, caseId: string): Promise<readonly History[]> {
  const chain: History[] = [];
  let runId: string | undefined;
  do {
    const history: History = await client.workflow.getHandle(caseId, runId).fetchHistory();
    chain.push(history);
    runId =
      history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
  } while (runId !== undefined && runId !== '');
  return chain;
}
