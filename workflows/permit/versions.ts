import type { CaseMessages, GrantedVersion } from '../messages/between.js';
import { endHold, placeHold, releaseHold } from './holds.js';
import { type PermitStep, addVersion, comeIntoForce, startTerm } from './term.js';

/** A re-application under way holds the cancellation, never the lapse. */
export function fileReapplication(
  step: PermitStep,
  { applicationId }: CaseMessages['reapplication.filed'],
): void {
  placeHold(step, { hold: applicationId, kind: 'reapplication', reason: '重新申请办理中' });
}

/** It ended without a grant: what it held goes on. */
export function endReapplication(
  step: PermitStep,
  { applicationId, outcome }: CaseMessages['reapplication.ended'],
): void {
  if (step.facts.holds[applicationId] === true) releaseHold(step, { hold: applicationId, reason: outcome });
}

/** REG 15, granted and recorded by the platform: a new version and a new term of five years, from the platform's day. */
export function grantReapplication(step: PermitStep, body: CaseMessages['reapplication.granted']): void {
  step.require('valid', 'held', 'toBeConfirmed', 'lapsed', 'cleanUp');
  const { permitNo, renewal, holds } = step.facts;
  const { applicationId, permitClass, validFrom } = body;
  if (holds[applicationId] === true) endHold(step, { hold: applicationId, reason: 'granted' });
  step.record('permit.reapplied', { permitNo, applicationId, validFrom, validTo: { dueOf: 'validity' } });
  step.permit({ type: 'corrected', permitNo, permitClass, validFrom });
  writeVersion(step, 'reapplication', body);
  startTerm(step, () => step.startClock('validity', 'permit.validity', validFrom));
  // What was to be renewed is over.
  if (renewal !== null) step.tell(renewal, 'renewal.overtaken', { permitNo, at: step.at });
  step.remember({ renewal: null });
  step.overtakeTasks('lateRenewal', 'confirmRenewal');
  step.notify('permit.reapplied', 'applicant', { permitNo, validTo: { dueOf: 'validity' } });
  comeIntoForce(step);
}

/** REG 14, granted and recorded by the platform: a new version; the last day is what it was. */
export function grantChange(step: PermitStep, body: CaseMessages['change.granted']): void {
  step.require('valid', 'held', 'toBeConfirmed', 'lapsed', 'cleanUp');
  const { permitNo } = step.facts;
  const { applicationId, permitClass } = body;
  step.record('permit.changed', { permitNo, applicationId, validTo: { dueOf: 'validity' } });
  step.permit({ type: 'corrected', permitNo, permitClass });
  writeVersion(step, 'change', body);
  step.notify('permit.changed', 'applicant', { permitNo, validTo: { dueOf: 'validity' } });
  step.quietPoint();
}

/** Issued anew in place of a lost or damaged one: an act on the platform, and no new content. */
export function grantReplacement(step: PermitStep, body: CaseMessages['replacement.granted']): void {
  step.require('valid', 'held', 'toBeConfirmed', 'lapsed', 'cleanUp');
  const { applicationId, platform } = body;
  const { businessNo, at } = platform;
  const { permitNo } = step.facts;
  step.record('permit.replaced', {
    ...{ permitNo, applicationId },
    ...{ businessNo: businessNo ?? null, platformAt: at ?? null },
  });
  step.quietPoint();
}

/** The version with the act that made it; and where its class is another, the duties that come or go with it. */
function writeVersion(
  step: PermitStep,
  kind: 'reapplication' | 'change',
  { applicationId, contentId, permitClass, formerClass, platform }: GrantedVersion,
): void {
  step.remember({ contentId, imported: null });
  addVersion(step, { kind, contentId, caseId: applicationId, platform });
  if (permitClass === formerClass) return;
  step.record('permit.reclassified', { from: formerClass, to: permitClass });
  if (permitClass === 'key') step.record('permit.keyDuties', {});
}
