import { dateOf } from '../rules/date.js';
import { packOfArea } from '../rules/packs/index.js';
import { runCase } from './kernel/case.js';
import { issueDocument, voidUnservedDocuments } from './kernel/documents.js';
import { type DocumentRef, type Procedure, procedure } from './kernel/procedure.js';
import { startSigning } from './kernel/sign.js';
import type { Step } from './kernel/step.js';
import type { CancellationGround, CaseMessages } from './messages/between.js';
import { permitCaseId } from './messages/caseId.js';
import type { TaskForms } from './messages/catalogue.js';
import { familyOf } from './messages/family.js';
import type { CaseInput } from './messages/state.js';

/** What a cancellation remembers. */
type CancellationFacts = {
  readonly permitNo: string;
  /** Absent in cases of older releases, which had but one. */
  readonly ground?: CancellationGround;
  /** The form that takes the permit's place. */
  readonly registrationNo?: string;
  /** Whether the holder has spoken. */
  readonly statement: boolean;
  /** Whether the decision was served. */
  readonly served: boolean;
  /** Where a hold stopped the case. */
  readonly stoppedAt: string | null;
};

type CancellationStep = Step<CancellationFacts>;

/** ALL 70: a permit that expired unrenewed goes through the formalities of cancellation; lapse is not cancellation. So does one whose place a registration form has taken. */
function open(step: CancellationStep, body: CaseMessages['cancellation.open']): void {
  const { permitNo, unitId, area, lastDay, ground, registrationNo, checkedClosed = false } = body;
  step.open(packOfArea(area, dateOf(step.at)), { area, procedure: 'cancellation', unitId, permitNo });
  step.remember({ permitNo, ground, statement: false, served: false, stoppedAt: null });
  if (registrationNo !== undefined) step.remember({ registrationNo });
  step.enter('checking');
  if (registrationNo === undefined) step.record('cancellation.opened', { permitNo, ground, lastDay });
  else step.record('cancellation.forRegistration', { permitNo, registrationNo });
  unlessStopped(step, checkedClosed ? announce : begin);
}

/** The holder's own registration form is his wish, and his unit goes on: nothing is to be enquired or announced. */
function begin(step: CancellationStep): void {
  if (step.facts.ground === 'registration') draft(step);
  else checkOperation(step);
}

/** What holds the case, and whether there is still a lapsed permit to cancel, is read in the step's own transaction. */
function unlessStopped(step: CancellationStep, goOn: (step: CancellationStep) => void): void {
  step.dependOn(
    'cancellationHolds',
    { permitNo: step.facts.permitNo, ground: step.facts.ground ?? 'expired' },
    { free: goOn, held: stop, moot: (branch) => end(branch, 'inForce') },
  );
}

/** A review, a lawsuit, a re-application under way or a recorded hold stops the case until it is released. */
function stop(step: CancellationStep): void {
  if (step.stage === 'held') return;
  step.remember({ stoppedAt: step.stage });
  step.enter('held');
  step.record('cancellation.held', {});
  // Papers on their way are served, enforcement keeps its lead, whom no notice reached is told, a lever keeps its signer; every
  // other piece of work is taken up again afterwards.
  for (const { kind } of step.openTasks()) {
    if (!['seal', 'serve', 'lead', 'contact', 'lever'].includes(familyOf(kind))) step.overtakeTasks(kind);
  }
}

/** The permit's holds or its state have changed. */
function lookAgain(step: CancellationStep): void {
  if (step.stage !== 'concluding') unlessStopped(step, resume);
}

function resume(step: CancellationStep): void {
  if (step.stage !== 'held') return;
  step.record('cancellation.resumed', {});
  switch (step.facts.stoppedAt) {
    case 'announced':
      step.enter('announced');
      if (step.facts.statement) considerStatement(step);
      else if (step.clock('statement')?.lapsed === true) conclude(step);
      break;
    case 'drafting':
    case 'signing':
      draft(step);
      break;
    case 'decided':
      step.enter('decided');
      if (step.facts.served) complete(step);
      break;
    case null:
    default:
      if (step.openTasks('lead').length === 0) begin(step);
      else step.enter('running');
  }
}

/** The stage of the case, or the one at which it was stopped: a hold takes no right from the holder. */
const stands = (step: CancellationStep): string | null =>
  step.stage === 'held' ? step.facts.stoppedAt : step.stage;

function checkOperation(step: CancellationStep): void {
  step.enter('checking');
  step.openTask('operationCheck', 'verification', 'reviewing', { limit: 'cancellation.enquiry' });
}

/** Is the unit closed, or does it still run? */
function recordOperation(step: CancellationStep, { outcome, on }: TaskForms['operationCheck']): void {
  step.record('cancellation.checked', { outcome, on });
  if (outcome === 'closed') announce(step);
  else raiseLead(step);
}

/** A suspicion, not a finding: enforcement verifies it, and the unit is helped to apply. */
function raiseLead(step: CancellationStep): void {
  step.record('lead.raised', { permitNo: step.facts.permitNo });
  step.notify('cancellation.helpToApply', 'applicant', { permitNo: step.facts.permitNo });
  step.enter('running');
  step.openTask('lead', 'enforcement', 'supervising', { limit: 'cancellation.enquiry' });
}

/** Enforcement has the lead, with a receipt; whether the unit has closed is looked at again. */
function handOverLead(step: CancellationStep, { outcome, receipt }: TaskForms['lead']): void {
  step.record('lead.handedOver', { outcome, receipt });
  if (step.stage === 'running') checkOperation(step);
}

function announce(step: CancellationStep): void {
  step.enter('announced');
  step.record('cancellation.announced', { permitNo: step.facts.permitNo });
  issueIntention(step);
}

const issueIntention = (step: CancellationStep): string =>
  issueDocument(step, 'cancellationIntention', { permitNo: step.facts.permitNo });

/** The notice was served: five working days to be heard, unless the holder has spoken already. */
function startHearingTerm(step: CancellationStep, { on, startsClock }: DocumentRef): void {
  if (!step.facts.statement && startsClock !== null) step.startClock('statement', startsClock, on);
}

/** The holder speaks once, from the announcement to the fifth working day after the service. */
function receiveStatement(step: CancellationStep): void {
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

function considerStatement(step: CancellationStep): void {
  step.openTask('statementReview', 'legalOfficer', 'deciding', { limit: 'sign' });
}

function reviewStatement(step: CancellationStep, { outcome, reason }: TaskForms['statementReview']): void {
  step.record('cancellation.statementReviewed', { outcome, reason });
  const unserved = step.openTasks().some(({ kind }) => ['seal', 'serve'].includes(familyOf(kind)));
  if (outcome === 'end') end(step, reason);
  else if (!unserved) draft(step);
  else step.refuse('case.stage', { what: 'the notice is served before a decision', where: step.caseId });
}

/** Nobody spoke. */
function hearNobody(step: CancellationStep): void {
  step.record('cancellation.noStatement', {});
  if (step.stage === 'announced') conclude(step);
}

/** Where the region's own document says so, an unopposed cancellation needs no signature; else people sign it. */
function conclude(step: CancellationStep): void {
  const { cancellationCompletion, cancellationDocument } = step.pack.settings;
  if (cancellationCompletion === 'automatic') {
    step.record('cancellation.automatic', { document: cancellationDocument });
    decide(step);
  } else draft(step);
}

/** The drafting officer has the first step of the chain, as with every decision. */
function draft(step: CancellationStep): void {
  step.enter('drafting');
  step.openTask('cancellationDraft', 'officer', 'accepting', { limit: 'cancellation.decision' });
}

function signDraft(step: CancellationStep, { opinion }: TaskForms['cancellationDraft']): void {
  step.record('cancellation.drafted', { opinion });
  step.enter('signing');
  startSigning(step, 'cancellation', { legalReview: true });
}

function decide(step: CancellationStep): void {
  step.enter('decided');
  issueDecision(step);
}

/** What is decided and published: of a permit that lapsed, or of one whose place a registration form has taken. */
function issueDecision(step: CancellationStep): string {
  const { permitNo, registrationNo = null } = step.facts;
  const kind = registrationNo === null ? 'cancellationDecision' : 'conversionDecision';
  return issueDocument(step, kind, { permitNo, registrationNo }, 'deciding');
}

/** The decision takes effect with its service, unless a hold came before; then the platform has it, and the public. */
function decisionServed(step: CancellationStep): void {
  step.remember({ served: true });
  unlessStopped(step, complete);
}

function complete(step: CancellationStep): void {
  const { permitNo, registrationNo = null } = step.facts;
  step.record('permit.cancelled', { permitNo });
  step.tell(permitCaseId(permitNo), 'permit.cancelled', { cancellationId: step.caseId, at: step.at });
  const kind = registrationNo === null ? 'cancellationPublication' : 'conversionPublication';
  issueDocument(step, kind, { permitNo, registrationNo }, 'deciding');
  step.openTask('platformCancellation', 'acceptance', 'accepting', { limit: 'platform.record' });
  step.openTask('publicity', 'acceptance', 'accepting', { limit: 'publicity' });
  step.conclude('cancelled', 'platformCancellation', 'publicity');
}

/** The permit is in force again, or the holder was right: what was not served yet is void. */
function end(step: CancellationStep, reason: string): void {
  step.record('cancellation.ended', { reason });
  voidUnservedDocuments(step, reason);
  const { permitNo, ground } = step.facts;
  if (ground === 'registration')
    step.tell(permitCaseId(permitNo), 'permit.keeps', { cancellationId: step.caseId, at: step.at });
  step.conclude('ended');
}

/** A signed lever ends the case before its decision; one that was decided is undone by a procedure of its own. */
function endByLever(step: CancellationStep, reason: string): void {
  if (stands(step) === 'decided')
    step.refuse('case.stage', { what: 'the cancellation is decided', where: step.caseId });
  end(step, reason);
}

/**
 * The cancellation of a permit (注销) that expired unrenewed, or whose place a registration form has taken (from `drafting` on):
 *
 *   checking ⇄ running → announced → drafting → signing → decided → concluding → closed
 *
 * A hold stops it anywhere before the end (`held`); its release takes it up where it stood.
 */
const definition: Procedure<CancellationFacts> = {
  kind: 'cancellation',
  opens: { 'cancellation.open': open },
  requests: { 'cancellation.review': lookAgain, 'cancellation.statement': receiveStatement },
  tasks: {
    operationCheck: recordOperation,
    lead: handOverLead,
    statementReview: reviewStatement,
    cancellationDraft: signDraft,
    platformCancellation: (step, { platform }) => {
      step.record('platform.cancelled', { businessNo: platform.businessNo, platformAt: platform.at });
    },
    publicity: (step, { on }) => step.record('decision.published', { on }),
  },
  lapses: { statement: hearNobody },
  served: {
    cancellationIntention: startHearingTerm,
    cancellationDecision: decisionServed,
    conversionDecision: decisionServed,
  },
  voided: {
    cancellationIntention: issueIntention,
    cancellationDecision: issueDecision,
    conversionDecision: issueDecision,
  },
  ended: {
    stages: ['checking', 'running', 'announced', 'drafting', 'signing', 'held'],
    end: endByLever,
  },
  redrafted: { cancellation: draft },
  signed: { cancellation: decide },
};

/** The workflow of a cancellation: `cancellation/<permit number>-<how many>`. */
export async function cancellation(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
