import { and, eq, inArray } from 'drizzle-orm';
import type { Instant } from '../../rules/date.js';
import type { Transaction } from '../../db/database.js';
import type { Later } from '../../db/transaction.js';
import { notices, tasks } from '../../db/schema/index.js';
import { insertFrom, rowsToJson, statement } from '../../db/statement.js';
import type { RequestOrigin } from '../../workflows/messages/request.js';
import type { NoticeDraft, TaskChange } from '../../workflows/messages/step.js';
import type { ResolvedClocks } from './clocks.js';

/** The case and step that rows are written for. */
export interface WritingStep {
  readonly caseId: string;
  readonly cause: string;
  readonly at: Instant;
  readonly actorId: string;
  readonly origin?: RequestOrigin;
}

const insertTasks = statement('commit.insertTasks', insertFrom(tasks, '$1'));
const assignTask = statement('commit.assignTask', 'update tasks set assignee = $2 where id = $1');
const completeTask = statement(
  'commit.completeTask',
  `update tasks set status = 'completed', closed_at = $2, closed_by = $3, outcome = $4, form = $5 where id = $1`,
);

const overtakeTasks = statement(
  'commit.overtakeTasks',
  `update tasks set status = 'overtaken', closed_at = $2 where id = any($1)`,
);

/** Writes what a step does to the inbox. The statements run in this order on the one connection. */
export function writeTasks(
  tx: Transaction,
  later: Later,
  step: WritingStep,
  changes: readonly TaskChange[],
  dueDays: ResolvedClocks['dueDays'],
): void {
  const opened = changes.filter((change) => change.type === 'opened');
  const rows = opened.map(({ type: _, ...task }) => ({
    ...task,
    caseId: step.caseId,
    status: 'open' as const,
    due: dueDays[task.clock ?? ''] ?? null,
    openedAt: step.at,
  }));
  if (rows.length > 0) later(insertTasks(tx, rowsToJson(tasks, rows)));
  for (const change of changes) {
    if (change.type === 'assigned') {
      const { id, assignee } = change;
      later(assignTask(tx, id, assignee));
    } else if (change.type === 'completed') {
      const { outcome, form } = change;
      later(completeTask(tx, change.id, step.at, step.actorId, outcome, JSON.stringify(form)));
    }
  }
  const overtaken = changes.filter((change) => change.type === 'overtaken').map((change) => change.id);
  if (overtaken.length > 0) later(overtakeTasks(tx, overtaken, step.at));
}

const insertNotices = statement(
  'commit.insertNotices',
  `${insertFrom(notices, '$1')} on conflict do nothing`,
);

/** Queues the step's notices. The same notice of the same step is one row, however often the step is tried. */
export function writeNotices(
  tx: Transaction,
  later: Later,
  step: WritingStep,
  drafts: readonly NoticeDraft[],
): void {
  if (drafts.length === 0) return;
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
  later(insertNotices(tx, rowsToJson(notices, rows)));
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
