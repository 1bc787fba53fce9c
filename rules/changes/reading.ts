import type { PermitContent } from '../content/permit.js';
import type { Difference } from './contentDifference.js';
import type { ChangeRow } from './row.js';

/** A place in a content: `*` is any one name, a last `**` whatever lies there or below. */
export type Pattern = string;

/** Whether a difference lies at a place. */
export function at({ path }: Difference, pattern: Pattern): boolean {
  const names = pattern.split('.');
  const open = names.at(-1) === '**';
  const fixed = open ? names.slice(0, -1) : names;
  if (open ? path.length < fixed.length : path.length !== fixed.length) return false;
  return fixed.every((name, index) => name === '*' || name === path[index]);
}

/** Whether it is a number that has grown. */
export const goesUp = ({ change, before, after }: Difference): boolean =>
  change === 'altered' && typeof before === 'number' && typeof after === 'number' && after > before;

/** Whether the asked-for content names this among the basic data that have changed (REG 14). */
export const isListed = (
  { procedure }: PermitContent,
  what: 'name' | 'address' | 'legalRepresentative' | 'principal',
): boolean => procedure?.basicDataChanges.some((change) => change.what === what) ?? false;

type Fits = ChangeRow['fits'];

/** It lies at one of these places, whatever happened to it. */
export const any =
  (...patterns: readonly Pattern[]): Fits =>
  (difference) =>
    patterns.some((pattern) => at(difference, pattern));

/** Something that was not there. */
export const added =
  (...patterns: readonly Pattern[]): Fits =>
  (difference) =>
    difference.change === 'added' && patterns.some((pattern) => at(difference, pattern));

/** Something that is gone. */
export const removed =
  (...patterns: readonly Pattern[]): Fits =>
  (difference) =>
    difference.change === 'removed' && patterns.some((pattern) => at(difference, pattern));

/** A number that grew, or a bound that was there and is gone. */
export const up =
  (...patterns: readonly Pattern[]): Fits =>
  (difference) =>
    (goesUp(difference) || difference.change === 'removed') &&
    patterns.some((pattern) => at(difference, pattern));

/** A number that fell, or a bound that was not there. */
export const down =
  (...patterns: readonly Pattern[]): Fits =>
  (difference) =>
    !goesUp(difference) &&
    difference.change !== 'removed' &&
    typeof difference.after === 'number' &&
    patterns.some((pattern) => at(difference, pattern));

/** One of these. */
export const either =
  (...fits: readonly Fits[]): Fits =>
  (difference, versions) =>
    fits.some((one) => one(difference, versions));

/** The outlet of a limit that is gone: where the outlet went with it, nobody discharges there any more. */
export const ofGoneOutlet: ChangeRow['fits'] = ({ before }, { after }) =>
  !after.outlets.some(({ id }) => id === (before as { readonly outlet?: string }).outlet);
