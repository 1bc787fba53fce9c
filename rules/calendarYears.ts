import chineseDays from 'chinese-days';
import type { CalendarYear, NamedDay } from './calendar.js';
import { addDays, parseDate, yearOf } from './date.js';

/** The State Council's notices on the holidays of each year. The package does not carry their numbers. */
const documents: Readonly<Record<number, string>> = {
  2020: '国办发明电〔2019〕16号、国办发明电〔2020〕1号',
  2021: '国办发明电〔2020〕27号',
  2022: '国办发明电〔2021〕11号',
  2023: '国办发明电〔2022〕16号',
  2024: '国办发明电〔2023〕7号',
  2025: '国办发明电〔2024〕12号',
  2026: '国办发明电〔2025〕7号',
};

/**
 * The years `from` to `to` as the maintained package `chinese-days` has them, each as edition 1. It answers plain weekends
 * for a year that it does not know, without a word; such a year is marked estimated. Not for workflow code.
 */
export function calendarYearsFromPackage(from: number, to: number): CalendarYear[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => yearFromPackage(from + index));
}

function yearFromPackage(year: number): CalendarYear {
  const holidays: NamedDay[] = [];
  const workdays: NamedDay[] = [];
  for (let date = parseDate(`${year}-01-01`); yearOf(date) === year; date = addDays(date, 1)) {
    const { work, name } = chineseDays.getDayDetail(date);
    // An arranged day is named "Spring Festival,春节,4"; any other has the bare English name of its weekday.
    const [en, zh] = name.split(',');
    if (en !== undefined && zh !== undefined) (work ? workdays : holidays).push({ date, zh, en });
  }
  // The notice for a year names 1 October; days of the turn of the year may stem from the notice for the next.
  const announced = holidays.some((day) => day.date === `${year}-10-01`);
  if (!announced) return { year, edition: 1, document: null, estimated: true, holidays: [], workdays: [] };
  return { year, edition: 1, document: documents[year] ?? null, estimated: false, holidays, workdays };
}
