import type { ReportType } from '../../content/fields.js';
import { addDays, type CalendarDate, parseDate } from '../../date.js';

/** The days of a period of reporting, both included. */
export interface Period {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

const monthsIn: Readonly<Record<ReportType, number>> = { year: 12, halfYear: 6, quarter: 3, month: 1 };

/** The period that a report is about; null when its number lies outside the year (a fifth quarter). */
export function periodOf(type: ReportType, year: number, index: number): Period | null {
  const first = (index - 1) * monthsIn[type] + 1;
  const next = first + monthsIn[type];
  if (next > 13) return null;
  const dayOne = (month: number): CalendarDate =>
    parseDate(month > 12 ? `${year + 1}-01-01` : `${year}-${String(month).padStart(2, '0')}-01`);
  return { from: dayOne(first), to: addDays(dayOne(next), -1) };
}

/**
 * The last day to file, from the permit's own words; null when they can not be read. Read are a day of the next year
 * (次年1月31日前), a day of the next month (次月15日前) and days after the end (季度结束后15日内); 日前 names its day as the last.
 */
export function dueFromText(dueText: string, period: Period): CalendarDate | null {
  const text = dueText.replaceAll(/\s/g, '');
  const after = /(?:结束|终了|届满)后(\d{1,3})(?:个?自然)?[日天](?:之?内|以内)/.exec(text);
  if (after !== null) return addDays(period.to, Number(after[1]));
  const following = addDays(period.to, 1);
  const nextYear = /(?:次年|下一?年|第二年|翌年)度?(\d{1,2})月(?:(\d{1,2})日|底)/.exec(text);
  if (nextYear !== null) {
    const year = Number(period.to.slice(0, 4)) + 1;
    return real(year, Number(nextYear[1]), nextYear[2] === undefined ? null : Number(nextYear[2]));
  }
  const nextMonth = /(?:次月|下月|下个月|次季度?首月)(?:(\d{1,2})日|底)/.exec(text);
  if (nextMonth !== null) {
    const [year, month] = following.split('-').map(Number);
    return real(year ?? 0, month ?? 0, nextMonth[1] === undefined ? null : Number(nextMonth[1]));
  }
  return null;
}

/** A day of a month, null for its last; null when there is no such day. */
function real(year: number, month: number, dayOfMonth: number | null): CalendarDate | null {
  if (month < 1 || month > 12 || year > 9998) return null;
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
  const last = addDays(parseDate(next), -1);
  if (dayOfMonth === null) return last;
  const text = `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
  return dayOfMonth >= 1 && text <= last ? parseDate(text) : null;
}

/** Where a permit says nothing: annual by 31 January, half-years and shorter by the 15th. Derived from observed permits. */
export function fallbackDue(type: ReportType, period: Period): CalendarDate {
  return addDays(period.to, type === 'year' ? 31 : 15);
}

/** Ministry announcements that replaced the permits' day for an annual report. Seen. */
const announced: readonly {
  readonly year: number;
  readonly industry: RegExp;
  readonly due: CalendarDate;
}[] = [
  { year: 2023, industry: /^/, due: parseDate('2024-02-29') },
  // Thermal power (4411, 4412, 4417); everybody else at the end of February.
  { year: 2024, industry: /^44(11|12|17)?$/, due: parseDate('2025-01-31') },
  { year: 2024, industry: /^/, due: parseDate('2025-02-28') },
];

/** The day that an announcement sets for the annual report of a year; null where none is held. */
export function announcedDue(year: number, industries: readonly string[]): CalendarDate | null {
  const ofUnit = industries.length === 0 ? [''] : industries;
  const found = announced.find(
    (each) => each.year === year && ofUnit.some((industry) => each.industry.test(industry)),
  );
  return found?.due ?? null;
}
