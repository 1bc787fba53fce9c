import { issueDocument, reissueDocument, voidUnservedDocuments } from '../kernel/documents.js';
import {
  conductHearing,
  type HearingFacts,
  isHearingSettled,
  requestHearing as request,
  waiveHearing,
} from '../kernel/hearing.js';
import type { DocumentRef } from '../kernel/procedure.js';
import type { Step } from '../kernel/step.js';
import type { CaseMessages } from '../messages/between.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import type { JsonObject } from '../messages/json.js';

/** What a procedure against a holder's permit remembers of hearing him. */
export type HeardFacts = HearingFacts & {
  readonly permitNo: string;
  readonly unitId: string;
  /** The document by which the holder is told; its day of service is the first of his terms. */
  readonly notice: string | null;
  readonly noticeServed: boolean;
  /** Whether the holder has spoken. */
  readonly statement: boolean;
  /** He has spoken, or the time for it is over. */
  readonly statementOver: boolean;
};

/** A step of such a procedure. */
export type HeardStep = Step<HeardFacts>;

/** The stages before the decision. */
export const undecided = ['announced', 'drafting', 'signing'] as const;

/** Before anybody was told; `mayAskForHearing` where the holder's burdens rise (ALL 36, 46). */
export const unheard = (mayAskForHearing: boolean, officer: string) =>
  ({
    ...{ notice: null, noticeServed: false, statement: false, statementOver: false },
    ...{ hearing: mayAskForHearing ? 'announced' : 'none', hearingOn: null, hearingNotice: null },
    reviewers: [officer],
  }) as const satisfies Omit<HeardFacts, 'permitNo' | 'unitId'>;

/** ALL 8, 36, 69: the holder is told first what is intended, why, and that he will be heard. */
export function announce(step: HeardStep, params: JsonObject): void {
  const { procedure } = step.opening;
  const { permitNo, hearing } = step.facts;
  step.enter('announced');
  step.record('holder.announced', { hearing: hearing === 'announced' });
  const told = { ...params, hearingRight: hearing === 'announced' };
  step.remember({ notice: issueDocument(step, `${procedure}Notice`, told) });
  step.notify('holder.toBeHeard', 'applicant', { permitNo, procedure });
}

/** The notice was served: five working days to speak, and as many to ask for a hearing where there may be one. */
export function startTerms(step: HeardStep, { id, on, startsClock }: DocumentRef): void {
  const { notice, statement, hearing } = step.facts;
  if (step.stage !== 'announced' || notice !== id || startsClock === null) return;
  step.remember({ noticeServed: true });
  if (!statement) step.startClock('statement', startsClock, on);
  if (hearing === 'announced') step.startClock('hearingRequest', 'hearing.request', on);
  whenHeard(step);
}

/** The notice was void before anybody had it: the same is told under the next number. */
export function redrawNotice(step: HeardStep, document: DocumentRef): void {
  if (step.facts.notice === document.id) step.remember({ notice: reissueDocument(step, document) });
}

/** The holder speaks once, from the announcement to the fifth working day after the service. */
export function receiveStatement(step: HeardStep): void {
  const term = step.clock('statement');
  const heard = step.facts.statement || step.stage !== 'announced';
  if (heard || (term !== undefined && !step.isInTime('statement'))) {
    step.refuse('rule.refused', {
      what: 'a statement is made once, within five working days of the served notice',
      where: 'statement',
      expected: `by ${term?.due ?? 'the fifth working day after the service of the notice'}`,
      found: step.on,
    });
  }
  step.remember({ statement: true, statementOver: true });
  step.stopClocks('statement');
  step.record('holder.statementReceived', {});
  whenHeard(step);
}

/** The holder did not speak. */
export function hearNobody(step: HeardStep): void {
  if (step.stage !== 'announced') return;
  step.remember({ statementOver: true });
  step.record('holder.noStatement', {});
  whenHeard(step);
}

/** The holder asks for a hearing, in the five working days of ALL 47. */
export function requestHearing(step: HeardStep, body: RequestBodies['hearing.request']): void {
  step.require('announced');
  request(step, body);
}

/** Nobody asked for a hearing. */
function waive(step: HeardStep): void {
  waiveHearing(step);
  whenHeard(step);
}

/** The hearing is scheduled, or was held. */
export function hear(step: HeardStep, form: TaskForms['hearing']): void {
  conductHearing(step, form);
  whenHeard(step);
}

/** Served, spoken or silent, and no hearing under way: what was said is weighed first, and then the decision is drafted. */
function whenHeard(step: HeardStep): void {
  const { noticeServed, statement, statementOver, hearing } = step.facts;
  if (step.stage !== 'announced' || !noticeServed || !statementOver || !isHearingSettled(step.facts)) return;
  if (statement || hearing === 'held')
    step.openTask('heardReview', 'legalOfficer', 'deciding', { limit: 'sign' });
  else draft(step);
}

/** The holder was wrong, and it goes on; or right, and nothing is decided. */
function reviewHeard(step: HeardStep, { outcome, reason }: TaskForms['heardReview']): void {
  step.record('holder.statementReviewed', { finding: outcome, reason });
  if (outcome === 'goOn') draft(step);
  else endUndecided(step, reason, 'dropped');
}

/** The drafting officer has the first step of the chain, as with every decision. */
export function draft(step: HeardStep): void {
  step.enter('drafting');
  step.openTask(`${step.opening.procedure}Draft`, 'officer', 'accepting', { limit: 'authority.decision' });
}

/** Nothing is decided. What nobody was served with is void, and a holder who was told before is told now. */
export function endUndecided(step: HeardStep, reason: string, outcome: string): void {
  step.record('authority.ended', { reason });
  voidUnservedDocuments(step, reason);
  if (step.facts.noticeServed) issueDocument(step, 'proceduralEnd', { reason });
  step.conclude(outcome);
}

/** The permit has lapsed or ended while nothing was served yet: there is nothing left to change or to take back. */
export function endAsMoot(step: HeardStep, { state }: CaseMessages['permit.over']): void {
  if ([...undecided, 'decided'].some((stage) => stage === step.stage)) endUndecided(step, state, 'moot');
}

/** A signed lever ends the case before its decision. */
export const endByLever = (step: HeardStep, reason: string): void => endUndecided(step, reason, 'ended');

/** What every procedure in which the holder is heard answers to. */
export const beingHeard = {
  requests: { 'holder.statement': receiveStatement, 'hearing.request': requestHearing },
  tasks: { heardReview: reviewHeard, hearing: hear },
  lapses: { statement: hearNobody, hearingRequest: waive },
} as const;
