import type { CalendarDate } from './date.js';
import { DomainError } from './errors.js';
import { type ApplicationFacts, type PermitClass, holds } from './facts.js';
import type { RulePack, VisitTrigger } from './pack.js';

/** Why officers must see the site (REG 10); empty where nothing calls for a visit. */
export function visitTriggersOf(pack: RulePack, facts: ApplicationFacts): readonly VisitTrigger[] {
  return pack.visitTriggers.filter((trigger) => holds(trigger.applies, facts));
}

/** A decision that the site must be visited. */
export interface VisitDecision {
  readonly permitClass: PermitClass;
  readonly method: 'onSite' | 'offSite';
  readonly on: CalendarDate;
  /** The last day of the 30; null while its clock is paused. */
  readonly due: CalendarDate | null;
}

/**
 * REG 12: whether the decision turns 30 working days into 45. It does under key management alone, for a visit (video and
 * photos are no visit), and when it is made while the 30 still run. Throws `rule.refused` with the reason when it does not.
 */
export function requireVisitLimit({ permitClass, method, on, due }: VisitDecision): void {
  const refuse = (what: string, expected: string, found: string): never => {
    throw new DomainError('rule.refused', { what, expected, found });
  };
  if (permitClass !== 'key') {
    refuse('REG 12 adds no days for a visit under simplified management', 'key management', permitClass);
  }
  if (method !== 'onSite') refuse('a check from afar adds no days', 'a visit to the site', method);
  if (due !== null && on > due) refuse('a visit is decided by the last day of the 30', `by ${due}`, on);
}
