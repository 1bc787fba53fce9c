import { WorkflowNotFoundError } from '@temporalio/client';
import { legalNow } from '../db/legalClock.js';
import type { Found } from '../db/queries/watch.js';
import {
  type CaseStanding,
  isAsked,
  movedOfLate,
  openStandings,
  standingsOf,
} from '../db/queries/standings.js';
import { type Instant, millisOf } from '../rules/date.js';
import { type WatchKind, watchKind } from '../rules/watchKinds.js';
import { caseKinds } from '../workflows/messages/caseId.js';
import { stageAttribute } from '../workflows/messages/searchAttributes.js';
import { type Standing, STANDING_QUERY } from '../workflows/messages/standing.js';
import { forEach, type WatchContext } from './context.js';

/** A case's workflow as the list of workflows has it. */
interface Listed {
  readonly id: string;
  readonly begunAt: number;
  /** Only runs of release 0.1.0 tell it; of later ones those that moved of late are asked. */
  readonly stage: string | undefined;
}

/** How a comparison is made; the defaults are the standing watch's. */
export interface Comparison {
  /**
   * After a restore: asks every workflow how far it has come, not only those that look wrong, and finds a lost one however
   * young its case is. The databases may be of different instants, and nobody waits ten minutes for what will never come.
   */
  readonly deep?: boolean;
  /** Milliseconds of the wall clock for which a workflow without a case may be one that only begins. */
  readonly youth?: number;
}

/**
 * Compares every open case with its workflow: the list of those that run, page by page, with the table's rows. Only what does
 * not fit is asked one by one, because the list is a little behind the workflows, and of what fits the few that moved of late:
 * how far a run has come stands in no list. Throws what Temporal throws.
 */
export async function compareWorkflows(
  context: WatchContext,
  { deep = false, youth = graceOf('workflow.withoutCase') }: Comparison = {},
): Promise<readonly Found[]> {
  const { db } = context;
  const now = await legalNow(db);
  const open = new Map((await openStandings(db)).map((row) => [row.id, row]));
  const running = await listRunning(context);
  const missing = [...open.values()].filter(
    ({ id, openedAt }) => !running.has(id) && (deep || isOlder(openedAt, now, 'case.withoutWorkflow')),
  );
  const strays = [...running.values()].filter(({ id }) => !open.has(id));
  const strayRows = await standingsOf(
    db,
    strays.map(({ id }) => id),
  );
  const moved = await movedOfLate(db);
  const differing = [...open.values()].filter(({ id, stage }) => {
    const listed = running.get(id);
    if (listed === undefined) return false;
    return deep || moved.has(id) || (listed.stage !== undefined && listed.stage !== stage);
  });
  const found = [
    ...(await forEach(missing, ({ id }) => ofMissing(context, id, now))),
    ...(await forEach(strays, (listed) => ofStray(context, listed, strayRows.get(listed.id), now, youth))),
    ...(await forEach(differing, (row) => ofDiffering(context, row, now))),
  ];
  return found.filter((each) => each !== null);
}

const graceOf = (kind: WatchKind): number => watchKind(kind).hours * 3_600_000;

const isOlder = (than: Instant, now: Instant, kind: WatchKind): boolean =>
  millisOf(now) - millisOf(than) >= graceOf(kind);

/** The workflows of our cases that run on our queue. The namespace may hold those of others. */
async function listRunning({ client, taskQueue }: WatchContext): Promise<ReadonlyMap<string, Listed>> {
  const types = caseKinds.map((kind) => `'${kind}'`).join(', ');
  const query = `ExecutionStatus = 'Running' AND TaskQueue = '${taskQueue}' AND WorkflowType IN (${types})`;
  const running = new Map<string, Listed>();
  for await (const { workflowId: id, startTime, typedSearchAttributes } of client.workflow.list({
    query,
    pageSize: 1000,
  })) {
    running.set(id, { id, begunAt: startTime.getTime(), stage: typedSearchAttributes.get(stageAttribute) });
  }
  return running;
}

async function runs({ client }: WatchContext, id: string): Promise<boolean> {
  try {
    return (await client.workflow.getHandle(id).describe()).status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** It may have closed, or its workflow have begun, since the list was read. */
async function ofMissing(context: WatchContext, id: string, since: Instant): Promise<Found | null> {
  if (await runs(context, id)) return null;
  const row = (await standingsOf(context.db, [id])).get(id);
  return row === undefined || row.closedAt !== null ? null : { kind: 'case.withoutWorkflow', id, since };
}

/** A case that closes and its workflow end a moment apart; a workflow begins before its case's first step is committed. */
async function ofStray(
  context: WatchContext,
  { id, begunAt }: Listed,
  row: CaseStanding | undefined,
  now: Instant,
  youth: number,
): Promise<Found | null> {
  if (row === undefined) {
    if (Date.now() - begunAt < youth || (await isAsked(context.db, id)) || !(await runs(context, id)))
      return null;
    const known = await standingsOf(context.db, [id]);
    return known.has(id) ? null : { kind: 'workflow.withoutCase', id, since: now };
  }
  const { closedAt } = row;
  if (closedAt === null || !isOlder(closedAt, now, 'workflow.ofClosedCase')) return null;
  return (await runs(context, id)) ? { kind: 'workflow.ofClosedCase', id, since: closedAt } : null;
}

/**
 * Asks the workflow itself. Where it can not be asked, because no worker runs it or it fails at every try, that is found by
 * what it leaves undone; or the list alone knows it, being of a later backup than the store of the workflows. A step that is being adopted at this moment is behind for an instant only: it is asked again.
 */
async function ofDiffering(
  context: WatchContext,
  { id, revision }: CaseStanding,
  since: Instant,
): Promise<Found | null> {
  const first = await standingOf(context, id);
  if (first === null) return await ofMissing(context, id, since);
  if (first.revision < revision) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const again = await standingOf(context, id);
    return again !== null && again.revision < revision ? { kind: 'workflow.behind', id, since } : null;
  }
  const row = (await standingsOf(context.db, [id])).get(id);
  return row !== undefined && first.revision > row.revision ? { kind: 'workflow.ahead', id, since } : null;
}

async function standingOf({ client }: WatchContext, id: string): Promise<Standing | null> {
  try {
    const asked = client.workflow.getHandle(id).query<Standing>(STANDING_QUERY);
    return await client.withDeadline(Date.now() + 5000, () => asked);
  } catch {
    return null;
  }
}
