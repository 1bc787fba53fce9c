import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cases, clocks, permits } from '../../db/schema/index.js';
import type { Report } from '../../import/report.js';
import { CalendarSource } from '../../db/queries/calendarSource.js';
import { explain } from '../../rules/clock.js';
import { demonstration } from '../../rules/packs/demonstration/index.js';
import { permitCaseId } from '../../workflows/messages/caseId.js';
import { dueDay, HeldPermit, openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { creditCode, importList, permitNo, row, unitOf } from './lists.js';

/**
 * A list is imported on Monday 2 March 2026 at 9:00. Sixty days before 1 May lies 2 March itself; before 30 April, the day
 * before it; before 10 June, 11 April.
 */
const ends = {
  farAway: '2029-03-04',
  inWindow: '2026-06-10',
  lastDayInTime: '2026-05-01',
  oneDayLate: '2026-04-30',
  fortyDaysLeft: '2026-04-11',
  endsToday: '2026-03-02',
  endedYesterday: '2026-03-01',
} as const;
const names = Object.keys(ends) as (keyof typeof ends)[];
const [cancelled, revoked] = [11, 12];

let rig: Rig;
let report: Report;
const unit = (number: number): number => unitOf(rig, number);
const held = (name: keyof typeof ends): HeldPermit =>
  new HeldPermit(rig, creditCode(unit(names.indexOf(name) + 1)), permitNo(unit(names.indexOf(name) + 1)));

beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  const started = (validTo: string): string => `${Number(validTo.slice(0, 4)) - 5}${validTo.slice(4)}`;
  const term = (validTo: string) => ({ issuedOn: started(validTo), validFrom: started(validTo), validTo });
  report = await importList(rig, [
    ...names.map((name, index) => row(unit(index + 1), term(ends[name]))),
    row(unit(cancelled)),
    row(unit(cancelled), { business: '注销', issuedOn: '2025-01-07' }),
    row(unit(revoked), { business: '吊销', issuedOn: '2025-01-07' }),
  ]);
});
afterAll(() => rig.close());

test('L16: the report counts where every permit stands, and takes all of them in', () => {
  expect(report).toMatchObject({ rows: 10, accepted: 10, rejected: 0, unchanged: 0, errors: [] });
  expect(report.states).toEqual({
    ...{ valid: 1, renewalWindow: 2, renewalWindowLate: 3, lapsed: 1, cancelled: 1, revoked: 1 },
  });
});

test('L16: each life begins at its point: valid until the platform’s own last day', async () => {
  for (const name of names) {
    const state = name === 'endedYesterday' ? 'lapsed' : 'valid';
    await held(name).stands(state, ends[name]);
  }
  expect(await dueDay(rig, held('inWindow').caseId, 'renewalApply')).toBe('2026-04-11');
});

test('L16: what was not reminded of in time is said once, late; nothing comes in a burst', async () => {
  expect(await held('farAway').notices()).toEqual([]);
  for (const name of ['inWindow', 'lastDayInTime'] as const) {
    expect(await held(name).notices()).toEqual(['2026-03-02T09:00 renewal.remind']);
    expect(await held(name).timeline('renewal.remindedLate', 'renewal.windowMissed')).toEqual([
      '2026-03-02T09:00 renewal.remindedLate',
    ]);
  }
  const [, late] = (await rig.events(held('inWindow').caseId)).map((entry) => entry.zh);
  expect(late).toContain('提出延续申请的最后一日为 2026-04-11');
  for (const name of ['oneDayLate', 'fortyDaysLeft', 'endsToday'] as const) {
    expect(await held(name).notices()).toEqual(['2026-03-02T09:00 renewal.windowClosed']);
    expect(await held(name).timeline('renewal.remindedLate', 'renewal.windowMissed')).toEqual([
      '2026-03-02T09:00 renewal.windowMissed',
    ]);
  }
});

test('L12, L16: one that had ended is listed for clean-up, with nothing opened and nobody told', async () => {
  const { caseId } = held('endedYesterday');
  expect(await held('endedYesterday').notices()).toEqual([]);
  expect(await openTasks(rig, caseId)).toEqual([]);
  const listed = await rig.db.select().from(cases).where(eq(cases.stage, 'cleanUp'));
  expect(listed.map(({ id, nextAt }) => ({ id, nextAt }))).toEqual([{ id: caseId, nextAt: null }]);
  expect((await rig.events(caseId)).at(-1)?.zh).toContain('列入到期清理清单；未自动启动注销程序');
  expect(await rig.db.select().from(cases).where(eq(cases.kind, 'cancellation'))).toEqual([]);
});

test('L16: one that was cancelled or revoked is history: its number is on record and its case closed', async () => {
  for (const [number, state] of [
    [cancelled, 'cancelled'],
    [revoked, 'revoked'],
  ] as const) {
    const [permit] = await rig.db
      .select()
      .from(permits)
      .where(eq(permits.permitNo, permitNo(unit(number))));
    expect(permit).toMatchObject({ state, validTo: '2029-03-04' });
    const [life] = await rig.db
      .select()
      .from(cases)
      .where(eq(cases.id, permitCaseId(permitNo(unit(number)))));
    expect(life).toMatchObject({ outcome: state, stage: 'closed', nextAt: null });
  }
});

test('L16: the clock says that its last day is the platform’s, in both languages, and what a count would give', async () => {
  const [row] = await rig.db
    .select()
    .from(clocks)
    .where(eq(clocks.caseId, held('inWindow').caseId))
    .orderBy(clocks.id)
    .offset(1);
  const calendar = await new CalendarSource().current(rig.db);
  const told = explain(row?.events ?? [], demonstration, calendar);
  const record = told.find(({ kind }) => kind === 'record');
  expect(record?.zh).toBe(
    '该期限自2026年3月2日起由本系统接管，此前的提醒等事项不再补办。最后一日2026年6月10日取自国家平台的记载，不由本系统推算；按5年推算为2026年6月9日。',
  );
  expect(record?.en).toBe(
    "The clock came here on 2 March 2026; what lay before, such as reminders, is not made good. The last day, 10 June 2026, is the national platform's record, not a count of ours; a count of 5 years gives 9 June 2026.",
  );
  expect(told.find(({ kind }) => kind === 'due')?.en).toBe(
    'The last lawful day is 10 June 2026, until 24:00.',
  );
});

test('L14, L16: from then on the permit is reminded and lapses, or is renewed by law, like any other', async () => {
  await rig.world.advanceTo(at('2026-03-03 00:00'));
  await held('endsToday').stands('lapsed', '2026-03-02');
  expect(await openTasks(rig, held('endsToday').cancellation().caseId)).toEqual(['operationCheck']);

  await rig.world.advanceTo(at('2026-04-10 10:00'));
  expect(await held('inWindow').notices('renewal.remind')).toEqual([
    ...[
      '2026-03-02T09:00 renewal.remind',
      '2026-03-12T09:00 renewal.remind',
      '2026-03-27T09:00 renewal.remind',
    ],
    // The 65th day before is 6 April, a holiday (Qingming, 4 to 6 April).
    '2026-04-03T09:00 renewal.remind',
  ]);
  const renewal = await held('inWindow').renew();
  await renewal.accept();
  await rig.world.advanceTo(at('2026-06-11 00:00'));
  await held('inWindow').stands('toBeConfirmed', '2031-06-10');
  await held('lastDayInTime').stands('lapsed', '2026-05-01');
  expect(await held('lastDayInTime').timeline('renewal.windowClosed', 'permit.expired')).toEqual([
    '2026-03-03T00:00 renewal.windowClosed',
    '2026-05-02T00:00 permit.expired',
  ]);
  expect(await held('oneDayLate').timeline('renewal.windowClosed', 'permit.expired')).toEqual([
    '2026-05-01T00:00 permit.expired',
  ]);
  expect(await held('endedYesterday').timeline('permit.expired')).toEqual([]);
});
