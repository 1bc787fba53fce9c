import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requests } from '../../db/schema/index.js';
import { setRehearsalClock } from '../../db/legalClock.js';
import { SkippingWorkflow } from '../../rehearsal/fastForward.js';
import { until } from '../../rehearsal/world.js';
import { millisOf } from '../../rules/date.js';
import { issuePermit } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
});
afterAll(() => rig.close());

test('L7: a renewal written down at 23:59 and not yet sent counts: the expiry waits for it; one of 00:00 is too late', async () => {
  const [early, late] = [
    await issuePermit(rig, 'early', '2026-03-05'),
    await issuePermit(rig, 'tooLate', '2026-03-05'),
  ];
  await rig.world.advanceTo(at('2031-03-04 23:59'));
  const row = await early.writeRenewal(await rig.nextApplication());
  expect(row.receivedAt).toBe('2031-03-04T23:59:00.000+08:00');
  // Midnight comes to both permits while the request still lies in its table.
  await setRehearsalClock(rig.db, at('2031-03-05 00:00'));
  const midnight = millisOf(at('2031-03-05 00:00'));
  await new SkippingWorkflow(rig.client, rig.namespace, late.caseId).runTo(midnight);
  await until(async () => {
    const { state } = await late.register();
    return state === 'lapsed' ? null : state;
  }, 'the other permit lapses');
  const passing = new SkippingWorkflow(rig.client, rig.namespace, early.caseId).runTo(midnight + 2000);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const [waiting] = await rig.db.select().from(requests).where(eq(requests.id, row.id));
  expect(waiting?.status).toBe('open');
  await early.stands('valid', '2031-03-04');
  // Now it is sent: received, and its completeness limit runs.
  await rig.send(row);
  await passing;
  await rig.world.advanceTo(at('2031-03-05 00:01'));
  await early.stands('held', '2031-03-04');
  expect(await early.timeline('renewal.filed', 'permit.held')).toEqual([
    '2031-03-04T23:59 renewal.filed',
    '2031-03-05T00:00 permit.held',
  ]);

  const tooLate = await late.renew();
  await tooLate.accept();
  await rig.world.settle();
  await late.stands('lapsed', '2031-03-04');
  expect(await tooLate.story()).toContain('renewal.late');
  expect(await late.cancellation().story()).toContain('cancellation.opened');
});

test('L12: thirty permits that end at one midnight all lapse at it, each with its cancellation', async () => {
  const start = '2031-03-06';
  await rig.world.advanceTo(at(`${start} 10:00`));
  const wave = await Promise.all(
    Array.from({ length: 30 }, (_, index) => issuePermit(rig, `W${String(index)}`, start)),
  );
  await rig.world.advanceTo(at('2036-03-05 23:59'));
  for (const permit of wave) await permit.stands('valid', '2036-03-05');
  await rig.world.advanceTo(at('2036-03-06 00:00'));
  for (const permit of wave) {
    await permit.stands('lapsed', '2036-03-05');
    expect(await permit.timeline('permit.expired')).toEqual(['2036-03-06T00:00 permit.expired']);
    expect(await permit.cancellation().story()).toContain('cancellation.opened');
  }
});
