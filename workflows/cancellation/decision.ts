import { issueDocument } from '../kernel/documents.js';
import { startSigning } from '../kernel/sign.js';
import type { TaskForms } from '../messages/catalogue.js';
import { permitCaseId } from '../messages/caseId.js';
import type { JsonObject } from '../messages/json.js';
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

/** What is decided and published: of a permit that a decision has ended, that gives way to a registration form, or any other. */
function papersOf(step: CancellationStep): { decision: string; publication: string; params: JsonObject } {
  const { permitNo, registrationNo } = step.facts;
  if (registrationNo !== undefined) {
    const params = { permitNo, registrationNo };
    return { decision: 'conversionDecision', publication: 'conversionPublication', params };
  }
  if (!isFormality(step))
    return { decision: 'cancellationDecision', publication: 'cancellationPublication', params: { permitNo } };
  const params = { permitNo, ended: groundOf(step) };
  return { decision: 'formalCancellation', publication: 'formalCancellationNotice', params };
}

export function issueDecision(step: CancellationStep): string {
  const { decision, params } = papersOf(step);
  return issueDocument(step, decision, params, 'deciding');
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
  const { publication, params } = papersOf(step);
  issueDocument(step, publication, params, 'deciding');
  step.openTask('platformCancellation', 'acceptance', 'accepting', { limit: 'platform.record' });
  step.openTask('publicity', 'acceptance', 'accepting', { limit: 'publicity' });
  step.conclude('cancelled', 'platformCancellation', 'publicity');
}
