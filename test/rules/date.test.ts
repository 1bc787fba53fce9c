import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addYears,
  atTime,
  dateOf,
  daysBetween,
  instantOf,
  millisOf,
  parseDate,
  parseInstant,
  startOfDay,
  weekdayOf,
} from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import { anyDay, day } from './calendars.js';

describe('a calendar day', () => {
  test.each([
    '2025-02-29',
    '2025-13-01',
    '2025-00-10',
    '2025-1-5',
    '20250105',
    '',
    '2025-01-05T00:00',
    '1991-12-31',
  ])('is refused when it is no real day that the product handles: %s', (text) => {
    expect(() => parseDate(text, '--from')).toThrow(DomainError);
  });

  test('is refused with the place, what was expected and what was found', () => {
    expect(() => parseDate('2025-02-30', '--from')).toThrow(
      'not a calendar day at --from; expected YYYY-MM-DD, a real day from 1992-01-01 on; found 2025-02-30',
    );
  });

  test('knows leap years', () => {
    expect(addDays(day('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addDays(day('2025-02-28'), 1)).toBe('2025-03-01');
    expect(addDays(day('2000-02-28'), 1)).toBe('2000-02-29');
    expect(addYears(day('2024-02-29'), 5)).toBe('2029-02-28');
    expect(addYears(day('2024-02-29'), 4)).toBe('2028-02-29');
  });

  test('knows its weekday', () => {
    expect(weekdayOf(day('2026-02-01'))).toBe(0);
    expect(weekdayOf(day('2026-10-08'))).toBe(4);
  });

  test('does not pass the year 9999', () => {
    expect(() => addDays(day('9999-12-31'), 1)).toThrow(DomainError);
  });

  test('adding days and counting them are inverse', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -9000, max: 9000 }), (date, count) => {
        expect(daysBetween(date, addDays(date, count))).toBe(count);
        expect(addDays(addDays(date, count), -count)).toBe(date);
      }),
    );
  });
});

describe('an instant', () => {
  test('is written in Beijing time, of one width', () => {
    expect(instantOf(Date.UTC(2026, 0, 4, 16, 0, 0))).toBe('2026-01-05T00:00:00.000+08:00');
    expect(startOfDay(day('2026-01-05'))).toBe('2026-01-05T00:00:00.000+08:00');
    expect(atTime(day('2026-01-05'), '23:59')).toBe('2026-01-05T23:59:00.000+08:00');
  });

  test('falls on the day it has in Beijing, whatever its offset', () => {
    expect(dateOf(parseInstant('2026-01-04T16:30:00Z'))).toBe('2026-01-05');
    expect(parseInstant('2026-01-04T16:30:00Z')).toBe('2026-01-05T00:30:00.000+08:00');
  });

  test.each([
    ...['2026-01-05', '2026-01-05T09:00:00', '2026-02-30T09:00:00+08:00', '2026-01-05T24:00:00+08:00'],
    // In Beijing the year 10000 has begun.
    '9999-12-31T20:00:00Z',
  ])('is refused without an offset or a real day: %s', (text) => {
    expect(() => parseInstant(text)).toThrow(DomainError);
  });

  test('comes back from its milliseconds, and sorts as text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 4e12 }), (a, b) => {
        const since1992 = 725_000_000_000;
        const [one, other] = [instantOf(since1992 + a), instantOf(since1992 + b)];
        expect(millisOf(one)).toBe(since1992 + a);
        expect(one < other).toBe(a < b);
      }),
    );
  });
});
