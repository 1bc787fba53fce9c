import type { CaseMessages } from '../messages/between.js';
import { type RegistrationStep, setState } from './facts.js';

/** An application for a permit was received: until that is issued, the form stays what it is, and covers no more than it does. */
export function beginConversion(
  step: RegistrationStep,
  { applicationId }: CaseMessages['registration.converting'],
): void {
  step.remember({ application: applicationId });
  step.record('registration.converting', { applicationId });
}

/** No permit came of it: the form goes on. */
export function endConversion(
  step: RegistrationStep,
  { applicationId, outcome }: CaseMessages['registration.conversionEnded'],
): void {
  if (step.facts.application !== applicationId) return;
  step.remember({ application: null });
  step.record('registration.conversionEnded', { applicationId, outcome });
}

/** The permit is there: only now the form is closed, so that no day lies between the two. */
export function replace(
  step: RegistrationStep,
  { permitNo, applicationId }: CaseMessages['registration.replaced'],
): void {
  const { registrationNo } = step.facts;
  setState(step, 'closed');
  step.record('registration.replaced', { registrationNo, permitNo, applicationId });
  step.conclude('replaced');
}
