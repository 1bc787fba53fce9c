import { afterAll, beforeAll, expect, test } from 'vitest';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';
import { type Api, type Caller, openApi } from './client.js';
import { allPages, file } from './filing.js';

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

test('A3: a case shows its clocks with their explanation, its ledger whole, and its history in plain words', async () => {
  const caseId = await file(applicant);
  const clocks = await applicant.get(`/cases/${caseId}/clocks`);
  const [clock] = clocks.body['items'] as { id: string; due: string; explanation: { zh: string }[] }[];
  // Received on Monday 2 March 2026: day 1 is the 3rd, day 3 the 5th.
  expect(clock).toMatchObject({ id: 'completeness.1', due: '2026-03-05', remaining: 3, unit: 'workingDay' });
  expect(clock?.explanation.at(-1)?.zh).toContain('2026年3月5日');
  expect(await desk.get(`/cases/${caseId}/ledger`)).toMatchObject({ status: 200, body: { chain: 'ok' } });

  const system = await api.account('system', { role: 'systemAdministrator', organ: '*' });
  const { body } = await system.get(`/cases/${caseId}/history?limit=500`);
  const items = body['items'] as {
    type: string;
    zh: string;
    technical: boolean;
    ledger: { event: string }[];
  }[];
  expect(items.map((item) => item.zh)).toEqual(
    expect.arrayContaining([
      '案件工作流开始运行。',
      '收到申请人的请求 application.submit。',
      '一步已落账：修订 1，环节 received。',
    ]),
  );
  expect(items.flatMap((item) => item.ledger.map((line) => line.event))).toContain('application.received');
  expect(JSON.stringify(body)).not.toContain('示范企业');
});

test('A3: a long history comes in pages that join without a gap', async () => {
  const caseId = await file(applicant);
  const system = await api.account('system.pages', { role: 'systemAdministrator', organ: '*' });
  const ids = (await allPages(system, `/cases/${caseId}/history`, 2)).map((item) => item['id']);
  expect(ids).toEqual(ids.map((_id, index) => index + 1));
});

test('A3: what the clocks do by themselves stands in the ledger: silence accepts', async () => {
  const caseId = await file(applicant);
  await rig.world.advanceTo(at('2026-03-06 00:00'));
  expect((await desk.get(`/cases/${caseId}`)).body).toMatchObject({ stage: 'review' });
  const { body } = await desk.get(`/cases/${caseId}/ledger`);
  expect((body['items'] as { event: string }[]).map((entry) => entry.event)).toContain(
    'application.deemedAccepted',
  );
});
