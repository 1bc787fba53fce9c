import type { CalendarDate } from '../date.js';
import { DomainError } from '../errors.js';
import type { RulePack } from '../pack.js';
import { demonstration } from './demonstration/index.js';
import { demonstration2 } from './demonstration2.js';
import { demonstrationAutomatic } from './demonstrationAutomatic.js';

/** Every pack that a case may have been started under. A pack that a case has pinned is never changed, only followed. */
export const packs: readonly RulePack[] = [demonstration, demonstration2, demonstrationAutomatic];

/** The pack of this id. Throws `not.found`. */
export function packById(id: string): RulePack {
  const pack = packs.find((candidate) => candidate.id === id);
  if (pack === undefined) {
    throw new DomainError('not.found', {
      what: 'no such rule pack',
      expected: packs.map((candidate) => candidate.id).join(' | '),
      found: id,
    });
  }
  return pack;
}

/** The packs in force on a day, one a region: a pack gives way to a later one, whether or not its end was written down. */
export function packsOn(on: CalendarDate): readonly RulePack[] {
  const inForce = packs.filter(
    ({ effectiveFrom, effectiveTo }) => effectiveFrom <= on && (effectiveTo === null || on <= effectiveTo),
  );
  return inForce.filter((pack) =>
    inForce.every((other) => other.region !== pack.region || other.effectiveFrom <= pack.effectiveFrom),
  );
}

/** The pack in force in a region on a day. Throws `not.found`. */
export function packOf(region: string, on: CalendarDate): RulePack {
  const pack = packsOn(on).find((candidate) => candidate.region === region);
  if (pack === undefined) {
    throw new DomainError('not.found', { what: `no rule pack is in force in region ${region}`, found: on });
  }
  return pack;
}

/** The pack in force in the region of an area (a six-digit division) on a day. Throws `not.found`. */
export function packOfArea(area: string, on: CalendarDate): RulePack {
  return packOf(`${area.slice(0, 2)}0000`, on);
}
