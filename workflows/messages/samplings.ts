import type { SampledKind } from '../../rules/samplingWords.js';

/** What earlier rounds, and what is expected until the year's end, come to in a city and kind. A row of `--carry`. */
export type CarriedRow = {
  readonly city: string;
  readonly kind: SampledKind;
  /** What earlier rounds froze. */
  readonly population: number;
  /** What a December round expects beside: applications under way that may be decided by 31 December. */
  readonly expected: number;
  readonly drawn: number;
};

/** How many issuances an organ has of a kind. */
export type OrganCount = { readonly organ: string; readonly kind: SampledKind; readonly count: number };

/** Where an organ's count is not the platform's. */
export type CountDifference = {
  readonly organ: string;
  readonly kind: SampledKind;
  readonly ours: number;
  readonly platform: number;
};
