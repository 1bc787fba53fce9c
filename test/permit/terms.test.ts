import { afterAll, beforeAll, expect, test } from 'vitest';
import * as people from '../../rehearsal/people.js';
import { dueDay, type HeldPermit, issuePermit, openTasks } from '../rig/permits.js';
import { chainOf } from '../rig/replay.js';
import { at, openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
let permit: HeldPermit;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  permit = await issuePermit(rig, 'quiet', '2026-03-05');
});
afterAll(() => rig.close());

test('L7: valid five years from its first day, and to be renewed by the sixtieth day before the end', async () => {
  await permit.stands('valid', '2031-03-04');
  expect(await dueDay(rig, permit.caseId, 'renewalApply')).toBe('2031-01-03');
});

test('L7: the holder is reminded 180, 120, 90, 75 and 65 days before the end, on a working day', async () => {
  await rig.world.advanceTo(at('2031-01-02 12:00'));
  expect(await permit.notices()).toEqual([
    '2030-09-05T09:00 renewal.remind',
    '2030-11-04T09:00 renewal.remind',
    '2030-12-04T09:00 renewal.remind',
    '2030-12-19T09:00 renewal.remind',
    // The 65th day before is Sunday 29 December.
    '2030-12-27T09:00 renewal.remind',
  ]);
});

test('issue 3: five quiet years are less than 300 events, begun anew each year, with one timer pending', async () => {
  const chain = await chainOf(rig.client, permit.caseId);
  expect(chain).toHaveLength(5);
  const events = chain.reduce((sum, history) => sum + (history.events?.length ?? 0), 0);
  expect(events).toBeLessThan(300);
  const types = (chain[0]?.events ?? []).map((event) => event.eventType);
  const started = chain[0]?.events?.filter((event) => event.timerStartedEventAttributes != null) ?? [];
  const over = chain[0]?.events?.filter(
    (event) => event.timerFiredEventAttributes != null || event.timerCanceledEventAttributes != null,
  );
  expect(types.length).toBeGreaterThan(0);
  expect(started.length - (over?.length ?? 0)).toBe(1);
});

test('L7: deemed renewed and then confirmed: the platform’s act is kept with the new version', async () => {
  const renewal = await permit.renew();
  await renewal.accept();
  await rig.world.advanceTo(at('2031-03-05 00:00'));
  await permit.stands('toBeConfirmed', '2036-03-04');
  await rig.world.advanceTo(at('2031-03-06 10:00'));
  await permit.office.complete(people.legalOfficer, 'confirmRenewal', {
    outcome: 'confirmed',
    platform: { businessNo: 'D1', at: '2031-03-06T09:30:00+08:00' },
    note: '平台已记载',
  });
  await permit.stands('valid', '2036-03-04');
  expect(await permit.register()).toMatchObject({ version: 2 });
  expect(await openTasks(rig, permit.caseId)).not.toContain('confirmRenewal');
  expect(await dueDay(rig, permit.caseId, 'renewalApply')).toBe('2036-01-04');
});

test('L7: the second term reminds at its own days, once, and never early; whoever has not applied hears that it is late', async () => {
  await permit.office.dispatch('2031-03-06');
  await rig.world.advanceTo(at('2035-09-05 23:59'));
  expect((await permit.notices('renewal.remind')).filter((notice) => notice > '2031-03-05')).toEqual([]);
  await rig.world.advanceTo(at('2036-01-05 12:00'));
  expect((await permit.notices()).filter((notice) => notice > '2031-03-05T00:01')).toEqual([
    '2035-09-06T09:00 renewal.remind',
    '2035-11-05T09:00 renewal.remind',
    '2035-12-05T09:00 renewal.remind',
    '2035-12-20T09:00 renewal.remind',
    // The 65th day before is Sunday 30 December 2035.
    '2035-12-28T09:00 renewal.remind',
    '2036-01-05T00:00 renewal.windowClosed',
  ]);
  // Four anniversaries of each term, and the renewal and its confirmation, each began the history anew.
  expect(await chainOf(rig.client, permit.caseId)).toHaveLength(11);
  await rig.world.advanceTo(at('2036-03-05 00:00'));
  await permit.stands('lapsed', '2036-03-04');
});
