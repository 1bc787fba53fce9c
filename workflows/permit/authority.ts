import type { CaseMessages } from '../messages/between.js';
import { beginCancellation } from './expiry.js';
import { reviewCancellation } from './holds.js';
import { addVersion, endApplications, type PermitStep, setState, tellOver } from './term.js';

/** REG 16: the authority's change is recorded by the platform: another version, and the term as it was. */
export function changeByAuthority(step: PermitStep, body: CaseMessages['permit.changedByAuthority']): void {
  step.require('valid', 'held', 'toBeConfirmed', 'lapsed', 'cleanUp');
  const { changeId, contentId, platform } = body;
  // What we have changed is no longer the list's to correct.
  step.remember({ contentId, imported: null });
  step.record('permit.changedByAuthority', { permitNo: step.facts.permitNo, caseId: changeId, contentId });
  addVersion(step, { kind: 'authorityChange', contentId, caseId: changeId, platform });
}

/**
 * A decision that ends the permit was served (ALL 8, 69; REG 34, 41). Its term runs no further, so that no renewal is made
 * by law; whatever was asked for it ends; the formalities of its cancellation begin (ALL 70).
 */
export function endByAuthority(step: PermitStep, body: CaseMessages['permit.endedByAuthority']): void {
  step.require('valid', 'held', 'toBeConfirmed', 'lapsed', 'cleanUp');
  const { permitNo } = step.facts;
  const { decisionId, state, on } = body;
  step.overtakeTasks('confirmRenewal', 'lateRenewal');
  step.stopClocks('validity', 'renewalApply');
  step.remember({ renewal: null, deemed: null, imported: null });
  setState(step, state);
  step.record('permit.endedByAuthority', { permitNo, state, on, caseId: decisionId });
  step.notify('permit.endedByAuthority', 'applicant', { permitNo, state });
  endApplications(step, state);
  tellOver(step, state);
  // One that the expiry opened gives way to the one that follows the decision.
  reviewCancellation(step);
  beginCancellation(step, state);
}
