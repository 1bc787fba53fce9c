import { and, eq, inArray, sql } from 'drizzle-orm';
import { type CalendarDate, dateOf, type Instant } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import { organOf, type RulePack } from '../../rules/pack.js';
import type { Transaction } from '../../db/database.js';
import {
  documentNumbers,
  documents,
  holds,
  notices,
  permits,
  permitVersions,
  tasks,
} from '../../db/schema/index.js';
import { rowWriter, statement } from '../../db/statement.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { RequestOrigin } from '../../workflows/messages/request.js';
import type { DocumentChange, NoticeDraft, PermitChange, TaskChange } from '../../workflows/messages/step.js';

/** The case and step that rows are written for. */
export interface WritingStep {
  readonly caseId: string;
  readonly cause: string;
  readonly at: Instant;
  readonly actorId: string;
  readonly origin?: RequestOrigin;
}

const insertTasks = rowWriter('commit.insertTasks', tasks);
const completeTask = statement(
  'commit.completeTask',
  `update tasks set status = 'completed', closed_at = $2, closed_by = $3, outcome = $4, form = $5 where id = $1`,
);

/** Writes what a step does to the inbox. */
export async function writeTasks(
  tx: Transaction,
  step: WritingStep,
  changes: readonly TaskChange[],
): Promise<void> {
  const opened = changes.filter((change) => change.type === 'opened');
  const rows = opened.map(({ type: _, ...task }) => ({
    ...task,
    caseId: step.caseId,
    status: 'open' as const,
    openedAt: step.at,
  }));
  await insertTasks(tx, rows);
  for (const change of changes) {
    if (change.type === 'assigned') {
      await tx.update(tasks).set({ assignee: change.assignee }).where(eq(tasks.id, change.id));
    } else if (change.type === 'completed') {
      const { outcome, form } = change;
      await completeTask(tx, change.id, step.at, step.actorId, outcome, JSON.stringify(form));
    }
  }
  const overtaken = changes.filter((change) => change.type === 'overtaken').map((change) => change.id);
  if (overtaken.length > 0) {
    await tx
      .update(tasks)
      .set({ status: 'overtaken', closedAt: step.at })
      .where(inArray(tasks.id, overtaken));
  }
}

/** Writes what a step does to documents; a drafted one gets the next number of its organ, series and year. */
export async function writeDocuments(
  tx: Transaction,
  step: WritingStep,
  pack: RulePack,
  changes: readonly DocumentChange[],
): Promise<void> {
  for (const change of changes) {
    const target = eq(documents.id, change.id);
    switch (change.type) {
      case 'drafted': {
        const { id, kind, organ } = change;
        const params = await contentOf(tx, change.params);
        const number = await nextNumber(tx, pack, kind, organ, step.at);
        const row = {
          id,
          kind,
          organ,
          params,
          number,
          caseId: step.caseId,
          state: 'drafted' as const,
          draftedAt: step.at,
        };
        await tx.insert(documents).values(row);
        break;
      }
      case 'sealed':
        await tx
          .update(documents)
          .set({ state: 'sealed', sealing: { ...change.record, actor: step.actorId } })
          .where(target);
        break;
      case 'served': {
        const service = { ...change.record, recordedBy: step.actorId };
        await tx.update(documents).set({ state: 'served', servedOn: change.on, service }).where(target);
        break;
      }
      case 'voided':
        await tx.update(documents).set({ state: 'void', voidReason: change.reason }).where(target);
        break;
    }
  }
}

/** A document that replaces a void one says what that one said. */
async function contentOf(tx: Transaction, params: JsonObject): Promise<JsonObject> {
  const { replaces } = params;
  if (typeof replaces !== 'string') return params;
  const [replaced] = await tx
    .select({ params: documents.params })
    .from(documents)
    .where(eq(documents.id, replaces));
  return { ...replaced?.params, ...params };
}

/** The next number of the document's series, per organ and year; null for a paper without one. */
async function nextNumber(
  tx: Transaction,
  pack: RulePack,
  kind: string,
  organ: string,
  at: Instant,
): Promise<string | null> {
  const pattern = pack.documents[kind]?.numberPattern ?? null;
  if (pattern === null) return null;
  const year = Number(dateOf(at).slice(0, 4));
  const [row] = await tx
    .insert(documentNumbers)
    .values({ organ, series: pattern, year, last: 1 })
    .onConflictDoUpdate({
      target: [documentNumbers.organ, documentNumbers.series, documentNumbers.year],
      set: { last: sql`${documentNumbers.last} + 1` },
    })
    .returning({ last: documentNumbers.last });
  return pattern
    .replace('{organShort}', organOf(pack, organ).short)
    .replace('{year}', String(year))
    .replace('{number}', String(row?.last));
}

/** Queues the step's notices. The same notice of the same step is one row, however often the step is tried. */
export async function writeNotices(
  tx: Transaction,
  step: WritingStep,
  drafts: readonly NoticeDraft[],
): Promise<void> {
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
  await tx.insert(notices).values(rows).onConflictDoNothing();
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

/** Writes what a step does to the permit register. */
export async function writePermit(
  tx: Transaction,
  step: WritingStep,
  changes: readonly PermitChange[],
  dueOf: (clock: string) => CalendarDate,
): Promise<void> {
  for (const change of changes) {
    const target = eq(permits.permitNo, change.permitNo);
    switch (change.type) {
      case 'issued': {
        const { permitNo, unitId, permitClass, area, validFrom } = change;
        // The last day is the due day of the validity clock, set by the `validTo` change of the same step.
        const row = {
          permitNo,
          unitId,
          permitClass,
          area,
          validFrom,
          validTo: validFrom,
          state: 'valid',
          version: 0,
        };
        await tx.insert(permits).values(row);
        break;
      }
      case 'version': {
        const { permitNo, kind, contentId, caseId, platform } = change;
        const [permit] = await tx
          .update(permits)
          .set({ version: sql`${permits.version} + 1` })
          .where(target)
          .returning({ version: permits.version });
        if (permit === undefined)
          throw new DomainError('not.found', { what: 'no such permit', found: permitNo });
        const row = { permitNo, kind, contentId, caseId, platform, version: permit.version, at: step.at };
        await tx.insert(permitVersions).values(row);
        break;
      }
      case 'state':
        await tx.update(permits).set({ state: change.state }).where(target);
        break;
      case 'validTo':
        await tx
          .update(permits)
          .set({ validTo: dueOf(change.clock) })
          .where(target);
        break;
      case 'held': {
        const { permitNo, hold, kind, reason } = change;
        await tx.insert(holds).values({ permitNo, id: hold, kind, reason, placedAt: step.at });
        break;
      }
      case 'released':
        await tx
          .update(holds)
          .set({ releasedAt: step.at })
          .where(and(eq(holds.permitNo, change.permitNo), eq(holds.id, change.hold)));
        break;
    }
  }
}
