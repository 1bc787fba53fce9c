import { type CalendarDate, weekdayOf, yearOf } from './date.js';

/** A day that a State Council notice names, with the name of the holiday that it belongs to. */
export interface NamedDay {
  readonly date: CalendarDate;
  readonly zh: string;
  readonly en: string;
}

/** One edition of one year's working days. */
export interface CalendarYear {
  readonly year: number;
  readonly edition: number;
  /** The number of the State Council's notice, where known. */
  readonly document: string | null;
  /** Not announced yet: computed from weekends alone. */
  readonly estimated: boolean;
  /** Days off by the notice, weekend days that it names among them. */
  readonly holidays: readonly NamedDay[];
  /** Weekend days worked instead (调休). */
  readonly workdays: readonly NamedDay[];
}

/** What kind of day it is, and what to call it. */
export interface DayKind {
  readonly working: boolean;
  readonly kind: 'workday' | 'weekend' | 'holiday' | 'makeUpWorkday';
  readonly zh: string;
  readonly en: string;
}

/** The working days of the People's Republic. */
export interface Calendar {
  isWorkingDay(date: CalendarDate): boolean;
  dayKind(date: CalendarDate): DayKind;
  /** Whether the day lies in a year that is not announced yet. */
  isEstimated(date: CalendarDate): boolean;
  /** The number of the notice that arranges the day's year; null where unknown or not announced. */
  documentOf(date: CalendarDate): string | null;
  /** The edition that the day's year is counted by: `2026/2`. */
  editionOf(date: CalendarDate): string;
}

const weekdays = [
  { zh: '星期日', en: 'Sunday' },
  { zh: '星期一', en: 'Monday' },
  { zh: '星期二', en: 'Tuesday' },
  { zh: '星期三', en: 'Wednesday' },
  { zh: '星期四', en: 'Thursday' },
  { zh: '星期五', en: 'Friday' },
  { zh: '星期六', en: 'Saturday' },
] as const;

/** Makes a calendar. Of several editions of a year the highest counts; a year not given has weekends only and is estimated. */
export function calendarOf(years: readonly CalendarYear[]): Calendar {
  const newest = new Map<number, CalendarYear>();
  for (const year of years) {
    if ((newest.get(year.year)?.edition ?? -Infinity) < year.edition) newest.set(year.year, year);
  }
  const holidays = new Map<CalendarDate, NamedDay>();
  const workdays = new Map<CalendarDate, NamedDay>();
  for (const year of newest.values()) {
    for (const day of year.holidays) holidays.set(day.date, day);
    for (const day of year.workdays) workdays.set(day.date, day);
  }
  const dayKind = (date: CalendarDate): DayKind => {
    const worked = workdays.get(date);
    if (worked !== undefined) {
      return {
        working: true,
        kind: 'makeUpWorkday',
        zh: `${worked.zh}调休上班`,
        en: `make-up workday for ${worked.en}`,
      };
    }
    const off = holidays.get(date);
    if (off !== undefined) return { working: false, kind: 'holiday', zh: off.zh, en: off.en };
    const weekday = weekdayOf(date);
    const weekend = weekday === 0 || weekday === 6;
    const name = weekdays[weekday] ?? weekdays[0];
    return { working: !weekend, kind: weekend ? 'weekend' : 'workday', ...name };
  };
  return {
    dayKind,
    isWorkingDay(date) {
      if (workdays.has(date)) return true;
      const weekday = weekdayOf(date);
      return weekday !== 0 && weekday !== 6 && !holidays.has(date);
    },
    isEstimated: (date) => newest.get(yearOf(date))?.estimated ?? true,
    documentOf: (date) => newest.get(yearOf(date))?.document ?? null,
    editionOf: (date) => `${yearOf(date)}/${newest.get(yearOf(date))?.edition ?? 0}`,
  };
}
