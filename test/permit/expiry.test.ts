import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HeldPermit, issuePermit, openTasks, type Renewal, timelineOf } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';

/**
 * Permits of one day, 5 March 2026, whose last day is Tuesday 4 March 2031; 3 January 2031 is the last day on which a
 * renewal is filed in time. At midnight each meets the row of the table that its renewal stands in.
 */
let rig: Rig;
let permits: Record<'timely' | 'late' | 'supplement' | 'none' | 'denied' | 'platform', HeldPermit>;
let renewals: Record<'timely' | 'late' | 'denied' | 'platform', Renewal>;

beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  const born = (unit: string) => issuePermit(rig, unit, '2026-03-05');
  permits = {
    timely: await born('timely'),
    late: await born('late'),
    supplement: await born('supplement'),
    none: await born('none'),
    denied: await born('denied'),
    platform: await born('platform'),
  };
  await rig.world.advanceTo(at('2031-01-03 16:00'));
  const timely = await permits.timely.renew();
  const denied = await permits.denied.renew();
  const platform = await permits.platform.renew();
  const supplement = await permits.supplement.renew();
  await timely.accept();
  await denied.signAll('deny');
  await denied.seal('renewalDenial');
  await platform.signAll();
  await supplement.askForSupplement();
  await rig.world.advanceTo(at('2031-01-04 09:00'));
  const late = await permits.late.renew();
  await late.accept();
  renewals = { timely, late, denied, platform };
  await rig.world.advanceTo(at('2031-03-04 17:00'));
  await platform.seal('renewalApproval');
  await rig.world.advanceTo(at('2031-03-05 00:00'));
});
afterAll(() => rig.close());

test('L7: a timely, accepted, undecided renewal is renewed by law from the old end, to be confirmed by a person', async () => {
  const { timely } = permits;
  await timely.stands('toBeConfirmed', '2036-03-04');
  expect(await timely.timeline('permit.renewedByLaw', 'permit.expired')).toEqual([
    '2031-03-05T00:00 permit.renewedByLaw',
  ]);
  expect(await openTasks(rig, timely.caseId)).toEqual(['confirmRenewal', 'seal.1']);
  expect(await timely.notices('permit.renewedByLaw')).toEqual(['2031-03-05T00:00 permit.renewedByLaw']);
  expect(await renewals.timely.story()).toContain('renewal.deemed');
});

test('L7: the organ is warned 10, 5, 3 and 1 working days before the law renews for it', async () => {
  const warnings = (await rig.events(renewals.timely.caseId)).filter(
    (entry) => entry.event === 'clock.warn' && entry.params['clock'] === 'permitEnd',
  );
  expect(
    warnings.map((entry) => `${entry.at.slice(0, 16)} ${JSON.stringify(entry.params['level'])}`),
  ).toEqual([
    '2031-02-18T09:00 "officer"',
    '2031-02-25T09:00 "sectionHead"',
    '2031-02-27T09:00 "deputyHead"',
    '2031-03-03T09:00 "deputyHead"',
  ]);
});

test('L7: the same, filed a day late, lapses; its cancellation is held for a legal officer', async () => {
  const { late } = permits;
  await late.stands('lapsed', '2031-03-04');
  expect(await renewals.late.story()).toContain('renewal.late');
  expect(await late.timeline('permit.expired')).toEqual(['2031-03-05T00:00 permit.expired']);
  expect(await openTasks(rig, late.caseId)).toEqual(['lateRenewal', 'seal.1']);
  expect(await late.cancellation().story()).toEqual([]);
});

test('L7: with a supplement asked for and not here the permit lapses, and its cancellation opens', async () => {
  await lapsedWithCancellation(permits.supplement);
});

test('L7: without a renewal the permit lapses, and its cancellation opens by itself', async () => {
  await lapsedWithCancellation(permits.none);
});

test('L7: with a denied renewal the permit lapses, and its cancellation opens', async () => {
  await lapsedWithCancellation(permits.denied);
});

test('L6, L7: a renewal that is granted and awaits the platform holds the permit until the platform has it', async () => {
  const { platform } = permits;
  await platform.stands('held', '2031-03-04');
  await rig.world.advanceTo(at('2031-03-06 11:00'));
  await renewals.platform.enterPlatform('2031-03-05', '2036-03-04', '2031-03-06T10:30:00+08:00');
  await platform.stands('valid', '2036-03-04');
  expect(await platform.timeline('permit.held', 'permit.renewed', 'permit.expired')).toEqual([
    '2031-03-05T00:00 permit.held',
    '2031-03-06T11:00 permit.renewed',
  ]);
});

async function lapsedWithCancellation(permit: HeldPermit): Promise<void> {
  await permit.stands('lapsed', '2031-03-04');
  expect(await permit.timeline('permit.expired')).toEqual(['2031-03-05T00:00 permit.expired']);
  expect(await timelineOf(rig, permit.cancellation().caseId, 'cancellation.opened')).toEqual([
    '2031-03-05T00:00 cancellation.opened',
  ]);
  expect(await openTasks(rig, permit.cancellation().caseId)).toEqual(['operationCheck']);
}
