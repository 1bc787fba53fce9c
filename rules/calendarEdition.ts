import { z } from 'zod';
import type { CalendarYear, NamedDay } from './calendar.js';
import { addDays, type CalendarDate, parseDate, weekdayOf } from './date.js';
import type { ErrorDetail } from './errors.js';
import { FaultyInput } from './faultyInput.js';

/** What the State Council announces of a year, before it has the number of its edition. */
export type AnnouncedYear = Omit<CalendarYear, 'edition' | 'estimated' | 'document'> & {
  readonly document: string;
};

const text = z.string().trim().min(1).max(200);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day, YYYY-MM-DD');
const named = { zh: text, en: text };
const stretch = z.union([
  z.strictObject({ date: day, ...named }),
  z.strictObject({ from: day, to: day, ...named }),
]);

/**
 * The file of an edition: the year, the number of the notice, the days off and the weekend days worked instead, each a day
 * (`date`) or a stretch of days (`from`, `to`, both included) with the holiday's name in both languages.
 */
export const editionSchema = z.strictObject({
  year: z.int().min(2000).max(2100),
  document: text,
  holidays: z.array(stretch).max(100),
  workdays: z.array(stretch).max(100),
});

/** The file of an edition, as it was written. */
export type EditionFile = z.infer<typeof editionSchema>;

/**
 * What every year has (全国年节及纪念日放假办法, article 2): a holiday whose name holds this word, and the days that the
 * solar calendar fixes. The others follow the lunar calendar, so that only their names can be looked for.
 */
const statutory = [
  { zh: '元旦', days: ['01-01'] },
  { zh: '春节', days: [] },
  { zh: '清明', days: [] },
  { zh: '劳动节', days: ['05-01'] },
  { zh: '端午', days: [] },
  { zh: '中秋', days: [] },
  { zh: '国庆', days: ['10-01', '10-02', '10-03'] },
] as const;

/**
 * Reads an edition from its file. Throws `input.invalid` with every fault: what, where, what was expected, what was found.
 */
export function parseEdition(value: unknown): AnnouncedYear {
  const parsed = editionSchema.safeParse(value);
  if (!parsed.success) {
    throw faulty(
      parsed.error.issues.map((issue) => ({
        what: '日历文件格式不符 · not the file of an edition',
        where: issue.path.join('.') || 'the file',
        expected: issue.message,
      })),
    );
  }
  const { year, document } = parsed.data;
  const faults: ErrorDetail[] = [];
  const holidays = daysOf('holidays', parsed.data, faults);
  const workdays = daysOf('workdays', parsed.data, faults);
  if (faults.length === 0) faults.push(...contradictions(year, holidays, workdays));
  if (faults.length > 0) throw faulty(faults);
  return { year, document, holidays, workdays };
}

function faulty([first, ...rest]: readonly ErrorDetail[]): FaultyInput {
  return new FaultyInput([first ?? { what: 'not the file of an edition' }, ...rest]);
}

/** The days of a list, one by one, in order; what is wrong with them is added to `faults`. */
function daysOf(list: 'holidays' | 'workdays', file: EditionFile, faults: ErrorDetail[]): NamedDay[] {
  const days = new Map<CalendarDate, NamedDay>();
  for (const [index, entry] of file[list].entries()) {
    const where = `${list}.${index}`;
    const { zh, en } = entry;
    const [from, to] = 'date' in entry ? [entry.date, entry.date] : [entry.from, entry.to];
    const first = realDay(from, where, faults);
    const last = to === from ? first : realDay(to, where, faults);
    if (first === undefined || last === undefined) continue;
    if (last < first || last > addDays(first, 30)) {
      const expected = `${first} 起三十日内 · within thirty days of ${first}`;
      faults.push({ what: '起止不符 · not a stretch of days', where, expected, found: last });
      continue;
    }
    for (let date = first; date <= last; date = addDays(date, 1)) {
      if (Number(date.slice(0, 4)) !== file.year) {
        const what =
          '不属该年度；跨年的日子请写入其所属年度的新版 · a day of another year belongs to that year’s edition';
        faults.push({ what, where, expected: String(file.year), found: date });
      } else if (days.has(date)) {
        faults.push({ what: '重复的日子 · a day named twice', where, expected: '一次 · once', found: date });
      } else days.set(date, { date, zh, en });
    }
  }
  return [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

function realDay(written: string, where: string, faults: ErrorDetail[]): CalendarDate | undefined {
  try {
    return parseDate(written);
  } catch {
    const what = '不存在的日期 · a day that is not in the calendar';
    faults.push({ what, where, expected: 'YYYY-MM-DD', found: written });
    return undefined;
  }
}

const isWeekend = (date: CalendarDate): boolean => [0, 6].includes(weekdayOf(date));

function contradictions(
  year: number,
  holidays: readonly NamedDay[],
  workdays: readonly NamedDay[],
): ErrorDetail[] {
  const off = new Set(holidays.map(({ date }) => date));
  return [
    ...workdays.flatMap(({ date }) => [
      ...(isWeekend(date)
        ? []
        : [
            {
              what: '调休上班日不在周末 · a make-up workday that is no weekend day',
              where: 'workdays',
              expected: '星期六或星期日 · a Saturday or Sunday',
              found: date,
            },
          ]),
      ...(off.has(date)
        ? [
            {
              what: '既放假又上班 · a day both off and worked',
              where: 'workdays',
              expected: '二者之一 · one of the two',
              found: date,
            },
          ]
        : []),
    ]),
    ...statutory.flatMap(({ zh, days }) => [
      ...(holidays.some((holiday) => holiday.zh.includes(zh))
        ? []
        : [
            {
              what: '年度不完整 · the year is not complete',
              where: 'holidays',
              expected: zh,
              found: '无 · none',
            },
          ]),
      ...days
        .map((date) => `${year}-${date}`)
        .filter((date) => !off.has(date as CalendarDate))
        .map((date) => ({
          what: '年度不完整 · the year is not complete',
          where: 'holidays',
          expected: `${date} ${zh}`,
          found: '未放假 · not a day off',
        })),
    ]),
  ];
}
