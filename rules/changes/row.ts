import type { Citation, Standing } from '../citation.js';
import type { PermitContent } from '../content/permit.js';
import type { Cause } from '../facts.js';
import { cite } from '../instruments.js';
import type { Difference } from './contentDifference.js';

/**
 * What a difference leads to: nothing (a fact of the record itself), a change of basic data (REG 14), a change of what else
 * is recorded, a re-application (REG 15), or a first application, because the holder would be another.
 */
export const verdicts = ['none', 'basicData', 'change', 'reapplication', 'first'] as const;
export type Verdict = (typeof verdicts)[number];

/** The two contents that are compared: the version in force and what is asked for. */
export interface Versions {
  readonly before: PermitContent;
  readonly after: PermitContent;
}

/** A row of the table. The first row that a difference fits decides on it. */
export interface ChangeRow {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly citation: Citation | null;
  readonly standing: Standing;
  readonly verdict: Verdict;
  /** Why a re-application is due, as visits and gates know it. */
  readonly cause?: Cause;
  /** The machine can not tell: it says re-application until a person says more. */
  readonly uncertain?: true;
  readonly fits: (difference: Difference, versions: Versions) => boolean;
}

/** A row; its law was read unless it says otherwise. */
export const row = (
  id: string,
  zh: string,
  en: string,
  rest: Omit<ChangeRow, 'id' | 'zh' | 'en' | 'standing'> & Partial<Pick<ChangeRow, 'standing'>>,
): ChangeRow => ({ id, zh, en, standing: 'seen', ...rest });

/** REG 15, by its item. */
export const reapplication = (item: 1 | 2 | 3, cause?: Cause) => ({
  citation: cite('REG', `15(${item})`),
  verdict: 'reapplication' as const,
  ...(cause === undefined ? {} : { cause }),
});
/** The machine can not tell. */
export const unsure = { uncertain: true, standing: 'derived' } as const;
/** REG 14. */
export const basicData = { citation: cite('REG', '14'), verdict: 'basicData' } as const;
/** The other items that a permit records, of which M32 makes a change. */
export const recorded = { citation: cite('M32'), verdict: 'change', standing: 'recalled' } as const;

/** Permitted amounts, year by year. */
export const amounts = [
  'limits.*.annual.*',
  'totals.*.main.*',
  'totals.*.general.*',
  'totals.*.plant.*',
] as const;
/** How large the plant is. */
export const capacities = [
  'products.*.capacity',
  'commonProcesses.boilers.*.tonnesPerHour',
  'commonProcesses.boilers.*.megawatts',
  'commonProcesses.surfaceTreatment.solventTonnes',
  'commonProcesses.waterTreatment.cubicMetresPerDay',
] as const;
