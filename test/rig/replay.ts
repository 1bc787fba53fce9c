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
  for (const workflowId of caseIds) {
    const histories = (await chainOf(client, workflowId))
      .filter(hasBegun)
      .map((history) => ({ workflowId, history }));
    for await (const { error } of Worker.runReplayHistories(
      { workflowBundle: bundle, dataConverter },
      histories,
    )) {
      if (error !== undefined)
        throw new Error(`the history of ${workflowId} does not replay`, { cause: error });
    }
  }
}

/** A run that continued as new a moment ago has done nothing yet: there is nothing to replay. */
const hasBegun = ({ events }: History): boolean =>
  events?.some((event) => event.workflowTaskCompletedEventAttributes != null) ?? false;

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
