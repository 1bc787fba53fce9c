import type { Tier } from './issueWords.js';

import { DomainError } from './errors.js';
import type { RulePack } from './pack.js';

/**
 * The organ that an issue's finding is the work of, and which determines and closes it: the region's own for the provincial
 * sampling, else the one that supervises the unit. Throws `internal` for a pack without a region's organ.
 */
export function findingOrgan(pack: RulePack, tier: Tier, supervising: string): string {
  if (tier !== 'sampling') return supervising;
  const province = pack.organs.find(({ kind }) => kind === 'province');
  if (province === undefined)
    throw new DomainError('internal', { what: 'the pack has no organ of the region' });
  return province.id;
}

/** What tells a problem from every other: the permit, the rule or item that it breaks, and the place. */
export interface SameProblem {
  readonly permitNo: string;
  readonly subject: string;
  readonly place: string;
}

/** The key of a problem: a finding with the same key is the same problem, found again. */
export const problemOf = (finding: {
  readonly permitNo: string;
  readonly rule: string | null;
  readonly item: string | null;
  readonly place: string;
}): SameProblem => ({
  permitNo: finding.permitNo,
  subject: finding.rule ?? finding.item ?? '',
  place: finding.place,
});

/** The limit of a rectification by the severity of its issue. */
export const rectifyLimit = (severity: 'general' | 'serious'): string => `issue.rectify.${severity}`;
