import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HeldPermit, issuePermit, openTasks, type Renewal, timelineOf } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';

/**
 * A supplement that comes in on Monday 3 March 2031 sets the three working days anew, to Thursday 6 March; the permit's last
 * day is Tuesday 4 March. So the last day comes while nobody can know yet whether the renewal is accepted.
 */
let rig: Rig;
let permits: Record<'silent' | 'accepted' | 'refused' | 'supplement' | 'late', HeldPermit>;
let renewals: Record<'silent' | 'accepted' | 'refused' | 'supplement' | 'late', Renewal>;

beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  const names = ['silent', 'accepted', 'refused', 'supplement', 'late'] as const;
  const born = await Promise.all(names.map((name) => issuePermit(rig, name, '2026-03-05')));
  permits = Object.fromEntries(names.map((name, index) => [name, born[index]])) as typeof permits;
  await rig.world.advanceTo(at('2031-01-03 23:00'));
  const timely: [string, Renewal][] = [];
  for (const name of names.slice(0, 4)) timely.push([name, await permits[name].renew()]);
  for (const [, renewal] of timely) await renewal.askForSupplement();
  await rig.world.advanceTo(at('2031-03-03 10:00'));
  for (const [name, renewal] of timely) await renewal.supplement(name);
  renewals = { ...(Object.fromEntries(timely) as typeof renewals), late: await permits.late.renew() };
  await rig.world.advanceTo(at('2031-03-05 08:00'));
});
afterAll(() => rig.close());

test('L7: received, and the completeness limit still runs: the last day decides nothing, the permit is held', async () => {
  for (const permit of Object.values(permits)) {
    await permit.stands('held', '2031-03-04');
    expect(await permit.timeline('permit.held')).toEqual(['2031-03-05T00:00 permit.held']);
    expect(await permit.cancellation().story()).toEqual([]);
  }
});

test('L7: accepted then: renewed by law, as of the old end', async () => {
  await renewals.accepted.accept();
  await rig.world.settle();
  await permits.accepted.stands('toBeConfirmed', '2036-03-04');
  expect(await permits.accepted.timeline('permit.renewedByLaw')).toEqual([
    '2031-03-05T08:00 permit.renewedByLaw',
  ]);
});

test('L7: refused then: the permit has lapsed, and its cancellation names the old last day', async () => {
  await renewals.refused.refuse();
  await permits.refused.stands('lapsed', '2031-03-04');
  const [opened] = await rig.events(permits.refused.cancellation().caseId);
  expect(opened?.params).toMatchObject({ lastDay: '2031-03-04' });
});

test('L7: a second supplement asked for then: the permit has lapsed', async () => {
  await renewals.supplement.askForSupplement('unmet');
  await permits.supplement.stands('lapsed', '2031-03-04');
});

test('L7: silence then: accepted by law at 00:00 of 7 March, and so renewed by law', async () => {
  await rig.world.advanceTo(at('2031-03-06 23:59'));
  await permits.silent.stands('held', '2031-03-04');
  await rig.world.advanceTo(at('2031-03-07 00:00'));
  expect(await timelineOf(rig, renewals.silent.caseId, 'application.deemedAccepted')).toEqual([
    '2031-03-07T00:00 application.deemedAccepted',
  ]);
  await permits.silent.stands('toBeConfirmed', '2036-03-04');
});

test('L7: a late renewal accepted then renews nothing by itself: lapsed, for a legal officer', async () => {
  await permits.late.stands('lapsed', '2031-03-04');
  expect(await permits.late.timeline('permit.expired')).toEqual(['2031-03-07T00:00 permit.expired']);
  expect(await openTasks(rig, permits.late.caseId)).toContain('lateRenewal');
});
