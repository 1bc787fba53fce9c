import { afterAll, beforeAll, expect, test } from 'vitest';
import * as people from '../../rehearsal/people.js';
import { type HeldPermit, issuePermit, openTasks } from '../rig/permits.js';
import { openRig, type Rig } from '../rig/rig.js';
import { creditCode, importList, permitNo, row, unitOf } from './lists.js';
import { importAs, type RecordRowText } from './records.js';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig('2026-03-09T09:00:00+08:00');
});
afterAll(async () => {
  await rig.close();
});

/** A row of the platform about this permit, of an act that no case here is of. */
const actOn = ({ permitNo: no }: Pick<HeldPermit, 'permitNo'>, more: RecordRowText): RecordRowText => ({
  ...{ permitNo: no, creditCode: no.slice(0, 18), businessNo: 'GP-77', business: '变更' },
  ...{ at: '2026-03-10 10:20', state: '有效', validTo: '2031-03-08', ...more },
});

const issued = (unit: string) =>
  issuePermit(rig, unit, '2026-03-09', '990100', {
    platform: { businessNo: `B-${unit}`, at: '2026-03-09T08:00:00+08:00' },
  });

const differs = async (caseId: string): Promise<readonly string[]> =>
  (await rig.events(caseId)).filter(({ event }) => event === 'platform.listDiffers').map(({ zh }) => zh);

test('L6: an act of the platform that no case here is of becomes a task of the permit’s organ, once', async () => {
  const permit = await issued('behind');
  const list = [
    actOn(permit, {}),
    actOn(permit, { businessNo: 'GP-78', business: '注销', at: '2026-03-11', validTo: '' }),
  ];
  expect(await importAs(rig, list, { dryRun: true })).toMatchObject({ differing: 2, unmatched: 0 });
  expect(await differs(permit.caseId)).toEqual([]);
  const report = await importAs(rig, list);
  expect(report).toMatchObject({ differing: 2, accepted: 0, unmatched: 0, rejected: 0, errors: [] });
  expect(report.differences.map(({ row: line, code }) => [line, code])).toEqual([
    [2, 'platform.differs'],
    [3, 'platform.differs'],
  ]);
  const none = '本系统无此办件 no such act here';
  expect([...(await differs(permit.caseId))].sort()).toEqual(
    [
      `变更，业务号 GP-77）与本系统记载不一致：${none} → 办结时间 2026-03-10 10:20、有效期止 2031-03-08；`,
      `注销，业务号 GP-78）与本系统记载不一致：${none} → 办结时间 2026-03-11；`,
    ].map((text) => expect.stringContaining(text) as unknown),
  );
  expect(await openTasks(rig, permit.caseId)).toEqual(['reconciliation', 'reconciliation']);
  // The register keeps what the authority has on record: a person decides what the platform's word means.
  await permit.stands('valid', '2031-03-08');

  expect(await importAs(rig, list)).toMatchObject({ differing: 0, unchanged: 2 });
  const taskId = await rig.task(permit.caseId, 'reconciliation');
  const form = { outcome: 'explained', note: '平台录错' };
  await rig.ask(people.lead, 'task.complete', permit.caseId, { taskId, form });
  await rig.world.settle();
  expect(await importAs(rig, list)).toMatchObject({ differing: 0, unchanged: 2 });
  expect(await openTasks(rig, permit.caseId)).toHaveLength(1);
});

test('L6: what is older than our record, of a permit that has ended, unknown, or elsewhere, opens no task', async () => {
  const permit = await issued('older');
  const old = actOn(permit, { at: '2026-03-08 10:20' });
  const unknown = actOn({ permitNo: `${creditCode(unitOf(rig, 1))}001P` }, {});
  expect(await importAs(rig, [old, unknown])).toMatchObject({ unmatched: 2, differing: 0 });
  expect((await importAs(rig, [actOn(permit, {})], { areas: ['9902'] })).errors).toMatchObject([
    { code: 'area.notYours' },
  ]);
  expect(await openTasks(rig, permit.caseId)).toEqual([]);
});

test('L6, L16: the acts of an imported permit are those that the permit list had; a later one is news', async () => {
  const of = unitOf(rig, 2);
  const term = { validFrom: '2021-06-05', validTo: '2026-06-04' };
  await importList(rig, [
    row(of, { issuedOn: '2021-06-01', ...term }),
    row(of, { business: '变更', issuedOn: '2023-02-03', ...term }),
  ]);
  const permit = { permitNo: permitNo(of) };
  const caseId = `permit/${permit.permitNo}`;
  const known = [
    // The platform finished the first a day after the day that stands on the permit.
    actOn(permit, { business: '首次申请', businessNo: 'A1', at: '2021-06-02 09:00', ...term }),
    actOn(permit, { business: '变更', businessNo: 'A2', at: '2023-02-03 15:30', ...term }),
  ];
  expect(await importAs(rig, known)).toMatchObject({ unchanged: 2, differing: 0, unmatched: 0, errors: [] });
  const between = actOn(permit, { businessNo: 'A3', at: '2022-05-05 09:00', ...term });
  const later = actOn(permit, {
    ...{ business: '延续', businessNo: 'A4', at: '2026-02-20 09:00' },
    ...{ validFrom: '2026-06-05', validTo: '2031-06-04' },
  });
  expect(await importAs(rig, [...known, between, later])).toMatchObject({
    ...{ unchanged: 2, unmatched: 1, differing: 1 },
  });
  expect(await openTasks(rig, caseId)).toEqual(['reconciliation']);
  expect((await differs(caseId))[0]).toContain('有效期止 2031-06-04');
  // The permit list that has it, too, makes it known.
  const renewal = {
    business: '延续',
    issuedOn: '2026-02-20',
    validFrom: '2026-06-05',
    validTo: '2031-06-04',
  };
  expect(await importList(rig, [row(of, renewal)])).toMatchObject({ accepted: 1 });
  expect(await importAs(rig, [later])).toMatchObject({ unchanged: 1, differing: 0 });
});
