import { and, eq, gt } from 'drizzle-orm';
import { DomainError } from '../../rules/errors.js';
import { packById } from '../../rules/packs/index.js';
import type { Database, Transaction } from '../../db/database.js';
import { chainStart } from '../../db/ledgerChain.js';
import { legalNow } from '../../db/legalClock.js';
import { cases, clocks, ledger, steps } from '../../db/schema/index.js';
import { insertFrom, rowsToJson, statement } from '../../db/statement.js';
import { inSpan } from '../../observe/spans.js';
import { isHeld } from '../../workflows/messages/held.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import {
  causeKey,
  type CommitInput,
  type CommitResult,
  type CommittedStep,
  known,
  type StepDraft,
} from '../../workflows/messages/step.js';
import type { CalendarSource } from '../../db/queries/calendarSource.js';
import type { Templates } from '../../documents/templates.js';
import { type ClockRules, resolveClocks } from './clocks.js';
import { withIssued, writeDocuments } from './documents.js';
import { withDueDays } from './dueDays.js';
import { earlierRequests, guards } from './guards.js';
import { writeIssue } from './issues.js';
import { chainedEntries } from './ledger.js';
import { type FoundCase, lockAndRead } from './read.js';
import { sendToCases } from './sends.js';
import { markToldByHand, writeNotices, writePermit, writeTasks } from './writes.js';

type CaseRow = typeof cases.$inferSelect;

/** What commits work with, beside the database: read at the start, the same for every step. */
export interface CommitSources {
  readonly calendars: CalendarSource;
  readonly templates: Templates;
}

/**
 * Commits one step of a case in one transaction, keyed by its cause and the revision it expects, under a lock on the case's
 * row. The same cause finds its stored result; a new cause at the expected revision commits; a database that is ahead
 * commits nothing and returns the steps that the workflow has missed.
 *
 * A refusal is committed too: as the answer of its request. Throws only what may be tried again.
 */
export async function commit(
  db: Database,
  sources: CommitSources,
  input: CommitInput,
): Promise<CommitResult> {
  try {
    return await inTransaction(db, (tx) => commitIn(tx, sources, input));
  } catch (error) {
    if (input.cause.type !== 'request' || !(error instanceof DomainError)) throw error;
    // The transaction found what the workflow could not know. Nothing of the step is kept but the refusal.
    const { code, detail } = error;
    const refused = { ...input, decided: { type: 'refused' as const, code, detail: { ...detail } } };
    return await inTransaction(db, (tx) => commitIn(tx, sources, refused));
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
  { calendars, templates }: CommitSources,
  input: CommitInput,
): Promise<CommitResult> {
  const found = await lockAndRead(tx, input);
  const { row } = found;
  const revision = row?.revision ?? 0;
  const next = row?.next ?? null;
  const done = verdictOfCause(found);
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
    const { code, detail } = decided;
    if (cause.type === 'request') await writeRefusal(tx, cause.id, JSON.stringify({ code, detail }));
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
  const calendar = await calendars.ofVersion(tx, found.calendarVersion);
  const rules: ClockRules = {
    pack: packById(opening.packId),
    calendar,
    organ: opening.organs.deciding,
    procedure: opening.procedure,
  };
  const draft = await chooseDraft(tx, input, rules);
  const step = await write(tx, input, opening, rules, draft, found.clocks, templates);
  return {
    steps: [step],
    next: step.next,
    verdict: { type: 'committed', revision: step.revision, result: step.result, stage: step.stage },
  };
}

/** What this cause has come to already: a committed step, or the refusal that its request's row keeps. */
function verdictOfCause({ known, request }: FoundCase): CommitResult['verdict'] | undefined {
  if (known !== null) {
    const { revision, result, stage } = known;
    return { type: 'committed', revision, result, stage };
  }
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
  running: FoundCase['clocks'],
  templates: Templates,
): Promise<CommittedStep> {
  const { caseId, at } = input;
  const revision = row.revision + 1;
  const writing = {
    ...{ caseId, at, cause: causeKey(input.cause), actorId: input.actor.id },
    ...(input.origin === undefined ? {} : { origin: input.origin }),
  };
  const facts: JsonObject = { ...row.facts, ...draft.facts };
  const resolved = await resolveClocks(tx, caseId, running, draft.clocks ?? [], rules, isHeld(facts));
  await writeTasks(tx, writing, draft.tasks ?? []);
  const notices = (draft.notices ?? []).map((notice) => withDueDays(notice, resolved.dueOf));
  const lines = (draft.ledger ?? []).map((line) => withDueDays(line, resolved.dueOf));
  await writeNotices(tx, writing, notices);
  await markToldByHand(tx, writing, draft.toldByHand ?? []);
  await writePermit(tx, writing, draft.permit ?? [], resolved.dueOf);
  await writeIssue(tx, caseId, draft.issue ?? []);
  await sendToCases(tx, writing, draft.sends ?? []);
  // Last: a document speaks of everything that the step does, and its number's row is locked for all other cases.
  const issuing = { ...row, facts, pack: rules.pack, clocks: resolved.all };
  const issued = await writeDocuments(tx, writing, issuing, templates, draft.documents ?? []);
  const queued = notices.map(({ template, recipient }) => ({
    event: 'notice.queued' as const,
    params: { template, recipient },
  }));
  const retimed = resolved.retimed.map((params) => ({
    event: 'clock.retimed' as const,
    params: { ...params },
  }));
  const { entries, head } = chainedEntries(
    input,
    revision,
    [...withIssued(lines, issued), ...retimed, ...queued],
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
    tasks: (draft.tasks ?? []).map(known),
    documents: (draft.documents ?? []).map(known),
    clocks: resolved.views,
    next: resolved.next,
    result: draft.result ?? {},
  };
  const after: CaseRow = {
    ...row,
    revision,
    stage: step.stage,
    outcome: step.outcome,
    facts,
    closedAt: step.outcome === null ? null : at,
    next: step.next,
    nextAt: step.next?.at ?? null,
    ledgerCount: head.count,
    ledgerHead: head.hash,
  };
  const answer: JsonObject = { revision, stage: step.stage, result: step.result };
  await writeStep(
    tx,
    rowsToJson(clocks, resolved.touched),
    rowsToJson(ledger, entries),
    rowsToJson(steps, [{ caseId, revision, cause: writing.cause, step }]),
    rowsToJson(cases, [after]),
    input.cause.type === 'request' ? input.cause.id : null,
    JSON.stringify(answer),
  );
  return step;
}

/** What every step writes, in one statement: five of them took the database and us half as long again. */
const writeStep = statement(
  'commit.writeStep',
  `with written_clocks as (${insertFrom(clocks, '$1', ['caseId', 'id'])}),
        written_entries as (${insertFrom(ledger, '$2')}),
        written_step as (${insertFrom(steps, '$3')}),
        written_case as (${insertFrom(cases, '$4', ['id'])})
   update requests set status = 'done', answer = $6, leased_until = null where id = $5`,
);

const writeRefusal = statement(
  'commit.writeRefusal',
  `update requests set status = 'refused', answer = $2, leased_until = null where id = $1`,
);
