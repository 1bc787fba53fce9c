import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FormColumn, formHeader, readForms } from '../../import/registrations/columns.js';
import { importForms } from '../../import/registrations/run.js';
import { contents, registrations, requests, units } from '../../db/schema/index.js';
import { type Api, openApi } from '../api/client.js';
import { compiledCommand } from '../cli/compiled.js';
import { issuePermit } from '../rig/permits.js';
import { atRest, fileRegistration, HeldRegistration } from '../rig/registrations.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { creditCode, unitOf } from './lists.js';

let rig: Rig;
let api: Api;
let folder: string;
beforeAll(async () => {
  rig = await openRig('2026-03-09T09:00:00+08:00');
  api = await openApi(rig);
  folder = await mkdtemp(join(tmpdir(), 'yizheng-forms-'));
});
afterAll(async () => {
  await api.close();
  await rig.close();
  await rm(folder, { recursive: true });
});

type FormText = Partial<Record<FormColumn, string>>;

const unit = (number: number): number => unitOf(rig, number);
const numberOf = (of: number): string => `${creditCode(of)}001X`;
const held = (of: number) => new HeldRegistration(rig, creditCode(of), numberOf(of));

/** A good row of that unit's form, with what a test says of it. */
const row = (of: number, more: FormText = {}): FormText => ({
  ...{ registrationNo: numberOf(of), name: `登记企业${of}`, creditCode: creditCode(of), city: '云川市' },
  ...{
    county: '市辖区',
    business: '首次登记',
    at: '2024-05-06',
    validFrom: '2024-05-06',
    validTo: '2029-05-05',
  },
  ...more,
});

function csv(rows: readonly FormText[]): Buffer {
  const columns = Object.keys(formHeader.titles) as FormColumn[];
  const cells = [
    columns.map((column) => formHeader.titles[column][0]),
    ...rows.map((each) => columns.map((column) => each[column] ?? '')),
  ];
  return Buffer.from(cells.map((line) => line.join(',')).join('\r\n'));
}

async function imported(rows: readonly FormText[], dryRun = false) {
  const report = await importForms(rig.db, readForms(csv(rows)), { by: 'me', areas: null, dryRun });
  await rig.world.settle();
  return report;
}

test('L13, L16: each form goes on where it stands: in force, in its window to renew, expired, closed; and then it rests', async () => {
  const list = [
    row(unit(1)),
    // The window opens sixty days before the last day.
    row(unit(2), { at: '2021-04-10', validFrom: '2021-04-10', validTo: '2026-04-09' }),
    row(unit(3), { at: '2020-05-01', validFrom: '2020-05-01', validTo: '2025-04-30' }),
    row(unit(4)),
    row(unit(4), { business: '注销', at: '2025-09-01' }),
    row(unit(5), { at: '2020-05-01', validFrom: '2020-05-01', validTo: '2025-04-30' }),
    row(unit(5), { business: '变更登记', at: '2023-02-03', validFrom: '2020-05-01', validTo: '2025-04-30' }),
    row(unit(5), { business: '延续', at: '2025-04-02', validFrom: '2025-05-01', validTo: '2030-04-30' }),
  ];
  const tried = await imported(list, true);
  expect(await rig.db.select().from(registrations)).toEqual([]);
  expect(await rig.db.select().from(requests)).toEqual([]);
  const report = await imported(list);
  expect(report).toEqual(tried);
  expect(report).toMatchObject({ rows: 8, accepted: 8, rejected: 0, unchanged: 0, warnings: [], errors: [] });
  expect(report.states).toEqual({ valid: 3, expired: 1, closed: 1 });
  await held(unit(1)).stands('valid', '2029-05-05');
  await held(unit(2)).stands('valid', '2026-04-09');
  expect(await held(unit(2)).told()).toEqual(['2026-03-09T09:00 registration.remind']);
  await held(unit(3)).stands('expired', '2025-04-30');
  await held(unit(4)).stands('closed', '2029-05-05');
  await held(unit(5)).stands('valid', '2030-04-30');
  expect(await held(unit(5)).versions()).toEqual(['1 filed', '2 change', '3 renewal']);
  for (const each of [1, 3, 4, 5]) expect(await held(unit(each)).told(), String(each)).toEqual([]);
  await atRest(rig, held(unit(1)).caseId);

  const before = await rig.events(held(unit(5)).caseId);
  expect(await imported(list)).toMatchObject({ accepted: 0, unchanged: 8, errors: [] });
  expect(await rig.events(held(unit(5)).caseId)).toEqual(before);
});

test('L13, L16: a changed row is put right and says so; the last day that counts is the platform’s', async () => {
  const report = await imported([row(unit(1), { validTo: '2029-05-31' })]);
  expect(report).toMatchObject({
    ...{ accepted: 1, warnings: [{ row: 2, code: 'registration.changed' }], states: { valid: 1 } },
  });
  expect(report.warnings[0]?.reason).toContain('2029-05-05 → 2029-05-31');
  await held(unit(1)).stands('valid', '2029-05-31');
  await rig.world.advanceTo(at('2026-04-10 00:00'));
  await held(unit(2)).stands('expired', '2026-04-09');
});

test('L13, L16: each reason for which a row is refused is said, and bad rows never stop good ones', async () => {
  const acted = await fileRegistration(rig, 'acted', '2026-04-09 09:00');
  const permit = await issuePermit(rig, 'permit', '2026-03-09');
  const own = (no: string) => ({ registrationNo: no, creditCode: no.slice(0, 18) });
  const wrong = creditCode(unit(19)).replace(/.$/, (check) => (check === 'J' ? 'K' : 'J'));
  const list = [
    row(unit(10), { name: '', validTo: '' }),
    row(unit(11), { registrationNo: '12X' }),
    row(unit(12), { registrationNo: numberOf(unit(13)) }),
    row(unit(14), { at: '2024-02-30', validFrom: 'x' }),
    row(unit(15), { validTo: '2024-05-06' }),
    row(unit(16), { validTo: '2029-06-06' }),
    row(unit(17), {
      city: '不知何处',
      county: '',
      ...own(`${creditCode(unit(17)).replace('990100', '810100')}001X`),
    }),
    row(unit(18)),
    row(unit(18)),
    row(0, own(permit.permitNo)),
    row(unit(3), { business: '延续', at: '2026-03-01', validFrom: '2025-05-01', validTo: '2030-04-30' }),
    row(0, own(acted.registrationNo)),
    row(unit(19), {
      creditCode: wrong,
      registrationNo: `${wrong}001X`,
    }),
    row(unit(20), { county: '不知何县' }),
  ];
  const { errors, warnings, ...counts } = await imported(list);
  expect(errors.map(({ row: line, code }) => [line, code])).toEqual([
    [2, 'cell.empty'],
    [2, 'cell.empty'],
    [3, 'registrationNo.format'],
    [4, 'registrationNo.otherUnit'],
    [5, 'date.impossible'],
    [5, 'date.impossible'],
    [6, 'validity.order'],
    [7, 'validity.tooLong'],
    [8, 'area.unknown'],
    [10, 'row.duplicate'],
    [11, 'registration.isPermit'],
    [12, 'registration.ended'],
    [13, 'registration.actedOn'],
  ]);
  expect(warnings.map(({ row: line, code }) => [line, code])).toEqual(
    expect.arrayContaining([
      [14, 'creditCode.check'],
      [15, 'area.guessed'],
    ]),
  );
  expect(counts).toMatchObject({ rows: 14, accepted: 3, rejected: 11, unchanged: 0 });
  const foreign = { by: 'me', areas: ['9902'], dryRun: false };
  expect((await importForms(rig.db, readForms(csv([row(unit(21))])), foreign)).errors).toMatchObject([
    { row: 2, column: '县', code: 'area.notYours' },
  ]);
});

test('L13: a form that was changed here is no longer the list’s to correct', async () => {
  const form = held(unit(18));
  await form.change('2026-04-09', '2026-04-09 10:00');
  expect((await imported([row(unit(18), { validTo: '2029-05-04' })])).errors).toMatchObject([
    { code: 'registration.actedOn' },
  ]);
  await form.stands('valid', '2029-05-05');
});

test('L13, A1: a section head imports through the API what is in its area; nobody else does', async () => {
  const head = await api.account('head', { role: 'sectionHead', organ: 'yunchuan' });
  const desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  const list = csv([row(unit(30)), row(unit(31), { city: '澜江市', county: '市辖区' })]);
  const type = { 'content-type': 'text/csv' };
  expect((await desk.send('POST', '/registration-list', list, type)).status).toBe(403);
  const tried = await head.send('POST', '/registration-list?dryRun=true', list, type);
  expect(tried).toMatchObject({ status: 200, body: { rows: 2, accepted: 1, rejected: 1 } });
  await rig.world.settle();
  expect(await held(unit(30)).register()).toBeUndefined();
  await head.send('POST', '/registration-list', list, type);
  await rig.world.settle();
  await held(unit(30)).stands('valid', '2029-05-05');
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

/** Everything that an import has written down of these forms: what their cases do follows from it. */
async function writtenDown({ db }: Rig, forms: readonly number[]) {
  const asked = await db
    .select()
    .from(requests)
    .where(
      inArray(
        requests.caseId,
        forms.map((of) => held(of).caseId),
      ),
    );
  const stored = await db.select({ id: contents.id }).from(contents);
  const known = new Set(stored.map(({ id }) => id));
  const holders = await db
    .select()
    .from(units)
    .where(inArray(units.creditCode, forms.map(creditCode)));
  return {
    asked: asked
      .map(({ idempotencyKey, name, actor, body }) => ({ idempotencyKey, name, actor, body }))
      .sort((one, other) => (one.idempotencyKey < other.idempotencyKey ? -1 : 1)),
    contentsMissing: asked.filter(({ body }) =>
      (body['versions'] as { contentId: string }[]).some(({ contentId }) => !known.has(contentId)),
    ).length,
    holders: holders.sort((one, other) => (one.id < other.id ? -1 : 1)),
  };
}

test('L16: killed in the middle, the command goes on where it was, and ends as an unbroken one', async () => {
  // What is imported here is only written down: nobody sends it.
  await rig.relay.stop();
  const file = join(folder, 'forms.csv');
  const ours = Array.from({ length: 3000 }, (_, index) => unit(1000 + index));
  const list = csv(ours.map((of) => row(of)));
  await writeFile(file, list);
  const child = command('import', file, '--of', 'registrations', '--json');
  const killed = ended(child);
  child.stderr?.on('data', (text: Buffer) => {
    if (text.toString().includes('1000/3000')) child.kill('SIGKILL');
  });
  expect((await killed).out).toBe('');
  const { code, out, err } = await ended(command('import', file, '--of', 'registrations', '--json'));
  expect(code, err).toBe(0);
  const report = JSON.parse(out) as { accepted: number; unchanged: number };
  expect(report.accepted + report.unchanged).toBe(3000);
  expect(report.unchanged).toBeGreaterThanOrEqual(1000);
  expect(report.unchanged).toBeLessThan(3000);
  const unbroken = await openRig('2026-04-10T09:00:00+08:00', { relay: false });
  try {
    await importForms(unbroken.db, readForms(list), { by: 'command line', areas: null, dryRun: false });
    const written = await writtenDown(rig, ours);
    expect(written.asked).toHaveLength(3000);
    expect(written).toEqual(await writtenDown(unbroken, ours));
    expect(written.contentsMissing).toBe(0);
  } finally {
    await unbroken.close();
  }
});
