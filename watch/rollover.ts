import { setTimeout as pause } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { caseKinds } from '../workflows/messages/caseId.js';
import { ROLLOVER_SIGNAL } from '../workflows/messages/standing.js';
import type { WatchContext } from './context.js';

/** How a rollover goes. */
export interface RolloverOptions {
  /** Runs that began before this instant of the wall clock begin anew. */
  readonly before: Date;
  /** Cases a second, so that people's requests are answered meanwhile. */
  readonly rate: number;
  /** Milliseconds without any of them gone after which those that are left are given up, to be named. */
  readonly patience?: number;
  readonly onProgress?: (progress: { readonly asked: number; readonly left: number }) => void;
}

/** What it came to. */
export interface Rollover {
  readonly asked: number;
  /** The cases that still run in an older run: nothing that older runs need may go. */
  readonly left: readonly string[];
}

/** Milliseconds between two counts. */
const countEvery = 1000;

/**
 * Asks every run of a case that began before a release to begin anew as soon as nothing is under way in it, and waits until no
 * older run is left. A run that began anew is no longer found, so one that was cut short goes on where it stood. Asking twice
 * does nothing more than once.
 */
export async function rollOver(
  context: Pick<WatchContext, 'client' | 'taskQueue'>,
  { before, rate, patience = 120_000, onProgress = () => undefined }: RolloverOptions,
): Promise<Rollover> {
  const asked = new Set<string>();
  let left = await olderRuns(context, before);
  for (const { id, runId } of left) {
    const next = pause(1000 / rate);
    await signal(context, id, runId);
    asked.add(id);
    await next;
    if (asked.size % 100 === 0) onProgress({ asked: asked.size, left: left.length });
  }
  for (let until = Date.now() + patience; left.length > 0 && Date.now() < until;) {
    await pause(countEvery);
    const now = await olderRuns(context, before);
    if (now.length < left.length) until = Date.now() + patience;
    left = now;
    onProgress({ asked: asked.size, left: left.length });
  }
  return { asked: asked.size, left: left.map(({ id }) => id) };
}

interface Run {
  readonly id: string;
  readonly runId: string;
}

async function olderRuns(
  { client, taskQueue }: Pick<WatchContext, 'client' | 'taskQueue'>,
  before: Date,
): Promise<readonly Run[]> {
  const types = caseKinds.map((kind) => `'${kind}'`).join(', ');
  const query = `ExecutionStatus = 'Running' AND TaskQueue = '${taskQueue}' AND WorkflowType IN (${types}) AND StartTime < '${before.toISOString()}'`;
  const runs: Run[] = [];
  for await (const { workflowId: id, runId } of client.workflow.list({ query, pageSize: 1000 }))
    runs.push({ id, runId });
  return runs;
}

/** Of this very run: the one that follows it needs none. */
async function signal({ client }: Pick<WatchContext, 'client'>, id: string, runId: string): Promise<void> {
  try {
    await client.workflow.getHandle(id, runId).signal(ROLLOVER_SIGNAL);
  } catch (error) {
    // It has ended or begun anew since it was listed.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
