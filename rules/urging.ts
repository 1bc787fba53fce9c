import { DomainError } from './errors.js';

/** What an urging may ask of a unit, the article that obliges it, and the applications that answer it. */
export const urgedActs = {
  change: { article: 'REG 14', answeredBy: ['change', 'reapplication'] },
  reapplication: { article: 'REG 15', answeredBy: ['reapplication'] },
  executionReport: { article: 'REG 22', answeredBy: [] },
} as const satisfies Record<string, { readonly article: string; readonly answeredBy: readonly string[] }>;

/** What is asked. */
export type UrgedAct = keyof typeof urgedActs;

/** Whose findings an urging rests on. */
export const urgingSources = ['monitoring', 'siteInspection', 'retrofit', 'qualityReview'] as const;
export type UrgingSource = (typeof urgingSources)[number];

/** A finished retrofit starts the holder's change, and nothing else. Throws `rule.refused`. */
export function requireUrgeable(source: UrgingSource, asks: UrgedAct): void {
  if (source !== 'retrofit' || asks === 'change') return;
  throw new DomainError('rule.refused', {
    what: 'a finished retrofit leads to the holder’s change',
    where: 'asks',
    expected: 'change',
    found: asks,
  });
}

/** Whether an application of this kind is what the urging asked for; a re-application does more than a change. */
export const answersUrging = (asks: UrgedAct, kind: string): boolean =>
  urgedActs[asks].answeredBy.some((answering) => answering === kind);
