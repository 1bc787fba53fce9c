import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maskContact, masked, maskedEntry, maskName } from '../../api/masking.js';
import { requests } from '../../db/schema/index.js';
import { until } from '../../rehearsal/world.js';
import { type Api, type Caller, openApi } from '../api/client.js';
import { completeness, file } from '../api/filing.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';

const uiOrigin = 'http://127.0.0.1:8233';

let rig: Rig;
let api: Api;
let desk: Caller;
let keeper: Caller;
let system: Caller;
let audit: Caller;
let caseId: string;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  api = await openApi(rig, { uiOrigin });
  await addUnit(rig, 'steel');
  desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  keeper = await api.account('keeper', { role: 'sealKeeper', organ: 'yunchuan' });
  system = await api.account('system', { role: 'systemAdministrator', organ: '*' });
  audit = await api.account('audit', { role: 'auditAdministrator', organ: '*' });
  caseId = await file(desk);
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

/** What was read, by whom, the newest first. */
async function reads() {
  const { body } = await audit.get('/audit?category=access&limit=500');
  return body['items'] as { action: string; actorId: string; subject: string; requestId: string }[];
}

test('A5: who reads a file, a ledger or a history is in the audit log, with the request; who is refused is not', async () => {
  const row = await rig.db.select().from(requests).where(eq(requests.caseId, caseId));
  const { contentId: content } = row[0]?.body as { readonly contentId: string };
  const before = (await reads()).length;
  const file = await desk.get(`/contents/${content}`);
  expect(file.status).toBe(200);
  // A browser that kept it asks again before it shows it: no read passes by the log, and none outlives the session.
  expect(file.headers.get('cache-control')).toBe('private, no-cache');
  expect((await desk.get(`/cases/${caseId}/ledger`)).status).toBe(200);
  expect((await system.get(`/cases/${caseId}/history`)).status).toBe(200);
  expect((await system.get(`/cases/${caseId}/ledger`)).status).toBe(403);
  const told = (await reads()).slice(0, -before || undefined);
  expect(told.map(({ action, actorId, subject }) => [action, actorId, subject])).toEqual([
    ['history.read', system.id, `/cases/${caseId}/history`],
    ['ledger.read', desk.id, `/cases/${caseId}/ledger`],
    ['content.read', desk.id, `/contents/${content}`],
  ]);
  expect(told.at(-1)?.requestId).toBe(file.headers.get('x-request-id'));
});

test('A5: an id that a proxy gave is kept; one that is no id is not', async () => {
  const kept = await api.anybody.send('GET', '/healthz', undefined, { 'X-Request-Id': 'proxy-0001.a' });
  expect(kept.headers.get('x-request-id')).toBe('proxy-0001.a');
  const strange = await api.anybody.send('GET', '/healthz', undefined, { 'X-Request-Id': '<b>' });
  expect(strange.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('A5: no entry, no answer: what can not be written down is not shown', async () => {
  await rig.db.execute(
    sql`alter table audit_log add constraint full_now check (action <> 'ledger.read') not valid`,
  );
  expect((await desk.get(`/cases/${caseId}/ledger`)).status).toBe(500);
  await rig.db.execute(sql`alter table audit_log drop constraint full_now`);
  expect((await desk.get(`/cases/${caseId}/ledger`)).status).toBe(200);
});

test('A5: who received a paper and who sealed it is for those who work the case; an administrator sees it masked', async () => {
  await desk.post(`${completeness(caseId)}/complete`, { form: { outcome: 'accept' } });
  const list = await keeper.get(`/documents?case=${caseId}&kind=acceptanceNotice`);
  const [{ href } = { href: '' }] = list.body['items'] as { href: string }[];
  await keeper.post(`${href}/seal`, { seal: '公章', by: '王印管' });
  const service = { method: 'inPerson', recipient: '李四 13812345678', on: '2026-03-02' };
  expect((await desk.post(`${href}/serve`, service)).status).toBe(200);
  const seenBy = async (caller: Caller) => {
    const papers = (await caller.get(`/cases/${caseId}`)).body['documents'] as { href: string }[];
    return papers.find((paper) => paper.href === href);
  };
  expect(await seenBy(desk)).toMatchObject({
    sealing: { by: '王印管', seal: '公章' },
    service: { recipient: '李四 13812345678' },
  });
  for (const administrator of [system, audit]) {
    expect(await seenBy(administrator)).toMatchObject({
      sealing: { by: '王**', seal: '公章' },
      service: { recipient: '138****5678' },
    });
  }
});

test('A5: masks keep enough to tell two apart, wherever the person stands', () => {
  expect(['张三', '欧阳修', '李', 'Zhang San'].map(maskName)).toEqual(['张*', '欧**', '*', 'Z***']);
  expect(['13812345678', '0571-8765 4321', 'zhang@example.test', '王五'].map(maskContact)).toEqual([
    ...['138****5678', '057****4321', 'z***@example.test', '王*'],
  ]);
  const found = { on: '2026-03-02', officers: ['张三', '李四'], inner: [{ chair: '王五', place: '三楼' }] };
  expect(masked(found)).toEqual({
    ...{ on: '2026-03-02', officers: ['张*', '李*'], inner: [{ chair: '王*', place: '三楼' }] },
  });
  const entry = { params: found, zh: '张三、李四核查，王五主持', en: 'by 张三, 李四', event: 'x' };
  expect(maskedEntry(entry)).toMatchObject({ zh: '张*、李*核查，王*主持', en: 'by 张*, 李*' });
  // Whom a notice is for names nobody; who took the call does.
  const called = {
    params: { recipient: 'applicant', spokenTo: '赵六' },
    zh: '人工告知申请人，接洽人 赵六',
    en: 'The applicant was told by hand, 赵六 answering',
  };
  expect(maskedEntry(called)).toEqual({
    params: { recipient: 'applicant', spokenTo: '赵*' },
    zh: '人工告知申请人，接洽人 赵*',
    en: 'The applicant was told by hand, 赵* answering',
  });
});

/** The payloads of a history as Temporal's UI would send them: protobuf's JSON. */
async function payloadsOfHistory(): Promise<object[]> {
  const history = await rig.client.workflow.getHandle(caseId).fetchHistory();
  const found: object[] = [];
  JSON.parse(historyToJSON(history), (key, value: unknown) => {
    if (key === 'payloads' && Array.isArray(value)) found.push(...(value as object[]));
    return value;
  });
  return found;
}

const text = (payload: object | undefined): string =>
  Buffer.from((payload as { readonly data: string } | undefined)?.data ?? '', 'base64').toString();

test('A3: Temporal’s UI has the payloads of a real history decoded for a system administrator, and it is logged', async () => {
  const payloads = await payloadsOfHistory();
  expect(payloads.length).toBeGreaterThan(2);
  expect(text(payloads[0])).not.toContain(caseId);
  const headers = { 'X-Namespace': rig.namespace, Origin: uiOrigin };
  const decoded = await system.send('POST', '/codec/decode', { payloads }, headers);
  expect(decoded.status).toBe(200);
  expect(decoded.headers.get('access-control-allow-origin')).toBe(uiOrigin);
  expect(decoded.headers.get('access-control-allow-credentials')).toBe('true');
  const plain = decoded.body['payloads'] as object[];
  expect(plain).toHaveLength(payloads.length);
  expect(text(plain[0])).toContain(caseId);
  const encoded = await system.send('POST', '/codec/encode', { payloads: plain.slice(0, 1) }, headers);
  const again = await system.send('POST', '/codec/decode', encoded.body, headers);
  expect(again.body['payloads']).toEqual(plain.slice(0, 1));
  const [last] = await reads();
  expect(last).toMatchObject({ action: 'codec.use', actorId: system.id, subject: '/codec/decode' });
});

test('A3: a payload of another namespace, of a lost key or cut short is refused, and says nothing of its inside', async () => {
  const [payload] = (await payloadsOfHistory()) as { readonly metadata: object; readonly data: string }[];
  const of = (more: object) => system.send('POST', '/codec/decode', { payloads: [{ ...payload, ...more }] });
  const other = await system.send('POST', '/codec/decode', { payloads: [] }, { 'X-Namespace': 'other' });
  expect(other).toMatchObject({ status: 400, body: { where: 'header.X-Namespace' } });
  const lost = { ...payload?.metadata, 'key-id': Buffer.from('key-9').toString('base64') };
  expect(await of({ metadata: lost })).toMatchObject({ status: 400, body: { where: 'body.payloads' } });
  expect(await of({ data: payload?.data.slice(0, 40) })).toMatchObject({ status: 400 });
  expect(await of({ data: 'not base64!' })).toMatchObject({ status: 400 });
});

test('A3: only the UI’s own pages may ask the codec from a browser', async () => {
  const asked = (origin: string) =>
    fetch(`${api.url}/codec/decode`, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'x-namespace',
      },
    });
  const ui = await asked(uiOrigin);
  expect(ui.status).toBe(204);
  expect(ui.headers.get('access-control-allow-headers')).toBe('x-namespace');
  for (const origin of ['https://evil.example', 'http://127.0.0.1:8234', 'null']) {
    const { headers } = await asked(origin);
    expect(headers.get('access-control-allow-origin'), origin).not.toBe(origin);
  }
  const elsewhere = await fetch(`${api.url}/cases`, { headers: { Origin: uiOrigin } });
  expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull();
});

test('A3: a retry sends at once what would have waited, and is in the ledger', async () => {
  const actor = { id: desk.id, kind: 'officer', roles: ['acceptance@yunchuan'] } as const;
  const row = await rig.write(actor, 'application.withdraw', caseId, { reason: '停产' });
  await rig.db.execute(
    sql`update requests set leased_until = clock_timestamp() + interval '1 hour' where id = ${row.id}`,
  );
  expect((await system.post(`/cases/${caseId}/levers/retry`, { reason: '请求长时间未答复' })).status).toBe(
    200,
  );
  await until(async () => {
    const [now] = await rig.db.select().from(requests).where(eq(requests.id, row.id));
    return now?.status === 'open' ? 'open' : null;
  }, 'the request is answered');
  expect((await rig.events(caseId)).map(({ event }) => event)).toContain('lever.retried');
});

test('A3: a lever without a paper, or to somebody who does not hold the role, is refused at the door', async () => {
  const other = await file(desk);
  const paper = (await system.send('POST', '/contents', { json: { of: 'the lever' } })).body['id'];
  const asked = { reason: '系统处置', document: paper };
  const levers = `/cases/${other}/levers`;
  expect(await system.post(`${levers}/end`, { reason: '终止' })).toMatchObject({
    ...{ status: 400, body: { where: 'body.document' } },
  });
  const unknown = { ...asked, document: 'a'.repeat(64) };
  expect(await system.post(`${levers}/end`, unknown)).toMatchObject({ status: 400, body: { where: 'body' } });
  const task = `${other}#completeness.1`;
  expect(await system.post(`${levers}/reassign`, { ...asked, task, assignee: 'keeper' })).toMatchObject({
    ...{ status: 400, body: { where: 'body.assignee', expected: 'acceptance@yunchuan' } },
  });
  expect((await system.post(`${levers}/hold`, asked)).status).toBe(200);
  const deputy = await api.account('deputy', { role: 'deputyHead', organ: 'yunchuan' });
  expect((await system.post(`/tasks/${other}/lever.1/complete`, { form: {} })).status).toBe(403);
  // The signer reads the paper that he signs on, and everybody sees that the case is held.
  expect((await deputy.get(`/contents/${String(paper)}`)).status).toBe(200);
  const form = { outcome: 'approve', opinion: '同意' };
  expect((await deputy.post(`/tasks/${other}/lever.1/complete`, { form })).status).toBe(200);
  const held = (await system.get(`/cases/${other}`)).body['facts'];
  expect(held).toMatchObject({ leverHold: { since: '2026-03-02T09:00:00.000+08:00', document: paper } });
});
