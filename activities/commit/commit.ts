import { and, eq, gt } from 'drizzle-orm';
import { DomainError } from '../../rules/errors.js';
import { packById } from '../../rules/packs/index.js';
import type { Database, Transaction } from '../../db/database.js';
import { inOneTransaction, type Later } from '../../db/transaction.js';
import { chainStart } from '../../db/ledgerChain.js';
import { legalNow } from '../../db/legalClock.js';
import { type cases, steps } from '../../db/schema/index.js';
import { statement } from '../../db/statement.js';
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
import type { Secrets } from '../secrets.js';
import { writeCleanUp } from './cleanUpWrites.js';
import { type ClockRules, isOutdated, resolveClocks, rulesOf } from './clocks.js';
import { withIssued, writeDocuments } from './documents.js';
import { withDueDays } from './dueDays.js';
import { withFound } from './found.js';
import { earlierRequests, guards } from './guards.js';
import { writeIssue } from './issues.js';
import { chainedEntries } from './ledger.js';
import { writePermit } from './permitWrites.js';
import { type FoundCase, lockAndRead, readNews } from './read.js';
import { writeRegistration } from './registrationWrites.js';
import { writeReviews } from './reviewWrites.js';
import { sendToCases } from './sends.js';
import {
  answerRequest,
  writeCase,
  writeClocks,
  writeCommitted,
  writeEntries,
  writeStep,
} from './stepWrites.js';
import { markToldByHand, noticeWrites, writeTasks } from './writes.js';

type CaseRow = typeof cases.$inferSelect;

/** What commits work with, beside the database: read at the start, the same for every step. */
export interface CommitSources {
  readonly calendars: CalendarSource;
  readonly templates: Templates;
  readonly secrets: Secrets;
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
  // A signal brings nothing to commit: what it tells of is committed, and the case asks for it.
  if (input.cause.type === 'signal') return { ...(await readNews(db, input)), verdict: { type: 'behind' } };
  try {
    return await inTransaction(db, (tx, later) => commitIn(tx, later, sources, input));
  } catch (error) {
    if (input.cause.type !== 'request' || !(error instanceof DomainError)) throw error;
    // The transaction found what the workflow could not know. Nothing of the step is kept but the refusal.
    const { code, detail } = error;
    const refused = { ...input, decided: { type: 'refused' as const, code, detail: { ...detail } } };
    return await inTransaction(db, (tx, later) => commitIn(tx, later, sources, refused));
  }
}

const inTransaction = (
  db: Database,
  work: (tx: Transaction, later: Later) => Promise<CommitResult>,
): Promise<CommitResult> =>
  inSpan('transaction', { kind: 'client', attributes: { 'db.system.name': 'postgresql' } }, () =>
    inOneTransaction(db, work),
  );

async function commitIn(
  tx: Transaction,
  later: Later,
  { calendars, templates, secrets }: CommitSources,
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
    if (cause.type === 'request') later(writeRefusal(tx, cause.id, JSON.stringify({ code, detail })));
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
  // A case that goes on as another procedure says so with a further opening.
  const opening = row === undefined ? openingRow(input) : { ...row, ...input.opening };
  const calendar = await calendars.ofVersion(tx, found.calendarVersion);
  const rules = rulesOf(opening, calendar);
  // While an edition is being published, a moment of the old one waits until its case has been counted anew.
  if (cause.type === 'clock' && found.publishing) {
    const clock = found.clocks.find(({ id }) => id === cause.moment.clock);
    if (clock !== undefined && isOutdated(clock, rules))
      return { steps: [], next, verdict: { type: 'wait', requests: [] } };
  }
  const draft = await chooseDraft(tx, input, rules, secrets);
  const step = await write(tx, later, input, opening, rules, draft, found.clocks, templates);
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

async function chooseDraft(
  tx: Transaction,
  input: CommitInput,
  rules: ClockRules,
  secrets: Secrets,
): Promise<StepDraft> {
  if (input.decided.type === 'draft') return input.decided.draft;
  if (input.decided.type === 'refused') throw new Error('a refusal has no draft');
  const { guard, params, branches } = input.decided.drafts;
  const answered = await guards[guard]?.(tx, params, input, rules, secrets);
  const { answer, found } = typeof answered === 'object' ? answered : { answer: answered, found: {} };
  const draft = answer === undefined ? undefined : branches[answer];
  if (draft === undefined) {
    throw new DomainError('rule.refused', {
      what: 'the rules leave no way here',
      where: guard,
      found: answer ?? 'unknown',
    });
  }
  return withFound(draft, found);
}

/** Writes everything that a step does; answers with what its workflow needs to know of it. */
async function write(
  tx: Transaction,
  later: Later,
  input: CommitInput,
  row: CaseRow,
  rulesBefore: ClockRules,
  draft: StepDraft,
  running: FoundCase['clocks'],
  templates: Templates,
): Promise<CommittedStep> {
  const { caseId, at } = input;
  const { packId = row.packId } = draft;
  const rules = { ...rulesBefore, pack: packById(packId) };
  const revision = row.revision + 1;
  const writing = {
    ...{ caseId, at, cause: causeKey(input.cause), actorId: input.actor.id },
    ...(input.origin === undefined ? {} : { origin: input.origin }),
  };
  const facts: JsonObject = { ...row.facts, ...draft.facts };
  const resolved = await resolveClocks(tx, caseId, running, draft.clocks ?? [], rules, isHeld(facts));
  const changes = draft.tasks ?? [];
  const inbox = writeTasks(tx, later, writing, changes, resolved.dueDays);
  const notices = (draft.notices ?? []).map((notice) => withDueDays(notice, resolved.dueOf));
  const lines = (draft.ledger ?? []).map((line) => withDueDays(line, resolved.dueOf));
  await markToldByHand(tx, writing, draft.toldByHand ?? []);
  writePermit(tx, later, writing, draft.permit ?? [], resolved.dueOf);
  await writeRegistration(tx, writing, draft.registration ?? [], resolved.dueOf);
  await writeCleanUp(tx, writing, draft.cleanUp ?? []);
  await writeIssue(tx, caseId, draft.issue ?? []);
  const told = await writeReviews(tx, writing, rules, draft.reviews ?? []);
  await sendToCases(tx, writing, draft.sends ?? []);
  // Last: a document speaks of everything that the step does, and its number's row is locked for all other cases.
  const issuing = { ...row, facts, pack: rules.pack, clocks: resolved.all };
  const { issued, writes: papers } = await writeDocuments(
    tx,
    later,
    writing,
    issuing,
    templates,
    draft.documents ?? [],
  );
  const queued = notices.map(({ template, recipient }) => ({
    event: 'notice.queued' as const,
    params: { template, recipient },
  }));
  const retimed =
    draft.packId === undefined
      ? resolved.retimed.map((params) => ({ event: 'clock.retimed' as const, params: { ...params } }))
      : resolved.retimed.map(({ clock, before, after }) => ({
          event: 'clock.moved' as const,
          params: { clock, before, after, pack: packId },
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
    ...(draft.packId === undefined ? {} : { packId }),
    facts: draft.facts ?? {},
    tasks: changes.map(known),
    documents: (draft.documents ?? []).map(known),
    clocks: resolved.views,
    next: resolved.next,
    result: { ...draft.result, ...told },
  };
  const after: CaseRow = {
    ...row,
    packId,
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
  later(
    writeStep(tx, [
      ...writeClocks(caseId, running, resolved.touched, changes),
      ...inbox,
      ...noticeWrites(writing, notices),
      ...papers,
      writeEntries(entries),
      writeCommitted(caseId, step),
      writeCase(after, input.opening !== undefined),
      ...(input.cause.type === 'request' ? [answerRequest(input.cause.id, step)] : []),
    ]),
  );
  return step;
}

const writeRefusal = statement(
  'commit.writeRefusal',
  `update requests set status = 'refused', answer = $2, leased_until = null where id = $1`,
);
