import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { permitVersions } from '../../db/schema/index.js';
import * as people from '../../rehearsal/people.js';
import { dueDay, type HeldPermit, issuePermit, openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';

/** Permits of 5 March 2026; the last day to apply in time is Friday 3 January 2031. */
let rig: Rig;
let permits: Record<'granted' | 'withdrawn' | 'silent' | 'late' | 'given' | 'kept', HeldPermit>;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  const born: [string, HeldPermit][] = [];
  for (const name of ['granted', 'withdrawn', 'silent', 'late', 'given', 'kept'])
    born.push([name, await issuePermit(rig, name, '2026-03-05')]);
  permits = Object.fromEntries(born) as typeof permits;
  await rig.world.advanceTo(at('2030-11-18 10:00'));
});
afterAll(() => rig.close());

test('L7: granted before the end: a new term from the old end, a new version, the platform’s act', async () => {
  const { granted } = permits;
  const renewal = await granted.renew();
  await renewal.signAll();
  await renewal.seal('renewalApproval');
  await renewal.enterPlatform('2031-03-05', '2036-03-04', '2030-11-18T09:30:00+08:00');
  await granted.stands('valid', '2036-03-04');
  expect(await dueDay(rig, granted.caseId, 'renewalApply')).toBe('2036-01-04');
  const versions = await rig.db
    .select()
    .from(permitVersions)
    .where(eq(permitVersions.permitNo, granted.permitNo));
  expect(versions.map(({ version, kind, platform }) => [version, kind, platform])).toEqual([
    [1, 'first', { businessNo: 'B1', at: '2026-03-05T10:00:00+08:00' }],
    [2, 'renewal', { businessNo: 'R1', at: '2030-11-18T09:30:00+08:00' }],
  ]);
  expect((await renewal.story()).at(-1)).not.toBe('platform.differs');
});

test('L7: whoever has applied is reminded no more; withdrawn in time, another may be filed in time', async () => {
  const { withdrawn } = permits;
  const renewal = await withdrawn.renew();
  await rig.world.advanceTo(at('2030-12-20 10:00'));
  expect((await withdrawn.notices()).at(-1)).toBe('2030-11-04T09:00 renewal.remind');
  await renewal.withdraw('withdrawn');
  expect((await withdrawn.notices()).at(-1)).toBe('2030-12-20T10:00 renewal.windowOpen');
  expect(await dueDay(rig, withdrawn.caseId, 'renewalApply')).toBe('2031-01-03');
});

test('L7: on the sixtieth day before the end, to its last minute, a renewal is in time; a minute later it is late', async () => {
  await rig.world.advanceTo(at('2031-01-03 23:59'));
  const again = await permits.withdrawn.renew();
  const lapsing = await permits.silent.renew();
  await lapsing.askForSupplement();
  await rig.world.advanceTo(at('2031-01-04 00:00'));
  const late = await permits.late.renew();
  expect(await again.story()).not.toContain('renewal.late');
  expect(await late.story()).toContain('renewal.late');
  for (const permit of [permits.given, permits.kept]) await (await permit.renew()).accept();
  await late.accept();
  await lapsing.serve('supplementNotice', '2031-01-04');
});

test('L7: an applicant who is silent for thirty days has no renewal any more, and the permit lapses at its end', async () => {
  await rig.world.advanceTo(at('2031-03-05 09:00'));
  expect(await permits.silent.timeline('renewal.ended')).toEqual(['2031-02-04T00:00 renewal.ended']);
  await permits.silent.stands('lapsed', '2031-03-04');
  // Undecided by silence of the desk: accepted by law after three working days, so renewed by law.
  await permits.withdrawn.stands('toBeConfirmed', '2036-03-04');
});

test('L7: of a late renewal the legal officer decides: to go on holding the cancellation, or to let it begin', async () => {
  const decide = async (permit: HeldPermit, outcome: string) =>
    permit.office.complete(people.legalOfficer, 'lateRenewal', { outcome, reason: '已研究' });
  await decide(permits.kept, 'keepHolding');
  await decide(permits.late, 'openCancellation');
  await rig.world.settle();
  expect(await openTasks(rig, permits.kept.caseId)).toContain('lateRenewal');
  expect(await permits.kept.cancellation().story()).toEqual([]);
  expect(await openTasks(rig, permits.late.cancellation().caseId)).toEqual(['operationCheck']);
});

test('L7: a late renewal that is granted after the lapse begins a new term on the platform’s day; nothing is left to decide', async () => {
  const { given } = permits;
  const [row] = (await rig.events(given.caseId)).filter(({ event }) => event === 'renewal.filed');
  const renewal = given.renewal(row?.params['applicationId'] as string);
  await renewal.opine();
  await renewal.draft('grant');
  await renewal.sign('sectionHead', 'deputyHead');
  await renewal.seal('renewalApproval');
  await renewal.enterPlatform('2031-03-05', '2036-03-04', '2031-03-05T08:30:00+08:00');
  await given.stands('valid', '2036-03-04');
  expect(await openTasks(rig, given.caseId)).not.toContain('lateRenewal');
  expect(await given.cancellation().story()).toEqual([]);
});
