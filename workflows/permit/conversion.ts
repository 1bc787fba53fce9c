import type { CaseMessages } from '../messages/between.js';
import { registrationCaseId } from '../messages/caseId.js';
import { beginCancellation } from './expiry.js';
import type { PermitStep } from './term.js';

/** Registration to permit: the permit is there, so the form that it takes the place of is closed; never before. */
export function closeRegistration(
  step: PermitStep,
  { registrationNo, applicationId }: CaseMessages['permit.issue'],
): void {
  if (registrationNo === undefined) return;
  const { permitNo } = step.facts;
  step.record('permit.replacesRegistration', { permitNo, registrationNo });
  step.tell(registrationCaseId(registrationNo), 'registration.replaced', {
    ...{ permitNo, applicationId, at: step.at },
  });
}

/** Permit to registration: the form stands, so the cancellation opens. The permit is in force until that is served. */
export function giveWay(step: PermitStep, { registrationNo }: CaseMessages['permit.replaced']): void {
  step.require('valid', 'toBeConfirmed');
  const { permitNo, cancellation = null } = step.facts;
  step.record('permit.givesWay', { permitNo, registrationNo });
  if (cancellation === null)
    step.remember({ cancellation: beginCancellation(step, 'registration', { registrationNo }) });
}

/** An expired permit of a closed unit, on a signed batch list. What holds it is read once more, in this very step. */
export function cleanUp(step: PermitStep, { batch, checkedClosed }: CaseMessages['permit.cleanUp']): void {
  const { permitNo } = step.facts;
  const removed = (reason: string) => (branch: PermitStep) => {
    branch.cleanUp({ type: 'remove', batch, permitNo, reason });
    branch.record('permit.cleanUpHeld', { batch, reason });
  };
  step.dependOn(
    'cleanUpHolds',
    { permitNo },
    {
      free: (branch) => {
        branch.record('permit.cleanedUp', { permitNo, batch });
        const cancellationId = beginCancellation(branch, 'cleanUp', { checkedClosed });
        branch.cleanUp({ type: 'opened', batch, permitNo, cancellationId });
      },
      held: removed('held'),
      renewal: removed('renewalPending'),
      cancelling: removed('cancelling'),
      moot: removed('notLapsed'),
    },
  );
}
