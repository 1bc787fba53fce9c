/** How often something is measured: by a machine all the time, or so many times in each slot. */
export type Frequency = 'automatic' | { readonly times: number; readonly per: Slot };

/** A slot of the calendar that must hold its own results. */
export type Slot = 'day' | 'week' | 'month' | 'quarter' | 'halfYear' | 'year';

const slots: Readonly<Record<string, Slot>> = {
  日: 'day',
  天: 'day',
  周: 'week',
  月: 'month',
  季: 'quarter',
  季度: 'quarter',
  半年: 'halfYear',
  年: 'year',
};

const perYear: Readonly<Record<Slot, number>> = {
  day: 365,
  week: 52,
  month: 12,
  quarter: 4,
  halfYear: 2,
  year: 1,
};

/** Reads a frequency as the forms write it (1次/季, 自动监测); null for any other text. */
export function parseFrequency(text: string): Frequency | null {
  const trimmed = text.trim();
  if (/^(自动|自动监测|在线监测|连续自动监测)$/.test(trimmed)) return 'automatic';
  const match = /^([1-9]\d{0,2})次[/／](日|天|周|月|季度|季|半年|年)$/.exec(trimmed);
  const per = slots[match?.[2] ?? ''];
  return match === null || per === undefined ? null : { times: Number(match[1]), per };
}

/** The times in a year, to compare two frequencies. */
export const timesInYear = (frequency: Frequency): number =>
  frequency === 'automatic' ? Infinity : frequency.times * perYear[frequency.per];

/** A frequency in the words of the forms. */
export const slotNames: Readonly<Record<Slot, { readonly zh: string; readonly en: string }>> = {
  day: { zh: '日', en: 'day' },
  week: { zh: '周', en: 'week' },
  month: { zh: '月', en: 'month' },
  quarter: { zh: '季', en: 'quarter' },
  halfYear: { zh: '半年', en: 'half-year' },
  year: { zh: '年', en: 'year' },
};

/** What HJ 819 asks at least, in the slot that must hold one; table 1 (air) and table 2 (water). Recalled. */
export function leastFrequency(of: {
  readonly medium: 'air' | 'water';
  readonly keyUnit: boolean;
  readonly mainOutlet: boolean;
  readonly mainIndicator: boolean;
}): Slot {
  if (of.medium === 'air') return of.keyUnit && of.mainOutlet && of.mainIndicator ? 'quarter' : 'year';
  if (of.keyUnit) return of.mainIndicator ? 'month' : 'halfYear';
  return of.mainIndicator ? 'quarter' : 'year';
}

/** Whether a frequency is at least once in each such slot. */
export const isEnough = (frequency: Frequency, least: Slot): boolean =>
  timesInYear(frequency) >= perYear[least];
