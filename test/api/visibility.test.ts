import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { type Api, type Caller, openApi } from './client.js';
import { completeness, file, operation, submission } from './filing.js';

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

test('A5: nobody sees what is not theirs', async () => {
  const caseId = await file(applicant);
  const other = await api.account('paper.qian', { role: 'applicant', organ: 'unit:paper' });
  const otherCity = await api.account('lanjiang', { role: 'acceptance', organ: 'lanjiang.approval' });
  const region = await api.account('region', { role: 'officer', organ: 'province' });
  const security = await api.account('security', { role: 'securityAdministrator', organ: '*' });
  const audit = await api.account('audit', { role: 'auditAdministrator', organ: 'province' });
  const statuses = async (caller: Caller) =>
    await Promise.all(
      ['', '/clocks', '/ledger', '/history'].map(
        async (part) => (await caller.get(`/cases/${caseId}${part}`)).status,
      ),
    );
  expect(await statuses(other)).toEqual([404, 404, 403, 403]);
  expect(await statuses(otherCity)).toEqual([404, 404, 404, 403]);
  expect(await statuses(region)).toEqual([200, 200, 200, 403]);
  expect(await statuses(security)).toEqual([403, 403, 403, 403]);
  expect(await statuses(audit)).toEqual([200, 200, 200, 403]);
  expect((await api.anybody.get(`/cases/${caseId}`)).status).toBe(401);
  for (const caller of [other, otherCity]) {
    expect((await caller.get('/cases?limit=500')).body['items']).toEqual([]);
    expect((await caller.get('/documents?limit=500')).body['items']).toEqual([]);
  }
  expect((await otherCity.get('/tasks')).body['items']).toEqual([]);
  expect((await otherCity.post(`${completeness(caseId)}/claim`)).status).toBe(404);
  expect(
    await region.post(operation(caseId, 'off-site-check'), {
      ...{ method: 'video', on: '2026-03-02', findings: '一致' },
    }),
  ).toMatchObject({ status: 403, body: { code: 'auth.forbidden' } });
  expect(await other.post('/applications', await submission(other, 'steel'))).toMatchObject({ status: 403 });
});

test('A5: an applicant sees the case without the organ’s deliberation and inner deadlines', async () => {
  const caseId = await file(applicant);
  await desk.post(`${completeness(caseId)}/complete`, { form: { outcome: 'accept' } });
  const theirs = (await applicant.get(`/cases/${caseId}`)).body;
  expect(theirs).toMatchObject({
    stage: 'review',
    tasks: [],
    next: null,
    facts: { receivedOn: '2026-03-02' },
  });
  expect(theirs['facts']).not.toHaveProperty('opinions');
  expect((theirs['clocks'] as { limit: string }[]).map((clock) => clock.limit)).not.toContain(
    'review.element',
  );
  const ours = (await desk.get(`/cases/${caseId}`)).body;
  expect(ours['facts']).toHaveProperty('opinions');
  expect((ours['tasks'] as object[]).length).toBeGreaterThan(5);
});

test('A5: a content is for who handed it in and for those who may see a case that names it', async () => {
  const stored = await applicant.send('POST', '/contents', { json: { b: 1, a: randomUUID() } });
  const path = `/contents/${String(stored.body['id'])}`;
  expect((await applicant.get(path)).status).toBe(200);
  expect((await desk.get(path)).status).toBe(404);
  const body = { ...(await submission(applicant, 'steel')), contentId: stored.body['id'] };
  expect((await applicant.post('/applications', body)).status).toBe(201);
  const seen = await desk.get(path);
  expect(seen.status).toBe(200);
  expect(seen.headers.get('content-disposition')).toContain('attachment');
});

test('L18: a document is sealed by who keeps the seal, and its number and act are shown', async () => {
  const caseId = await file(applicant);
  const keeper = await api.account('keeper', { role: 'sealKeeper', organ: 'yunchuan' });
  await desk.post(`${completeness(caseId)}/complete`, { form: { outcome: 'accept' } });
  const list = await keeper.get(`/documents?case=${caseId}&kind=acceptanceNotice`);
  const [notice] = list.body['items'] as { href: string; number: string; state: string }[];
  expect(notice).toMatchObject({ state: 'drafted' });
  const seal = { seal: '公章', by: '印' };
  expect((await desk.post(`${String(notice?.href)}/seal`, seal)).status).toBe(403);
  expect((await applicant.get(`/documents?case=${caseId}&kind=acceptanceNotice`)).body['items']).toEqual([]);
  expect(await keeper.post(`${String(notice?.href)}/seal`, seal)).toMatchObject({ status: 200 });
  const service = { method: 'electronic', recipient: '申请人', on: '2026-03-02' };
  expect(await desk.post(`${String(notice?.href)}/serve`, service)).toMatchObject({ status: 200 });
  expect((await applicant.get(`/documents?case=${caseId}&kind=acceptanceNotice`)).body['items']).toEqual([
    expect.objectContaining({ state: 'served', servedOn: '2026-03-02', number: notice?.number }),
  ]);
});
