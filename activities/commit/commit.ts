import { and, eq, gt, sql } from 'drizzle-orm';
import { DomainError } from '../../rules/errors.js';
import { packById } from '../../rules/packs/index.js';
import type { Database, Transaction } from '../../db/database.js';
import { chainStart } from '../../db/ledgerChain.js';
import { legalNow } from '../../db/legalClock.js';
import { cases, clocks, requests, steps } from '../../db/schema/index.js';
import { inSpan } from '../../observe/spans.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import {
  causeKey,
  type CommitInput,
  type CommitResult,
  type CommittedStep,
  type StepDraft,
} from '../../workflows/messages/step.js';
import type { CalendarSource } from '../../db/queries/calendarSource.js';
import { type ClockRules, resolveClocks } from './clocks.js';
import { earlierRequests, guards } from './guards.js';
import { appendLedger } from './ledger.js';
import { sendToCases } from './sends.js';
import { markToldByHand, writeDocuments, writeNotices, writePermit, writeTasks } from './writes.js';

type CaseRow = typeof cases.$inferSelect;

/**
 * Commits one step of a case in one transaction, keyed by its cause and the revision it expects, under a lock on the case's
 * row. The same cause finds its stored result; a new cause at the expected revision commits; a database that is ahead
 * commits nothing and returns the steps that the workflow has missed.
 *
 * A refusal is committed too: as the answer of its request. Throws only what may be tried again.
 */
export async function commit(
  db: Database,
  calendars: CalendarSource,
  input: CommitInput,
): Promise<CommitResult> {
  try {
    return await inTransaction(db, (tx) => commitIn(tx, calendars, input));
  } catch (error) {
    if (input.cause.type !== 'request' || !(error instanceof DomainError)) throw error;
    // The transaction found what the workflow could not know. Nothing of the step is kept but the refusal.
    const { code, detail } = error;
    const refused = { ...input, decided: { type: 'refused' as const, code, detail: { ...detail } } };
    return await inTransaction(db, (tx) => commitIn(tx, calendars, refused));
  }
}

const inTransaction = (
  db: Database,
  work: (tx: Transaction) => Promise<CommitResult>,
): Promise<CommitResult> =>
  inSpan('transaction', { kind: 'client', attributes: { 'db.system.name': 'postgresql' } }, () =>
    db.transaction(work),
  );

async function commitIn(
  tx: Transaction,
  calendars: CalendarSource,
  input: CommitInput,
): Promise<CommitResult> {
  const row = await lockCase(tx, input.caseId);
  const revision = row?.revision ?? 0;
  const next = row?.next ?? null;
  const done = await verdictOfCause(tx, input);
  if (revision > input.expectedRevision || done !== undefined) {
    const missed = await stepsAfter(tx, input);
    return { steps: missed, next, verdict: done ?? { type: 'behind' } };
  }
  if (revision < input.expectedRevision) {
    throw new Error(
      `the database lost steps of ${input.caseId}: at ${revision}, expected ${input.expectedRevision}`,
    );
  }
  const { cause, decided } = input;
  if (decided.type === 'refused') {
    await answerRequest(tx, input, 'refused', { code: decided.code, detail: decided.detail });
    return { steps: [], next, verdict: decided };
  }
  if (cause.type === 'clock') {
    const { moment } = cause;
    if (next?.clock !== moment.clock || next.moment !== moment.moment || next.at !== moment.at) {
      return { steps: [], next, verdict: { type: 'behind' } };
    }
    // The server's clock may be ahead of the legal one: a request could still be received before the moment.
    if (moment.at > (await legalNow(tx))) return { steps: [], next, verdict: { type: 'wait', requests: [] } };
    if (moment.action === 'lapse') {
      const first = await earlierRequests(tx, input, row?.permitNo ?? null);
      if (first.length > 0) return { steps: [], next, verdict: { type: 'wait', requests: first } };
    }
  }
  const opening = row ?? openingRow(input);
  const calendar = await calendars.current(tx);
  const rules: ClockRules = {
    pack: packById(opening.packId),
    calendar,
    organ: opening.organs.deciding,
    procedure: opening.procedure,
  };
  const step = await write(tx, input, opening, rules, await chooseDraft(tx, input, rules));
  return {
    steps: [step],
    next: step.next,
    verdict: { type: 'committed', revision: step.revision, result: step.result, stage: step.stage },
  };
}

/** The case's row under its lock; undefined before its first step, when the lock is on the id itself. */
async function lockCase(tx: Transaction, caseId: string): Promise<CaseRow | undefined> {
  const read = () => tx.select().from(cases).where(eq(cases.id, caseId)).for('update');
  const [row] = await read();
  if (row !== undefined) return row;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${caseId}))`);
  const [meanwhile] = await read();
  return meanwhile;
}

async function verdictOfCause(
  tx: Transaction,
  input: CommitInput,
): Promise<CommitResult['verdict'] | undefined> {
  const [known] = await tx
    .select({ step: steps.step })
    .from(steps)
    .where(and(eq(steps.caseId, input.caseId), eq(steps.cause, causeKey(input.cause))));
  if (known !== undefined) {
    const { revision, result, stage } = known.step;
    return { type: 'committed', revision, result, stage };
  }
  if (input.cause.type !== 'request') return undefined;
  const [request] = await tx
    .select({ status: requests.status, answer: requests.answer })
    .from(requests)
    .where(eq(requests.id, input.cause.id));
  if (request?.status !== 'refused') return undefined;
  const { code, detail } = request.answer as unknown as { code: string; detail: JsonObject };
  return { type: 'refused', code, detail };
}

async function stepsAfter(tx: Transaction, input: CommitInput): Promise<readonly CommittedStep[]> {
  const missed = await tx
    .select({ step: steps.step })
    .from(steps)
    .where(and(eq(steps.caseId, input.caseId), gt(steps.revision, input.expectedRevision)))
    .orderBy(steps.revision);
  return missed.map((row) => row.step);
}

function openingRow(input: CommitInput): CaseRow {
  if (input.opening === undefined) {
    throw new DomainError('not.found', { what: 'there is no such case', found: input.caseId });
  }
  return {
    ...input.opening,
    id: input.caseId,
    revision: 0,
    stage: 'new',
    outcome: null,
    facts: {},
    openedAt: input.at,
    closedAt: null,
    next: null,
    nextAt: null,
    ledgerCount: 0,
    ledgerHead: chainStart(input.caseId),
  };
}

async function chooseDraft(tx: Transaction, input: CommitInput, rules: ClockRules): Promise<StepDraft> {
  if (input.decided.type === 'draft') return input.decided.draft;
  if (input.decided.type === 'refused') throw new Error('a refusal has no draft');
  const { guard, params, branches } = input.decided.drafts;
  const answer = await guards[guard]?.(tx, params, input, rules);
  const draft = answer === undefined ? undefined : branches[answer];
  if (draft === undefined) {
    throw new DomainError('rule.refused', {
      what: 'the rules leave no way here',
      where: guard,
      found: answer ?? 'unknown',
    });
  }
  return draft;
}

/** Writes everything that a step does; answers with what its workflow needs to know of it. */
async function write(
  tx: Transaction,
  input: CommitInput,
  row: CaseRow,
  rules: ClockRules,
  draft: StepDraft,
): Promise<CommittedStep> {
  const { caseId, at } = input;
  const revision = row.revision + 1;
  const writing = {
    ...{ caseId, at, cause: causeKey(input.cause), actorId: input.actor.id },
    ...(input.origin === undefined ? {} : { origin: input.origin }),
  };
  const known = row.revision === 0 ? [] : await tx.select().from(clocks).where(eq(clocks.caseId, caseId));
  const resolved = await resolveClocks(tx, caseId, known, draft.clocks ?? [], rules);
  if (resolved.touched.length > 0) {
    await tx
      .insert(clocks)
      .values([...resolved.touched])
      .onConflictDoUpdate({ target: [clocks.caseId, clocks.id], set: excludedClock });
  }
  await writeTasks(tx, writing, draft.tasks ?? []);
  await writeDocuments(tx, writing, rules.pack, draft.documents ?? []);
  await writeNotices(tx, writing, draft.notices ?? []);
  await markToldByHand(tx, writing, draft.toldByHand ?? []);
  await writePermit(tx, writing, draft.permit ?? [], resolved.dueOf);
  await sendToCases(tx, writing, draft.sends ?? []);
  const queued = (draft.notices ?? []).map(({ template, recipient }) => ({
    event: 'notice.queued' as const,
    params: { template, recipient },
  }));
  const head = await appendLedger(
    tx,
    input,
    revision,
    [...(draft.ledger ?? []), ...queued],
    {
      count: row.ledgerCount,
      hash: row.ledgerHead,
    },
    rules.pack,
  );
  const step: CommittedStep = {
    revision,
    cause: writing.cause,
    at,
    stage: draft.stage ?? row.stage,
    outcome: draft.outcome ?? row.outcome,
    quiet: draft.quiet ?? false,
    ...(input.opening === undefined ? {} : { opening: input.opening }),
    facts: draft.facts ?? {},
    tasks: draft.tasks ?? [],
    documents: draft.documents ?? [],
    clocks: resolved.views,
    next: resolved.next,
    result: draft.result ?? {},
  };
  await tx.insert(steps).values({ caseId, revision, cause: writing.cause, step });
  const after = {
    ...row,
    revision,
    stage: step.stage,
    outcome: step.outcome,
    facts: { ...row.facts, ...step.facts },
    closedAt: step.outcome === null ? null : at,
    next: step.next,
    nextAt: step.next?.at ?? null,
    ledgerCount: head.count,
    ledgerHead: head.hash,
  };
  const { id: _, ...changed } = after;
  await tx.insert(cases).values(after).onConflictDoUpdate({ target: cases.id, set: changed });
  await answerRequest(tx, input, 'done', { revision, stage: step.stage, result: step.result });
  return step;
}

const excludedClock = {
  limit: sql`excluded."limit"`,
  events: sql`excluded.events`,
  state: sql`excluded.state`,
  due: sql`excluded.due`,
  promisedDue: sql`excluded.promised_due`,
  lapseAt: sql`excluded.lapse_at`,
  nextAt: sql`excluded.next_at`,
  next: sql`excluded.next`,
  promised: sql`excluded.promised`,
  estimated: sql`excluded.estimated`,
};

async function answerRequest(
  tx: Transaction,
  input: CommitInput,
  status: 'done' | 'refused',
  answer: JsonObject,
): Promise<void> {
  if (input.cause.type !== 'request') return;
  await tx.update(requests).set({ status, answer, leasedUntil: null }).where(eq(requests.id, input.cause.id));
}
