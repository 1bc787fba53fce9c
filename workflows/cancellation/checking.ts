import type { TaskForms } from '../messages/catalogue.js';
import { draft } from './decision.js';
import { refuse } from './ending.js';
import { type CancellationStep, groundOf, isFormality } from './facts.js';
import { announce } from './hearing.js';

/**
 * Where the plant goes on under a new holder, nobody asks whether it has closed; where a decision has ended the permit, its
 * holder was heard before; and the holder's own registration form is his wish, and his unit goes on.
 */
export function begin(step: CancellationStep): void {
  if (isFormality(step) || groundOf(step) === 'registration') draft(step);
  else if (groundOf(step) === 'newHolder') announce(step);
  else checkOperation(step);
}

function checkOperation(step: CancellationStep): void {
  step.enter('checking');
  step.openTask('operationCheck', 'verification', 'reviewing', { limit: 'cancellation.enquiry' });
}

/** Is the unit closed, or does it still run? A holder who asked for the end of the permit need not be told of it first. */
export function recordOperation(
  step: CancellationStep,
  { outcome, on, finding }: TaskForms['operationCheck'],
): void {
  step.record('cancellation.checked', { outcome, on });
  const isOwnWish = groundOf(step) === 'applied';
  if (outcome === 'closed' && isOwnWish) draft(step);
  else if (outcome === 'closed') announce(step);
  else if (isOwnWish) refuse(step, finding);
  else raiseLead(step);
}

/** A suspicion, not a finding: enforcement verifies it, and the unit is helped to apply. */
function raiseLead(step: CancellationStep): void {
  step.record('lead.raised', { permitNo: step.facts.permitNo });
  step.notify('cancellation.helpToApply', 'applicant', { permitNo: step.facts.permitNo });
  step.enter('running');
  step.openTask('lead', 'enforcement', 'supervising', { limit: 'cancellation.enquiry' });
}

/** Enforcement has the lead, with a receipt; whether the unit has closed is looked at again. */
export function handOverLead(step: CancellationStep, { outcome, receipt }: TaskForms['lead']): void {
  step.record('lead.handedOver', { outcome, receipt });
  if (step.stage === 'running') checkOperation(step);
}
