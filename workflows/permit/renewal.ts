import type { CaseMessages } from '../messages/between.js';
import type { TaskForms } from '../messages/catalogue.js';
import type { NextMoment } from '../messages/step.js';
import { end, openCancellation } from './expiry.js';
import { reviewCancellation } from './holds.js';
import { type PermitStep, addVersion, comeIntoForce, extendTerm, startTerm } from './term.js';

/** Nobody is reminded of what he has done. */
export function remind(step: PermitStep, { clock, moment }: NextMoment): void {
  const { permitNo, renewal } = step.facts;
  if (renewal !== null) return;
  step.record('clock.remind', { clock, moment, level: 'applicant' });
  const [validTo, lastDay] = [step.clock('validity')?.due ?? null, step.clock('renewalApply')?.due ?? null];
  step.notify('renewal.remind', 'applicant', { permitNo, validTo, lastDay });
}

/** REG 14: the sixtieth day before the end went by without a renewal. */
export function closeWindow(step: PermitStep): void {
  step.record('renewal.windowClosed');
  step.notify('renewal.windowClosed', 'applicant', { permitNo: step.facts.permitNo });
}

/** The holder has applied, in time or late. */
export function fileRenewal(
  step: PermitStep,
  { applicationId, inTime }: CaseMessages['renewal.filed'],
): void {
  step.remember({ renewal: applicationId });
  step.stopClocks('renewalApply');
  step.record('renewal.filed', { applicationId, inTime });
}

/** A renewal ended without a grant. */
export function endRenewal(
  step: PermitStep,
  { applicationId, outcome }: CaseMessages['renewal.ended'],
): void {
  if (step.facts.renewal !== applicationId) return;
  step.remember({ renewal: null });
  step.record('renewal.ended', { applicationId, outcome });
  if (step.facts.state === 'held') end(step);
  else if (step.openTasks('lateRenewal').length > 0) {
    // The late renewal that held the cancellation is over without a grant: nothing is left to wait for.
    step.overtakeTasks('lateRenewal');
    openCancellation(step);
  } else reopenWindow(step);
  // The holder's own wish to end the permit has waited for it.
  if ((step.facts.cancellation ?? null) !== null) reviewCancellation(step);
}

/** A renewal that ended early costs nobody the days that are left for another. */
function reopenWindow(step: PermitStep): void {
  const lastDay = step.clock('renewalApply')?.due ?? null;
  if (lastDay === null || step.on > lastDay || step.facts.state === 'lapsed') return;
  step.startClock('renewalApply', 'renewal.apply', { dueOf: 'validity' });
  step.record('renewal.windowOpen', { lastDay });
  step.notify('renewal.windowOpen', 'applicant', { permitNo: step.facts.permitNo, lastDay });
}

/** Decided and recorded by the platform: a new term from the old end, or, after a lapse, from the day the platform gives. */
export function grantRenewal(step: PermitStep, body: CaseMessages['renewal.granted']): void {
  step.require('valid', 'held', 'toBeConfirmed', 'lapsed', 'cleanUp');
  const { permitNo, state, deemed } = step.facts;
  const { applicationId, contentId, platform, validFrom } = body;
  step.remember({ renewal: null, contentId });
  step.record('permit.renewed', { permitNo, applicationId, validFrom });
  addVersion(step, { kind: 'renewal', contentId, caseId: applicationId, platform });
  if (state === 'lapsed') startTerm(step, () => step.startClock('validity', 'permit.validity', validFrom));
  // The law was faster, and gave this very renewal its term at midnight: the decision confirms it.
  else if (deemed !== applicationId) extendTerm(step);
  step.overtakeTasks('lateRenewal', 'confirmRenewal');
  comeIntoForce(step);
}

/** A person confirms the renewal that the law made. */
export function confirmRenewal(step: PermitStep, { platform }: TaskForms['confirmRenewal']): void {
  const { permitNo, contentId, deemed } = step.facts;
  const { businessNo, at } = platform;
  step.record('permit.renewalConfirmed', { permitNo, businessNo, platformAt: at });
  addVersion(step, { kind: 'renewalByLaw', contentId, caseId: deemed ?? step.caseId, platform });
  comeIntoForce(step);
}

/** The legal officer lets the late renewal's cancellation begin, or goes on holding it. */
export function decideLateRenewal(step: PermitStep, { outcome, reason }: TaskForms['lateRenewal']): void {
  step.record('renewal.lateDecided', { outcome, reason });
  if (outcome === 'openCancellation') openCancellation(step);
  else step.openTask('lateRenewal', 'legalOfficer', 'deciding', { limit: 'renewal.confirm' });
}
