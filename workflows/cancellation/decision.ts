import { issueDocument } from '../kernel/documents.js';
import { startSigning } from '../kernel/sign.js';
import type { TaskForms } from '../messages/catalogue.js';
import { permitCaseId } from '../messages/caseId.js';
import { type CancellationStep, groundOf, isFormality } from './facts.js';
import { unlessStopped } from './holding.js';

/** Where the region's own document says so, an unopposed cancellation needs no signature; else people sign it. */
export function conclude(step: CancellationStep): void {
  const { cancellationCompletion, cancellationDocument } = step.pack.settings;
  if (cancellationCompletion === 'automatic') {
    step.record('cancellation.automatic', { document: cancellationDocument });
    decide(step);
  } else draft(step);
}

/** The drafting officer has the first step of the chain, as with every decision. */
export function draft(step: CancellationStep): void {
  step.enter('drafting');
  step.openTask('cancellationDraft', 'officer', 'accepting', { limit: 'cancellation.decision' });
}

export function signDraft(step: CancellationStep, { opinion }: TaskForms['cancellationDraft']): void {
  step.record('cancellation.drafted', { opinion });
  step.enter('signing');
  startSigning(step, 'cancellation', { legalReview: true });
}

export function decide(step: CancellationStep): void {
  step.enter('decided');
  issueDecision(step);
}

export function issueDecision(step: CancellationStep): string {
  const { permitNo } = step.facts;
  return isFormality(step)
    ? issueDocument(step, 'formalCancellation', { permitNo, ended: groundOf(step) }, 'deciding')
    : issueDocument(step, 'cancellationDecision', { permitNo }, 'deciding');
}

/** The decision takes effect with its service, unless a hold came before; then the platform has it, and the public. */
export function decisionServed(step: CancellationStep): void {
  step.remember({ served: true });
  unlessStopped(step, complete);
}

export function complete(step: CancellationStep): void {
  const { permitNo } = step.facts;
  step.record('permit.cancelled', { permitNo });
  step.tell(permitCaseId(permitNo), 'permit.cancelled', { cancellationId: step.caseId, at: step.at });
  if (isFormality(step))
    issueDocument(step, 'formalCancellationNotice', { permitNo, ended: groundOf(step) }, 'deciding');
  else issueDocument(step, 'cancellationPublication', { permitNo }, 'deciding');
  step.openTask('platformCancellation', 'acceptance', 'accepting', { limit: 'platform.record' });
  step.openTask('publicity', 'acceptance', 'accepting', { limit: 'publicity' });
  step.conclude('cancelled', 'platformCancellation', 'publicity');
}
