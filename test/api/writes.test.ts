import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { type Api, type Caller, openApi } from './client.js';
import { file, operation, submission } from './filing.js';

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

test('A1: an application is received once, however often it is sent; another body under its key is refused', async () => {
  const body = await submission(applicant, 'steel');
  const key = randomUUID();
  const first = await applicant.post('/applications', body, key);
  expect(first).toMatchObject({ status: 201, body: { stage: 'received', revision: 1 } });
  expect(first.headers.get('location')).toMatch(/^\/cases\/application\/2026\d{6,}$/);
  expect(await applicant.post('/applications', body, key)).toMatchObject({ status: 201, body: first.body });
  const other = await applicant.post('/applications', { ...body, permitClass: 'simplified' }, key);
  expect(other).toMatchObject({ status: 422, body: { code: 'request.mismatch' } });
  const none = await applicant.send('POST', '/applications', body);
  expect(none).toMatchObject({ status: 400, body: { errors: [{ path: 'header.Idempotency-Key' }] } });
});

test('A1: a key that was used for one case does not answer for another', async () => {
  const [one, other] = [await file(applicant), await file(applicant)];
  const key = randomUUID();
  const withdraw = (caseId: string) =>
    applicant.post(operation(caseId, 'withdrawal'), { reason: '项目停建' }, key);
  expect(await withdraw(one)).toMatchObject({ status: 200, body: { stage: 'concluding' } });
  expect(await withdraw(other)).toMatchObject({ status: 422, body: { code: 'request.mismatch' } });
});

test('A1: what is handed in by reference must be stored and one’s own', async () => {
  const body = { ...(await submission(applicant, 'steel')), contentId: 'ab'.repeat(32) };
  expect(await applicant.post('/applications', body)).toMatchObject({
    status: 400,
    body: { found: 'ab'.repeat(32) },
  });
});

test('A1: a write that its case does not answer in time is received: 202, and the request tells the rest', async () => {
  const impatient = await openApi(rig, { deadline: 700 });
  await rig.stopWorker();
  const held = await impatient.account('steel.sun', { role: 'applicant', organ: 'unit:steel' });
  const answer = await held.post('/applications', await submission(held, 'steel'));
  expect(answer).toMatchObject({ status: 202, body: { status: 'open' } });
  const location = answer.headers.get('location') ?? '';
  expect(await held.get(location)).toMatchObject({ status: 200, body: { status: 'open', answer: null } });
  await rig.startWorker();
  await expect
    .poll(async () => (await held.get(location)).body, { timeout: 60_000, interval: 500 })
    .toMatchObject({
      status: 'done',
      answer: { stage: 'received' },
    });
  expect((await desk.get(location)).status).toBe(200);
  const stranger = await api.account('stranger', { role: 'applicant', organ: 'unit:paper' });
  expect((await stranger.get(location)).status).toBe(404);
  await impatient.close();
});

test('A1: a day that the database or the law can not count with is refused at the door, not by a step that never ends', async () => {
  const caseId = await file(applicant);
  const serve = (on: string) =>
    desk.post(`/documents/${caseId}/document-1/serve`, { method: 'post', recipient: '示范企业', on });
  for (const on of ['0000-02-29', '1991-12-31', '2026-02-30'])
    expect(await serve(on), on).toMatchObject({ status: 400, body: { errors: [{ path: 'body.on' }] } });
  expect((await desk.get('/cases?dueFrom=0000-01-01')).status).toBe(400);
});

test('A1: strange input of every kind gets a problem that says what is wrong', async () => {
  const raw = async (path: string, init: RequestInit) => (await fetch(api.url + path, init)).status;
  const json = { 'content-type': 'application/json' };
  expect(await raw('/sign-in', { method: 'POST', headers: json, body: '{' })).toBe(400);
  expect(await raw('/sign-in', { method: 'POST', headers: json, body: '{"username":"a\\u0000b"}' })).toBe(
    400,
  );
  expect(await raw('/sign-in', { method: 'POST', headers: json, body: `"${'x'.repeat(1_100_000)}"` })).toBe(
    413,
  );
  expect(await raw('/cases/application/%zz', {})).toBe(400);
  expect(await raw('/cases/application/a%00b', {})).toBe(400);
  expect((await desk.get('/tasks?limit=0')).body).toMatchObject({ errors: [{ path: 'query.limit' }] });
  expect((await desk.get('/tasks?colour=blue')).body).toMatchObject({ errors: [{ path: 'query.colour' }] });
  expect((await desk.get('/tasks?nonsense=1')).body).toMatchObject({ errors: [{ path: 'query.nonsense' }] });
  expect((await desk.get('/tasks?cursor=WzFd')).status).toBe(400);
  const madeUp = Buffer.from('["no day","x"]').toString('base64url');
  expect((await desk.get(`/tasks?cursor=${madeUp}`)).body).toMatchObject({ code: 'input.invalid' });
  expect((await desk.get('/permits/not-a-number')).status).toBe(400);
  expect((await desk.get('/permits?limit=5')).status).toBe(200);
  expect((await desk.get('/nowhere')).body).toMatchObject({ code: 'not.found' });
});
