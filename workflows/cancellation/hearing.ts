import { issueDocument } from '../kernel/documents.js';
import type { DocumentRef } from '../kernel/procedure.js';
import type { TaskForms } from '../messages/catalogue.js';
import { familyOf } from '../messages/family.js';
import { conclude, draft } from './decision.js';
import { end } from './ending.js';
import { type CancellationStep, stands } from './facts.js';

/** No permit is cancelled against its holder's will before the holder was told and could speak. */
export function announce(step: CancellationStep): void {
  step.enter('announced');
  step.record('cancellation.announced', { permitNo: step.facts.permitNo });
  issueIntention(step);
}

export const issueIntention = (step: CancellationStep): string =>
  issueDocument(step, 'cancellationIntention', { permitNo: step.facts.permitNo });

/** The notice was served: five working days to be heard, unless the holder has spoken already. */
export function startHearingTerm(step: CancellationStep, { on, startsClock }: DocumentRef): void {
  if (!step.facts.statement && startsClock !== null) step.startClock('statement', startsClock, on);
}

/** The holder speaks once, from the announcement to the fifth working day after the service. */
export function receiveStatement(step: CancellationStep): void {
  const term = step.clock('statement');
  const heard = step.facts.statement || stands(step) !== 'announced';
  if (heard || (term !== undefined && !step.isInTime('statement'))) {
    step.refuse('rule.refused', {
      what: 'a statement is made once, within five working days of the served notice',
      where: 'statement',
      expected: `by ${term?.due ?? 'the fifth working day after the service of the notice'}`,
      found: step.on,
    });
  }
  step.remember({ statement: true });
  step.stopClocks('statement');
  step.record('cancellation.statementReceived', {});
  if (step.stage === 'announced') considerStatement(step);
}

export function considerStatement(step: CancellationStep): void {
  step.openTask('statementReview', 'legalOfficer', 'deciding', { limit: 'sign' });
}

export function reviewStatement(
  step: CancellationStep,
  { outcome, reason }: TaskForms['statementReview'],
): void {
  step.record('cancellation.statementReviewed', { outcome, reason });
  const unserved = step.openTasks().some(({ kind }) => ['seal', 'serve'].includes(familyOf(kind)));
  if (outcome === 'end') end(step, reason);
  else if (!unserved) draft(step);
  else step.refuse('case.stage', { what: 'the notice is served before a decision', where: step.caseId });
}

/** Nobody spoke. */
export function hearNobody(step: CancellationStep): void {
  step.record('cancellation.noStatement', {});
  if (step.stage === 'announced') conclude(step);
}
