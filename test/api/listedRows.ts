import { randomUUID } from 'node:crypto';
import {
  cases,
  covers,
  grants,
  issues,
  notices,
  requests,
  tasks,
  users,
  webhookDeliveries,
} from '../../db/schema/index.js';
import { parseDate } from '../../rules/date.js';
import type { Rig } from '../rig/rig.js';
import { caseRow, openedAt, permitNoOf } from './rows.js';

/** The case whose requests are listed, and the candidates for its task; and the subscription whose deliveries are. */
export const listedCase = 'application/rowListed';
export const subscription = 'b3f6e1d2-4f0a-4a55-9d0b-7c1f0e5a9d11';

const day = parseDate('2026-03-02');

/** Writes one row, known by its name, of a list that `writeRow` leaves empty; `removeRows` takes it away. */
export const listedRows = {
  notices: async ({ db }: Rig, name: string) => {
    const caseId = `application/${name}`;
    await db.insert(cases).values(caseRow(caseId, 'application', name));
    await db.insert(notices).values({
      ...{
        id: `${caseId}/accepted/1`,
        caseId,
        template: 'application.lapsed',
        step: '1',
        recipient: 'applicant',
      },
      ...{ channel: 'mail', params: {}, queuedAt: openedAt, status: 'kept' },
    });
  },
  issues: async ({ db }: Rig, name: string) => {
    const caseId = `issue/${name}`;
    const facts = { description: '台账不全', falsified: false, finding: { rule: null } };
    await db.insert(cases).values({ ...caseRow(caseId, 'issue', name), facts });
    await db.insert(issues).values({
      ...{ caseId, permitNo: permitNoOf(name), subject: name, place: '', tier: 'sweep', unitId: name },
      ...{ area: '990100', organ: 'yunchuan', severity: 'general', category: 'ledger', responsible: 'unit' },
      ...{ foundOn: day, overdue: 0, reopened: 0 },
    });
  },
  accounts: addAccount,
  candidates: async (rig: Rig, name: string) => {
    await addAccount(rig, name);
    await rig.db.insert(grants).values({ userId: name, role: 'acceptance', organ: 'yunchuan' });
    await addCase(rig);
    await rig.db
      .insert(tasks)
      .values({
        ...{ id: `${listedCase}#completeness.1`, caseId: listedCase, kind: 'completeness', round: 1 },
        ...{ role: 'acceptance', organ: 'yunchuan', status: 'open', openedAt },
      })
      .onConflictDoNothing();
  },
  covers: async ({ db }: Rig, name: string) => {
    await db.insert(covers).values({ userId: name, coveredBy: 'somebody', from: day, to: day });
  },
  requests: async (rig: Rig, name: string) => {
    await addCase(rig);
    await rig.db.insert(requests).values({
      ...{ id: randomUUID(), idempotencyKey: name, actor: { id: name, kind: 'officer', roles: [] } },
      ...{ actorId: name, name: 'task.claim', caseId: listedCase, body: {}, bodyHash: '' },
      ...{ receivedAt: openedAt, status: 'refused', answer: { code: 'task.claimed', detail: {} } },
    });
  },
  deliveries: async ({ db }: Rig, name: string) => {
    await db.insert(webhookDeliveries).values({
      ...{ id: name, subscriptionId: subscription, caseId: `application/${name}`, body: '{}' },
      ...{ position: Number(name.slice('row'.length)), status: 'dead', dueAt: new Date() },
    });
  },
} as const;

async function addCase({ db }: Rig): Promise<void> {
  await db
    .insert(cases)
    .values(caseRow(listedCase, 'application', 'rowListed'))
    .onConflictDoNothing();
}

async function addAccount({ db }: Rig, name: string): Promise<void> {
  const now = new Date();
  await db.insert(users).values({
    ...{ id: name, username: name, name: '某人', email: `${name}@example.test` },
    ...{ createdAt: now, updatedAt: now },
  });
}
