import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { requests } from '../../db/schema/index.js';
import * as people from '../../rehearsal/people.js';
import { type Api, openApi } from '../api/client.js';
import { Application } from '../application/application.js';
import { Act } from '../authority/acts.js';
import { yizheng } from '../ledger/installation.js';
import { type HeldPermit, issuePermit, openTasks } from '../rig/permits.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';
import { Asking, issueComparable } from '../versions/asking.js';
import { importAs, type RecordRowText, recordsCsv } from './records.js';

let rig: Rig;
let api: Api;
let folder: string;
beforeAll(async () => {
  rig = await openRig('2026-03-09T09:00:00+08:00');
  api = await openApi(rig);
  folder = await mkdtemp(join(tmpdir(), 'yizheng-records-'));
  vi.stubEnv('DATABASE_URL', rig.databaseUrl);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await api.close();
  await rig.close();
  await rm(folder, { recursive: true });
});

const codeOf = ({ permitNo }: Pick<HeldPermit, 'permitNo'>): string => permitNo.slice(0, 18);

/** A first application that awaits the platform, and the platform's row of it. */
async function awaiting(unit: string, more: RecordRowText = {}) {
  const { creditCode } = await addUnit(rig, unit);
  const application = await Application.granted(rig, unit);
  const row: RecordRowText = {
    ...{ businessNo: `GP-${unit}`, business: '首次申请', permitNo: `${creditCode}001P`, creditCode },
    ...{ at: '2026-03-09 08:30', state: '有效', validFrom: '2026-03-09', validTo: '2031-03-08', ...more },
  };
  return { application, creditCode, row };
}

const kinds = (lines: readonly { readonly row: number; readonly code: string }[]) =>
  lines.map(({ row, code }) => [row, code]);

test('L6, S16: what cases wait for is recorded in them in the officer’s name, of every kind, and once', async () => {
  const first = await awaiting('steel');
  const lost = await issueComparable(rig, 'lost', '2026-03-05');
  const replacing = await Asking.filed(lost, 'replacement', '0'.repeat(64));
  await replacing.decide();
  await replacing.grant('replacementApproval');
  const revoked = await issuePermit(rig, 'revoked', '2026-03-05');
  const revocation = await Act.start(revoked, 'revocation', {
    ...{ decidedOn: '2026-03-02', servedOn: '2026-03-06' },
  });
  await revocation.complete(people.legalOfficer, 'revocationCheck', {
    outcome: 'confirmed',
    reason: '已核对',
  });
  await rig.world.settle();
  const of = (permit: HeldPermit, more: RecordRowText): RecordRowText => ({
    ...{ permitNo: permit.permitNo, creditCode: codeOf(permit), at: '2026年3月9日 08:45:10' },
    ...more,
  });
  const list = [
    first.row,
    of(lost, { businessNo: 'BL-1', business: '补办', validFrom: '2026-03-05', validTo: '2031-03-04' }),
    of(revoked, { businessNo: 'DX-1', business: '吊销', state: '吊销' }),
  ];

  const tried = await importAs(rig, list, { dryRun: true });
  expect(tried).toMatchObject({ rows: 3, accepted: 3, differing: 0, unmatched: 0, rejected: 0, errors: [] });
  expect(await first.application.story()).not.toContain('permit.issued');

  expect(await importAs(rig, list)).toMatchObject({
    ...{ rows: 3, accepted: 3, differing: 0, unchanged: 0, unmatched: 0, rejected: 0, pending: 0 },
  });
  expect(await first.application.entries('permit.issued')).toMatchObject([
    {
      actor: { id: people.desk.id, kind: 'officer' },
      params: {
        permitNo: first.row.permitNo,
        businessNo: 'GP-steel',
        platformAt: '2026-03-09T08:30:00.000+08:00',
      },
    },
  ]);
  expect(await replacing.entries('permit.issued')).toMatchObject([
    { params: { businessNo: 'BL-1', platformAt: '2026-03-09T08:45:10.000+08:00' } },
  ]);
  expect(await revocation.entries('platform.actRecorded')).toMatchObject([
    { params: { businessNo: 'DX-1' } },
  ]);

  const before = await rig.db.select().from(requests);
  expect(await importAs(rig, list)).toMatchObject({ accepted: 0, differing: 0, unchanged: 3 });
  expect(await rig.db.select().from(requests)).toHaveLength(before.length);
});

test('L6: a term that is not the rules’ is recorded and reconciled; what was typed otherwise before becomes a task of the permit', async () => {
  const longer = await awaiting('longer', { validTo: '2031-03-09' });
  expect(await importAs(rig, [longer.row])).toMatchObject({
    ...{ accepted: 0, differing: 1, differences: [{ row: 2, column: '有效期止', code: 'platform.differs' }] },
  });
  expect(await openTasks(rig, longer.application.caseId)).toContain('reconciliation');

  const typed = await awaiting('typed');
  await typed.application.enterNumber(typed.row.permitNo ?? '', '2026-03-09', '2031-03-08');
  await rig.world.settle();
  const permitCase = `permit/${typed.row.permitNo ?? ''}`;
  const row = { ...typed.row, at: '2026-03-09', state: '注销', validTo: '2031-03-07' };
  const report = await importAs(rig, [row]);
  const [line] = report.differences;
  expect(report).toMatchObject({ differing: 1, rejected: 0, unmatched: 0 });
  expect(line?.reason).toContain(
    '业务编号 B1 → GP-typed；有效期止 2031-03-08 → 2031-03-07；许可证状态 valid → 注销',
  );
  expect(await openTasks(rig, permitCase)).toEqual(['reconciliation']);
  const [entry] = (await rig.events(permitCase)).filter(({ event }) => event === 'platform.listDiffers');
  expect(entry?.zh).toContain('许可证状态 valid → 注销');
  expect(entry?.actor).toMatchObject({ id: 'import/platform', onBehalfOf: people.desk.id });
  // The same list again opens no second task; nor does it once a person has explained the difference.
  expect(await importAs(rig, [row])).toMatchObject({ differing: 0, unchanged: 1 });
  await explain(permitCase);
  expect(await importAs(rig, [row])).toMatchObject({ differing: 0, unchanged: 1 });
  expect(await openTasks(rig, permitCase)).toEqual([]);
  // The platform puts it right: nothing is left to say.
  await expect(importAs(rig, [{ ...typed.row, businessNo: 'B1', at: '2026-03-09' }])).resolves.toMatchObject({
    differing: 0,
    unchanged: 1,
    errors: [],
  });
});

/** The officer has looked at a difference. */
async function explain(caseId: string): Promise<void> {
  const taskId = await rig.task(caseId, 'reconciliation');
  const form = { outcome: 'explained', note: '平台录入滞后' };
  await rig.ask(people.lead, 'task.complete', caseId, { taskId, form });
  await rig.world.settle();
}

test('L6: each reason for which a row is not recorded is said, and bad rows never stop good ones', async () => {
  const good = await awaiting('good');
  const twins = [await awaiting('twin'), await Application.granted(rig, 'twin')] as const;
  const [{ row: twin, application: one }, other] = twins;
  const ended = await issuePermit(rig, 'ended', '2026-03-05', '990100', {
    platform: { businessNo: 'B9', at: '2026-03-05T10:00:00+08:00' },
  });
  const revocation = await Act.start(ended, 'revocation', {
    decidedOn: '2026-03-02',
    servedOn: '2026-03-06',
  });
  await revocation.complete(people.legalOfficer, 'revocationCheck', {
    outcome: 'confirmed',
    reason: '已核对',
  });
  await rig.world.settle();
  const list: RecordRowText[] = [
    { ...good.row, businessNo: '', at: '' },
    { ...good.row, permitNo: '123' },
    { ...good.row, permitNo: `${'9'.repeat(18)}001P` },
    { ...good.row, business: '其他事项' },
    { ...good.row, state: '？' },
    { ...good.row, at: '2026-02-30', validTo: '2031-13-01' },
    { ...good.row, validTo: '' },
    twin,
    { ...good.row, business: '延续' },
    good.row,
    { ...good.row, businessNo: 'GP-other' },
  ];
  const report = await importAs(rig, list);
  expect(kinds(report.errors)).toEqual([
    [2, 'cell.empty'],
    [2, 'cell.empty'],
    [3, 'permitNo.format'],
    [4, 'permit.otherUnit'],
    [5, 'business.unknown'],
    [6, 'state.unknown'],
    [7, 'date.impossible'],
    [7, 'date.impossible'],
    [8, 'cell.empty'],
    [9, 'case.ambiguous'],
    [10, 'case.unknown'],
    [12, 'row.duplicate'],
  ]);
  expect(report).toMatchObject({ rows: 11, accepted: 1, unmatched: 1, rejected: 9, differing: 0 });
  expect(await good.application.story()).toContain('permit.issued');
  // Named by its number, the row finds the one of the two.
  const number = other.caseId.replace('application/', '');
  expect(await importAs(rig, [{ ...twin, caseNo: number }])).toMatchObject({ accepted: 1, errors: [] });
  expect(await other.story()).toContain('permit.issued');
  // The number is taken now: the case refuses it, and says why. Put right, it is taken at the next import.
  const taken = await importAs(rig, [{ ...twin, businessNo: 'GP-2', caseNo: one.caseId }]);
  expect(taken).toMatchObject({ accepted: 0, rejected: 1, errors: [{ code: 'case.refused' }] });
  expect(taken.errors[0]?.reason).toContain('taken');
  const right = { ...twin, businessNo: 'GP-2', permitNo: `${twin.creditCode ?? ''}002P`, caseNo: one.caseId };
  expect(await importAs(rig, [right])).toMatchObject({ accepted: 1, errors: [] });
  // Who may not complete the task records nothing.
  const foreign = await awaiting('foreign');
  expect(kinds((await importAs(rig, [foreign.row], { actorFor: () => null })).errors)).toEqual([
    [2, 'task.notYours'],
  ]);
  expect(await foreign.application.story()).not.toContain('permit.issued');
});

test('L6: a difference outside the importer’s area is refused, and so is one with a permit that has ended', async () => {
  const far = await issuePermit(rig, 'far', '2026-03-05', '990121', {
    platform: { businessNo: 'B7', at: '2026-03-05T10:00:00+08:00' },
  });
  const row = {
    ...{ permitNo: far.permitNo, creditCode: codeOf(far), businessNo: 'B7', business: '首次申请' },
    ...{ at: '2026-03-06', state: '有效' },
  };
  expect(kinds((await importAs(rig, [row], { areas: ['9902'] })).errors)).toEqual([[2, 'area.notYours']]);
  expect(await importAs(rig, [row], { areas: ['9901'] })).toMatchObject({ differing: 1 });
  const [request] = await rig.db.select().from(requests).where(eq(requests.name, 'permit.platformDiffers'));
  expect(request?.actor.onBehalfOf).toBe(people.desk.id);

  const over = await issuePermit(rig, 'over', '2026-03-05', '990100', {
    platform: { businessNo: 'B8', at: '2026-03-05T10:00:00+08:00' },
  });
  const revocation = await Act.start(over, 'revocation', { decidedOn: '2026-03-02', servedOn: '2026-03-06' });
  await revocation.complete(people.legalOfficer, 'revocationCheck', {
    outcome: 'confirmed',
    reason: '已核对',
  });
  await rig.world.settle();
  const record = {
    ...{ permitNo: over.permitNo, creditCode: codeOf(over), businessNo: 'B8', business: '首次申请' },
    ...{ at: '2026-03-05 10:00', state: '有效' },
  };
  // The platform has not been told yet: that it still calls the permit valid is no difference.
  expect(await importAs(rig, [record])).toMatchObject({ unchanged: 1, errors: [] });
  await revocation.complete(people.desk, 'platformEnding', {
    ...{ outcome: 'recorded', permitNo: over.permitNo },
    platform: { businessNo: 'DX-8', at: '2026-03-09T08:00:00+08:00' },
  });
  const cancellation = over.cancellation();
  await cancellation.signDecision();
  await cancellation.seal('formalCancellation');
  await cancellation.serve('formalCancellation', '2026-03-09');
  await rig.world.settle();
  await cancellation.finish(over.permitNo, '2026-03-09');
  await over.office.dispatch('2026-03-09');
  await rig.world.settle();
  expect(kinds((await importAs(rig, [record])).errors)).toEqual([[2, 'permit.ended']]);
});

test('L7, L6: a renewal that the law made is confirmed by a person, whatever a list says', async () => {
  const permit = await issuePermit(rig, 'deemed', '2021-05-20');
  await (await permit.renew()).accept();
  await rig.world.advanceTo(at('2026-05-20 09:00'));
  await permit.stands('toBeConfirmed', '2031-05-19');
  const row = {
    ...{ permitNo: permit.permitNo, creditCode: codeOf(permit), businessNo: 'YX-1', business: '延续' },
    ...{ at: '2026-05-20 08:00', validFrom: '2026-05-20', validTo: '2031-05-19' },
  };
  expect(kinds((await importAs(rig, [row])).errors)).toEqual([[2, 'renewal.unconfirmed']]);
  await permit.stands('toBeConfirmed', '2031-05-19');
});

test('L6, A1: the same by the command line in an officer’s name, and by the API in the caller’s own', async () => {
  const day = { at: '2026-05-20 08:30', validFrom: '2026-05-20', validTo: '2031-05-19' };
  const [byCommand, byApi] = [await awaiting('command', day), await awaiting('api', day)];
  const desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  const head = await api.account('head', { role: 'sectionHead', organ: 'yunchuan' });
  const file = join(folder, 'records.csv');
  await writeFile(file, recordsCsv([byCommand.row]));
  const import_ = (...more: readonly string[]) =>
    yizheng('import', file, '--of', 'platform', '--json', ...more);
  expect((await import_()).code).toBe(2);
  expect((await import_('--as', 'head')).code).toBe(1);
  expect(await byCommand.application.story()).not.toContain('permit.issued');
  const { code, out } = await import_('--as', 'desk');
  expect({ code, report: JSON.parse(out) as unknown }).toMatchObject({ code: 0, report: { accepted: 1 } });
  expect(await byCommand.application.entries('permit.issued')).toMatchObject([{ actor: { id: desk.id } }]);

  const send = (who: typeof desk, path: string) =>
    who.send('POST', path, recordsCsv([byApi.row]), { 'content-type': 'text/csv' });
  expect((await send(head, '/platform-records')).status).toBe(403);
  expect(await send(desk, '/platform-records?dryRun=true')).toMatchObject({
    status: 200,
    body: { accepted: 1 },
  });
  expect(await byApi.application.story()).not.toContain('permit.issued');
  expect(await send(desk, '/platform-records')).toMatchObject({
    status: 200,
    body: { accepted: 1, errors: [] },
  });
  expect(await byApi.application.entries('permit.issued')).toMatchObject([
    { actor: { id: desk.id }, params: { businessNo: 'GP-api' } },
  ]);
});
