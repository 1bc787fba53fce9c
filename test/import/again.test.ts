import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cases, contents, imports, permits, permitVersions, requests, units } from '../../db/schema/index.js';
import { permitCaseId } from '../../workflows/messages/caseId.js';
import { compiledCommand } from '../cli/compiled.js';
import { HeldPermit } from '../rig/permits.js';
import { openRig, type Rig } from '../rig/rig.js';
import { creditCode, csvOf, dryRun, importList, permitNo, row, type TestRow, unitOf } from './lists.js';

let rig: Rig;
let folder: string;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  folder = await mkdtemp(join(tmpdir(), 'yizheng-import-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await rig.close();
});

const unit = (number: number): number => unitOf(rig, number);
const first = () => row(unit(1), { issuedOn: '2018-06-05', validFrom: '2018-06-05', validTo: '2021-06-04' });
const change = () => row(unit(1), { ...first(), business: '变更', issuedOn: '2020-02-03' });
const renewal = (more: TestRow = {}) =>
  row(unit(1), {
    business: '延续',
    issuedOn: '2021-11-09',
    validFrom: '2021-12-05',
    validTo: '2026-12-04',
    ...more,
  });
const life = () => new HeldPermit(rig, creditCode(unit(1)), permitNo(unit(1)));
const versions = async () =>
  (
    await rig.db
      .select()
      .from(permitVersions)
      .where(eq(permitVersions.permitNo, permitNo(unit(1))))
      .orderBy(permitVersions.version)
  ).map(({ kind }) => kind);

test('L16: a dry run gives the report of the import, and leaves the database as it was', async () => {
  const list = [first(), renewal(), row(unit(2), { permitClass: '?' })];
  const checked = await dryRun(rig, list);
  for (const table of [permits, requests, units, contents, imports, cases])
    expect(await rig.db.select().from(table)).toEqual([]);
  expect(checked).toMatchObject({ rows: 3, accepted: 2, rejected: 1, unchanged: 0, states: { valid: 1 } });
  expect(await importList(rig, list)).toEqual(checked);
  expect(await versions()).toEqual(['first', 'renewal']);
  await life().stands('valid', '2026-12-04');
});

test('L16: the same file again changes nothing; nor does a file that has only the newest row', async () => {
  const before = await rig.events(life().caseId);
  const again = await importList(rig, [first(), renewal(), row(unit(2), { permitClass: '?' })]);
  expect(again).toMatchObject({ accepted: 0, rejected: 1, unchanged: 2, states: { valid: 1 } });
  expect(await importList(rig, [renewal()])).toMatchObject({ accepted: 0, unchanged: 1, warnings: [] });
  expect(await rig.events(life().caseId)).toEqual(before);
});

test('L16: a row that is new becomes a version; one that has changed is put right, and both reports say so', async () => {
  expect(await importList(rig, [change(), first()])).toMatchObject({
    accepted: 1,
    unchanged: 1,
    warnings: [],
  });
  expect(await versions()).toEqual(['first', 'renewal', 'change']);
  const report = await importList(rig, [first(), renewal({ validTo: '2026-06-04' })]);
  expect(report).toMatchObject({ accepted: 1, unchanged: 1, states: { renewalWindow: 1 } });
  expect(report.warnings).toEqual([
    {
      ...{ row: 3, column: '有效期止', value: '2026-06-04', code: 'permit.changed' },
      reason: '与上次导入不同，已更新 · differs from the last import: updated (2026-12-04 → 2026-06-04)',
    },
  ]);
  await life().stands('valid', '2026-06-04');
  expect(await life().timeline('permit.importCorrected')).toHaveLength(2);
  // The last day to renew, 5 April, is near: said once, with the correction.
  expect(await life().notices()).toEqual(['2026-03-02T09:00 renewal.remind']);
});

test('L16: a number that is held here for another credit code or name is refused, whatever else is in the file', async () => {
  const { errors, accepted } = await importList(rig, [
    renewal({ name: '别的企业' }),
    row(unit(3), { permitNo: permitNo(unit(1)) }),
    row(unit(4)),
  ]);
  expect(errors.map(({ row, code }) => [row, code])).toEqual([
    [2, 'permit.otherUnit'],
    [3, 'permit.otherUnit'],
  ]);
  expect(accepted).toBe(1);
});

test('L16: another permit of a unit that is on record under another name is taken in, under the name on record', async () => {
  const second = row(unit(4), { permitNo: `${creditCode(unit(4))}002P`, name: '改名企业有限公司' });
  const report = await importList(rig, [second]);
  expect(report).toMatchObject({
    ...{ accepted: 1, rejected: 0, warnings: [{ row: 2, column: '单位名称', code: 'unit.otherName' }] },
  });
  const [holder] = await rig.db
    .select()
    .from(units)
    .where(eq(units.creditCode, creditCode(unit(4))));
  expect(holder?.name).toBe(row(unit(4)).name);
});

test('L16: a life that ended, moved, or was acted on here is not changed by a list', async () => {
  const ended = [row(unit(5)), row(unit(5), { business: '注销', issuedOn: '2025-09-01' })];
  expect((await importList(rig, ended)).states).toEqual({ cancelled: 1 });
  const revived = row(unit(5), { business: '延续', issuedOn: '2026-01-05', validTo: '2029-03-05' });
  const moved = renewal({ validTo: '2026-06-05', county: '青禾县' });
  expect((await importList(rig, [revived, moved])).errors.map(({ code }) => code)).toEqual([
    ...['permit.ended', 'permit.otherArea'],
  ]);
  await life().renew();
  const during = await importList(rig, [renewal({ validTo: '2026-06-05' })]);
  expect(during).toMatchObject({ accepted: 0, rejected: 1, errors: [{ code: 'permit.actedOn' }] });
  await life().stands('valid', '2026-06-04');
});

test('L16: one that had lapsed by an older list comes back with the renewal that the newer one has', async () => {
  const old = row(unit(6), { issuedOn: '2020-06-03', validFrom: '2020-06-03', validTo: '2025-06-02' });
  const next = row(unit(6), {
    business: '延续',
    issuedOn: '2025-05-06',
    validFrom: '2025-06-03',
    validTo: '2030-06-02',
  });
  const halfGood = await importList(rig, [old, { ...next, validTo: '2030-13-02' }]);
  expect(halfGood).toMatchObject({
    states: { lapsed: 1 },
    warnings: [{ row: 2, code: 'history.incomplete' }],
  });
  expect((await importList(rig, [old, next])).states).toEqual({ valid: 1 });
  await new HeldPermit(rig, creditCode(unit(6)), permitNo(unit(6))).stands('valid', '2030-06-02');
  const [case6] = await rig.db
    .select()
    .from(cases)
    .where(eq(cases.id, permitCaseId(permitNo(unit(6)))));
  expect(case6?.stage).toBe('valid');
});

/** The command as a process of its own, on the rig's database. */
function command(...args: string[]): ChildProcess {
  const environment = { ...process.env, DATABASE_URL: rig.databaseUrl, YIZHENG_DATA: folder };
  return spawn(process.execPath, [compiledCommand(), ...args], { env: environment });
}

async function ended(child: ChildProcess) {
  let [out, err] = ['', ''];
  child.stdout?.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (err += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

test('L16: killed in the middle, the command goes on behind its last page: nothing lost, nothing twice', async () => {
  // What is imported here is only written down: nobody sends it.
  await rig.relay.stop();
  const file = join(folder, 'list.csv');
  const rows = Array.from({ length: 3000 }, (_, index) => row(unit(1000 + index)));
  await writeFile(file, csvOf([...rows, row(unit(9), { permitClass: '?' })]));
  const child = command('import', file, '--json');
  const killed = ended(child);
  child.stderr?.on('data', (text: Buffer) => {
    if (text.toString().includes('1000/3000')) child.kill('SIGKILL');
  });
  expect((await killed).out).toBe('');
  const running = await rig.db.select().from(imports).where(eq(imports.status, 'running'));
  expect(running).toHaveLength(1);
  expect(running[0]?.done).toBeGreaterThanOrEqual(1000);
  expect(running[0]?.done).toBeLessThan(3000);

  const { code, out, err } = await ended(command('import', file, '--json'));
  expect(code).toBe(1);
  expect(err).toContain('3000/3000');
  const report = JSON.parse(out) as object;
  expect(Object.keys(report)).toEqual([
    'rows',
    'accepted',
    'rejected',
    'unchanged',
    'warnings',
    'errors',
    'states',
  ]);
  expect(report).toMatchObject({
    rows: 3001,
    accepted: 3000,
    rejected: 1,
    unchanged: 0,
    states: { valid: 3000 },
  });
  const asked = await rig.db
    .select({ caseId: requests.caseId })
    .from(requests)
    .where(eq(requests.status, 'open'));
  expect(new Set(asked.map(({ caseId }) => caseId)).size).toBe(3000);
  expect(asked).toHaveLength(3000);
});

test('L16: the command says in its exit code whether rows were refused (1), or the file is none (2)', async () => {
  const [good, none] = [join(folder, 'good.csv'), join(folder, 'none.csv')];
  await writeFile(good, csvOf([row(unit(20))]));
  await writeFile(none, 'a,b\n');
  const checked = await ended(command('import', good, '--dry-run'));
  expect(checked).toMatchObject({ code: 0, out: expect.stringContaining('接受 accepted 1') as unknown });
  expect((await ended(command('import', none))).code).toBe(2);
  expect((await ended(command('import', join(folder, 'missing.csv')))).code).toBe(2);
});
