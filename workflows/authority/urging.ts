import { dateOf } from '../../rules/date.js';
import { packOfArea } from '../../rules/packs/index.js';
import { answersUrging, requireUrgeable, type UrgedAct, urgedActs } from '../../rules/urging.js';
import { runCase } from '../kernel/case.js';
import { issueDocument, reissueDocument, voidUnservedDocuments } from '../kernel/documents.js';
import { type DocumentRef, type Procedure, procedure } from '../kernel/procedure.js';
import type { Step } from '../kernel/step.js';
import type { CaseMessages, StartedForIssue } from '../messages/between.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import type { CaseInput } from '../messages/state.js';
import { type OnPermit, recordIssue, requirePermit } from './onPermit.js';

type UrgingFacts = OnPermit & {
  readonly asks: UrgedAct;
  readonly source: string;
  readonly reason: string;
  /** The notice whose service the term runs from. */
  readonly notice: string | null;
};

type UrgingStep = Step<UrgingFacts>;

/** On what the monitoring desk or an inspection found, or once a retrofit is finished, the unit is urged to do its part. */
function start(step: UrgingStep, body: RequestBodies['urging.start'] & Partial<StartedForIssue>): void {
  const { permitNo, unitId, area, source, asks, reason } = body;
  requireUrgeable(source, asks);
  step.open(packOfArea(area, dateOf(step.at)), { area, procedure: 'urging', unitId, permitNo });
  step.remember({ permitNo, unitId, asks, source, reason, notice: null });
  step.record('urging.opened', { permitNo, asks, source, reason }, urgedActs[asks].article);
  recordIssue(step, body);
  urge(step, reason);
  // A report is owed for the time in which the permit was in force, whatever became of it.
  const stays = asks === 'executionReport' ? { lapsed: () => undefined } : {};
  requirePermit(step, { inForce: () => undefined, ...stays }, asks);
}

/** The notice names what is asked, why, and the term that runs from its service. */
function urge(step: UrgingStep, reason: string): void {
  const { permitNo, asks, source } = step.facts;
  step.enter('noticing');
  const articles = [urgedActs[asks].article];
  step.remember({ notice: issueDocument(step, 'urgingNotice', { asks, source, reason, articles }) });
  step.notify('urging.issued', 'applicant', { permitNo, asks });
}

function startTerm(step: UrgingStep, { id, on, startsClock }: DocumentRef): void {
  if (step.stage !== 'noticing' || step.facts.notice !== id || startsClock === null) return;
  step.enter('waiting');
  step.countRound('urgingAnswer');
  step.startClock(`urgingAnswer.${step.rounds('urgingAnswer')}`, startsClock, on);
}

function redraw(step: UrgingStep, document: DocumentRef): void {
  if (step.facts.notice === document.id) step.remember({ notice: reissueDocument(step, document) });
}

/** An application that does what was asked is an answer, whoever tells us; any other is none. */
function receiveApplication(
  step: UrgingStep,
  { applicationId, kind }: CaseMessages['urging.applicationReceived'],
): void {
  if (answersUrging(step.facts.asks, kind)) receive(step, applicationId);
}

/** The unit answers; whether the answer has any effect, a person looks. */
function receive(step: UrgingStep, answer: string): void {
  const { permitNo, asks } = step.facts;
  const inTime = step.stage === 'noticing' || step.stage === 'waiting';
  step.record(inTime ? 'urging.answered' : 'urging.answeredLate', { answer });
  // A change that a finished retrofit has started is to be handled promptly: the desk hears of it at once.
  if (step.stage !== 'concluding') step.notify('urging.answered', 'officer', { permitNo, asks });
  if (inTime) check(step);
}

/** The term is over. That is no finding: a person looks first. */
function lapse(step: UrgingStep): void {
  if (step.stage !== 'waiting') return;
  step.record('urging.unanswered');
  check(step);
}

function check(step: UrgingStep): void {
  step.stopClocks('urgingAnswer');
  step.enter('checking');
  step.openTask('urgingCheck', 'officer', 'accepting', { limit: 'urging.check' });
}

function recordCheck(step: UrgingStep, { outcome, reason }: TaskForms['urgingCheck']): void {
  step.record('urging.checked', { finding: outcome, reason });
  switch (outcome) {
    case 'effective':
      conclude(step, 'answered');
      break;
    case 'notDue':
      conclude(step, 'notNeededAnswer');
      break;
    case 'again':
      urge(step, reason);
      break;
    case 'noEffect':
      raiseLead(step);
      break;
  }
}

/** A notice that is still on its way has nothing left to ask. */
function conclude(step: UrgingStep, outcome: string): void {
  voidUnservedDocuments(step, outcome);
  step.conclude(outcome);
}

/** A suspicion, not a finding: enforcement verifies it. */
function raiseLead(step: UrgingStep): void {
  step.enter('lead');
  step.record('urging.lead', { permitNo: step.facts.permitNo });
  step.openTask('lead', 'enforcement', 'supervising', { limit: 'urging.check' });
}

function handOverLead(step: UrgingStep, { outcome, receipt }: TaskForms['lead']): void {
  step.record('urging.handedOver', { outcome, receipt });
  step.conclude('leadRaised');
}

/** A permit that is over can be neither changed nor applied for again; a report stays due, and a lead stays to be verified. */
function permitOver(step: UrgingStep, { state }: CaseMessages['permit.over']): void {
  if (step.facts.asks === 'executionReport' || !open.some((stage) => stage === step.stage)) return;
  end(step, state, 'moot');
}

const open = ['noticing', 'waiting', 'checking'] as const;

function end(step: UrgingStep, reason: string, outcome: string): void {
  step.record('urging.ended', { reason });
  voidUnservedDocuments(step, reason);
  step.conclude(outcome);
}

/**
 * Urging (督促):
 *
 *   noticing → waiting → checking → concluding → closed
 *
 * A check may urge again (`noticing`), or hand a lead to enforcement (`lead`).
 */
const definition: Procedure<UrgingFacts> = {
  kind: 'urging',
  opens: { 'urging.start': start, 'urging.open': start },
  requests: {
    'urging.answer': (step) => {
      step.require(...open, 'lead');
      receive(step, 'statementReceived');
    },
    'urging.applicationReceived': receiveApplication,
    'permit.over': permitOver,
  },
  tasks: { urgingCheck: recordCheck, lead: handOverLead },
  lapses: { urgingAnswer: lapse },
  served: { urgingNotice: startTerm },
  voided: { urgingNotice: redraw },
  ended: { stages: open, end: (step, reason) => end(step, reason, 'ended') },
};

/** The workflow of an urging: `urging/<number>`. */
export async function urging(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
