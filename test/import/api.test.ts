import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { permits, requests } from '../../db/schema/index.js';
import { runImports } from '../../import/runner.js';
import { type Api, type Caller, openApi } from '../api/client.js';
import { openRig, type Rig } from '../rig/rig.js';
import { csvOf, permitNo, row, unitOf } from './lists.js';

const silent = pino({ level: 'silent' });
const csv = { 'content-type': 'text/csv' };

let rig: Rig;
let api: Api;
let head: Caller;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  api = await openApi(rig);
  list = csvOf([
    row(unit(1)),
    row(unit(2), { county: '金滩经济技术开发区' }),
    row(unit(3), elsewhere),
    row(unit(4), { validTo: '2024-03-05' }),
  ]);
  head = await api.account('head', { role: 'sectionHead', organ: 'yunchuan' });
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

const elsewhere = { city: '澜江市', county: '市辖区', organ: '澜江市行政审批服务局' };
const unit = (number: number): number => unitOf(rig, number);
let list: Buffer;

async function done(location: string, query = '') {
  await runImports(rig.db, silent);
  await rig.world.settle();
  return (await head.get(location + query)).body;
}

test('L16: a section head’s list is checked first: the dry run says what would be, and touches no permit', async () => {
  const sent = await head.send('POST', '/imports?dryRun=true', list, csv);
  expect(sent).toMatchObject({ status: 202, body: { status: 'running', dryRun: true, permits: null } });
  const checked = await done(sent.headers.get('location') ?? '');
  expect(checked).toMatchObject({
    ...{ status: 'done', rows: 4, accepted: 2, rejected: 2, unchanged: 0, states: { valid: 2 } },
  });
  expect(await rig.db.select().from(permits)).toEqual([]);
  expect(await rig.db.select().from(requests)).toEqual([]);
});

test('L16: the same file sent for good is imported for the head’s own area; other cities’ rows are refused', async () => {
  const sent = await head.send('POST', '/imports', list, csv);
  const again = await head.send('POST', '/imports', list, csv);
  expect(again.headers.get('location')).toBe(sent.headers.get('location'));
  const location = sent.headers.get('location') ?? '';
  const first = await done(location, '?kind=error&limit=1');
  expect(first).toMatchObject({
    ...{ status: 'done', permits: 2, done: 2, rows: 4, accepted: 2, rejected: 2 },
    findings: { items: [{ kind: 'error', row: 4, column: '县', code: 'area.notYours' }] },
  });
  const { next } = first['findings'] as { next: string };
  const second = (await head.get(`${location}?kind=error&limit=1&cursor=${next}`)).body;
  expect(second['findings']).toMatchObject({
    items: [{ row: 5, column: '有效期止', value: '2024-03-05', code: 'validity.order' }],
    next: null,
  });
  const stored = await rig.db.select({ no: permits.permitNo, area: permits.area }).from(permits);
  expect(stored.sort((a, b) => (a.area < b.area ? -1 : 1))).toEqual([
    { no: permitNo(unit(1)), area: '990100' },
    { no: permitNo(unit(2)), area: '990171' },
  ]);
  const shown = await head.get(`/permits/${permitNo(unit(1))}/versions`);
  expect(shown.body['items']).toMatchObject([{ version: 1, kind: 'first', platform: { on: '2024-03-05' } }]);
});

test('L16: a stored content is a list too; a file that is none fails, and says why', async () => {
  const stored = await head.post('/contents', { mediaType: 'text/csv', text: list.toString() });
  const sent = await head.post('/imports', { contentId: stored.body['id'] });
  expect(await done(sent.headers.get('location') ?? '')).toMatchObject({ accepted: 0, unchanged: 2 });
  const strange = await head.send('POST', '/imports', Buffer.from('a,b\n1,2\n'), csv);
  const failed = await done(strange.headers.get('location') ?? '');
  expect(failed).toMatchObject({ status: 'failed', problem: { code: 'input.invalid' } });
});

test('A5, L16: nobody but section heads imports, and nobody sees another’s import', async () => {
  const desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  expect((await desk.send('POST', '/imports', list, csv)).status).toBe(403);
  const sent = await head.send('POST', '/imports?dryRun=true', list, csv);
  const other = await api.account('other', { role: 'sectionHead', organ: 'lanjiang.approval' });
  expect((await other.get(sent.headers.get('location') ?? '')).status).toBe(404);
  expect((await head.post('/imports', { contentId: 'f'.repeat(64) })).status).toBe(400);
  expect((await head.send('POST', '/imports', Buffer.alloc(0), csv)).status).toBe(400);
  expect((await head.get('/imports/00000000-0000-4000-8000-000000000000')).status).toBe(404);
});
