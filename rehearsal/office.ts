import { and, eq } from 'drizzle-orm';
import { clocks, documents, tasks } from '../db/schema/index.js';
import type { RequestStatus } from '../relay/send.js';
import {
  requestSchemas,
  type RequestName,
  taskForms,
  type TaskFamily,
} from '../workflows/messages/catalogue.js';
import { elements } from '../workflows/messages/elements.js';
import type { JsonObject } from '../workflows/messages/json.js';
import type { Actor } from '../workflows/messages/request.js';
import { familyOf } from '../workflows/messages/family.js';
import * as people from './people.js';
import type { Bureau } from './bureau.js';

/** What a clerk hears: done, or refused with its code. */
export type Refusal = { readonly mayRefuse?: boolean };

/** The work of a bureau on one case, said briefly, so that a test reads as its story. Bodies pass the API's schemas. */
export class Office<Where extends Bureau = Bureau> {
  constructor(
    readonly rig: Where,
    readonly caseId: string,
    readonly staff: people.Staff = people.yunchuan,
  ) {}

  async ask(actor: Actor, name: RequestName, body: JsonObject, more: Refusal = {}): Promise<RequestStatus> {
    const parsed = requestSchemas[name].parse(body) as JsonObject;
    return await this.rig.ask(actor, name, this.caseId, parsed, more);
  }

  /** Completes the open task of this kind. */
  async complete(actor: Actor, kind: string, form: JsonObject, more: Refusal = {}): Promise<RequestStatus> {
    const taskId = await this.rig.task(this.caseId, kind);
    const parsed = taskForms[familyOf(kind) as TaskFamily].parse(form) as JsonObject;
    return await this.ask(actor, 'task.complete', { taskId, form: parsed }, more);
  }

  async accept() {
    return await this.complete(this.staff.desk, 'completeness', { outcome: 'accept' });
  }

  /** The opinions of these elements, or of all six. */
  async opine(outcome = 'agree', which: readonly string[] = elements, demands: readonly JsonObject[] = []) {
    for (const element of which) {
      const form = { outcome, opinion: '意见', demands };
      await this.complete(this.staff.reviewer(element), `opinion.${element}`, form);
    }
  }

  async decideVisit(outcome: 'needed' | 'notNeeded', more: Refusal = {}) {
    return await this.complete(this.staff.lead, 'visitDecision', { outcome, reason: '首次申请' }, more);
  }

  async verify(on: string, more: JsonObject = {}) {
    const finding = { fact: 'facilities', consistent: true, note: '一致' };
    const form = { outcome: 'verified', on, officers: ['甲', '乙'], findings: [finding], ...more };
    return await this.complete(this.staff.verifier, 'verification', form);
  }

  /** The lead officer's draft, with every condition met. */
  async draft(conclusion: 'grant' | 'deny' = 'grant', more: JsonObject = {}, refusal: Refusal = {}) {
    const form = { outcome: 'draft', conclusion, opinion: '拟办意见', gates: gatesMet(), ...more };
    return await this.complete(this.staff.lead, 'merge', form, refusal);
  }

  async sign(...steps: readonly ('sectionHead' | 'legalReview' | 'deputyHead')[]): Promise<void> {
    for (const step of steps) {
      const actor = step === 'legalReview' ? this.staff.legalOfficer : this.staff[step];
      await this.complete(actor, `sign.${step}`, { outcome: 'approve', opinion: '同意' });
    }
  }

  /** Seals the newest document of this kind. */
  async seal(kind: string, more: Refusal = {}) {
    const body = { documentId: await this.document(kind), seal: '公章', by: '印' };
    return await this.ask(this.staff.sealKeeper, 'document.seal', body, more);
  }

  async serve(kind: string, on: string, more: Refusal = {}) {
    const body = { documentId: await this.document(kind), method: 'electronic', recipient: '申请人', on };
    return await this.ask(this.staff.desk, 'document.serve', body, more);
  }

  /** Seals and serves everything that waits for it. */
  async dispatch(on: string): Promise<void> {
    for (;;) {
      const kinds = await this.openTasks();
      const act = kinds.find((kind) => ['seal', 'serve'].includes(familyOf(kind)));
      if (act === undefined) return;
      const documentId = `${this.caseId}/document-${act.split('.')[1] ?? ''}`;
      if (familyOf(act) === 'seal') {
        await this.ask(this.staff.sealKeeper, 'document.seal', { documentId, seal: '公章', by: '印' });
      } else {
        const body = { documentId, method: 'electronic', recipient: '申请人', on };
        await this.ask(this.staff.desk, 'document.serve', body);
      }
    }
  }

  /** The documents of this kind, in the order in which they were drawn up. */
  async documents(kind: string) {
    const found = await this.rig.db
      .select()
      .from(documents)
      .where(and(eq(documents.caseId, this.caseId), eq(documents.kind, kind)));
    const count = (id: string) => Number(id.slice(id.lastIndexOf('-') + 1));
    return found.sort((a, b) => count(a.id) - count(b.id));
  }

  /** The id of the newest document of this kind. */
  async document(kind: string): Promise<string> {
    const newest = (await this.documents(kind)).at(-1);
    if (newest === undefined) throw new Error(`no document ${kind} in ${this.caseId}`);
    return newest.id;
  }

  /** A clock of the case. */
  async clock(id: string) {
    const [found] = await this.rig.db
      .select()
      .from(clocks)
      .where(and(eq(clocks.caseId, this.caseId), eq(clocks.id, id)));
    if (found === undefined) throw new Error(`no clock ${id} in ${this.caseId}`);
    return found;
  }

  /** The kinds of the open tasks. */
  async openTasks(): Promise<readonly string[]> {
    const open = await this.rig.db
      .select()
      .from(tasks)
      .where(and(eq(tasks.caseId, this.caseId), eq(tasks.status, 'open')));
    return open.map((task) => task.kind).sort();
  }

  /** The names of the case's events so far. */
  async story(): Promise<readonly string[]> {
    return (await this.rig.events(this.caseId)).map((entry) => entry.event);
  }

  /** The ledger's lines of this event. */
  async entries(event: string) {
    return (await this.rig.events(this.caseId)).filter((entry) => entry.event === event);
  }
}

/** A project that needs none of the special conditions. */
export const plainProject = {
  newOrAltered: false,
  controlledPollutants: false,
  sewageWorks: false,
  riverOutfall: false,
  specialPeriods: false,
  soilOrNewPollutants: false,
};

/** Every condition of the pack met, but these. */
export const gatesMet = (...but: readonly JsonObject[]): readonly JsonObject[] => [
  ...['eia', 'eiaZoning', 'standards', 'quota', 'controls', 'monitoringPlan', 'outfallDecision']
    .concat('specialPeriods', 'soilAndNewPollutants', 'notExcluded', 'noReapplication', 'lostOrDamaged')
    .filter((gate) => !but.some((finding) => finding['gate'] === gate))
    .map((gate) => ({ gate, met: true, evidence: [{ note: '已核' }] })),
  ...but,
];

/** A SHA-256 that stands for some content. */
export const content = (name: string): string =>
  Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64);

/** Files handed in for these items. */
export const filesOf = (items: readonly string[]): readonly JsonObject[] =>
  items.map((item) => ({ item, contentId: content(item) }));

/** A complete first application of a key-management unit in the city, as the API would pass it on. */
export const submission = (unitId: string, more: JsonObject = {}): JsonObject => ({
  kind: 'first',
  permitClass: 'key',
  area: '990100',
  unitId,
  contentId: content('v1'),
  files: filesOf(['commitment', 'applicationForm', 'preDisclosure']),
  project: plainProject,
  causes: [],
  commitment: true,
  ...more,
});
