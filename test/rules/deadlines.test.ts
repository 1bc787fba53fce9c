import { describe, expect, test } from 'vitest';
import { type ClockEvent, resolve } from '../../rules/clock.js';
import { demonstration } from '../../rules/packs/demonstration/index.js';
import { calendar, day } from './calendars.js';

const dueOf = (limit: string, on: string, ...more: readonly ClockEvent[]) =>
  resolve([{ type: 'started', limit, on: day(on) }, ...more], demonstration, calendar).due;

const pause = (from: string, resumed: string): ClockEvent[] => [
  { type: 'paused', on: day(from), ground: 'hearing' },
  { type: 'resumed', on: day(resumed) },
];

describe('the last lawful day, against the wall calendar', () => {
  test.each([
    // Thu; Fri 24, Sun 26 (make-up), Mon 27.
    ['completeness', '2025-01-23', '2025-01-27'],
    // Mon; the Spring Festival is off until 4 February.
    ['completeness', '2025-01-27', '2025-02-07'],
    // Thu; Fri 7, Sat 8 (make-up), Mon 10.
    ['completeness', '2025-02-06', '2025-02-10'],
    // Received on a day off; Thu 9, Fri 10, Sat 11 October (make-up).
    ['completeness', '2025-10-03', '2025-10-11'],
    // The Spring Festival of 2026, make-up days on 14 and 28 February.
    ['decision.simplified', '2026-02-10', '2026-03-16'],
    // Labour Day of 2026, make-up day on 9 May.
    ['decision.key', '2026-04-20', '2026-06-03'],
    // National Day of 2025, make-up days on 28 September and 11 October.
    ['decision.key.visit', '2025-09-01', '2025-11-07'],
    ['renewal.decision', '2026-02-10', '2026-03-16'],
    ['publicity', '2026-09-30', '2026-10-15'],
    ['delivery', '2025-04-24', '2025-05-12'],
    ['hearing.request', '2026-01-01', '2026-01-08'],
    ['penalty.hearing.request', '2026-01-01', '2026-01-08'],
    // Counted back over National Day: 10, 9, 8 October, 30, 29, 28, 24 September.
    ['hearing.notice', '2026-10-12', '2026-09-24'],
    ['permit.validity', '2026-03-16', '2031-03-15'],
    ['permit.expiry', '2031-03-15', '2031-03-15'],
  ])('%s from %s is due on %s', (limit, on, due) => {
    expect(dueOf(limit, on)).toBe(due);
  });

  test('renewal.apply counts 60 calendar days back and stays on a holiday', () => {
    expect(dueOf('renewal.apply', '2026-06-30')).toBe('2026-05-01');
    expect(dueOf('renewal.apply', '2031-03-15')).toBe('2031-01-14');
  });

  test.each([
    // Sunday, in National Day: the next working day is Thu 9 October.
    ['change.apply', '2025-09-05', '2025-10-09'],
    // An ordinary Sunday.
    ['change.apply', '2025-08-22', '2025-09-22'],
    // Saturday 11 October 2025 is worked: it stays.
    ['change.apply', '2025-09-11', '2025-10-11'],
    // The first of nine days of Spring Festival.
    ['change.apply', '2026-01-16', '2026-02-24'],
    ['registration.change', '2026-09-11', '2026-10-08'],
    // The 90th day is Sunday 1 February 2026.
    ['penalty.decision', '2025-11-03', '2026-02-02'],
  ])('%s from %s rolls forward to %s', (limit, on, due) => {
    expect(dueOf(limit, on)).toBe(due);
  });

  test("the applicant's term for a supplement does not roll: its last day may be a holiday", () => {
    expect(dueOf('supplement.submit', '2026-01-16')).toBe('2026-02-15');
  });

  test('a pause of calendar days takes calendar days out', () => {
    expect(dueOf('penalty.decision', '2025-11-03', ...pause('2025-12-01', '2025-12-11'))).toBe('2026-02-11');
  });

  test('a pause of working days takes only the working days out, the make-up day among them', () => {
    // 25, 26, 27 and Saturday 28 February are out; Sunday 1 March never counted.
    expect(dueOf('decision.simplified', '2026-02-10', ...pause('2026-02-25', '2026-03-02'))).toBe(
      '2026-03-20',
    );
  });

  test('a pause over days off alone moves nothing', () => {
    expect(dueOf('decision.simplified', '2026-02-10', ...pause('2026-02-15', '2026-02-24'))).toBe(
      '2026-03-16',
    );
  });

  test('a pause before the start or after the due day takes nothing out', () => {
    expect(dueOf('decision.simplified', '2026-02-10', ...pause('2026-01-12', '2026-02-11'))).toBe(
      '2026-03-16',
    );
    expect(dueOf('decision.simplified', '2026-02-10', ...pause('2026-03-17', '2026-04-01'))).toBe(
      '2026-03-16',
    );
  });

  test('a pause on the due day itself moves it', () => {
    expect(dueOf('decision.simplified', '2026-02-10', ...pause('2026-03-16', '2026-03-17'))).toBe(
      '2026-03-17',
    );
  });

  test('an extension adds ten working days, once counted', () => {
    const extended: ClockEvent = { type: 'extended', by: 10, reason: '专家意见尚未汇总' };
    expect(dueOf('decision.simplified', '2026-02-10', extended)).toBe('2026-03-30');
  });

  test('30 days become 45 from the same start', () => {
    expect(dueOf('decision.key', '2025-09-01', { type: 'relimited', limit: 'decision.key.visit' })).toBe(
      '2025-11-07',
    );
  });

  test('a renewed term begins the day after the old one', () => {
    expect(dueOf('permit.validity', '2026-03-16', { type: 'extended', by: 5, reason: '延续' })).toBe(
      '2036-03-15',
    );
  });
});

describe('estimated', () => {
  const estimated = (limit: string, on: string) =>
    resolve([{ type: 'started', limit, on: day(on) }], demonstration, calendar).estimated;

  test('once a day of a year not announced is looked at', () => {
    expect(estimated('completeness', '2026-12-28')).toBe(false);
    expect(estimated('completeness', '2026-12-29')).toBe(true);
    expect(estimated('change.apply', '2026-12-10')).toBe(true);
  });

  test('never where no day off plays a part', () => {
    expect(estimated('renewal.apply', '2031-03-15')).toBe(false);
    expect(estimated('permit.validity', '2026-03-16')).toBe(false);
  });
});
