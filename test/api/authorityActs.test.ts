import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodies } from '../authority/acts.js';
import { type HeldPermit, issuePermit } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { type Api, type Caller, openApi } from './client.js';

let rig: Rig;
let api: Api;
let officer: Caller;
let unit: Caller;
let permit: HeldPermit;
let content: string;
beforeAll(async () => {
  rig = await openRig('2026-03-09T09:00:00+08:00');
  api = await openApi(rig);
  permit = await issuePermit(rig, 'steel', '2026-03-05');
  officer = await api.account('lead', { role: 'officer', organ: 'yunchuan' });
  unit = await api.account('unit', { role: 'applicant', organ: 'unit:steel' });
  content = String((await officer.post('/contents', { json: { version: 2 } })).body['id']);
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

const keyed = (path: string, body: object, key: string) =>
  officer.send('POST', path, body, { 'Idempotency-Key': key });

test('A1, L10: an officer names the permit alone; the same key finds the same case, and another body is refused', async () => {
  const { permitNo } = permit;
  const body = { ...bodies.authorityChange, permitNo, contentId: content };
  const key = randomUUID();
  const first = await keyed('/authority-changes', body, key);
  expect(first).toMatchObject({ status: 201, body: { stage: 'announced' } });
  expect(String(first.body['caseId'])).toMatch(/^authorityChange\/2026\d{6}$/);
  const again = await keyed('/authority-changes', body, key);
  expect(again).toMatchObject({ status: 201, body: { caseId: first.body['caseId'] } });
  const other = await keyed('/authority-changes', { ...body, reason: '另一理由' }, key);
  expect(other.status).toBe(422);
  const seen = await officer.get(`/cases/${String(first.body['caseId'])}`);
  expect(seen.body).toMatchObject({ kind: 'authorityChange', unitId: 'steel', permitNo });
});

test('A1: a body that says whose permit it is, an unknown trigger, and a content that nobody has stored are refused', async () => {
  const body = { ...bodies.authorityChange, permitNo: permit.permitNo, contentId: content };
  for (const wrong of [
    { ...body, unitId: 'steel' },
    { ...body, trigger: 'whim' },
    { ...body, contentId: 'ab'.repeat(32) },
  ])
    expect((await officer.post('/authority-changes', wrong)).status).toBe(400);
  const retrofit = await officer.post('/authority-changes', { ...body, trigger: 'retrofitFinished' });
  expect(retrofit).toMatchObject({ status: 422, body: { code: 'rule.refused', expected: 'urging' } });
});

test('A5: another city sees no such permit; the unit starts nothing; only the superior acts as the superior', async () => {
  const body = { ...bodies.annulment, permitNo: permit.permitNo };
  const elsewhere = await api.account('elsewhere', { role: 'officer', organ: 'lanjiang.ecology' });
  expect((await elsewhere.post('/annulments', body)).status).toBe(404);
  expect((await unit.post('/annulments', body)).status).toBe(403);
  const bySuperior = { ...body, by: 'superior' };
  expect((await officer.post('/annulments', bySuperior)).status).toBe(403);
  const province = await api.account('province', { role: 'officer', organ: 'province' });
  expect((await province.post('/annulments', body)).status).toBe(403);
  const started = await province.post('/annulments', bySuperior);
  expect(started).toMatchObject({ status: 201 });
  const said = await unit.post(
    `/annulments/${String(started.body['caseId']).replace('annulment/', '')}/statement`,
    { text: '材料真实' },
  );
  expect(said.status).toBe(200);
});

test('L11: the permit’s page says whether it allows discharge today, and on any day, by article', async () => {
  const page = await unit.get(`/permits/${permit.permitNo}`);
  expect(page.body).toMatchObject({
    lawfulness: {
      on: '2026-03-09',
      verdict: 'allowed',
      state: 'valid',
      since: '2026-03-05',
      article: 'REG 2',
    },
  });
  const before = await unit.get(`/permits/${permit.permitNo}/lawfulness?on=2026-03-04`);
  expect(before.body).toMatchObject({ verdict: 'notAllowed', state: 'none', article: 'REG 33(1)' });
  expect((await unit.get(`/permits/${permit.permitNo}/lawfulness?on=2026-02-30`)).status).toBe(400);

  const penalty = { decidedOn: '2026-03-05', servedOn: '2026-03-06', contentId: content };
  const entered = await officer.post('/revocations', {
    ...{ ...bodies.revocation, permitNo: permit.permitNo, ...penalty },
  });
  expect(entered.status).toBe(201);
  const legal = await api.account('legal', { role: 'legalOfficer', organ: 'yunchuan' });
  const task = `${String(entered.body['caseId'])}/revocationCheck.1`;
  const checked = { form: { outcome: 'confirmed', reason: '已核对' } };
  expect((await legal.post(`/tasks/${task}/complete`, checked)).status).toBe(200);
  await rig.world.advanceTo(at('2026-03-09 10:00'));
  const after = await unit.get(`/permits/${permit.permitNo}`);
  expect(after.body).toMatchObject({
    state: 'revoked',
    lawfulness: { verdict: 'notAllowed', state: 'revoked', since: '2026-03-06', article: 'REG 33(3)' },
  });
  const list = await officer.get('/permits?state=revoked');
  expect(list.body['items']).toHaveLength(1);
});
