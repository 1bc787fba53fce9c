import { competentOn } from './competence.js';
import type { CalendarDate } from './date.js';
import { DomainError } from './errors.js';
import type { Procedure } from './facts.js';
import { organOf, type Responsibility, type RulePack } from './pack.js';

/** Who does what on a day where the superior of the deciding organ does it all (ALL 69). Throws `not.found` where the pack names none. */
export function organsOfSuperior(
  pack: RulePack,
  area: string,
  procedure: Procedure,
  day: CalendarDate,
): Pick<Responsibility, 'accepting' | 'reviewing' | 'deciding' | 'sealing' | 'supervising'> {
  const issuer = competentOn(pack, area, procedure, day);
  const { superior } = organOf(pack, issuer.deciding);
  if (superior === null) {
    throw new DomainError('not.found', {
      what: 'the pack names no superior of the organ that decides here',
      found: issuer.deciding,
    });
  }
  const all = { accepting: superior, reviewing: superior, deciding: superior, sealing: superior };
  return { ...all, supervising: superior };
}
