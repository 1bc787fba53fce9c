import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DailyJob, dueDay, runDue } from '../../relay/daily.js';
import { at, openRig, type Rig } from '../rig/rig.js';

const logger = pino({ level: 'silent' });
const silent: DailyJob = { name: 'digest', at: '08:30', run: () => Promise.resolve() };

let rig: Rig;
beforeAll(async () => {
  rig = await openRig('2026-03-02T08:00:00+08:00', { relay: false });
});
afterAll(() => rig.close());

test('a job is due for yesterday until its time of day has come', () => {
  expect(dueDay(silent, at('2026-03-02 08:29'))).toBe('2026-03-01');
  expect(dueDay(silent, at('2026-03-02 08:30'))).toBe('2026-03-02');
});

test('a daily job runs once a legal day, however many processes look, and again the next day', async () => {
  const days: string[] = [];
  const job: DailyJob = { ...silent, run: (day) => Promise.resolve(void days.push(day)) };
  await rig.world.advanceTo(at('2026-03-02 09:00'));
  await Promise.all([1, 2, 3, 4].map(() => runDue(rig.db, [job], logger)));
  expect(days).toEqual(['2026-03-02']);
  await rig.world.advanceTo(at('2026-03-05 12:00'));
  await runDue(rig.db, [job], logger);
  await runDue(rig.db, [job], logger);
  expect(days).toEqual(['2026-03-02', '2026-03-05']);
});

test('a job that fails runs again, and keeps none of the others from running', async () => {
  let tries = 0;
  const ran: string[] = [];
  const failing: DailyJob = {
    ...silent,
    name: 'failing',
    run: () => (++tries === 1 ? Promise.reject(new Error('once')) : Promise.resolve()),
  };
  const other: DailyJob = { ...silent, name: 'other', run: (day) => Promise.resolve(void ran.push(day)) };
  expect(await runDue(rig.db, [failing, other], logger)).toEqual(['other']);
  expect(await runDue(rig.db, [failing, other], logger)).toEqual(['failing']);
  expect([tries, ran]).toEqual([2, ['2026-03-05']]);
});
