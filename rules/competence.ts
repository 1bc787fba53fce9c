import type { CalendarDate } from './date.js';
import type { Procedure } from './facts.js';
import { organOf, responsibility, type Responsibility, type RulePack } from './pack.js';

/**
 * Which organs do what in an area on a day. An entrusted organ acts within the term of its entrustment alone: before and after
 * it, the organ that entrusted it does its part itself. Throws `not.found` where the pack names none.
 */
export function competentOn(
  pack: RulePack,
  area: string,
  procedure: Procedure,
  day: CalendarDate,
): Responsibility {
  const named = responsibility(pack, area, procedure);
  const acting = (id: string): string => {
    const { basis, superior } = organOf(pack, id);
    if (basis.kind !== 'entrusted' || (basis.from <= day && day <= basis.to)) return id;
    // Never entrusted itself: who is entrusted may not entrust others (ALL 24).
    return superior ?? id;
  };
  return {
    ...named,
    accepting: acting(named.accepting),
    reviewing: acting(named.reviewing),
    deciding: acting(named.deciding),
    sealing: acting(named.sealing),
    supervising: acting(named.supervising),
  };
}
