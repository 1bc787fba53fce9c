import { linesText, type RowLine } from '../table/lines.js';

/** What an import of the platform's list of acts came to. Each row is one of the five. */
export interface RecordReport {
  readonly rows: number;
  /** Recorded in the case that waited for it. */
  readonly accepted: number;
  /** Another than our record: a person has a task to reconcile the two. */
  readonly differing: number;
  readonly unchanged: number;
  /** No case here is of this act. */
  readonly unmatched: number;
  readonly rejected: number;
  /** Of the accepted and differing, how many cases have still to answer; they will. */
  readonly pending: number;
  readonly differences: readonly RowLine[];
  readonly errors: readonly RowLine[];
}

/** A report as people read it, in both languages. */
export function recordReportText(report: RecordReport): string {
  const { rows, accepted, differing, unchanged, unmatched, rejected, pending } = report;
  return [
    `行 rows ${rows}：登记 recorded ${accepted}，不一致 differing ${differing}，未变 unchanged ${unchanged}，` +
      `无对应 unmatched ${unmatched}，拒绝 rejected ${rejected}`,
    ...(pending === 0 ? [] : [`${pending} 件尚待案件答复 · cases that have still to answer`]),
    ...linesText('不一致 · differing', report.differences),
    ...linesText('未登记 · not recorded', report.errors),
  ].join('\n');
}
