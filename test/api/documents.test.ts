import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contents, documents, ledger } from '../../db/schema/index.js';
import { paragraphsOf } from '../documents/reading.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';
import { type Api, type Caller, openApi } from './client.js';
import { completeness, file } from './filing.js';

let rig: Rig;
let api: Api;
const people: Record<string, Caller> = {};
const tokens: Record<string, string> = {};

beforeAll(async () => {
  rig = await openRig(at('2026-03-02 09:00'));
  api = await openApi(rig);
  for (const unit of ['steel', 'paper']) await addUnit(rig, unit);
  const grants = {
    desk: { role: 'acceptance', organ: 'yunchuan' },
    seal: { role: 'sealKeeper', organ: 'yunchuan' },
    elsewhere: { role: 'acceptance', organ: 'lanjiang.approval' },
    steel: { role: 'applicant', organ: 'unit:steel' },
    paper: { role: 'applicant', organ: 'unit:paper' },
    audit: { role: 'auditAdministrator', organ: '*' },
  } as const;
  for (const [name, grant] of Object.entries(grants)) {
    people[name] = await api.account(name, grant);
    const { body } = await api.anybody.send('POST', '/sign-in', {
      username: name,
      password: 'correct horse battery',
    });
    tokens[name] = String(body['token']);
  }
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

const as = (name: string): Caller => {
  const caller = people[name];
  if (caller === undefined) throw new Error(`nobody is called ${name}`);
  return caller;
};

const download = (name: string, path: string) =>
  fetch(`${api.url}${path}`, { headers: { Authorization: `Bearer ${tokens[name] ?? ''}` } });

test('L18: a document’s file has its Chinese name and type; its unit sees it once it has left the organ', async () => {
  const caseId = await file(as('steel'));
  await as('desk').post(`${completeness(caseId)}/complete`, { form: { outcome: 'accept' } });
  const { body } = await as('desk').get(`/documents?case=${caseId}&kind=acceptanceNotice`);
  const [notice] = body['items'] as { href: string; number: string; contentId: string }[];
  if (notice === undefined) throw new Error('no notice of acceptance');
  const path = `${notice.href}/file`;
  expect(notice.number).toBe('云环许受〔2026〕2号');

  const response = await download('desk', path);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  );
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  const disposition = response.headers.get('content-disposition') ?? '';
  expect(disposition).toMatch(/^attachment; filename="document-2\.docx"; filename\*=UTF-8''/);
  expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? '')).toBe(
    '受理通知书 云环许受〔2026〕2号.docx',
  );
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(notice.contentId);
  expect(paragraphsOf(bytes)).toContain('受理通知书');
  const issued = await rig.db.select().from(ledger).where(eq(ledger.event, 'document.issued'));
  expect(issued.find(({ params }) => params['number'] === notice.number)).toMatchObject({
    params: { kind: 'acceptanceNotice', content: notice.contentId },
    zh: `制发文书 受理通知书，文号：云环许受〔2026〕2号，内容：${notice.contentId}。`,
    en: `Document issued: notice of acceptance; number: 云环许受〔2026〕2号; content: ${notice.contentId}.`,
  });

  // Not out of the house yet; never for another unit, another city, or who works no cases.
  for (const name of ['steel', 'paper', 'elsewhere'])
    expect((await download(name, path)).status, name).toBe(404);
  expect((await download('audit', path)).status).toBe(403);
  expect((await fetch(`${api.url}${path}`)).status).toBe(401);
  // Nor under its hash, by the way round of the contents.
  expect((await download('steel', `/contents/${notice.contentId}`)).status).toBe(404);
  const scan = await as('seal').send('POST', '/contents', {
    mediaType: 'text/plain',
    text: '用印后的扫描件',
  });
  const sealed = { seal: '公章', by: '印管员', scan: scan.body['id'] };
  expect(await as('seal').post(`${notice.href}/seal`, sealed)).toMatchObject({ status: 200 });
  expect(Buffer.from(await (await download('steel', path)).arrayBuffer()).equals(bytes)).toBe(true);
  for (const name of ['paper', 'elsewhere']) expect((await download(name, path)).status, name).toBe(404);

  // The slip that the recipient signed goes with the service; one that nobody has stored is refused.
  const service = { method: 'post', recipient: '示范企业', on: '2026-03-02', receipt: 'EMS-1' };
  const unknown = 'ab'.repeat(32);
  expect(await as('desk').post(`${notice.href}/serve`, { ...service, scan: unknown })).toMatchObject({
    status: 400,
  });
  const slip = await as('desk').send('POST', '/contents', { mediaType: 'text/plain', text: '签收的回证' });
  const served = { ...service, scan: slip.body['id'] };
  expect(await as('desk').post(`${notice.href}/serve`, served)).toMatchObject({ status: 200 });
  const { body: after } = await as('desk').get(`/documents?case=${caseId}&kind=acceptanceNotice`);
  expect((after['items'] as unknown[])[0]).toMatchObject({
    state: 'served',
    sealing: { scan: scan.body['id'] },
    service: { receipt: 'EMS-1', scan: slip.body['id'] },
  });
  // What the bureau keeps for itself, such as the record of the service, is not for the unit.
  const paper = `/documents/${caseId}/paper-1/file`;
  expect((await download('desk', paper)).headers.get('content-disposition')).toContain(
    encodeURIComponent('送达回证'),
  );
  expect((await download('steel', paper)).status).toBe(404);
  expect((await download('desk', `/documents/${caseId}/document-99/file`)).status).toBe(404);
});

test('L18: bytes that are no longer those of their hash are never handed out', async () => {
  const { body } = await as('desk').send('POST', '/contents', { mediaType: 'text/plain', text: '原件' });
  const id = String(body['id']);
  await rig.db
    .update(contents)
    .set({ bytes: Buffer.from('改过') })
    .where(eq(contents.id, id));
  expect((await download('desk', `/contents/${id}`)).status).toBe(500);
  const caseId = await file(as('steel'));
  const [receipt] = await rig.db.select().from(documents).where(eq(documents.caseId, caseId));
  const issued = receipt?.contentId ?? '';
  const [original] = await rig.db.select().from(contents).where(eq(contents.id, issued));
  await rig.db
    .update(contents)
    .set({ bytes: Buffer.from('改过') })
    .where(eq(contents.id, issued));
  expect((await download('desk', `/documents/${receipt?.id ?? ''}/file`)).status).toBe(500);
  await rig.db
    .update(contents)
    .set({ bytes: original?.bytes ?? Buffer.alloc(0) })
    .where(eq(contents.id, issued));
});
