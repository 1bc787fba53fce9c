import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clocks, notices, tasks } from '../../db/schema/index.js';
import { runDue } from '../../relay/daily.js';
import { openSelfChecks, selfCheckJob } from '../../relay/selfChecks.js';
import { finder, IssueCase, ofProvince } from '../issues/issueCase.js';
import { type HeldPermit, dueDay, issuePermit, openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { problem, SelfCheck } from './selfCheckCase.js';

let rig: Rig;
let permit: HeldPermit;
beforeAll(async () => {
  rig = await openRig('2026-11-14T10:00:00+08:00');
  permit = await issuePermit(rig, 'silent', '2026-11-02');
});
afterAll(async () => {
  await rig.close();
});

const round = async () => await runDue(rig.db, [selfCheckJob(rig.db)], pino({ level: 'silent' }));

test('Q1: the year’s round opens by itself, once; a unit that is silent climbs to the organ above and, in the end, into the ledger; none is asked twice', async () => {
  await round();
  expect(await openSelfChecks(rig.db, { area: '99', period: '2025' })).toBe(1);
  await rig.world.advanceTo(at('2026-11-15 04:30'));
  await round();
  await rig.world.settle();
  const check = new SelfCheck(permit, '2026');
  expect(await check.row()).toMatchObject({ stage: 'selfChecking' });
  expect(await openSelfChecks(rig.db, { area: '99', period: '2026' })).toBe(0);
  // 45 days: the last is 30 December 2026; then fifteen more each time.
  expect(await dueDay(rig, check.caseId, 'selfCheck.1')).toBe('2026-12-30');
  await rig.world.advanceTo(at('2027-01-16 09:00'));
  const story = (await rig.events(check.caseId)).map((entry) => `${entry.at.slice(0, 10)} ${entry.event}`);
  expect(story.filter((line) => line.endsWith('selfCheck.overdue'))).toEqual([
    '2026-12-31 selfCheck.overdue',
    '2027-01-16 selfCheck.overdue',
  ]);
  const told = await rig.db.select().from(notices).where(eq(notices.caseId, check.caseId));
  const overdue = told.filter(({ template }) => template === 'selfCheck.overdue');
  expect(overdue.map(({ recipient }) => recipient).sort()).toEqual(['deputyHead', 'sectionHead']);
  // From the second time on the organ above supervises.
  expect(await openTasks(rig, check.caseId)).toEqual(['issueSupervision']);
  const [task] = await rig.db.select().from(tasks).where(eq(tasks.caseId, check.caseId));
  expect(task).toMatchObject({ organ: 'province', role: 'inspector' });
  await check.complete(ofProvince.inspector, 'issueSupervision', { outcome: 'supervised', note: '已约谈' });

  // The third term is the last: the silence is an issue, which an inspector confirms, and nobody is reminded any more.
  await rig.world.advanceTo(at('2027-02-03 09:00'));
  await rig.world.settle();
  const found = await check.issues();
  const of = (campaign: string) => found.find((row) => row.campaign === campaign);
  // The unit was silent in the other campaign too, and a day earlier: the same problem has one issue.
  expect(of('2025')).toMatchObject({ subject: 'SC-01', organ: 'yunchuan', responsible: 'unit' });
  const again = new IssueCase(rig, permit, of('2026')?.caseId);
  expect((await again.entries('case.closed'))[0]?.params).toMatchObject({ outcome: 'recurrence' });
  const issue = new IssueCase(rig, permit, of('2025')?.caseId);
  expect(await issue.openTasks()).toEqual(['issueConfirmation']);
  await rig.world.advanceTo(at('2027-03-01 09:00'));
  expect(await check.entries('selfCheck.overdue')).toHaveLength(3);
  expect(
    (await rig.db.select().from(clocks).where(eq(clocks.caseId, check.caseId))).map(({ id }) => id).sort(),
  ).toEqual([...['issueSupervision.1', 'issueSupervision.2', 'selfCheck.1', 'selfCheck.2', 'selfCheck.3']]);
  // It is no finding of the unit's own: it is fed back, and may be objected to.
  await issue.complete(finder, 'issueConfirmation', { outcome: 'confirmed', note: '属实' });
  expect(await issue.openTasks()).toEqual(['issueNotice']);

  // Late is not lost: it is taken as it comes.
  await check.submit([problem('ledger')]);
  expect(await check.row()).toMatchObject({ stage: 'mending' });
});

test('Q1: where the permit is over, so is its self-check, whatever was left in it', async () => {
  const check = new SelfCheck(permit, '2026');
  const over = { permitNo: permit.permitNo, state: 'revoked', at: await rig.world.now() };
  await rig.ask({ id: permit.caseId, kind: 'system', roles: [] }, 'permit.over', check.caseId, over);
  expect(await check.row()).toMatchObject({ outcome: 'permitOver' });
  expect((await check.issues()).map(({ subject }) => subject)).toEqual(['SC-01', 'SC-01']);
});
