import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isSignedBy } from '../../ledger/anchor.js';
import { makeAnchor } from '../../ledger/makeAnchor.js';
import { openSigningKey } from '../../ledger/signingKey.js';
import { Exported } from '../ledger/installation.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { type Api, type Caller, openApi } from './client.js';
import { file, operation } from './filing.js';

let rig: Rig;
let api: Api;
let exported: Exported;
let applicant: Caller;
let audit: Caller;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  api = await openApi(rig);
  exported = await Exported.open();
  await addUnit(rig, 'steel');
  applicant = await api.account('steel.zhao', { role: 'applicant', organ: 'unit:steel' });
  audit = await api.account('audit', { role: 'auditAdministrator', organ: '*' });
});
afterAll(async () => {
  await exported.close();
  await api.close();
  await rig.close();
});

test('A7: an auditor reads the anchors with what was signed, page by page, and its keys', async () => {
  const key = await openSigningKey(join(exported.folder, 'key.pem'));
  for (let anchor = 1; anchor <= 3; anchor += 1) await makeAnchor(rig.db, key);
  const { body } = await audit.get('/ledger/anchors?limit=2');
  const items = body['items'] as (Parameters<typeof isSignedBy>[0] & { text: string })[];
  expect(items.map(({ number }) => number)).toEqual([3, 2]);
  expect(body['keys']).toEqual({ [key.id]: key.publicKey });
  for (const item of items) expect(isSignedBy(item, key.publicKey)).toBe(true);
  expect(items[0]?.text).toContain('yizheng ledger anchor 1\nnumber: 3\n');
  const rest = (await audit.get(`/ledger/anchors?before=${String(body['next'])}`)).body;
  expect(rest).toMatchObject({ items: [{ number: 1 }], next: null });
});

test('A7: a case is exported, also when it is closed, and its file is found whole', async () => {
  const caseId = await file(applicant);
  expect((await applicant.post(operation(caseId, 'withdrawal'), { reason: '停建' })).status).toBe(200);
  await makeAnchor(rig.db, await openSigningKey(join(exported.folder, 'key.pem')));
  const answer = await audit.get(`/cases/${caseId}/ledger/export`);
  expect(answer.headers.get('content-disposition')).toContain(`${caseId.replace('/', '-')}.json`);
  expect(await exported.verify([answer.body])).toMatchObject({ code: 0, err: '' });
});

test('A7: whoever does not audit exports nothing, nor does an auditor outside his area', async () => {
  const caseId = await file(applicant);
  const path = `/cases/${caseId}/ledger/export`;
  const desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  const elsewhere = await api.account('elsewhere', { role: 'legalOfficer', organ: 'lanjiang.approval' });
  const legal = await api.account('legal', { role: 'legalOfficer', organ: 'yunchuan' });
  const statuses = [applicant, desk, elsewhere, legal].map(async (each) => (await each.get(path)).status);
  expect(await Promise.all(statuses)).toEqual([403, 403, 404, 200]);
  expect((await desk.get('/ledger/anchors')).status).toBe(403);
});
