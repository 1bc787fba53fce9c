import type { CaseMessages } from '../messages/between.js';
import type { RequestBodies } from '../messages/catalogue.js';
import { beginCancellation, openCancellation } from './expiry.js';
import { endedByAuthority } from '../messages/step.js';
import { endApplications, type PermitStep, setState, tellOver } from './term.js';

/** The holder wants the permit to end (ALL 70). What it asks for elsewhere would be cut off: that is ended first. */
export function applyForCancellation(
  step: PermitStep,
  { reason, closedOn }: RequestBodies['cancellation.apply'],
): void {
  step.require('valid', 'held', 'toBeConfirmed');
  const { permitNo, cancellation = null } = step.facts;
  if (cancellation !== null) {
    step.refuse('rule.refused', {
      what: 'a cancellation is under way already',
      where: step.caseId,
      found: cancellation,
    });
  }
  step.dependOn(
    'pendingApplications',
    { permitNo },
    {
      free: (branch) => {
        const id = beginCancellation(branch, 'applied', { reason });
        branch.remember({ cancellation: id });
        branch.record('cancellation.applied', { permitNo, reason, closedOn: closedOn ?? null });
        branch.answer({ cancellationId: id });
      },
    },
  );
}

/**
 * Another subject has its permit for the same plant: this one's cancellation opens now, and the duties are split at the
 * day from which the new one is valid.
 */
export function succeed(step: PermitStep, body: CaseMessages['permit.succeeded']): void {
  const { permitNo, cancellation = null, state } = step.facts;
  const { successor, from, heldFrom } = body;
  step.record('permit.succeeded', { permitNo, successor, from, heldFrom });
  step.notify('permit.succeeded', 'applicant', { permitNo, successor, from });
  // A permit that has lapsed has its cancellation already.
  if (cancellation === null && state !== 'lapsed')
    step.remember({ cancellation: beginCancellation(step, 'newHolder', { reason: successor }) });
}

/** That cancellation ended without a decision. A permit that has lapsed meanwhile is cancelled for that. */
export function endCancellation(
  step: PermitStep,
  { cancellationId }: CaseMessages['cancellation.ended'],
): void {
  if (step.facts.cancellation !== cancellationId) return;
  step.remember({ cancellation: null });
  if (step.facts.state === 'lapsed') openCancellation(step);
}

/**
 * The cancellation is complete. The number stays reserved. What its holder still asked for ends now and not before: until the
 * decision is served he may be heard and be right, as one may whose plant another subject says to have taken over.
 */
export function cancel(step: PermitStep, { cancellationId }: CaseMessages['permit.cancelled']): void {
  if (step.facts.cancellation !== cancellationId) step.require('lapsed', 'cleanUp', ...endedByAuthority);
  setState(step, 'cancelled');
  tellOver(step, 'cancelled');
  endApplications(step, 'cancelled');
  step.record('permit.ended', { permitNo: step.facts.permitNo, cancellationId });
  step.conclude('cancelled');
}
