import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainProject } from '../../rehearsal/office.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { HeldPermit } from '../rig/permits.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { Asking, issueComparable, lowerConcentration, permitted, storedWith } from '../versions/asking.js';
import { type Api, type Caller, openApi } from './client.js';

let rig: Rig;
let api: Api;
let owner: Caller;
let desk: Caller;
let permit: HeldPermit;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  api = await openApi(rig);
  permit = await issueComparable(rig, 'steel', '2026-03-05');
  owner = await api.account('steel.zhao', { role: 'applicant', organ: 'unit:steel' });
  desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

async function store(json: unknown): Promise<string> {
  return String((await owner.send('POST', '/contents', { json: json as JsonObject })).body['id']);
}

function changeOf(contentId: string) {
  const files = ['applicationForm', 'commitment', 'changeProof'].map((item) => ({ item, contentId }));
  return {
    ...{ kind: 'change', permitClass: 'simplified', area: '990100', unitId: 'steel', contentId, files },
    ...{ permitNo: permit.permitNo, project: plainProject, commitment: true, changedOn: '2026-03-01' },
  };
}

test('L9: filed through the API, a change shows what it adds and alters, and what the table makes of it', async () => {
  const asked = structuredClone(permitted);
  asked.outlets?.push({ id: 'DW002', medium: 'water', type: 'general' });
  Object.assign(asked.limits?.[0]?.concentration ?? {}, { value: 8 });
  const filed = await owner.post('/applications', changeOf(await store(asked)));
  expect(filed).toMatchObject({
    status: 201,
    body: { result: { judgement: { verdict: 'reapplication', rows: ['changeTable.outletsAdded'] } } },
  });
  const number = String(filed.body['caseId']).replace('application/', '');
  for (const reader of [owner, desk]) {
    const { status, body } = await reader.get(`/applications/${number}/differences`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      comparable: true,
      items: [
        {
          ...{ change: 'altered', before: 10, after: 8 },
          zh: '许可限值·DA001 颗粒物·许可排放浓度·数值',
          en: 'limits, DA001 颗粒物, permitted concentration, value',
        },
        { change: 'added', path: ['outlets', 'DW002'], after: { id: 'DW002' } },
      ],
      judgement: {
        ...{ verdict: 'reapplication', uncertain: false },
        items: [
          { row: { id: 'fewer', verdict: 'change', standing: 'recalled' } },
          { row: { id: 'outletsAdded', verdict: 'reapplication', article: 'REG 15(3)' } },
        ],
      },
    });
  }
  await addUnit(rig, 'paper');
  const stranger = await api.account('paper.qian', { role: 'applicant', organ: 'unit:paper' });
  expect((await stranger.get(`/applications/${number}/differences`)).status).toBe(404);
  const withdrawn = await owner.post(`/applications/${number}/withdrawal`, { reason: '改为重新申请' });
  expect(withdrawn.status).toBe(200);
});

test('L9: a change says on which day it happened, and names its permit', async () => {
  const { changedOn: _, ...dayless } = changeOf(await store(permitted));
  expect(await owner.post('/applications', dayless)).toMatchObject({
    status: 400,
    body: { where: 'body.changedOn' },
  });
  const { permitNo: __, ...nameless } = changeOf(await store(permitted));
  expect(await owner.post('/applications', nameless)).toMatchObject({
    status: 400,
    body: { where: 'body.permitNo' },
  });
});

test('L9: two versions of a permit are compared, the newer against the one before or any other', async () => {
  const asking = await Asking.filed(permit, 'change', await storedWith(rig, lowerConcentration), {
    changedOn: '2026-03-01',
  });
  await asking.decide();
  await asking.opine();
  await asking.grant('changeApproval');
  await asking.enterPlatform('2026-03-05', '2031-03-04');
  const path = `/permits/${permit.permitNo}/versions`;
  const { body } = await owner.get(`${path}/2/differences`);
  expect(body['items']).toMatchObject([{ change: 'altered', before: 10, after: 8 }]);
  expect((await owner.get(`${path}/2/differences?from=1`)).body).toEqual(body);
  expect((await owner.get(`${path}/1/differences?from=2`)).body['items']).toMatchObject([
    { change: 'altered', before: 8, after: 10 },
  ]);
  // Before the first there was nothing: everything in it was added.
  const first = (await desk.get(`${path}/1/differences`)).body;
  expect(first['from']).toBeNull();
  const items = first['items'] as readonly { readonly change: string }[];
  expect(new Set(items.map(({ change }) => change))).toEqual(new Set(['added']));
  expect((await owner.get(`${path}/3/differences`)).status).toBe(404);
  expect((await owner.get(`${path}/2/differences?from=9`)).status).toBe(404);
});

test('L12: the holder asks for the end of its permit through the API, and takes it back', async () => {
  const path = `/permits/${permit.permitNo}/cancellation-application`;
  const { status, body } = await owner.post(path, { reason: '停产搬迁', closedOn: '2026-03-05' });
  expect(status).toBe(200);
  const { cancellationId } = body['result'] as { readonly cancellationId: string };
  await rig.world.settle();
  const withdrawal = `/${cancellationId.replace('cancellation/', 'cancellations/')}/withdrawal`;
  expect((await owner.post(withdrawal, { reason: '恢复生产' })).status).toBe(200);
});
