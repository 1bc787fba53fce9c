import { issueDocument, voidUnsealed, voidUnservedDocuments } from '../kernel/documents.js';
import type { CaseMessages } from '../messages/between.js';
import type { RequestBodies } from '../messages/catalogue.js';
import { permitCaseId, registrationCaseId } from '../messages/caseId.js';
import type { ApplicationStep } from './facts.js';

/** The stages before the decision, which is made by its seal. */
export const undecided = ['received', 'supplement', 'review', 'revision', 'signing', 'sealing'] as const;

/** The applicant may withdraw until the decision, and that is made by its seal. What was to be sealed still is void. */
export function withdraw(step: ApplicationStep, { reason }: RequestBodies['application.withdraw']): void {
  step.require(...undecided);
  step.record('application.withdrawn', { reason });
  voidUnsealed(step, reason, 'materialReceipt');
  end(step, 'withdrawn');
}

/** The supplement's term is over: the case ends, nothing is denied, filing again is free. */
export function lapse(step: ApplicationStep): void {
  if (step.stage !== 'supplement') return;
  step.record('application.lapsed');
  issueDocument(step, 'returnNotice', {});
  step.notify('application.lapsed', 'applicant', {});
  end(step, 'lapsed');
}

/** The permit was renewed by law on its last day: nothing is left to decide, and no decision may be sealed any more. */
export function endAsDeemed(step: ApplicationStep): void {
  const { permitNo } = step.facts;
  step.record('renewal.deemed', { permitNo });
  voidUnsealed(step, '许可证已依法视为准予延续', 'materialReceipt', 'acceptanceNotice');
  step.conclude('deemed');
}

/** The permit was annulled, withdrawn, revoked or cancelled: nothing that asks for more of it can be granted any more. */
export function endAsPermitEnded(
  step: ApplicationStep,
  { permitNo, state }: CaseMessages['application.permitEnded'],
): void {
  if (step.stage === 'concluding') return;
  step.record('application.permitEnded', { permitNo, state });
  voidUnsealed(step, '许可证已终止', 'materialReceipt', 'acceptanceNotice');
  step.notify('application.permitEnded', 'applicant', { permitNo, state });
  step.conclude('permitEnded');
}

/** Ended by a signed lever: nothing is decided, filing again is free. What nobody was served with is void. */
export function endByLever(step: ApplicationStep, reason: string): void {
  step.record('application.ended', { reason });
  voidUnservedDocuments(step, reason);
  step.notify('application.ended', 'applicant', { reason });
  end(step, 'ended');
}

/** A re-application has given the permit a new term: while nothing is decided, there is nothing left to renew. */
export function endAsOvertaken(step: ApplicationStep): void {
  if (!undecided.some((stage) => stage === step.stage)) return;
  step.record('renewal.overtaken', { permitNo: step.facts.permitNo });
  voidUnsealed(step, '许可证已重新申请取得，有效期已重新计算', 'materialReceipt', 'acceptanceNotice');
  step.conclude('overtaken');
}

/**
 * Ends the case without a grant, and tells the permit that a renewal, or a re-application, has ended, or the registration form
 * that a conversion has.
 */
export function end(step: ApplicationStep, outcome: string, ...families: readonly string[]): void {
  const { permitNo, kind, registrationNo } = step.facts;
  const ended = { applicationId: step.caseId, at: step.at, outcome };
  if (registrationNo !== undefined)
    step.tell(registrationCaseId(registrationNo), 'registration.conversionEnded', ended);
  if (permitNo !== null && (kind === 'renewal' || kind === 'reapplication')) {
    step.tell(permitCaseId(permitNo), `${kind}.ended`, ended);
  }
  step.conclude(outcome, ...families);
}

/** A renewal's progress decides what becomes of its permit on the last day. */
export function tellPermit(step: ApplicationStep, progress: string): void {
  const { permitNo, kind } = step.facts;
  if (permitNo === null || kind !== 'renewal') return;
  step.tell(permitCaseId(permitNo), 'renewal.progress', {
    applicationId: step.caseId,
    at: step.at,
    progress,
  });
}
