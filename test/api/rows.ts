import { sql } from 'drizzle-orm';
import { chainStart } from '../../db/ledgerChain.js';
import {
  cases,
  clocks,
  covers,
  documents,
  grants,
  issues,
  notices,
  permits,
  registrations,
  requests,
  tasks,
  units,
  users,
  webhookDeliveries,
} from '../../db/schema/index.js';
import { type CalendarDate, parseDate, parseInstant } from '../../rules/date.js';
import type { Rig } from '../rig/rig.js';

/** What a test says of a row of the lists; everything else is plain. */
export interface Row {
  readonly due?: string;
  readonly yellowAt?: string;
  readonly redAt?: string;
  readonly area?: string;
  readonly stage?: string;
  readonly procedure?: 'first' | 'renewal';
  readonly assignee?: string;
  readonly unitName?: string;
}

const day = (text: string): CalendarDate => parseDate(text);
const instantOr = (text: string | undefined) => (text === undefined ? null : parseInstant(text));

/** When every row was written, so that lists by time have only the last part of their sort key to go by. */
export const openedAt = parseInstant('2026-03-02T08:00:00+08:00');

/** The permit number of a row's name. */
export const permitNoOf = (name: string): string => `${name.padEnd(18, '0').toUpperCase()}001P`;

/** Writes a unit, a case with a clock and a task, a document, a permit and a registration form, all of this name, as steps would leave them. */
export async function writeRow(rig: Rig, name: string, row: Row = {}): Promise<void> {
  const { area = '990100', due = '2026-03-04' } = row;
  const caseId = `application/${name}`;
  const permitNo = permitNoOf(name);
  await rig.db.insert(units).values({
    ...{ id: name, creditCode: permitNo.slice(0, 18), name: row.unitName ?? `单位 ${name}`, area },
    contact: `${name}@example.test`,
  });
  await rig.db.insert(cases).values(caseRow(caseId, 'application', name, row));
  await rig.db.insert(clocks).values({
    ...{ caseId, id: 'completeness', limit: 'completeness', state: 'running', due: day(due) },
    events: [{ type: 'started', limit: 'completeness', on: day('2026-03-02') }],
    ...{ yellowAt: instantOr(row.yellowAt), redAt: instantOr(row.redAt), estimated: 'no' },
  });
  await rig.db.insert(tasks).values({
    ...{ id: `${caseId}#completeness.1`, caseId, kind: 'completeness', round: 1, role: 'acceptance' },
    ...{
      organ: 'yunchuan',
      status: 'open',
      clock: 'completeness',
      due: day(due),
      openedAt,
      assignee: row.assignee ?? null,
    },
  });
  await rig.db.insert(documents).values({
    ...{ id: `${caseId}/document-1`, caseId, kind: 'acceptance', organ: 'yunchuan', state: 'drafted' },
    ...{ params: {}, draftedAt: openedAt, number: `云环受〔2026〕${name}号` },
  });
  await rig.db.insert(permits).values({
    ...{ permitNo, unitId: name, permitClass: 'key', area, state: 'valid', version: 1 },
    ...{ validFrom: day('2026-03-02'), validTo: day('2031-03-01') },
  });
  await rig.db.insert(registrations).values({
    ...{ registrationNo: permitNo.replace(/P$/, 'W'), unitId: name, area, state: 'valid', version: 1 },
    ...{ validFrom: day('2026-03-02'), validTo: day('2031-03-01') },
  });
}

/** A case of a unit as a step would leave it. */
export function caseRow(
  id: string,
  kind: 'application' | 'issue',
  unitId: string,
  { area = '990100', stage = 'received', procedure = 'first' }: Row = {},
): typeof cases.$inferInsert {
  const organs = {
    ...{ accepting: 'yunchuan', reviewing: 'yunchuan', deciding: 'yunchuan', sealing: 'yunchuan' },
    supervising: 'yunchuan',
  };
  return {
    ...{ id, kind, procedure, revision: 1, stage, outcome: null, area, permitNo: permitNoOf(unitId) },
    ...{ packId: 'demonstration-1', unitId, facts: {}, openedAt, closedAt: null, next: null },
    ...{ organs, nextAt: null, ledgerCount: 0, ledgerHead: chainStart(id) },
  };
}

/** Takes the rows away again: their cases have no workflow, which the rig would miss. */
export async function removeRows(rig: Rig): Promise<void> {
  for (const table of [tasks, clocks, documents, notices, requests, webhookDeliveries]) {
    await rig.db.delete(table).where(sql`case_id like 'application/row%'`);
  }
  for (const table of [cases, issues, permits, registrations]) {
    await rig.db.delete(table).where(sql`unit_id like 'row%'`);
  }
  for (const table of [covers, grants]) await rig.db.delete(table).where(sql`user_id like 'row%'`);
  for (const table of [units, users]) await rig.db.delete(table).where(sql`id like 'row%'`);
}
