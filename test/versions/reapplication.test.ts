import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { permitVersions } from '../../db/schema/index.js';
import { content } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { dueDay, type HeldPermit, openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import {
  Asking,
  heldBy,
  issueComparable,
  lowerConcentration,
  mayRefuse,
  moreOutlets,
  storedWith,
  versionsOf,
} from './asking.js';

/** Permits of Thursday 5 March 2026, valid to Tuesday 4 March 2031. */
let rig: Rig;
const names = ['granted', 'lost', 'early', 'held', 'given', 'overtaken', 'decided', 'lapsed'] as const;
let permits: Record<(typeof names)[number], HeldPermit>;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  const born: [string, HeldPermit][] = [];
  for (const name of names) born.push([name, await issueComparable(rig, name, '2026-03-05')]);
  permits = Object.fromEntries(born) as typeof permits;
  await rig.world.advanceTo(at('2026-06-01 10:00'));
});
afterAll(() => rig.close());

/** A re-application for one outfall more, accepted, visited and agreed to. */
async function reviewed(permit: HeldPermit, on: string): Promise<Asking> {
  const asking = await Asking.filed(permit, 'reapplication', await storedWith(rig, moreOutlets));
  await asking.decide();
  await asking.opine();
  await asking.verify(on);
  return asking;
}

test('L8: granted, a re-application has a new version and a new term of five years from the platform’s day', async () => {
  const { granted } = permits;
  const asking = await Asking.filed(granted, 'reapplication', await storedWith(rig, moreOutlets));
  expect(await asking.judgement()).toMatchObject({
    verdict: 'reapplication',
    rows: ['changeTable.outletsAdded'],
  });
  expect(await heldBy(granted)).toEqual(['reapplication']);
  await asking.decide();
  // Twenty working days from 2 June; the 19th is off. The holder named no cause, the comparison did: officers go and see.
  expect(await asking.clock('decision')).toMatchObject({ limit: 'decision.simplified', due: '2026-06-30' });
  expect(await asking.openTasks()).toContain('verification');
  await asking.opine();
  await asking.verify('2026-06-01');
  await asking.grant('approval');
  await rig.world.advanceTo(at('2026-06-15 10:00'));
  await asking.enterPlatform('2026-06-15', '2031-06-14');
  expect(await asking.story()).not.toContain('platform.differs');
  await granted.stands('valid', '2031-06-14');
  expect(await granted.register()).toMatchObject({ validFrom: '2026-06-15', version: 2 });
  // Sixty days before 14 June.
  expect(await dueDay(rig, granted.caseId, 'renewalApply')).toBe('2031-04-15');
  expect(await versionsOf(granted)).toEqual(['1 first', '2 reapplication']);
  expect(await heldBy(granted)).toEqual([]);
  expect((await granted.notices()).at(-1)).toBe('2026-06-15T10:00 permit.reapplied');
});

test('L6: a term that begins before the decision, or is not five years, is looked into by a person', async () => {
  const { early } = permits;
  const asking = await reviewed(early, '2026-06-15');
  await asking.grant('approval');
  await asking.enterPlatform('2026-06-14', '2031-06-13');
  expect(await asking.openTasks()).toContain('reconciliation');
});

test('L11: a lost permit is issued anew in ten working days: an act on the platform, and no new content', async () => {
  const { lost } = permits;
  const asking = await Asking.filed(lost, 'replacement', content('v1'));
  await asking.decide();
  // From 16 June; the 19th is off: the tenth is the 30th.
  expect(await asking.clock('decision')).toMatchObject({ limit: 'replacement.decision', due: '2026-06-30' });
  expect((await asking.openTasks()).some((kind) => kind.startsWith('opinion.'))).toBe(false);
  await asking.grant('replacementApproval');
  await asking.enterPlatform('2026-03-05', '2031-03-04');
  await lost.stands('valid', '2031-03-04');
  expect(await versionsOf(lost)).toEqual(['1 first']);
  const [act] = await lost.office.entries('permit.replaced');
  expect(act).toMatchObject({ params: { businessNo: 'P2', applicationId: asking.caseId } });
});

test('L7: a renewal is overtaken by the new term of a re-application; one that is decided comes first', async () => {
  await rig.world.advanceTo(at('2030-12-02 10:00'));
  const { overtaken, decided } = permits;
  const renewal = await overtaken.renew();
  const asking = await reviewed(overtaken, '2030-12-02');
  await asking.grant('approval');
  await asking.enterPlatform('2030-12-02', '2035-12-01');
  await overtaken.stands('valid', '2035-12-01');
  expect((await renewal.story()).slice(-1)).not.toEqual(['renewal.ended']);
  expect(await renewal.story()).toContain('renewal.overtaken');
  expect(await overtaken.timeline('renewal.windowOpen')).toEqual([]);

  const signed = await decided.renew();
  await signed.signAll();
  await signed.seal('renewalApproval');
  const second = await reviewed(decided, '2030-12-02');
  await second.grant('approval');
  expect(await second.enterPlatform('2030-12-02', '2035-12-01', mayRefuse)).toMatchObject({
    detail: { found: 'renewalAwaitsPlatform' },
  });
  await signed.enterPlatform('2031-03-05', '2036-03-04', '2030-12-02T09:30:00+08:00');
  expect(await second.enterPlatform('2030-12-02', '2035-12-01', mayRefuse)).toMatchObject({ status: 'done' });
  await decided.stands('valid', '2035-12-01');
});

test('L12: a re-application under way holds the cancellation, not the lapse; withdrawn, the cancellation goes on', async () => {
  await rig.world.advanceTo(at('2031-03-03 10:00'));
  const { held, given, lapsed } = permits;
  const asking = await Asking.filed(held, 'reapplication', await storedWith(rig, moreOutlets));
  const going = await reviewed(given, '2031-03-03');
  await going.grant('approval');
  await rig.world.advanceTo(at('2031-03-05 09:00'));
  for (const permit of [held, given]) {
    await permit.stands('lapsed', '2031-03-04');
    expect((await permit.cancellation().story()).at(-1)).toBe('cancellation.held');
  }
  // Nothing is applied for on a permit that has lapsed.
  const late = await Asking.file(lapsed, 'reapplication', content('v2'), {}, mayRefuse);
  expect(late.status).toMatchObject({ status: 'refused', detail: { found: 'lapsed' } });
  await asking.withdraw();
  expect(await openTasks(rig, held.cancellation().caseId)).toEqual(['operationCheck']);
  expect(await heldBy(held)).toEqual([]);

  await going.enterPlatform('2031-03-05', '2036-03-04');
  await given.stands('valid', '2036-03-04');
  expect((await given.cancellation().story()).slice(-2)).toEqual(['cancellation.ended', 'case.closed']);
});

test('L8: a re-application may not be granted under another number, and its version names its act', async () => {
  const { granted, given } = permits;
  const versions = await rig.db
    .select()
    .from(permitVersions)
    .where(eq(permitVersions.permitNo, granted.permitNo));
  expect(versions.map(({ platform }) => platform)).toMatchObject([
    { businessNo: 'B1' },
    { businessNo: 'P2' },
  ]);
  await rig.world.advanceTo(at('2031-03-06 09:00'));
  const asking = await Asking.filed(given, 'reapplication', await storedWith(rig, lowerConcentration));
  await asking.decide();
  await asking.opine();
  await asking.grant('approval');
  const form = {
    ...{ outcome: 'recorded', permitNo: granted.permitNo, validFrom: '2031-03-06', validTo: '2036-03-05' },
    platform: { businessNo: 'P3', at: '2031-03-06T08:00:00+08:00' },
  };
  expect(await asking.complete(people.desk, 'platform', form, mayRefuse)).toMatchObject({
    detail: { found: 'otherUnit' },
  });
});
