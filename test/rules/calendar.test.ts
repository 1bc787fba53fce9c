import { describe, expect, test } from 'vitest';
import { type CalendarYear, calendarOf } from '../../rules/calendar.js';
import { calendarYearsFromPackage } from '../../rules/calendarYears.js';
import { addDays, yearOf } from '../../rules/date.js';
import { calendar, day } from './calendars.js';

const workingDaysOf = (year: number): number => {
  let count = 0;
  for (let date = day(`${year}-01-01`); yearOf(date) === year; date = addDays(date, 1)) {
    if (calendar.isWorkingDay(date)) count += 1;
  }
  return count;
};

describe('the seeded calendar', () => {
  // Days of the year, less 104 weekend days, less the weekdays off by the notice, plus the weekend days worked.
  test.each([
    [2024, 366 - 104 - 19 + 8],
    [2025, 365 - 104 - 18 + 5],
    [2026, 365 - 104 - 19 + 6],
  ])('has the published number of working days in %i', (year, expected) => {
    expect(workingDaysOf(year)).toBe(expected);
  });

  test('names holidays and make-up workdays in both languages', () => {
    expect(calendar.dayKind(day('2026-02-17'))).toEqual({
      working: false,
      kind: 'holiday',
      zh: '春节',
      en: 'Spring Festival',
    });
    expect(calendar.dayKind(day('2026-02-14'))).toEqual({
      working: true,
      kind: 'makeUpWorkday',
      zh: '春节调休上班',
      en: 'make-up workday for Spring Festival',
    });
    expect(calendar.dayKind(day('2026-03-07'))).toEqual({
      working: false,
      kind: 'weekend',
      zh: '星期六',
      en: 'Saturday',
    });
    expect(calendar.dayKind(day('2026-03-09'))).toEqual({
      working: true,
      kind: 'workday',
      zh: '星期一',
      en: 'Monday',
    });
  });

  test('knows every day off and every make-up workday of the notice for 2026', () => {
    const off = [
      '01-01',
      '01-03',
      '02-15',
      '02-23',
      '04-04',
      '04-06',
      '05-01',
      '05-05',
      '06-19',
      '06-21',
      '09-25',
      '09-27',
    ];
    for (const date of [...off, '10-01', '10-07'])
      expect(calendar.isWorkingDay(day(`2026-${date}`)), date).toBe(false);
    const worked = ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'];
    for (const date of worked) expect(calendar.dayKind(day(`2026-${date}`)).kind, date).toBe('makeUpWorkday');
    expect(calendar.documentOf(day('2026-05-01'))).toBe('国办发明电〔2025〕7号');
  });

  test('marks a year that is not announced, and has only its weekends', () => {
    const years = calendarYearsFromPackage(2026, 2027);
    expect(years.map(({ year, estimated, edition }) => ({ year, estimated, edition }))).toEqual([
      { year: 2026, estimated: false, edition: 1 },
      { year: 2027, estimated: true, edition: 1 },
    ]);
    expect(calendar.isWorkingDay(day('2027-10-01'))).toBe(true);
    expect(calendar.isEstimated(day('2027-10-01'))).toBe(true);
    expect(calendar.isEstimated(day('2026-12-31'))).toBe(false);
  });
});

describe('a calendar made of editions', () => {
  const edition = (number: number, off: readonly string[]): CalendarYear => ({
    ...{ year: 2027, edition: number, document: null, estimated: number === 1, workdays: [] },
    holidays: off.map((date) => ({ date: day(date), zh: '元旦', en: "New Year's Day" })),
  });

  test('goes by the newest edition of a year, in whatever order they come', () => {
    for (const years of [
      [edition(1, []), edition(2, ['2027-01-01'])],
      [edition(2, ['2027-01-01']), edition(1, [])],
    ]) {
      expect(calendarOf(years).isWorkingDay(day('2027-01-01'))).toBe(false);
      expect(calendarOf(years).isEstimated(day('2027-01-01'))).toBe(false);
    }
  });

  test('a year not given has weekends only and is estimated', () => {
    const empty = calendarOf([]);
    expect(empty.isWorkingDay(day('2026-10-01'))).toBe(true);
    expect(empty.isEstimated(day('2026-10-01'))).toBe(true);
    expect(empty.documentOf(day('2026-10-01'))).toBeNull();
  });
});
