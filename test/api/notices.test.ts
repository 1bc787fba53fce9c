import { afterAll, beforeAll, expect, test } from 'vitest';
import { MailServer } from '../notices/mailServer.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { type Api, type Caller, openApi } from './client.js';
import { Office } from '../../rehearsal/office.js';
import { completeness, file } from './filing.js';

let mail: MailServer;
let rig: Rig;
let api: Api;
let steel: Caller;
let paper: Caller;
let desk: Caller;
let security: Caller;
let caseId: string;
beforeAll(async () => {
  mail = await MailServer.start();
  rig = await openRig('2026-03-02T09:00:00+08:00', { channels: [mail.channel] });
  api = await openApi(rig);
  await addUnit(rig, 'steel');
  await addUnit(rig, 'paper');
  await addUnit(rig, 'lanjiang', '990200');
  steel = await api.account('steel.zhao', { role: 'applicant', organ: 'unit:steel' });
  paper = await api.account('paper.qian', { role: 'applicant', organ: 'unit:paper' });
  desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  security = await api.account('security', { role: 'securityAdministrator', organ: '*' });
});
afterAll(async () => {
  await api.close();
  await rig.close();
  await mail.down();
});

const items = (body: Record<string, unknown>) => body['items'] as Record<string, unknown>[];
const put = (caller: Caller, path: string, list: readonly object[]) =>
  caller.send('PUT', path, { items: list });

test('L14: a unit keeps its own contacts, the desk those of its area, the security administrator those of accounts', async () => {
  expect(await steel.get('/units/steel/contacts')).toMatchObject({
    status: 200,
    body: { items: [{ name: '示范企业 steel', mail: 'steel@example.test', phone: null }] },
  });
  const list = [
    { name: '赵', mail: 'zhao@steel.test', phone: '0990-1234567' },
    { name: '钱', mail: 'qian@steel.test' },
  ];
  expect(await put(steel, '/units/steel/contacts', list)).toMatchObject({
    status: 200,
    body: { items: [list[0], { ...list[1], phone: null }] },
  });
  expect(await put(paper, '/units/steel/contacts', list)).toMatchObject({ status: 404 });
  expect(await put(desk, '/units/paper/contacts', list)).toMatchObject({ status: 200 });
  expect(await put(desk, '/units/lanjiang/contacts', list)).toMatchObject({ status: 404 });
  expect(await put(security, '/units/steel/contacts', list)).toMatchObject({ status: 403 });
  expect(await put(security, `/accounts/${desk.id}/contacts`, list)).toMatchObject({ status: 200 });
  expect(await put(security, '/accounts/nobody/contacts', list)).toMatchObject({ status: 404 });
  expect(await put(desk, `/accounts/${desk.id}/contacts`, list)).toMatchObject({ status: 403 });
  expect(await put(steel, '/units/steel/contacts', [{ name: '孙' }])).toMatchObject({ status: 400 });
  expect(await put(steel, '/units/steel/contacts', [])).toMatchObject({ status: 400 });
});

test('L14: a unit sees what was said to it, and nobody else’s; officers see their cases', async () => {
  caseId = await file(steel);
  const asked = { outcome: 'supplement', defects: [{ item: 'commitment', what: '未盖章' }] };
  expect(await desk.post(`${completeness(caseId)}/complete`, { form: asked })).toMatchObject({ status: 200 });
  expect((await steel.get('/notices')).body['items']).toEqual([]);
  await new Office(rig, caseId).seal('supplementNotice');
  await rig.world.settle();
  const own = await steel.get('/notices');
  expect(items(own.body)).toMatchObject([
    {
      caseId,
      template: 'application.supplementRequested',
      zh: '补正通知',
      status: 'sent',
      recipient: 'applicant',
      late: false,
      reason: null,
      messages: [{ owner: 'unit:steel', address: 'zhao@steel.test', status: 'sent', attempts: 1 }],
    },
  ]);
  expect(String(items(own.body)[0]?.['body'])).toContain('需要补正：');
  expect(items((await paper.get('/notices')).body)).toEqual([]);
  const filtered = await desk.get(`/notices?case=${caseId}&status=sent&recipient=applicant&limit=1`);
  expect(items(filtered.body)).toHaveLength(1);
  expect(items((await desk.get('/notices?status=undeliverable')).body)).toEqual([]);
  expect(await desk.get('/notices?status=lost')).toMatchObject({ status: 400 });
  expect(await security.get('/notices')).toMatchObject({ status: 403 });
});

test('L14: a bounce is recorded by an officer of the case: the next contact gets it, then the desk is to call', async () => {
  const [notice] = items((await desk.get(`/notices?case=${caseId}`)).body);
  const href = String(notice?.['href']);
  const bounce = (caller: Caller, messageId: string) => caller.post(`${href}/bounced`, { messageId });
  const messageIdTo = (address: string) => mail.to(address)[0]?.messageId ?? '';
  expect(await bounce(steel, messageIdTo('zhao@steel.test'))).toMatchObject({ status: 403 });
  expect(await bounce(desk, '<unknown@example.test>')).toMatchObject({ status: 404 });
  const elsewhere = await api.account('lanjiang', { role: 'acceptance', organ: 'lanjiang.approval' });
  expect(await bounce(elsewhere, messageIdTo('zhao@steel.test'))).toMatchObject({ status: 404 });
  expect(await bounce(desk, messageIdTo('zhao@steel.test'))).toMatchObject({ status: 204 });
  await rig.world.settle();
  expect(mail.to('qian@steel.test')).toHaveLength(1);
  // As a bounce may quote it: without its brackets.
  expect(await bounce(desk, messageIdTo('qian@steel.test').slice(1, -1))).toMatchObject({ status: 204 });
  await rig.world.settle();
  const lost = await desk.get('/notices?status=undeliverable');
  expect(items(lost.body)).toMatchObject([
    {
      caseId,
      reason: { code: 'bounced', zh: '退信' },
      messages: [{ status: 'bounced' }, { status: 'bounced' }],
    },
  ]);
});

test('L14: told by hand: who, how, when and what is recorded, and the task is closed', async () => {
  const inbox = await desk.get('/tasks?kind=contact');
  expect(items(inbox.body)).toMatchObject([{ caseId, kind: 'contact.applicant', role: 'acceptance' }]);
  const href = String(items(inbox.body)[0]?.['href']);
  expect(await desk.post(`${href}/complete`, { form: { outcome: 'done' } })).toMatchObject({
    status: 409,
    body: { code: 'case.stage' },
  });
  const told = {
    recipient: 'applicant',
    method: 'telephone',
    spokenTo: '赵',
    on: '2026-03-02',
    note: '已告知',
  };
  const path = `/cases/${caseId}/notices/by-hand`;
  expect(await steel.post(path, told)).toMatchObject({ status: 403 });
  expect(await desk.post(path, { ...told, method: 'pigeon' })).toMatchObject({ status: 400 });
  expect(await desk.post(path, told)).toMatchObject({ status: 200 });
  expect(items((await desk.get('/tasks?kind=contact')).body)).toEqual([]);
  const { body } = await desk.get(`/cases/${caseId}/ledger`);
  expect((body['items'] as object[]).at(-1)).toMatchObject({
    event: 'notice.byHand',
    zh: '2026-03-02 以电话方式人工告知申请人，接洽人 赵：已告知',
  });
  expect(items((await desk.get('/notices?status=byHand')).body)).toHaveLength(1);
});
