import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { and, count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cases, notices, registrations, requests, units } from '../../db/schema/index.js';
import { applicantOf } from '../../rehearsal/people.js';
import { until } from '../../rehearsal/world.js';
import { insertRequest } from '../../relay/insert.js';
import { wake } from '../../relay/wake.js';
import { filing } from '../rig/registrations.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { startWorkerProcess } from '../rig/workerProcess.js';

/** How many forms; `REGISTRATIONS=2000` for the whole proof. */
const many = Number(process.env['REGISTRATIONS'] ?? 200);

/**
 * Half of the forms were numbered on 4 March 2026 and end with 3 March 2031, half a day later. Sixty days before these days
 * lie Thursday 2 and Friday 3 January 2031. Their worker is a process of its own, and is killed (SIGKILL) in between.
 */
let rig: Rig;
let worker: ChildProcess;
const patience = 600_000;

beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  await rig.stopWorker();
  worker = await startWorkerProcess(rig);
}, patience);
afterAll(async () => {
  worker.kill('SIGKILL');
  await rig.close();
}, patience);

/** The worker dies at once, in the middle of whatever it does, and another one starts. */
async function killWorker(): Promise<void> {
  const died = once(worker, 'exit');
  worker.kill('SIGKILL');
  await died;
  worker = await startWorkerProcess(rig);
}

const reminded = async (): Promise<number> => {
  const [row] = await rig.db
    .select({ count: count() })
    .from(notices)
    .where(eq(notices.template, 'registration.remind'));
  return row?.count ?? 0;
};

/** The workflows of this rig that are open, as Temporal counts them; it needs a moment to. */
async function noneOpen(): Promise<void> {
  const query = `TaskQueue = '${rig.taskQueue}' AND ExecutionStatus = 'Running'`;
  await until(
    async () => {
      const open = await rig.client.workflow.count(query);
      return open.count === 0 ? null : `${open.count} open`;
    },
    'no open workflow',
    patience / 2,
  );
}

/** Waits until so many rows say that something has happened, and kills the worker there. */
async function killAt(progress: () => Promise<number>, share: number): Promise<void> {
  await until(
    async () => ((await progress()) >= many * share ? null : 'not yet'),
    `${share} of them`,
    patience / 2,
  );
  await killWorker();
}

test(
  `L13: ${many} forms are filed, the worker killed in between; none is lost and no workflow stays open`,
  async () => {
    const numbers = Array.from({ length: many }, (_, index) => {
      const code = `9199${String(rig.number).padStart(6, '0')}${String(index).padStart(8, '0')}`;
      return { unit: `unit-${rig.number}-${index}`, creditCode: code, number: `${code}001W` };
    });
    await rig.db.insert(units).values(
      numbers.map(({ unit, creditCode }) => ({
        ...{ id: unit, creditCode, name: unit, area: '990100', contact: '' },
      })),
    );
    for (const [index, { unit, number }] of numbers.entries()) {
      const body = filing(unit, number, index % 2 === 0 ? '2026-03-04 09:00' : '2026-03-05 09:00');
      await insertRequest(rig.db, {
        ...{ idempotencyKey: number, actor: applicantOf(unit), name: 'registration.file' },
        ...{ caseId: `registration/${number}`, body, sentByRelay: true },
      });
    }
    const answered = async (): Promise<number> => {
      const [row] = await rig.db.select({ count: count() }).from(requests).where(eq(requests.status, 'done'));
      return row?.count ?? 0;
    };
    await killAt(answered, 0.4);
    await until(
      async () => ((await answered()) === many ? null : `${await answered()} filed`),
      'filed',
      patience,
    );
    const [open] = await rig.db.select({ count: count() }).from(cases).where(eq(cases.kind, 'registration'));
    expect(open?.count).toBe(many);
    await noneOpen();
  },
  patience,
);

test(
  'L13: each is reminded once, on its own day, whatever happens to the worker; and rests again',
  async () => {
    await Promise.all([rig.world.advanceTo(at('2031-01-02 12:00')), killAt(reminded, 0.2)]);
    expect(await reminded()).toBe(many / 2);
    await Promise.all([rig.world.advanceTo(at('2031-01-03 12:00')), killAt(reminded, 0.7)]);
    const rows = await rig.db
      .select({ validTo: registrations.validTo, queuedAt: notices.queuedAt, caseId: notices.caseId })
      .from(notices)
      .innerJoin(cases, eq(cases.id, notices.caseId))
      .innerJoin(registrations, eq(registrations.unitId, cases.unitId))
      .where(and(eq(notices.template, 'registration.remind'), eq(notices.recipient, 'applicant')));
    expect(rows).toHaveLength(many);
    expect(new Set(rows.map(({ caseId }) => caseId)).size).toBe(many);
    expect(
      [...new Set(rows.map(({ validTo, queuedAt }) => `${validTo} ${queuedAt.slice(0, 16)}`))].sort(),
    ).toEqual(['2031-03-03 2031-01-02T09:00', '2031-03-04 2031-01-03T09:00']);
    await noneOpen();
  },
  patience,
);

test('L13: a case that a second relay wakes after its moment was taken is left at rest', async () => {
  const [one] = await rig.db.select({ id: cases.id }).from(cases).where(eq(cases.kind, 'registration'));
  await wake(rig, one?.id ?? '');
  expect(
    await rig.client.workflow.count(`TaskQueue = '${rig.taskQueue}' AND ExecutionStatus = 'Running'`),
  ).toMatchObject({ count: 0 });
  const { status } = await rig.client.workflow.getHandle(one?.id ?? '').describe();
  expect(status.name).toBe('COMPLETED');
});
