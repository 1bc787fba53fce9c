import type { CalendarDate } from './date.js';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A day as a Chinese document writes it: 2026年1月5日. */
export function dateInChinese(date: CalendarDate): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year ?? ''}年${month ?? ''}月${day ?? ''}日`;
}

/** A day as an English letter writes it: 5 January 2026. */
export function dateInEnglish(date: CalendarDate): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day ?? ''} ${months[(month ?? 1) - 1] ?? ''} ${year ?? ''}`;
}

/** A stretch of days; one day alone stands for itself. */
export function stretchInChinese(from: CalendarDate, to: CalendarDate): string {
  return from === to ? dateInChinese(from) : `${dateInChinese(from)}至${dateInChinese(to)}`;
}

/** A stretch of days; one day alone stands for itself. */
export function stretchInEnglish(from: CalendarDate, to: CalendarDate): string {
  return from === to ? dateInEnglish(from) : `${dateInEnglish(from)} to ${dateInEnglish(to)}`;
}
