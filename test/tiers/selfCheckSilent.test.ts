import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bulletinRows } from '../../db/schema/index.js';
import { openSelfChecks } from '../../relay/selfChecks.js';
import { Office } from '../../rehearsal/office.js';
import { staffOf } from '../../rehearsal/people.js';
import { finder, IssueCase, ofProvince } from '../issues/issueCase.js';
import { type HeldPermit, issuePermit } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { SelfCheck } from './selfCheckCase.js';

let rig: Rig;
let silent: HeldPermit;
let doubted: HeldPermit;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  silent = await issuePermit(rig, 'silent', '2026-03-05');
  doubted = await issuePermit(rig, 'doubted', '2026-03-05');
  for (const period of ['S2026', 'T2026']) await openSelfChecks(rig.db, { area: '9901', period });
  await rig.world.settle();
  // 45 days and twice fifteen: the third term is over, and the silence an issue.
  await rig.world.advanceTo(at('2026-06-01 09:00'));
  await rig.world.settle();
});
afterAll(async () => {
  await rig.close();
});

const checksOf = (permit: HeldPermit) => ['S2026', 'T2026'].map((period) => new SelfCheck(permit, period));
const outcomes = async (permit: HeldPermit) =>
  await Promise.all(checksOf(permit).map(async (check) => (await check.row()).outcome));

/** The one issue of the silence in both campaigns: that of the second is a recurrence of it. */
async function issueOf(permit: HeldPermit): Promise<IssueCase> {
  const [check] = checksOf(permit);
  for (const { caseId } of (await check?.issues()) ?? []) {
    const issue = new IssueCase(rig, permit, caseId);
    if ((await issue.openTasks()).length > 0) return issue;
  }
  throw new Error('no issue of the silence is open');
}

test('Q1: a silent self-check ends with the issue that it has become, in whichever campaign, and not before', async () => {
  const issue = await issueOf(silent);
  await issue.complete(finder, 'issueConfirmation', { outcome: 'confirmed', note: '属实' });
  await issue.begin('2026-06-01');
  expect(await outcomes(silent)).toEqual([null, null]);
  await issue.closeOut('2026-06-01');
  await rig.world.settle();
  expect(await outcomes(silent)).toEqual(['silent', 'silent']);
  const [check] = checksOf(silent);
  const [told] = (await check?.entries('selfCheck.silent')) ?? [];
  expect(told?.zh).toContain(issue.caseId);
  expect(await check?.submit([], { mayRefuse: true })).toMatchObject({ code: 'case.closed' });
});

test('Q1: so does one whose silence nobody confirms', async () => {
  const issue = await issueOf(doubted);
  await issue.complete(finder, 'issueConfirmation', { outcome: 'dismissed', reason: '通知未送达' });
  await rig.world.settle();
  expect(await outcomes(doubted)).toEqual(['silent', 'silent']);
});

test('Q8: a bulletin of the time still counts them as silent', async () => {
  const bulletin = new Office(rig, `bulletin/990000-2026-${rig.number}`, staffOf('province'));
  const period = { region: '990000', from: '2026-06-01', to: '2026-06-01' };
  await bulletin.ask(ofProvince.inspector, 'bulletin.draft', period);
  const rows = await rig.db
    .select({ part: bulletinRows.part, row: bulletinRows.row })
    .from(bulletinRows)
    .where(and(eq(bulletinRows.bulletin, bulletin.caseId), eq(bulletinRows.figure, 'selfChecked')));
  const checks = [silent, doubted].flatMap(checksOf).map(({ caseId }) => caseId);
  expect(rows.map(({ row }) => row).sort()).toEqual(checks.sort());
  expect(new Set(rows.map(({ part }) => part))).toEqual(new Set(['silent']));
});
