import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, type Caller, openApi } from '../api/client.js';
import { completeness, submission } from '../api/filing.js';
import { goodPermit } from '../checks/documents.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { faultyPermit, inspector as officer, permitNoOf, register, Sweep } from './campaign.js';

let rig: Rig;
let api: Api;
let [unit, desk, inspector]: (Caller | undefined)[] = [];
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  api = await openApi(rig);
  await addUnit(rig, 'steel');
  unit = await api.account('unit', { role: 'applicant', organ: 'unit:steel' });
  desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  inspector = await api.account('inspector', { role: 'inspector', organ: 'yunchuan' });
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

const known = (caller: Caller | undefined): Caller => {
  if (caller === undefined) throw new Error('nobody signed in');
  return caller;
};

async function filedWith(content: object) {
  const applicant = known(unit);
  const { body } = await applicant.send('POST', '/contents', { json: content });
  const filed = await submission(applicant, 'steel');
  return await applicant.post('/applications', { ...filed, contentId: body['id'] });
}

test('Q5: what the rules find is told at the submission and shown before the acceptance, and refuses nothing', async () => {
  const faulty = await filedWith(faultyPermit);
  expect(faulty.status).toBe(201);
  expect(faulty.body['result']).toMatchObject({ warnings: { acts: 1, suspicions: 0 } });
  const caseId = String(faulty.body['caseId']);
  const number = caseId.replace('application/', '');
  for (const reader of [known(unit), known(desk)]) {
    const { status, body } = await reader.get(`/applications/${number}/findings`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      readable: true,
      findings: [{ rule: 'PQ-38' }],
      acts: [{ rules: ['PQ-38'] }],
    });
  }
  const task = await known(desk).get(completeness(caseId));
  expect(task.body['checked']).toMatchObject({ readable: true, findings: [{ rule: 'PQ-38' }] });
  const accepted = await known(desk).post(`${completeness(caseId)}/complete`, {
    form: { outcome: 'accept' },
  });
  expect(accepted.status).toBe(200);

  const good = await filedWith(goodPermit);
  expect(good.body['result']).toMatchObject({ warnings: { acts: 0, suspicions: 0 } });
  // What is not structured is received as well; nobody is warned, and people check all of it.
  const scan = await filedWith({ a: 'scan' });
  expect(scan.status).toBe(201);
  expect(scan.body['result']).not.toHaveProperty('warnings');
});

test('Q5: a version of an issued permit, and an area by rule; a sweep over HTTP with its progress', async () => {
  const [good, faulty] = [permitNoOf(rig, 1), permitNoOf(rig, 2)];
  await register(rig, [
    { permitNo: good, issuedOn: '2026-02-03' },
    { permitNo: faulty, issuedOn: '2026-02-03', content: faultyPermit },
  ]);
  const reader = known(inspector);
  const clean = await reader.get(`/permits/${good}/versions/1/findings`);
  expect(clean.body).toMatchObject({ checkedOn: '2026-03-05', readable: true, findings: [], acts: [] });
  const found = await reader.get(`/permits/${faulty}/versions/1/findings`);
  expect(found.body).toMatchObject({ findings: [{ rule: 'PQ-38' }] });
  expect((await reader.get(`/permits/${faulty}/versions/2/findings`)).status).toBe(404);

  const started = await reader.post('/sweeps', { area: '990100', year: 2026, note: '年度排查' });
  expect(started.status).toBe(201);
  await rig.world.settle();
  const sweep = new Sweep(rig, String(started.body['caseId']));
  const path = `/sweeps/${sweep.caseId.replace('sweep/', '')}`;
  await sweep.item(1).review(officer, '2026-03-05');
  expect((await reader.get(path)).body).toMatchObject({
    ...{ year: 2026, listed: 2, opened: 2, done: 1, left: 1, problems: 0, paused: false },
    // One in a day: the other is done tomorrow.
    forecast: '2026-03-06',
  });
  expect((await reader.get(`${path}/items?state=open`)).body['items']).toMatchObject([{ permitNo: faulty }]);
  const review = await reader.get(`/quality-reviews/${sweep.item(2).caseId.replace('qualityReview/', '')}`);
  expect(review.body).toMatchObject({
    state: 'open',
    checked: { findings: [{ rule: 'PQ-38' }] },
    acts: [{}],
  });
  const counts = await reader.get('/findings/counts?area=9901');
  expect(counts.body).toMatchObject({
    ...{ checked: 2, unreadable: 0, rules: [{ rule: 'PQ-38', permits: 1 }] },
  });
  // The unit has no part in it, and the review of its permit is not its to see.
  expect((await known(unit).get(path)).status).toBe(403);
  expect((await known(unit).get(`/cases/${sweep.item(1).caseId}`)).status).toBe(404);
  await sweep.item(2).review(officer, '2026-03-05');
  await rig.world.settle();
  expect((await reader.get(path)).body).toMatchObject({
    done: 2,
    left: 0,
    forecast: null,
    outcome: 'completed',
  });
});
