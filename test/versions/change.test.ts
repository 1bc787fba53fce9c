import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cases, permitVersions } from '../../db/schema/index.js';
import { gatesMet } from '../../rehearsal/office.js';
import { saidIn } from '../rig/papers.js';
import { dueDay, type HeldPermit, openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import {
  Asking,
  heldBy,
  issueComparable,
  lowerConcentration,
  mayRefuse,
  moreOutlets,
  newName,
  stored,
  storedWith,
  versionsOf,
} from './asking.js';

/** Permits of Thursday 5 March 2026, valid to 4 March 2031. The changes are of Monday 1 June. */
let rig: Rig;
const names = [
  'less',
  'name',
  'late',
  'more',
  'silent',
  'converted',
  'back',
  'class',
  'other',
  'denied',
] as const;
let permits: Record<(typeof names)[number], HeldPermit>;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  const born: [string, HeldPermit][] = [];
  for (const name of names) born.push([name, await issueComparable(rig, name, '2026-03-05')]);
  permits = Object.fromEntries(born) as typeof permits;
  await rig.world.advanceTo(at('2026-06-01 10:00'));
});
afterAll(() => rig.close());

const changedOn = '2026-05-20';

test('L9: a change is reviewed, granted in twenty working days, and leaves the last day where it was', async () => {
  const { less } = permits;
  const change = await Asking.filed(less, 'change', await storedWith(rig, lowerConcentration), { changedOn });
  expect(await change.judgement()).toEqual({
    ...{ verdict: 'change', rows: ['changeTable.fewer'], late: false },
    // Thirty days from 20 May end on Friday 19 June, the Dragon Boat holiday; 22 June is the next working day.
    lastDay: '2026-06-22',
  });
  await change.decide();
  // From 2 June; the 19th is off.
  expect(await change.clock('decision')).toMatchObject({
    ...{ limit: 'change.decision', due: '2026-06-30', promisedDue: '2026-06-15' },
  });
  await change.opine();
  await change.grant('changeApproval');
  expect(await change.enterPlatform('2026-03-05', '2031-03-04')).toMatchObject({ status: 'done' });
  expect(await change.story()).not.toContain('platform.differs');
  await less.stands('valid', '2031-03-04');
  expect(await dueDay(rig, less.caseId, 'renewalApply')).toBe('2031-01-03');
  expect(await versionsOf(less)).toEqual(['1 first', '2 change']);
  const [, version] = await rig.db
    .select()
    .from(permitVersions)
    .where(eq(permitVersions.permitNo, less.permitNo))
    .orderBy(permitVersions.version);
  expect(version).toMatchObject({
    ...{ caseId: change.caseId, contentId: await storedWith(rig, lowerConcentration) },
    platform: { businessNo: 'P2' },
  });
  expect((await less.notices()).at(-1)).toBe('2026-06-01T10:00 permit.changed');
  // Each version has its working copy.
  const copies = await less.office.documents('certificateCopy');
  const said = await Promise.all(copies.map(({ id }) => saidIn(rig.db, id)));
  expect(said.map((text) => /第\d版/.exec(text)?.[0])).toEqual(['第1版', '第2版']);
});

test('L9: a new name needs no review of the elements and no technical condition', async () => {
  const change = await Asking.filed(permits.name, 'change', await storedWith(rig, newName), { changedOn });
  expect(await change.judgement()).toMatchObject({ verdict: 'basicData', rows: ['changeTable.name'] });
  await change.decide();
  expect(await change.openTasks()).toEqual(expect.arrayContaining(['merge']));
  expect((await change.openTasks()).some((kind) => kind.startsWith('opinion.'))).toBe(false);
  const gates = [{ gate: 'noReapplication', met: true, evidence: [{ note: '已比对' }] }];
  expect(await change.draft('grant', { gates }, mayRefuse)).toMatchObject({ status: 'done' });
});

test('L9: applied for later than thirty days after it happened: marked, and not refused', async () => {
  const content = await storedWith(rig, newName);
  const change = await Asking.filed(permits.late, 'change', content, { changedOn: '2026-03-06' });
  // 5 April is the Sunday of the Qingming holiday, which ends on the 6th.
  expect(await change.judgement()).toMatchObject({ late: true, lastDay: '2026-04-07' });
  expect(await change.decide()).toMatchObject({ status: 'done' });
});

test('L8: a change that is a re-application is not accepted as a change, unless a person answers for it', async () => {
  const { more } = permits;
  const change = await Asking.filed(more, 'change', await storedWith(rig, moreOutlets), { changedOn });
  expect(await change.judgement()).toMatchObject({
    verdict: 'reapplication',
    rows: ['changeTable.outletsAdded'],
  });
  expect(await change.decide({}, mayRefuse)).toMatchObject({
    status: 'refused',
    detail: { found: 'needsReapplication' },
  });
  await change.decide({ override: '仅为原有排放口重新编号' });
  expect(await change.entries('change.overridden')).toMatchObject([
    {
      ...{ actor: { id: 'acceptance' }, article: 'REG 15' },
      params: {
        reason: '仅为原有排放口重新编号',
        verdict: 'reapplication',
        rows: ['changeTable.outletsAdded'],
      },
    },
  ]);
  await change.opine();
  // What was answered for once is answered for, as long as the content is the same.
  expect(await change.draft()).toMatchObject({ status: 'done' });
});

test('L8: accepted by silence, it is still no change: the grant is refused until somebody answers for it', async () => {
  const { silent } = permits;
  const change = await Asking.filed(silent, 'change', await storedWith(rig, moreOutlets), { changedOn });
  // Three working days from Monday: Thursday the 4th is the last.
  await rig.world.advanceTo(at('2026-06-05 00:00'));
  expect(await change.story()).toContain('application.deemedAccepted');
  await change.opine();
  expect(await change.draft('grant', {}, mayRefuse)).toMatchObject({
    status: 'refused',
    detail: { found: 'needsReapplication' },
  });
  expect(await change.draft('grant', { override: '编号更正' })).toMatchObject({ status: 'done' });
  expect(await change.entries('change.overridden')).toMatchObject([{ actor: { id: 'officer' } }]);
});

test('L8: with the holder’s agreement it is handled as a re-application, by that one’s rules, once', async () => {
  const { converted } = permits;
  const change = await Asking.filed(converted, 'change', await storedWith(rig, moreOutlets), { changedOn });
  await change.convert('reapplication');
  const [row] = await rig.db.select().from(cases).where(eq(cases.id, change.caseId));
  expect(row).toMatchObject({
    procedure: 'reapplication',
    facts: { kind: 'reapplication', changedOn: null },
  });
  expect(await heldBy(converted)).toEqual(['reapplication']);
  expect(await change.convert('change', { changedOn }, mayRefuse)).toMatchObject({ code: 'rule.refused' });
  // The three days run on from the receipt, Friday 5 June, to Wednesday the 10th.
  expect(await change.clock('completeness.2')).toMatchObject({ due: '2026-06-10', state: 'running' });
  await change.decide();
  expect(await change.clock('decision')).toMatchObject({ limit: 'decision.simplified' });
  // More outfalls: officers go and see, though the holder named no cause.
  expect(await change.openTasks()).toContain('verification');
});

test('L8: a re-application that was none becomes a change, and holds the cancellation no more', async () => {
  const { back } = permits;
  const asking = await Asking.filed(back, 'reapplication', await storedWith(rig, lowerConcentration));
  expect(await asking.judgement()).toMatchObject({ verdict: 'change' });
  expect(await heldBy(back)).toEqual(['reapplication']);
  await asking.convert('change', { changedOn });
  expect(await heldBy(back)).toEqual([]);
  // A change needs its proof, which a re-application did not.
  expect(await asking.decide({}, mayRefuse)).toMatchObject({ detail: { expected: 'changeProof' } });
});

test('L9: to key management without a trigger of REG 15 is a change; the duties come with it', async () => {
  const content = await storedWith(rig, (permit) => Object.assign(permit.permit, { category: 'key' }));
  const change = await Asking.filed(permits.class, 'change', content, { changedOn, permitClass: 'key' });
  expect(await change.judgement()).toMatchObject({ verdict: 'change', rows: ['changeTable.class'] });
  await change.decide();
  await change.opine();
  await change.grant('changeApproval');
  await change.enterPlatform('2026-03-05', '2031-03-04');
  expect(await permits.class.register()).toMatchObject({ permitClass: 'key', validTo: '2031-03-04' });
  expect(await permits.class.timeline('permit.reclassified', 'permit.keyDuties')).toHaveLength(2);
});

test('L6: a platform record with another last day is recorded, and looked into by a person', async () => {
  const { other } = permits;
  const change = await Asking.filed(other, 'change', await storedWith(rig, lowerConcentration), {
    changedOn,
  });
  await change.decide();
  await change.opine();
  await change.grant('changeApproval');
  await change.enterPlatform('2026-06-05', '2031-06-04');
  expect(await change.openTasks()).toContain('reconciliation');
  await other.stands('valid', '2031-03-04');
});

test('L9: denied with its ground, the permit stays as it is, and another may be filed', async () => {
  const { denied } = permits;
  const content = await storedWith(rig, lowerConcentration);
  const change = await Asking.filed(denied, 'change', content, { changedOn });
  const rival = await Asking.file(denied, 'change', content, { changedOn }, mayRefuse);
  expect(rival.status).toMatchObject({ status: 'refused', detail: { found: 'alreadyUnderWay' } });
  await change.decide();
  await change.opine();
  const gates = gatesMet({ gate: 'controls', met: false, evidence: [{ note: '治理设施能力不足' }] });
  await change.draft('deny', { gates, grounds: [] });
  await change.sign('sectionHead', 'legalReview', 'deputyHead');
  await change.seal('changeDenial');
  expect(await versionsOf(denied)).toEqual(['1 first']);
  expect((await Asking.file(denied, 'change', content, { changedOn })).status).toMatchObject({
    status: 'done',
  });
});

test('L8: contents that can not be compared are uncertain; another’s permit, or another subject, is refused', async () => {
  const { denied, less } = permits;
  const unread = await Asking.file(less, 'change', await stored(rig, { note: '扫描件' }), { changedOn });
  expect(await unread.asking.judgement()).toMatchObject({
    ...{ verdict: 'reapplication', rows: ['changeTable.unstructured'] },
  });
  await unread.asking.withdraw();
  const foreign = await Asking.file(
    less,
    'change',
    await storedWith(rig, newName),
    { changedOn, unitId: denied.unitId },
    mayRefuse,
  );
  expect(foreign.status).toMatchObject({ status: 'refused', detail: { found: 'noPermit' } });
  expect(await openTasks(rig, foreign.asking.caseId)).toEqual([]);
});
