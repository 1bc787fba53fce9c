import type { SampledKind } from './samplingWords.js';
import { organOf, responsibility, type RulePack } from './pack.js';

/** Where an issuance counts: under the organ that supervises its area, in that organ's division. */
export interface CountingPlace {
  readonly city: string;
  readonly approving: string;
  readonly supervising: string;
}

/**
 * The city in which an area's issuances count, with the organs that approve and supervise there: a branch counts with the
 * organ in whose name it acts, a zone with a bureau of its own by itself. Throws `not.found` for an area without organs.
 */
export function countingPlace(pack: RulePack, area: string, kind: SampledKind): CountingPlace {
  const { deciding, supervising } = responsibility(pack, area, kind);
  const organ = organOf(pack, supervising);
  const counting = organ.actsFor === null ? organ : organOf(pack, organ.actsFor);
  return { city: counting.area, approving: deciding, supervising: counting.id };
}

/** The organs in whose divisions issuances count: those that hear what is said of them. */
export function supervisingOrgans(pack: RulePack): readonly string[] {
  const areas = pack.responsibilities.filter(({ procedures }) => procedures.includes('first'));
  return [...new Set(areas.map(({ area }) => countingPlace(pack, area, 'first').supervising))];
}

/** Every area of a region with the city in which it counts. */
export function cityOfAreas(pack: RulePack): Readonly<Record<string, string>> {
  const areas = pack.responsibilities.filter(({ procedures }) => procedures.includes('first'));
  return Object.fromEntries(areas.map(({ area }) => [area, countingPlace(pack, area, 'first').city]));
}
