import { and, eq, inArray } from 'drizzle-orm';
import type { Instant } from '../../rules/date.js';
import type { Transaction } from '../../db/database.js';
import { notices, tasks } from '../../db/schema/index.js';
import { insertsInto, type Write } from '../../db/together.js';
import type { Later } from '../../db/transaction.js';
import type { RequestOrigin } from '../../workflows/messages/request.js';
import type { NoticeDraft, TaskChange } from '../../workflows/messages/step.js';
import { sendAhead } from './ahead.js';
import type { ResolvedClocks } from './clocks.js';

/** The case and step that rows are written for. */
export interface WritingStep {
  readonly caseId: string;
  readonly cause: string;
  readonly at: Instant;
  readonly actorId: string;
  readonly origin?: RequestOrigin;
}

const insertTasks = insertsInto(tasks);
const insertNotices = insertsInto(notices, { after: 'on conflict do nothing' });

/**
 * What a step does to the inbox, to be written with the rest of it. Sent ahead are the changes of a step that changes a task
 * twice, or one that it has opened itself, for in one statement they would not see each other; and an assignment, for its
 * task's last day may move with the rest.
 */
export function writeTasks(
  tx: Transaction,
  later: Later,
  step: WritingStep,
  changes: readonly TaskChange[],
  dueDays: ResolvedClocks['dueDays'],
): readonly Write[] {
  const writes = taskWrites(step, changes, dueDays);
  const isOnce = new Set(changes.map(({ id }) => id)).size === changes.length;
  const isAhead = ({ name }: Write): boolean => !isOnce || name === 'assigned';
  sendAhead(tx, later, writes.filter(isAhead));
  return writes.filter((write) => !isAhead(write));
}

function taskWrites(
  step: WritingStep,
  changes: readonly TaskChange[],
  dueDays: ResolvedClocks['dueDays'],
): readonly Write[] {
  const opened = changes.filter((change) => change.type === 'opened');
  const rows = opened.map(({ type: _, ...task }) => ({
    ...task,
    caseId: step.caseId,
    status: 'open' as const,
    due: dueDays[task.clock ?? ''] ?? null,
    openedAt: step.at,
  }));
  const overtaken = changes.filter((change) => change.type === 'overtaken').map((change) => change.id);
  return [
    ...(rows.length === 0 ? [] : [insertTasks(rows)]),
    ...changes.flatMap((change) => changeOf(step, change) ?? []),
    ...(overtaken.length === 0 ? [] : [overtaking(step, overtaken)]),
  ];
}

function changeOf({ at, actorId }: WritingStep, change: TaskChange): Write | undefined {
  if (change.type === 'assigned') {
    const text = 'update tasks set assignee = $2 where id = $1';
    return { name: 'assigned', text, values: [change.id, change.assignee] };
  }
  if (change.type !== 'completed') return undefined;
  const { id, outcome, form } = change;
  return {
    name: 'completed',
    text: `update tasks set status = 'completed', closed_at = $2, closed_by = $3, outcome = $4, form = $5 where id = $1`,
    values: [id, at, actorId, outcome, JSON.stringify(form)],
  };
}

// The case is named so that its own index is used, whatever the database thinks of the list.
const overtaking = ({ caseId, at }: WritingStep, ids: readonly string[]): Write => ({
  name: 'overtaken',
  text: `update tasks set status = 'overtaken', closed_at = $2 where id = any($1) and case_id = $3`,
  values: [ids, at, caseId],
});

/**
 * The step's notices, to be queued with the rest of it. The same notice of the same step is one row, however often the step
 * is tried.
 */
export function noticeWrites(step: WritingStep, drafts: readonly NoticeDraft[]): readonly Write[] {
  if (drafts.length === 0) return [];
  const rows = drafts.map(({ template, recipient, params }) => ({
    id: `${step.caseId}/${step.cause}/${template}/${recipient}`,
    caseId: step.caseId,
    template,
    step: step.cause,
    recipient,
    channel: 'mail',
    params,
    queuedAt: step.at,
    status: 'queued' as const,
  }));
  return [insertNotices(rows)];
}

/** Marks the notices that no channel could deliver and whose recipient a person has told now. */
export async function markToldByHand(
  tx: Transaction,
  step: WritingStep,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(notices)
    .set({ status: 'byHand', settledAt: step.at })
    .where(and(eq(notices.caseId, step.caseId), inArray(notices.id, [...ids])));
}
