import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../cli/program.js';
import { legalNow } from '../../db/legalClock.js';
import { columnsInOrder, type LedgerRow, ledgerColumns } from '../../import/issues/columns.js';
import { readLedger } from '../../import/issues/read.js';
import { importLedger } from '../../import/issues/run.js';
import { ledgerRows, ledgerWorkbook } from '../../import/issues/write.js';
import * as people from '../../rehearsal/people.js';
import { type Api, openApi } from '../api/client.js';
import { type HeldPermit, dueDay, issuePermit, openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { findingOf, IssueCase } from './issueCase.js';

let rig: Rig;
let api: Api;
let permit: HeldPermit;
let authoritys: HeldPermit;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  api = await openApi(rig);
  permit = await issuePermit(rig, 'steel', '2026-03-05');
  authoritys = await issuePermit(rig, 'paper', '2026-03-05', '990121');
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

const everything = { everything: true, organs: [], areas: [], units: [] };
const rowsNow = async () =>
  await ledgerRows(rig.db, everything, {}, { now: await legalNow(rig.db), hiddenLimits: [] });
const byNumber = (rows: readonly LedgerRow[], caseId: string): LedgerRow => {
  const found = rows.find(({ number }) => `issue/${number}` === caseId);
  if (found === undefined) throw new Error(`no row of ${caseId}`);
  return found;
};

test('Q6: found, fed back and mended over HTTP; the unit sees it once it was told, and nothing of who is behind it', async () => {
  const inspector = await api.account('inspector', { role: 'inspector', organ: 'yunchuan' });
  const unit = await api.account('unit', { role: 'applicant', organ: 'unit:steel' });
  const {
    unitId: _,
    area: __,
    ...finding
  } = findingOf(permit, { severity: 'serious', foundOn: '2026-03-05' });
  const { status, body } = await inspector.post('/issues', finding);
  expect(status).toBe(201);
  const caseId = String(body['caseId']);
  expect(caseId).toMatch(/^issue\/2026\d{6}$/);
  const number = caseId.replace('issue/', '');
  expect((await unit.get(`/issues/${number}`)).status).toBe(404);
  expect((await unit.get(`/cases/${caseId}`)).status).toBe(404);
  expect((await unit.get('/issues')).body['items']).toEqual([]);

  const fedBack = {
    outcome: 'recorded',
    to: 'unit',
    on: '2026-03-05',
    method: '电话',
    recipient: '李某',
    note: '已告',
  };
  const task = `/tasks/${caseId}/issueNotice.1/complete`;
  expect((await inspector.post(task, { form: fedBack })).status).toBe(200);
  expect((await unit.post(`/issues/${number}/objection`, { outcome: 'noObjection' })).status).toBe(200);
  const seen = await unit.get(`/issues/${number}`);
  expect(seen.body).toMatchObject({ number, stage: 'determining', severity: 'serious', responsible: 'unit' });
  expect(JSON.stringify(seen.body)).not.toContain(inspector.id + '"');
  const listed = await inspector.get('/issues?severity=serious&tier=sweep&responsible=unit&status=open');
  expect(listed.body['items']).toMatchObject([{ number, colour: 'green' }]);
  expect((await inspector.get('/issues?responsible=authority')).body['items']).toEqual([]);
  const counts = await inspector.get('/issues/counts');
  expect(counts.body).toMatchObject({
    all: 1,
    severities: { serious: 1 },
    responsibles: { unit: 1 },
    statuses: { open: 1 },
  });
  const exported = await inspector.get('/issue-ledger');
  expect(exported.status).toBe(200);
  expect(exported.headers.get('content-type')).toContain('spreadsheetml');
});

test('Q6: the ledger as Excel has the columns in use, and reads back the same', async () => {
  const closed = await IssueCase.find(permit, { examiners: ['王某'], institution: '云川环科院' });
  await closed.begin('2026-03-05');
  await closed.ask(people.organHead, 'clock.extend', { clock: 'rectification.1', reason: '采购周期长' });
  await closed.closeOut('2026-03-05');
  const rows = await rowsNow();
  expect(byNumber(rows, closed.caseId)).toMatchObject({
    ...{ city: '云川市', county: '', permitNo: permit.permitNo, permitClass: '简化管理', tier: '地市排查' },
    ...{
      authority: '云川市生态环境局',
      examiners: '王某',
      institution: '云川环科院',
      method: '资料依据核查',
    },
    ...{ category: '遗漏主要排放口', severity: '一般', responsible: '排污单位', measure: '补充DA003' },
    ...{ determination: '排污单位：无异议；核定：维持，属实', foundOn: '2026-03-05', due: '2026-04-19' },
    ...{ extension: '15日，organHead，采购周期长', completedOn: '2026-03-05', evidence: '整改照片' },
    ...{ verifiers: 'inspector.one、inspector.two', closer: 'sectionHead', closedOn: '2026-03-05' },
    ...{ recurred: '否', handedOver: '否' },
  });
  const book = ledgerWorkbook(rows);
  const read = readLedger(book);
  expect(read.rows.map(({ cells }) => cells)).toEqual(rows);
  expect(Object.keys(read.rows[0]?.cells ?? {})).toEqual(columnsInOrder);
  // What is here already changes nothing, whoever imports it.
  const how = { by: 'me', areas: null, dryRun: false };
  const report = await importLedger(rig.db, read, how);
  expect(report).toMatchObject({ rows: rows.length, accepted: 0, rejected: 0, unchanged: rows.length });
});

/** A row of a ledger from elsewhere. */
const row = (number: string, more: Partial<LedgerRow> = {}): LedgerRow => ({
  ...(Object.fromEntries(columnsInOrder.map((column) => [column, ''])) as unknown as LedgerRow),
  ...{ permitNo: permit.permitNo, tier: '地市排查', foundOn: '2026/2/2', number, category: '执行标准错误' },
  ...{ severity: '一般', description: '执行标准已废止', basis: 'GB 28662-2012', responsible: '排污单位' },
  ...{ finder: '张三', note: '规则 PQ-09；部位 DA001' },
  ...more,
});

test('Q6: a ledger from elsewhere is imported row by row: each issue begins where it stands there', async () => {
  const ledger = ledgerWorkbook([
    row('云排-1'),
    row('云排-2', { measure: '更正标准', person: '李某', due: '2026-03-10', routes: '变更' }),
    row('云排-3', {
      measure: '更正标准',
      completedOn: '2026-02-20',
      evidence: '新证',
      closer: '王五',
      closedOn: '2026-02-25',
    }),
    row('云排-4', {
      permitNo: authoritys.permitNo,
      responsible: '管理部门',
      measure: '主动变更',
      routes: '主动变更',
    }),
    row('云排-4'),
    row('坏/1', {
      permitNo: '9'.repeat(18) + '001P',
      severity: '很重',
      foundOn: '2026-02-30',
      description: '',
    }),
    row('云排-5', { foundOn: '2026-12-01' }),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'yizheng-ledger-'));
  const file = join(folder, 'ledger.xlsx');
  await writeFile(file, ledger);
  process.env['DATABASE_URL'] = rig.databaseUrl;
  const said: string[] = [];
  const output = { out: (text: string) => said.push(text), err: (text: string) => said.push(text) };
  try {
    expect(await run(['issues', 'import', file, '--dry-run', '--json'], output)).toBe(1);
    const tried = JSON.parse(said.join('')) as { accepted: number; errors: readonly unknown[] };
    expect(tried).toMatchObject({ rows: 7, accepted: 4, rejected: 3, unchanged: 0 });
    expect(tried.errors).toMatchObject([
      { row: 6, column: '问题编号', value: '云排-4', code: 'row.duplicate' },
      { row: 7, column: '问题编号', value: '坏/1', code: 'number.format' },
      { row: 7, column: '许可证编号', code: 'permit.unknown' },
      { row: 7, column: '严重程度', value: '很重', code: 'word.unknown' },
      { row: 7, column: '核查日期', value: '2026-02-30', code: 'date.impossible' },
      { row: 7, column: '问题描述', code: 'cell.empty' },
      { row: 8, column: '核查日期', code: 'date.future' },
    ]);
    expect(await run(['issues', 'import', file], output)).toBe(1);
    await rig.world.settle();
    said.length = 0;
    await run(['issues', 'import', file, '--json'], output);
    expect(JSON.parse(said.join(''))).toMatchObject({ accepted: 0, unchanged: 4, rejected: 3 });

    const [open, running, closed, ours] = [1, 2, 3, 4].map(
      (number) => new IssueCase(rig, permit, `issue/云排-${number}`),
    ) as [IssueCase, IssueCase, IssueCase, IssueCase];
    expect(await openTasks(rig, open.caseId)).toEqual(['issueNotice']);
    expect(await open.row()).toMatchObject({ subject: 'PQ-09', place: 'DA001', foundOn: '2026-02-02' });
    expect(await dueDay(rig, running.caseId, 'rectification.1')).toBe('2026-03-10');
    expect(await closed.row()).toMatchObject({ closedOn: '2026-02-25' });
    expect(await dueDay(rig, closed.caseId, 'observation.1')).toBe('2027-02-25');
    expect(await openTasks(rig, ours.caseId)).toEqual(['issueRectification']);
    // The deadline of the other ledger counts here.
    await rig.world.advanceTo(at('2026-03-11 09:00'));
    expect(await running.row()).toMatchObject({ overdue: 1 });

    const out = join(folder, 'again.xlsx');
    await run(['issues', 'export', out, '--status', 'open', '--responsible', 'authority'], output);
    const again = readLedger(await readFile(out)).rows.map(({ text }) => text);
    expect(again).toHaveLength(1);
    expect(again[0]).toMatchObject({
      ...{ number: '云排-4', county: '青禾县', routes: '主动变更', finder: '张三', responsible: '管理部门' },
      ...{ note: '规则 PQ-09；部位 DA001', category: '执行标准错误' },
    });
    const { rows } = await rig.db.execute(
      sql`select category, subject from audit_log where action = 'issue.export' and actor_id is null`,
    );
    expect(rows).toEqual([{ category: 'access', subject: '/issue-ledger' }]);
  } finally {
    delete process.env['DATABASE_URL'];
    await rm(folder, { recursive: true });
  }
});

test('Q6: rows outside the importer’s area are refused, and so is a file without the header', async () => {
  const foreign = readLedger(ledgerWorkbook([row('云排-9', { permitNo: authoritys.permitNo })]));
  const how = { by: 'me', areas: ['9902'], dryRun: false };
  expect(await importLedger(rig.db, foreign, how)).toMatchObject({
    rejected: 1,
    errors: [{ column: ledgerColumns.permitNo, code: 'area.notYours' }],
  });
  expect(() => readLedger(Buffer.from('单位名称,许可证编号\n甲,乙\n'))).toThrow(/缺少 · missing: 核查层级/);
});
