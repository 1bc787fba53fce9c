/** Tolerances of the checks: choices of ours where the sources give no number. A region's pack may take others. */
export interface CheckSettings {
  /** Two amounts are the same within this part of the larger. */
  readonly roundingShare: number;
  /** And within this many tonnes: the last digit that the forms show. */
  readonly roundingTonnes: number;
  /** A reported amount may differ from concentration × flow × hours by this part. */
  readonly recalculationShare: number;
  /** Actual over permitted from which a wrong unit is suspected, and from which it is impossible. */
  readonly unitErrorRatio: number;
  readonly impossibleRatio: number;
  /** A change against the year before that wants a note. */
  readonly jumpShare: number;
  /** So many changes within so many days are repeated changes. */
  readonly repeatedChanges: number;
  readonly repeatedChangeDays: number;
  /** Capacity over the EIA's from which a major change is probable (重大变动清单). */
  readonly majorChangeRatio: number;
  /** So many hours of one value, with flow, are a constant. */
  readonly constantHours: number;
}

export const checkSettings: CheckSettings = {
  roundingShare: 0.005,
  roundingTonnes: 0.0005,
  recalculationShare: 0.2,
  unitErrorRatio: 10,
  impossibleRatio: 1000,
  jumpShare: 0.5,
  repeatedChanges: 3,
  repeatedChangeDays: 180,
  majorChangeRatio: 1.3,
  constantHours: 48,
};

/** Whether two amounts differ by more than rounding. */
export function differ(one: number, other: number, settings: CheckSettings): boolean {
  const size = Math.max(Math.abs(one), Math.abs(other));
  return Math.abs(one - other) > Math.max(settings.roundingTonnes, size * settings.roundingShare);
}
