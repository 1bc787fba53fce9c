import { type Client, type WorkflowHandle } from '@temporalio/client';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Database } from '../../../db/database.js';
import { firstBreak } from '../../../db/ledgerChain.js';
import {
  cases,
  ledger,
  notices,
  outbox,
  outboxNotices,
  requests,
  steps,
  tasks,
} from '../../../db/schema/index.js';
import { describeCase } from '../../../workflows/kernel/details.js';
import { isResting } from '../../../workflows/messages/caseId.js';
import { emptyState, reduce } from '../../../workflows/messages/reduce.js';
import type { MailServer } from '../../notices/mailServer.js';
import type { Acknowledged } from './clerk.js';

/** Every request is answered, and each answer is true: one step for a done one, none for a refused one. */
export async function auditRequests(db: Database, acknowledged: readonly Acknowledged[]): Promise<void> {
  const rows = await db.select().from(requests);
  const committed = await db.select({ cause: steps.cause, revision: steps.revision }).from(steps);
  const stepOf = new Map(committed.map(({ cause, revision }) => [cause, revision]));
  for (const { id, status, answer } of rows) {
    expect(status, `request ${id}`).not.toBe('open');
    expect(stepOf.get(`request:${id}`), `the step of request ${id}`).toBe(
      status === 'done' ? answer?.['revision'] : undefined,
    );
  }
  // What people were told once is so for ever.
  const answered = new Map(rows.map((row) => [row.id, row]));
  for (const { requestId, revision } of acknowledged)
    expect(answered.get(requestId), `request ${requestId}`).toMatchObject({
      status: 'done',
      answer: { revision },
    });
  expect(new Set(acknowledged.map(({ requestId }) => requestId)).size).toBe(acknowledged.length);
}

/** Every case is what its steps make of it, its chain is whole, and its workflow knows the same. */
export async function auditCase(db: Database, client: Client, caseId: string): Promise<void> {
  const [row] = await db.select().from(cases).where(eq(cases.id, caseId));
  if (row === undefined) throw new Error(`no case ${caseId}`);
  const entries = await db.select().from(ledger).where(eq(ledger.caseId, caseId)).orderBy(ledger.sequence);
  const head = { count: row.ledgerCount, hash: row.ledgerHead };
  expect(firstBreak(caseId, entries, head), `the chain of ${caseId}`).toBeNull();

  const taken = await db.select().from(steps).where(eq(steps.caseId, caseId)).orderBy(steps.revision);
  expect(taken.map(({ revision }) => revision)).toEqual(taken.map((_, index) => index + 1));
  const state = taken
    .map(({ step }) => step)
    .reduce(reduce, emptyState({ caseId, kind: row.kind, clockOffset: 0 }));
  expect(state).toMatchObject({ revision: row.revision, stage: row.stage, outcome: row.outcome });
  const open = await db.select().from(tasks).where(eq(tasks.caseId, caseId));
  expect(
    open
      .filter(({ status }) => status === 'open')
      .map(({ id }) => id)
      .sort(),
    `open tasks of ${caseId}`,
  ).toEqual(Object.keys(state.tasks).sort());

  const workflow = client.workflow.getHandle(caseId);
  const { status } = await workflow.describe();
  expect(status.name, `the workflow of ${caseId}`).toBe(
    row.outcome === null && !isResting(row.kind) ? 'RUNNING' : 'COMPLETED',
  );
  // Line by line: an adopted step comes from the database, which keeps the entries of an object in an order of its own.
  const lines = (text: string): readonly string[] => text.split('\n').sort();
  expect(lines(await detailsOf(workflow)), `what the workflow of ${caseId} knows`).toEqual(
    lines(describeCase(state)),
  );
}

/** What a workflow says of itself: its stage, revision, open tasks, running clocks and next moment. */
async function detailsOf(workflow: WorkflowHandle): Promise<string> {
  const { currentDetails } = await workflow.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return currentDetails;
}

/**
 * No notice is lost and none is doubled: the ledger's word that one was queued, written in the same transaction, has exactly
 * one row, and no row is without it; one that left is in one message, and one in an officer's digest still to come waits.
 * Answers with how many have left, each counted by the Message-ID that the mail server took.
 */
export async function auditNotices(db: Database, mail: MailServer): Promise<number> {
  const said = (await db.select().from(ledger).where(eq(ledger.event, 'notice.queued'))).map(
    ({ caseId, cause, params }) =>
      `${caseId} ${cause} ${params['template'] as string} ${params['recipient'] as string}`,
  );
  const rows = await db.select().from(notices);
  const queued = rows.map(
    ({ caseId, step, template, recipient }) => `${caseId} ${step} ${template} ${recipient}`,
  );
  expect(queued.sort()).toEqual(said.sort());

  const messages = await db.select().from(outbox);
  expect(messages.filter(({ status }) => status !== 'sent' && status !== 'overtaken')).toEqual([]);
  const left = messages.filter(({ status }) => status === 'sent');
  const taken = new Set(mail.received.map(({ messageId }) => messageId));
  expect([...taken].sort(), 'what the mail server took is what we sent').toEqual(
    left.map(({ messageId }) => messageId).sort(),
  );
  const carrying = new Set(left.map(({ id }) => id));
  const links = await db.select().from(outboxNotices);
  for (const { id, status } of rows) {
    const messagesOf = links.filter(({ noticeId, outboxId }) => noticeId === id && carrying.has(outboxId));
    expect(['sent', 'waiting', 'overtaken'], `notice ${id}`).toContain(status);
    expect(messagesOf, `messages of notice ${id}`).toHaveLength(status === 'sent' ? 1 : 0);
  }
  return left.length;
}
