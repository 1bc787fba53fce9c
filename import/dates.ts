import {
  addDays,
  type CalendarDate,
  type Instant,
  instantOf,
  lastEntered,
  millisOf,
  parseDate,
  parseInstant,
  startOfDay,
} from '../rules/date.js';
import { plain } from './cells.js';
import type { Cell } from './readers/table.js';

/** Day 0 of Excel's count. Its 1900 has a 29 February, so days from March 1900 on are right, and no permit is older. */
const excelDayZero = { from1900: -25_569, from1904: -24_107 } as const;
const firstDay = parseDate('1992-01-01');
const daysTo1992 = 8035;

const dateInText = /(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)/g;
/** Without an offset: an instant of another zone may be another day here, so it is not taken for one. */
const timeOfDay = /T?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(?!\d|Z)/g;

/**
 * A day as people and spreadsheets write it: 2024-03-05, 2024/3/5, 2024.3.5, 2024年3月5日, 20240305, each with or without a
 * time of day, or a spreadsheet's day number. Undefined for everything else, and for a day that does not exist.
 */
export function readDate(cell: Cell, from1904: boolean): CalendarDate | undefined {
  const text = withoutTime(cell);
  const whole = text.replace(/\.\d*$/, '');
  if (/^\d{5}$/.test(whole) && /^\d+(\.\d*)?$/.test(text)) return fromDayNumber(Number(whole), from1904);
  const found = datesIn(text);
  return found.length === 1 && text.replace(dateInText, '') === '' ? found[0] : undefined;
}

/**
 * An instant, Asia/Shanghai, as people and spreadsheets write it: a day with a time of day; without one it is the day's first,
 * and `exact` is false. Undefined for everything else.
 */
export function readInstant(
  cell: Cell,
  from1904: boolean,
): { readonly at: Instant; readonly exact: boolean } | undefined {
  const day = readDate(cell, from1904);
  if (day === undefined) return undefined;
  const text = String(cell).normalize('NFKC');
  const [, hours, minutes, seconds = '00'] = /(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(text) ?? [];
  if (hours !== undefined && minutes !== undefined) {
    const time = `${hours.padStart(2, '0')}:${minutes}:${seconds}`;
    return isTime(time) ? { at: parseInstant(`${day}T${time}+08:00`), exact: true } : undefined;
  }
  const part = /^\d{5}\.\d+$/.test(text.trim()) ? Number(text) % 1 : 0;
  // A spreadsheet's fraction of a day is binary: a second is the finest that it means.
  const at = instantOf(millisOf(startOfDay(day)) + Math.round(part * 86_400) * 1000);
  return { at, exact: part > 0 };
}

const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(text);

/**
 * Both ends of a term in one cell, with 至, a dash or a tilde between them. Undefined for everything else; `from` and `to`
 * need not be in order.
 */
export function readTerm(cell: Cell): { readonly from: CalendarDate; readonly to: CalendarDate } | undefined {
  const text = withoutTime(cell);
  const [from, to, ...more] = datesIn(text);
  const between = text.replace(dateInText, '').replace(/^[自从]|[起止]|[()（）]/g, '');
  if (from === undefined || to === undefined || more.length > 0) return undefined;
  return /^([-~–—―至到]{1,2}|)$/.test(between) ? { from, to } : undefined;
}

/** Without spaces, so that the day before a time of day must be parted from it first. */
function withoutTime(cell: Cell): string {
  return plain(String(cell).normalize('NFKC').replace(timeOfDay, ''));
}

/** The days that a text names; one that does not exist is undefined. */
function datesIn(text: string): readonly (CalendarDate | undefined)[] {
  return [...text.matchAll(dateInText)].map(([, y, m, d, year, month, day]) => {
    const parts = [y ?? year ?? '', (m ?? month ?? '').padStart(2, '0'), (d ?? day ?? '').padStart(2, '0')];
    return realDay(parts.join('-'));
  });
}

function realDay(text: string): CalendarDate | undefined {
  try {
    return entered(parseDate(text));
  } catch {
    return undefined;
  }
}

function fromDayNumber(days: number, from1904: boolean): CalendarDate | undefined {
  const sinceFirst = days + (from1904 ? excelDayZero.from1904 : excelDayZero.from1900) - daysTo1992;
  return sinceFirst < 0 ? undefined : entered(addDays(firstDay, sinceFirst));
}

const entered = (day: CalendarDate): CalendarDate | undefined => (day <= lastEntered ? day : undefined);
