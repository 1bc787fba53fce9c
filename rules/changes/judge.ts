import type { Cause, PermitClass } from '../facts.js';
import type { PermitContent } from '../content/permit.js';
import { contentDifferences, type Difference } from './contentDifference.js';
import { type ChangeRow, type Verdict, verdicts, type Versions } from './row.js';
import { changeTable, unstructured } from './table.js';

/** What a difference is, by the table. */
export interface Judged {
  readonly difference: Difference;
  readonly row: ChangeRow;
}

/** What the table says of an asked-for content. */
export interface Judgement {
  /** The heaviest of all its differences'. */
  readonly verdict: Verdict;
  /** Whether the heaviest verdict rests on rows alone by which the machine can not tell. */
  readonly uncertain: boolean;
  /** Why a re-application is due. */
  readonly causes: readonly Cause[];
  readonly items: readonly Judged[];
  /** The rows that decided, by their ids, each once. */
  readonly rows: readonly string[];
}

/**
 * Applies the table to the difference between the version in force and what is asked for. What does not have the structure of
 * a permit's content (undefined) can not be compared: that is uncertain, and uncertain means re-application. `classes` are
 * the classes in the register and as asked for, where the contents may not say them.
 */
export function judgeChange(
  before: PermitContent | undefined,
  after: PermitContent | undefined,
  classes?: { readonly before: PermitClass; readonly after: PermitClass },
): Judgement {
  if (before === undefined || after === undefined)
    return summary([], [unstructured.id], { verdict: 'reapplication', uncertain: true });
  const versions: Versions = { before, after };
  const differences = withClass(contentDifferences(before, after), classes);
  const items = differences.map((difference) => ({ difference, row: rowFor(difference, versions) }));
  const verdict = verdicts[Math.max(0, ...items.map(({ row }) => verdicts.indexOf(row.verdict)))] ?? 'none';
  const deciding = items.filter(({ row }) => row.verdict === verdict && verdict !== 'none');
  return summary(
    items,
    deciding.map(({ row }) => row.id),
    { verdict, uncertain: deciding.length > 0 && deciding.every(({ row }) => row.uncertain === true) },
  );
}

const summary = (
  items: readonly Judged[],
  deciding: readonly string[],
  outcome: Pick<Judgement, 'verdict' | 'uncertain'>,
): Judgement => ({
  ...outcome,
  causes: [...new Set(items.flatMap(({ row }) => row.cause ?? []))],
  items,
  rows: [...new Set(deciding)],
});

/** The row that decides on a difference. */
function rowFor(difference: Difference, versions: Versions): ChangeRow {
  const found = changeTable.find((row) => row.fits(difference, versions));
  if (found === undefined) throw new Error('the last row of the table fits everything');
  return found;
}

/** Another class than the register's is a difference, also where the contents do not say it. */
function withClass(
  differences: readonly Difference[],
  classes: { readonly before: PermitClass; readonly after: PermitClass } | undefined,
): readonly Difference[] {
  const said = differences.some(({ path }) => path.join('.') === 'permit.category');
  if (classes === undefined || classes.before === classes.after || said) return differences;
  return [...differences, { path: ['permit', 'category'], change: 'altered', ...classes }];
}
