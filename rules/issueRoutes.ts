import type { IssueRoute } from './issueWords.js';

/** The routes of an issue that are the authority's own acts: an officer starts them out of the issue. */
export const startedRoutes = [
  'authorityChange',
  'urging',
  'annulment',
] as const satisfies readonly IssueRoute[];

/** Such a route. */
export type StartedRoute = (typeof startedRoutes)[number];

/**
 * The outcomes by which the case of a route has done what the issue needs of it. Any other (denied, withdrawn, spared, moot)
 * leaves the issue as it was. An urging is over with the unit's answer, with the finding that nothing was due, or with the lead
 * to enforcement.
 */
const fulfilling: Readonly<Record<IssueRoute, readonly string[]>> = {
  change: ['granted'],
  reapplication: ['granted'],
  renewal: ['granted', 'deemed'],
  authorityChange: ['changed'],
  urging: ['answered', 'notNeededAnswer', 'leadRaised'],
  annulment: ['annulled'],
  cancellation: ['cancelled'],
  lead: [],
};

/** Whether a case of this route that has ended so has done what it was started for. */
export const isFulfilledBy = (route: IssueRoute, outcome: string): boolean =>
  fulfilling[route].includes(outcome);
