import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { covers, users } from '../../db/schema/index.js';
import { parseDate } from '../../rules/date.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';
import { type Api, type Caller, openApi } from './client.js';
import type { Role } from '../../api/policy.js';
import { allPages, completeness, file } from './filing.js';

let rig: Rig;
let api: Api;
let applicant: Caller;
let desk: Caller;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  api = await openApi(rig);
  await addUnit(rig, 'steel');
  await addUnit(rig, 'paper');
  applicant = await api.account('steel.zhao', { role: 'applicant', organ: 'unit:steel' });
  desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

test('A2: the desk finds the task, claims it, and completes it with a form that is checked first', async () => {
  const caseId = await file(applicant);
  const inbox = await desk.get('/tasks?kind=completeness&limit=500');
  expect(inbox.body['items']).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ caseId, href: completeness(caseId), colour: 'green' }),
    ]),
  );
  const second = await api.account(`desk.${randomUUID().slice(0, 8)}`, {
    role: 'acceptance',
    organ: 'yunchuan',
  });
  expect(await desk.post(`${completeness(caseId)}/claim`)).toMatchObject({ status: 200 });
  expect(await second.post(`${completeness(caseId)}/claim`)).toMatchObject({
    status: 409,
    body: { code: 'task.claimed' },
  });
  const mine = await desk.get('/tasks?view=mine&limit=500');
  expect(mine.body['items']).toEqual([expect.objectContaining({ caseId, assignee: desk.id })]);
  const wrong = { form: { outcome: 'supplement', defects: [] } };
  expect(await desk.post(`${completeness(caseId)}/complete`, wrong)).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'body.form.defects', expected: 'at least 1', found: 'a list of 0' }] },
  });
  const accepted = await desk.post(`${completeness(caseId)}/complete`, { form: { outcome: 'accept' } });
  expect(accepted).toMatchObject({ status: 200, body: { stage: 'review' } });
  const again = await desk.post(`${completeness(caseId)}/complete`, { form: { outcome: 'accept' } });
  expect(again).toMatchObject({ status: 409, body: { code: 'task.closed' } });
  expect(await desk.get(completeness(caseId))).toMatchObject({
    body: { status: 'completed', outcome: 'accept' },
  });
});

test('A2: the inbox pages without loss or repetition, and counts what it holds', async () => {
  await file(applicant);
  await file(applicant);
  const ids = (await allPages(desk, '/tasks', 1)).map((task) => task['id']);
  const { body } = await desk.get('/tasks/counts');
  expect(new Set(ids).size).toBe(ids.length);
  expect(body).toMatchObject({ all: ids.length, unclaimed: ids.length });
});

test('A2: the section’s tasks are those of the roles that one holds; a head’s are the organ’s; mine are claimed', async () => {
  const caseId = await file(applicant);
  await desk.post(`${completeness(caseId)}/complete`, { form: { outcome: 'accept' } });
  const at = (role: Role) => api.account(`section.${role.slice(-6)}`, { role, organ: 'yunchuan' });
  const [water, deputy] = [await at('element.water'), await at('deputyHead')];
  const kinds = async (caller: Caller, view: string) =>
    (await allPages(caller, `/tasks`, 20, `&view=${view}`))
      .filter((task) => task['caseId'] === caseId)
      .map((task) => task['kind']);
  expect(await kinds(water, 'section')).toEqual(['opinion.water']);
  expect(await kinds(water, 'mine')).toEqual([]);
  expect(await kinds(deputy, 'section')).toEqual(expect.arrayContaining(['opinion.water', 'opinion.air']));
  expect((await water.post(`/tasks/${caseId}/opinion.water.1/claim`)).status).toBe(200);
  expect(await kinds(water, 'mine')).toEqual(['opinion.water']);
  expect(await kinds(deputy, 'mine')).toEqual([]);
});

test('A2: the section head gives a task to somebody who holds its role, and to nobody else', async () => {
  const caseId = await file(applicant);
  const head = await api.account('head', { role: 'sectionHead', organ: 'yunchuan' });
  const path = `${completeness(caseId)}/reassign`;
  const reason = '工作调整';
  expect(await head.post(path, { assignee: 'head', reason })).toMatchObject({
    status: 400,
    body: { where: 'body.assignee', expected: 'acceptance@yunchuan' },
  });
  expect(await desk.post(path, { assignee: 'desk', reason })).toMatchObject({ status: 403 });
  expect(await head.post(path, { assignee: 'desk', reason })).toMatchObject({ status: 200 });
  expect(await head.get(completeness(caseId))).toMatchObject({ body: { assignee: desk.id } });
  // Whoever may not sign in any more is neither offered nor taken.
  const gone = await api.account('desk.gone', { role: 'acceptance', organ: 'yunchuan' });
  const offered = async () => (await head.get(`${completeness(caseId)}/candidates`)).body['items'];
  expect(await offered()).toContainEqual(expect.objectContaining({ username: 'desk.gone' }));
  await rig.db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, gone.id));
  expect(await offered()).not.toContainEqual(expect.objectContaining({ username: 'desk.gone' }));
  expect(await head.post(path, { assignee: 'desk.gone', reason })).toMatchObject({
    status: 400,
    body: { where: 'body.assignee' },
  });
});

test('A2: whoever covers an officer does his work in his name, on the days of the cover alone', async () => {
  const caseId = await file(applicant);
  const helper = await api.account('helper', { role: 'verification', organ: 'yunchuan' });
  const act = () => helper.post(`${completeness(caseId)}/claim`);
  expect(await act()).toMatchObject({ status: 403, body: { code: 'task.notYours' } });
  const days = { from: parseDate('2026-03-01'), to: parseDate('2026-03-02') };
  await rig.db.insert(covers).values({ userId: desk.id, coveredBy: helper.id, ...days });
  expect(await act()).toMatchObject({ status: 200 });
  const { body } = await desk.get(`/cases/${caseId}/ledger`);
  expect((body['items'] as object[]).at(-1)).toMatchObject({
    event: 'task.claimed',
    actor: { id: helper.id, kind: 'officer', onBehalfOf: desk.id },
  });
});

test('A2: a task turns yellow as the rules say, and is found by its colour', async () => {
  const caseId = await file(applicant);
  expect(await desk.get(completeness(caseId))).toMatchObject({ body: { colour: 'green' } });
  // Received on Monday 2 March 2026, three working days: due on the 5th, yellow a working day before.
  await rig.world.advanceTo(at('2026-03-04 18:00'));
  expect(await desk.get(completeness(caseId))).toMatchObject({
    body: { colour: 'yellow', clock: { remaining: 1 } },
  });
  const ids = async (colour: string) =>
    ((await desk.get(`/tasks?limit=500&colour=${colour}`)).body['items'] as { caseId: string }[]).map(
      (task) => task.caseId,
    );
  expect(await ids('yellow')).toContain(caseId);
  expect(await ids('green')).not.toContain(caseId);
});
