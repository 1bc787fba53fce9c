import { addDays, type CalendarDate, weekdayOf } from '../../date.js';
import type { Slot } from '../reference/frequency.js';

/** A stretch of days, both ends included. */
export interface Days {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

const monthsIn = { month: 1, quarter: 3, halfYear: 6, year: 12 } as const;

/** The slot of the calendar that a day lies in; weeks are ISO weeks, Monday to Sunday. */
function slotOf(day: CalendarDate, slot: Slot): Days {
  if (slot === 'day') return { from: day, to: day };
  if (slot === 'week') {
    const from = addDays(day, -((weekdayOf(day) + 6) % 7));
    return { from, to: addDays(from, 6) };
  }
  const [year = 0, month = 0] = day.split('-').map(Number);
  const first = Math.floor((month - 1) / monthsIn[slot]) * monthsIn[slot];
  const at = (months: number): CalendarDate =>
    `${year + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01` as CalendarDate;
  return { from: at(first), to: addDays(at(first + monthsIn[slot]), -1) };
}

/** The slots that lie wholly inside a period, in order: of a slot only partly held nobody owes a full result (SM-16). */
export function wholeSlots(period: Days, slot: Slot): readonly Days[] {
  const slots: Days[] = [];
  for (let each = slotOf(period.from, slot); each.to <= period.to; each = slotOf(addDays(each.to, 1), slot))
    if (each.from >= period.from) slots.push(each);
  return slots;
}

/** Whether every day of a stretch lies in one of the others. */
export function isCovered(stretch: Days, others: readonly Days[]): boolean {
  let next = stretch.from;
  for (const other of [...others].sort((one, two) => (one.from < two.from ? -1 : 1)))
    if (other.from <= next && other.to >= next) next = addDays(other.to, 1);
  return next > stretch.to;
}
