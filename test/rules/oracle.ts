import chineseDays from 'chinese-days';

/** A limit as the oracle needs it. */
export interface OracleLimit {
  readonly unit: 'workingDay' | 'calendarDay';
  readonly length: number;
  readonly direction: 'forward' | 'back';
  readonly roll: 'none' | 'nextWorkingDay';
}

/** Years that the package knows; in others it answers plain weekends, as the product estimates them. */
const isWorkday = (date: Date): boolean => chineseDays.isWorkday(isoOf(date));

/**
 * A second opinion on due days, written without the product's code: it lists every day, crosses out what does not count,
 * and takes the one at the limit's length. Both ends of a pause are out.
 */
export function oracleDue(
  limit: OracleLimit,
  from: string,
  pauses: readonly { readonly from: string; readonly to: string }[] = [],
): string {
  const step = limit.direction === 'back' ? -1 : 1;
  const days = Array.from(
    { length: 900 },
    (_, index) => new Date(Date.parse(from) + step * (index + 1) * 86_400_000),
  );
  const crossedOut = (date: Date): boolean =>
    pauses.some((pause) => isoOf(date) >= pause.from && isoOf(date) <= pause.to);
  const counting = days
    .filter((date) => !crossedOut(date))
    .filter((date) => limit.unit === 'calendarDay' || isWorkday(date));
  const last = counting[limit.length - 1] ?? new Date(NaN);
  const rolled = limit.roll === 'none' ? last : days.filter((date) => date >= last).find(isWorkday);
  return isoOf(rolled ?? last);
}

function isoOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
