import { organOf } from '../../rules/pack.js';
import type { CalendarDate } from '../../rules/date.js';
import type { RequestBodies } from '../messages/catalogue.js';
import type { JsonObject } from '../messages/json.js';
import type { OpenDocument } from '../messages/state.js';
import { requireNotBefore, requireNotLater } from './days.js';
import type { AnyProcedure, DocumentRef } from './procedure.js';
import type { Place } from '../messages/step.js';
import type { Step } from './step.js';

/**
 * Issues an official document of a kind of the pack. Its number is given and its text rendered in the step's transaction;
 * sealing and service are acts of people, and each opens a task, so that no document stays unsealed or unserved unseen. A
 * paper, which bears neither seal nor service, is counted apart: nothing is ever done to it. Answers with its id.
 */
export function issueDocument(
  step: Step,
  kind: string,
  params: JsonObject,
  organ: Place = 'accepting',
): string {
  const documentKind = step.pack.documents[kind];
  if (documentKind === undefined)
    step.refuse('internal', { what: 'the pack has no such document', found: kind });
  const { sealed: needsSeal, served: needsService } = documentKind;
  const [counted, word] = needsSeal || needsService ? ['documents', 'document'] : ['papers', 'paper'];
  const count = Number(step.facts[counted] ?? 0) + 1;
  const id = `${step.caseId}/${word}-${count}`;
  step.remember({ [counted]: count });
  step.changeDocument({
    type: 'drafted',
    id,
    kind,
    organ: nameGiver(step, organ),
    needsSeal,
    needsService,
    params,
  });
  step.record('document.issued', { kind, document: id });
  if (needsSeal) step.openTask(`seal.${count}`, 'sealKeeper', typeof organ === 'string' ? 'sealing' : organ);
  else if (needsService) openService(step, count);
  return id;
}

/** The organ in whose name the document is: a county branch acts in its bureau's. */
function nameGiver(step: Step, place: Place): string {
  const organ = organOf(step.pack, step.organ(place));
  return organ.actsFor ?? organ.id;
}

/** The recorded acts on documents: sealing (用印), service (送达), and voiding, which never frees the number. */
export const documentRequests = (procedure: AnyProcedure) => ({
  'document.seal': (step: Step, body: RequestBodies['document.seal']): void => {
    const document = openDocument(step, body.documentId);
    if (!document.needsSeal)
      step.refuse('case.stage', { what: 'the document needs no seal', where: body.documentId });
    closeDocumentTask(step, 'seal', body.documentId);
    const { documentId, seal, by, scan } = body;
    step.changeDocument({
      type: 'sealed',
      id: documentId,
      on: step.on,
      record: { seal, by, scan: scan ?? null, at: step.at },
    });
    step.record('document.sealed', { kind: document.kind, document: documentId, seal: body.seal });
    if (document.needsService) openService(step, numberOf(documentId));
    const handler = procedure.sealed?.[document.kind] ?? procedure.issued?.[document.kind];
    handler?.(step, documentRef(step, documentId, document.kind, step.on));
  },
  'document.serve': (step: Step, body: RequestBodies['document.serve']): void => {
    const document = openDocument(step, body.documentId);
    if (document.needsSeal || !document.needsService) {
      step.refuse('case.stage', { what: 'the document can not be served now', where: body.documentId });
    }
    const { documentId, method, recipient } = body;
    const [receipt, scan] = [body.receipt ?? null, body.scan ?? null];
    const on = body.on as CalendarDate;
    requireNotLater(step, on, 'on');
    if (document.sealedOn !== undefined) requireNotBefore(step, on, document.sealedOn, 'on');
    closeDocumentTask(step, 'serve', documentId);
    step.changeDocument({
      type: 'served',
      id: documentId,
      on,
      record: { method, recipient, receipt, scan },
    });
    step.record('document.served', { kind: document.kind, document: documentId, on, method });
    issueDocument(step, 'serviceReceipt', { of: documentId, method, recipient, on, receipt });
    procedure.served?.[document.kind]?.(step, documentRef(step, documentId, document.kind, on));
  },
  /** What the case waits for is drawn up anew, under the next number; whatever else is void stays void. */
  'document.void': (step: Step, { documentId, reason }: RequestBodies['document.void']): void => {
    const { kind, needsSeal } = openDocument(step, documentId);
    if (!needsSeal && procedure.sealed?.[kind] !== undefined) {
      step.refuse('rule.refused', {
        what: 'the document has taken effect with its seal: it is annulled by a decision, never void',
        where: documentId,
        found: kind,
      });
    }
    closeDocumentTask(step, needsSeal ? 'seal' : 'serve', documentId);
    voidDocument(step, documentId, kind, reason);
    if (step.stage === 'concluding') return;
    procedure.voided?.[kind]?.(step, documentRef(step, documentId, kind, step.on));
  },
});

function voidDocument(step: Step, id: string, kind: string, reason: string): void {
  step.changeDocument({ type: 'voided', id, reason });
  step.record('document.voided', { kind, document: id, reason });
}

/** Voids whatever waits for its seal, but documents of the kinds that are kept. The numbers stay used. */
export function voidUnsealed(step: Step, reason: string, ...kept: readonly string[]): void {
  for (const [id, { kind, needsSeal }] of Object.entries(step.state.documents)) {
    if (!needsSeal || kept.includes(kind)) continue;
    step.overtakeTasks(`seal.${numberOf(id)}`);
    voidDocument(step, id, kind, reason);
  }
}

/** Draws a void document up anew: the same content under the next number. Answers with its id. */
export function reissueDocument(step: Step, { id, kind }: DocumentRef, organ?: Place): string {
  return issueDocument(step, kind, { replaces: id }, organ);
}

/** Voids every document that nobody was served with yet: the case no longer stands behind it. */
export function voidUnservedDocuments(step: Step, reason: string): void {
  for (const [id, { kind }] of Object.entries(step.state.documents)) {
    const tasks = step.openTasks(`seal.${numberOf(id)}`, `serve.${numberOf(id)}`);
    if (tasks.length === 0) continue;
    step.overtakeTasks(...tasks.map((task) => task.kind));
    step.changeDocument({ type: 'voided', id, reason });
    step.record('document.voided', { kind, document: id, reason });
  }
}

function documentRef(step: Step, id: string, kind: string, on: CalendarDate): DocumentRef {
  return { id, kind, on, startsClock: step.pack.documents[kind]?.startsClock ?? null };
}

function openService(step: Step, count: number): void {
  step.openTask(`serve.${count}`, 'acceptance', 'accepting', { limit: 'service' });
}

function openDocument(step: Step, documentId: string): OpenDocument {
  const document = step.state.documents[documentId];
  return (
    document ??
    step.refuse('not.found', {
      what: 'no document of this id waits for sealing or service',
      where: step.caseId,
      found: documentId,
    })
  );
}

const numberOf = (documentId: string): number => Number(documentId.slice(documentId.lastIndexOf('-') + 1));

/** The recorded act completes its task; the actor must hold the task's role. */
function closeDocumentTask(step: Step, act: 'seal' | 'serve', documentId: string): void {
  const task = step.openTasks(`${act}.${numberOf(documentId)}`)[0];
  if (task === undefined) step.refuse('task.closed', { what: 'the act has no open task', where: documentId });
  const role = `${task.role}@${task.organ}`;
  if (!step.actor.roles.includes(role)) {
    step.refuse('task.notYours', {
      what: 'the act belongs to another role or organ',
      where: task.id,
      expected: role,
    });
  }
  step.changeTask({
    type: 'completed',
    id: task.id,
    outcome: act === 'seal' ? 'sealed' : 'served',
    form: {},
  });
  step.stopTaskClock(task);
}
