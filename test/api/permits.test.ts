import { afterAll, beforeAll, expect, test } from 'vitest';
import { Office, submission } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { type Api, openApi } from './client.js';
import { operation } from './filing.js';

let rig: Rig;
let api: Api;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  api = await openApi(rig);
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

test('L6: a granted permit gets the platform’s number by its own operation, and stands in the register', async () => {
  const unit = await addUnit(rig, 'steel');
  const caseId = await rig.nextApplication();
  const office = new Office(rig, caseId);
  await rig.ask(people.applicantOf('steel'), 'application.submit', caseId, submission('steel'));
  await office.accept();
  await office.decideVisit('notNeeded');
  await office.opine();
  await office.draft();
  const desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  const permitNo = `${unit.creditCode}001P`;
  const record = {
    ...{ outcome: 'recorded', permitNo, platform: { businessNo: 'B1', at: '2026-03-02T08:30:00+08:00' } },
    ...{ validFrom: '2026-03-02', validTo: '2031-03-01' },
  };
  expect(await desk.post(operation(caseId, 'platform-record'), record)).toMatchObject({ status: 404 });
  await office.sign('sectionHead', 'deputyHead');
  await office.seal('approval');
  const wrong = await desk.post(operation(caseId, 'platform-record'), { ...record, permitNo: 'X' });
  expect(wrong).toMatchObject({ status: 400, body: { where: 'body.permitNo' } });
  expect(await desk.post(operation(caseId, 'platform-record'), record)).toMatchObject({
    status: 200,
    body: { result: { permitNo } },
  });
  await rig.world.settle();

  const owner = await api.account('steel.zhao', { role: 'applicant', organ: 'unit:steel' });
  const permit = { permitNo, state: 'valid', validFrom: '2026-03-02', validTo: '2031-03-01', version: 1 };
  expect(await owner.get(`/permits/${permitNo}`)).toMatchObject({
    body: { ...permit, caseId: `permit/${permitNo}`, current: { version: 1, kind: 'first' }, holds: [] },
  });
  expect((await owner.get(`/permits/${permitNo}/versions`)).body['items']).toHaveLength(1);
  expect((await desk.get('/permits?endsBefore=2031-03-02')).body['items']).toMatchObject([permit]);
  expect((await desk.get('/permits?endsBefore=2031-03-01')).body['items']).toEqual([]);
  await addUnit(rig, 'paper');
  const stranger = await api.account('paper.qian', { role: 'applicant', organ: 'unit:paper' });
  expect((await stranger.get(`/permits/${permitNo}`)).status).toBe(404);
  expect((await stranger.get('/permits')).body['items']).toEqual([]);

  const water = await api.account('water', { role: 'element.water', organ: 'yunchuan' });
  const note = { element: 'water', note: '排放口标识待完善' };
  expect((await owner.post(`/permits/${permitNo}/annotations`, note)).status).toBe(403);
  expect((await water.post(`/permits/${permitNo}/annotations`, note)).status).toBe(200);
  const noted = (await rig.events(`permit/${permitNo}`)).find((entry) => entry.event === 'permit.annotated');
  expect(noted).toMatchObject({ zh: '水要素批注：排放口标识待完善' });

  const legal = await api.account('legal', { role: 'legalOfficer', organ: 'yunchuan' });
  const hold = { hold: 'review-1', kind: 'review', reason: '行政复议' };
  expect((await desk.post(`/permits/${permitNo}/holds`, hold)).status).toBe(403);
  expect((await legal.post(`/permits/${permitNo}/holds`, hold)).status).toBe(200);
  expect((await legal.get(`/permits/${permitNo}`)).body['holds']).toMatchObject([
    { id: 'review-1', releasedAt: null },
  ]);
  const release = `/permits/${permitNo}/holds/review-1/release`;
  expect((await legal.post(release, { reason: '复议终结' })).status).toBe(200);
  expect((await legal.get(`/permits/${permitNo}`)).body['holds']).toMatchObject([
    { releasedAt: expect.any(String) as string },
  ]);
});
