import { issueDocument, voidUnservedDocuments } from '../kernel/documents.js';
import type { RequestBodies } from '../messages/catalogue.js';
import { permitCaseId } from '../messages/caseId.js';
import { type CancellationStep, groundOf, stands } from './facts.js';

/** The permit is in force again, or has ended, or the holder was right: what was not served yet is void. */
export function end(step: CancellationStep, reason: string, outcome = 'ended'): void {
  step.record('cancellation.ended', { reason });
  voidUnservedDocuments(step, reason);
  tellPermit(step);
  step.conclude(outcome);
}

/** The holder takes its wish back. What is decided is decided. */
export function withdraw(step: CancellationStep, { reason }: RequestBodies['cancellation.withdraw']): void {
  requireUndecided(step);
  if (groundOf(step) !== 'applied') {
    step.refuse('rule.refused', {
      what: 'only a cancellation that the holder has applied for can be withdrawn',
      where: step.caseId,
      found: groundOf(step),
    });
  }
  step.record('cancellation.withdrawn', { reason });
  end(step, reason, 'withdrawn');
}

/** A unit that still runs keeps its permit: what it applied for is refused, in writing, with the ways to contest it. */
export function refuse(step: CancellationStep, finding: string): void {
  step.record('cancellation.notClosed', { finding });
  issueDocument(step, 'cancellationRefusal', { permitNo: step.facts.permitNo, reason: finding }, 'deciding');
  tellPermit(step);
  step.conclude('refused');
}

/** A signed lever ends the case before its decision; one that was decided is undone by a procedure of its own. */
export function endByLever(step: CancellationStep, reason: string): void {
  requireUndecided(step);
  end(step, reason);
}

function requireUndecided(step: CancellationStep): void {
  if (['decided', 'concluding'].includes(stands(step) ?? ''))
    step.refuse('case.stage', { what: 'the cancellation is decided', where: step.caseId });
}

/** The permit of an expired one has nothing to learn; any other waits to hear whether it goes on. */
function tellPermit(step: CancellationStep): void {
  if (groundOf(step) === 'expired') return;
  const ended = { cancellationId: step.caseId, at: step.at };
  step.tell(permitCaseId(step.facts.permitNo), 'cancellation.ended', ended);
}
