import { and, eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { calendarYears, clocks, documents, tasks } from '../../db/schema/index.js';
import { content } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import type { RequestStatus } from '../../relay/send.js';
import { requestSchemas } from '../../workflows/messages/catalogue.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { Actor } from '../../workflows/messages/request.js';
import { Application, refused, type Scene, story } from '../application/application.js';
import { dueDay, issuePermit, lapsedPermits, openTasks, timelineOf } from '../rig/permits.js';
import { at, type Rig } from '../rig/rig.js';

const administrator: Actor = { id: 'system', kind: 'administrator', roles: ['systemAdministrator@*'] };
const paper = content('decision of the bureau');

/** The administrator asks for a lever. */
async function ask(rig: Rig, caseId: string, lever: string, more: JsonObject = {}): Promise<RequestStatus> {
  const body = { lever, reason: '系统处置', document: paper, ...more };
  const parsed = requestSchemas['lever.ask'].parse(body) as JsonObject;
  const status = await rig.ask(administrator, 'lever.ask', caseId, parsed, { mayRefuse: true });
  await rig.world.settle();
  return status;
}

const approved = { outcome: 'approve', opinion: '同意' };

/** Somebody signs it, or not. */
async function sign(
  rig: Rig,
  caseId: string,
  signer: Actor = people.deputyHead,
  form: JsonObject = approved,
): Promise<RequestStatus> {
  const taskId = await rig.task(caseId, 'lever');
  const status = await rig.ask(signer, 'task.complete', caseId, { taskId, form }, { mayRefuse: true });
  await rig.world.settle();
  return status;
}

/** Asked for and signed. */
async function pull(rig: Rig, caseId: string, lever: string, more: JsonObject = {}): Promise<void> {
  expect(await ask(rig, caseId, lever, more), lever).toMatchObject({ status: 'done' });
  expect(await sign(rig, caseId), lever).toMatchObject({ status: 'done' });
}

/** The clocks of a case that still run. */
async function runningClocks(rig: Rig, caseId: string): Promise<readonly string[]> {
  const rows = await rig.db.select().from(clocks).where(eq(clocks.caseId, caseId));
  return rows.filter(({ state }) => state !== 'stopped').map(({ id }) => id);
}

async function assigneeOf(rig: Rig, id: string): Promise<string | null | undefined> {
  const [task] = await rig.db.select().from(tasks).where(eq(tasks.id, id));
  return task?.assignee;
}

describe('A3: who may pull a lever', () => {
  story(
    'a lever is asked for by one, signed by another, and both are in the ledger with the paper’s hash',
    '2026-03-02 09:00',
    async ({ rig, unitId }) => {
      const { caseId } = await Application.receive(rig, unitId);
      const task = await rig.task(caseId, 'completeness');
      await pull(rig, caseId, 'reassign', { task, assignee: 'desk-2' });
      expect(await assigneeOf(rig, task)).toBe('desk-2');
      const told = (await rig.events(caseId)).filter(({ event }) => event.startsWith('lever.'));
      expect(told.map(({ event, actor, params }) => ({ event, by: actor.id, params }))).toEqual([
        {
          event: 'lever.asked',
          by: 'system',
          params: {
            ...{ lever: 'lever.reassign', reason: '系统处置', document: paper, signer: 'deputyHead' },
            ...{ task, assignee: 'desk-2' },
          },
        },
        {
          event: 'lever.approved',
          by: 'deputyHead',
          params: {
            ...{ lever: 'lever.reassign', askedBy: 'system', document: paper, reason: '系统处置' },
            ...{ task, assignee: 'desk-2', opinion: '同意' },
          },
        },
      ]);
      expect(told[0]?.zh).toBe(`系统管理员申请改派任务：系统处置；依据文件 ${paper}，由分管负责人签批。`);
    },
  );

  story(
    'nobody signs but the head who was asked: no administrator, no other role, no other organ',
    '2026-03-02 09:00',
    async ({ rig, unitId }) => {
      const { caseId } = await Application.receive(rig, unitId);
      await ask(rig, caseId, 'hold', { signer: 'organHead' });
      const elsewhere = people.officer('head.lanjiang', 'organHead@lanjiang.approval');
      for (const signer of [administrator, people.deputyHead, people.sectionHead, elsewhere])
        expect(await sign(rig, caseId, signer), signer.id).toMatchObject(refused('task.notYours'));
      expect(await sign(rig, caseId, people.organHead)).toMatchObject({ status: 'done' });
    },
  );

  story(
    'what is refused has no effect and stays in the ledger; then another may be asked for',
    '2026-03-02 09:00',
    async ({ rig, unitId }) => {
      const { caseId } = await Application.receive(rig, unitId);
      await ask(rig, caseId, 'end');
      expect(await ask(rig, caseId, 'hold')).toMatchObject(refused('case.stage'));
      await sign(rig, caseId, people.deputyHead, { outcome: 'refuse', reason: '依据不足' });
      expect(await openTasks(rig, caseId)).toContain('completeness');
      const [line] = (await rig.events(caseId)).filter(({ event }) => event === 'lever.refused');
      expect(line?.params).toEqual({
        ...{ lever: 'lever.end', askedBy: 'system', document: paper, reason: '依据不足' },
      });
      expect(await ask(rig, caseId, 'hold')).toMatchObject({ status: 'done' });
    },
  );

  story(
    'only the system administrator asks; a retry needs no signature and changes nothing',
    '2026-03-02 09:00',
    async ({ rig, unitId }) => {
      const { caseId } = await Application.receive(rig, unitId);
      const before = await openTasks(rig, caseId);
      for (const actor of [people.deputyHead, people.desk, people.applicantOf(unitId)]) {
        for (const [name, body] of [
          ['lever.retry', { reason: '重试' }],
          ['lever.ask', { lever: 'end', reason: '终止', document: paper, signer: 'deputyHead' }],
        ] as const) {
          const status = await rig.ask(actor, name, caseId, body, { mayRefuse: true });
          expect(status, `${actor.id} ${name}`).toMatchObject(refused('auth.forbidden'));
        }
      }
      await rig.ask(administrator, 'lever.retry', caseId, { reason: '工作流疑似停滞' });
      expect(await openTasks(rig, caseId)).toEqual(before);
      expect((await timelineOf(rig, caseId)).at(-1)).toBe('2026-03-02T09:00 lever.retried');
    },
  );

  story(
    'a closed case has no levers; a task that was done meanwhile can not be given away any more',
    '2026-03-02 09:00',
    async ({ rig, unitId }) => {
      const application = await Application.receive(rig, unitId);
      const { caseId } = application;
      const task = await rig.task(caseId, 'completeness');
      await ask(rig, caseId, 'reassign', { task, assignee: 'desk-2' });
      await application.accept();
      expect(await sign(rig, caseId)).toMatchObject(refused('task.closed'));
      await application.withdraw(unitId);
      await application.dispatch('2026-03-02');
      expect(await application.story()).toContain('case.closed');
      expect(await ask(rig, caseId, 'hold')).toMatchObject(refused('case.closed'));
    },
  );
});

describe('A3: hold and release', () => {
  // Received on Monday: the third working day is Thursday, 5 March, and silence accepts at 00:00 of Friday.
  story(
    'while a case is held no lapse takes effect, its clocks run on in sight; released, it takes effect',
    '2026-03-02 09:00',
    async ({ rig, unitId }) => {
      const application = await Application.receive(rig, unitId);
      const { caseId } = application;
      await pull(rig, caseId, 'hold');
      expect(await ask(rig, caseId, 'hold')).toMatchObject(refused('case.stage'));
      await application.advanceTo('2026-03-10 09:00');
      expect(await application.story()).not.toContain('application.deemedAccepted');
      expect(await openTasks(rig, caseId)).toContain('completeness');
      expect(await application.clock('completeness.1')).toMatchObject({
        state: 'running',
        due: '2026-03-05',
      });
      await pull(rig, caseId, 'release');
      await application.advanceTo('2026-03-10 09:00');
      expect(
        await timelineOf(rig, caseId, 'lever.approved', 'clock.lapsed', 'application.deemedAccepted'),
      ).toEqual([
        '2026-03-02T09:00 lever.approved',
        '2026-03-10T09:00 lever.approved',
        '2026-03-06T00:00 clock.lapsed',
        '2026-03-06T00:00 application.deemedAccepted',
      ]);
      expect(await ask(rig, caseId, 'release')).toMatchObject(refused('case.stage'));
    },
  );

  story(
    'what lapsed while the case was held takes effect in its order, each at its own instant',
    '2030-12-02 10:00',
    async ({ rig }) => {
      const permit = await issuePermit(rig, 'held', '2026-03-05');
      await rig.world.advanceTo(at('2030-12-02 10:00'));
      await pull(rig, permit.caseId, 'hold');
      await rig.world.advanceTo(at('2031-03-10 09:00'));
      await permit.stands('valid', '2031-03-04');
      expect(await permit.timeline('renewal.windowClosed', 'permit.expired')).toEqual([]);
      // The reminders of the ladder were sent all the same.
      expect((await permit.notices('renewal.remind')).length).toBeGreaterThan(0);
      await pull(rig, permit.caseId, 'release');
      await rig.world.advanceTo(at('2031-03-10 09:00'));
      expect(await permit.timeline('renewal.windowClosed', 'permit.expired')).toEqual([
        '2031-01-04T00:00 renewal.windowClosed',
        '2031-03-05T00:00 permit.expired',
      ]);
      await permit.stands('lapsed', '2031-03-04');
      expect(await openTasks(rig, permit.cancellation().caseId)).toEqual(['operationCheck']);
    },
  );
});

/** An edition in which 4 March 2026, a Wednesday, is a day off. */
async function publishDayOff({ rig }: Scene): Promise<void> {
  const [row] = await rig.db
    .select()
    .from(calendarYears)
    .where(and(eq(calendarYears.year, 2026), eq(calendarYears.edition, 1)));
  if (row === undefined) throw new Error('no calendar of 2026');
  const { holidays, workdays } = row.days as { holidays: JsonObject[]; workdays: JsonObject[] };
  const off = { date: '2026-03-04', zh: '临时放假', en: 'a day off' };
  await rig.db.insert(calendarYears).values({
    ...row,
    edition: 2,
    days: { holidays: [...holidays, off], workdays },
  });
}

describe('A3: re-timing', () => {
  story(
    'the clocks are counted anew with the calendar in force, and the ledger has the days before and after',
    '2026-03-02 09:00',
    async (scene) => {
      const { rig, unitId } = scene;
      const application = await Application.receive(rig, unitId);
      const { caseId } = application;
      expect(await dueDay(rig, caseId, 'completeness.1')).toBe('2026-03-05');
      await publishDayOff(scene);
      expect(await dueDay(rig, caseId, 'completeness.1')).toBe('2026-03-05');
      await pull(rig, caseId, 'retime');
      expect(await dueDay(rig, caseId, 'completeness.1')).toBe('2026-03-06');
      const lines = (await rig.events(caseId)).filter(({ event }) => event === 'clock.retimed');
      expect(lines.map(({ params }) => params)).toContainEqual({
        ...{ clock: 'completeness.1', before: '2026-03-05', after: '2026-03-06', edition: '2026/2' },
      });
      expect(lines[0]?.actor.id).toBe('deputyHead');
      await application.advanceTo('2026-03-06 12:00');
      expect(await application.story()).not.toContain('application.deemedAccepted');
      await application.advanceTo('2026-03-07 00:00');
      expect(await timelineOf(rig, caseId, 'application.deemedAccepted')).toEqual([
        '2026-03-07T00:00 application.deemedAccepted',
      ]);
    },
  );
});

describe('A3: the end with a reason', () => {
  story(
    'an application ends with nothing dangling: tasks overtaken, clocks stopped, unserved papers void',
    '2026-03-02 09:00',
    async ({ rig, unitId }) => {
      const application = await Application.accepted(rig, unitId);
      const { caseId } = application;
      await application.opine('agree', ['water', 'air']);
      await pull(rig, caseId, 'end');
      expect(await openTasks(rig, caseId)).toEqual([]);
      expect(await runningClocks(rig, caseId)).toEqual([]);
      const papers = await rig.db.select().from(documents).where(eq(documents.caseId, caseId));
      expect(papers.length).toBeGreaterThan(0);
      expect(papers.filter(({ state }) => state !== 'void' && state !== 'served')).toEqual([]);
      expect((await timelineOf(rig, caseId)).slice(-1)).toEqual(['2026-03-02T09:00 notice.queued']);
      expect(await application.story()).toEqual(
        expect.arrayContaining(['lever.approved', 'application.ended', 'case.closed']),
      );
    },
  );

  story('a decision that was made is not undone by a lever', '2026-03-02 09:00', async ({ rig, unitId }) => {
    const { caseId } = await Application.granted(rig, unitId);
    expect(await ask(rig, caseId, 'end')).toMatchObject(refused('case.stage'));
    expect(await ask(rig, caseId, 'hold')).toMatchObject({ status: 'done' });
  });

  story(
    'the permit hears that its renewal has ended, and its window opens again',
    '2030-11-04 10:00',
    async ({ rig }) => {
      const permit = await issuePermit(rig, 'renewing', '2026-03-05');
      await rig.world.advanceTo(at('2030-11-04 10:00'));
      const renewal = await permit.renew();
      await pull(rig, renewal.caseId, 'end');
      expect(await permit.timeline('renewal.filed', 'renewal.ended', 'renewal.windowOpen')).toEqual([
        '2030-11-04T10:00 renewal.filed',
        '2030-11-04T10:00 renewal.ended',
        '2030-11-04T10:00 renewal.windowOpen',
      ]);
      expect(await dueDay(rig, permit.caseId, 'renewalApply')).toBe('2031-01-03');
    },
  );

  story(
    'a permit is ended by the law alone; its cancellation may be ended before it is decided',
    '2031-03-04 10:00',
    async ({ rig }) => {
      const { closing } = await lapsedPermits(rig, ['closing'], '2031-03-05');
      expect(await ask(rig, closing.caseId, 'end')).toMatchObject(refused('rule.refused'));
      const cancellation = closing.cancellation();
      await cancellation.check('closed', '2031-03-05');
      await pull(rig, cancellation.caseId, 'end');
      expect(await openTasks(rig, cancellation.caseId)).toEqual([]);
      expect(await runningClocks(rig, cancellation.caseId)).toEqual([]);
      expect((await cancellation.documents('cancellationIntention')).map(({ state }) => state)).toEqual([
        'void',
      ]);
      expect(await cancellation.timeline('cancellation.ended', 'case.closed')).toEqual([
        '2031-03-05T00:00 cancellation.ended',
        '2031-03-05T00:00 case.closed',
      ]);
    },
  );

  story(
    'a hold on the cancellation leaves the lever with its signer',
    '2031-03-04 10:00',
    async ({ rig }) => {
      const { sued } = await lapsedPermits(rig, ['sued'], '2031-03-05');
      const { caseId } = sued.cancellation();
      await ask(rig, caseId, 'end');
      await sued.hold('lawsuit');
      expect(await openTasks(rig, caseId)).toEqual(['lever']);
      expect(await sign(rig, caseId)).toMatchObject({ status: 'done' });
      expect(await openTasks(rig, caseId)).toEqual([]);
    },
  );
});
