import { dateOf } from '../../rules/date.js';
import { packOfArea } from '../../rules/packs/index.js';
import { runCase } from '../kernel/case.js';
import { type Procedure, procedure } from '../kernel/procedure.js';
import type { CaseMessages } from '../messages/between.js';
import type { CaseInput } from '../messages/state.js';
import { begin, handOverLead, recordOperation } from './checking.js';
import { complete, conclude, decide, decisionServed, draft, issueDecision, signDraft } from './decision.js';
import { endByLever, withdraw } from './ending.js';
import type { CancellationFacts, CancellationStep } from './facts.js';
import {
  announce,
  considerStatement,
  hearNobody,
  issueIntention,
  receiveStatement,
  reviewStatement,
  startHearingTerm,
} from './hearing.js';
import { unlessStopped } from './holding.js';

/** ALL 70: a permit goes through the formalities of cancellation; lapse is not cancellation, nor is the holder's wish. */
function open(step: CancellationStep, body: CaseMessages['cancellation.open']): void {
  const { permitNo, unitId, area, lastDay, ground, reason = null, registrationNo, checkedClosed } = body;
  step.open(packOfArea(area, dateOf(step.at)), { area, procedure: 'cancellation', unitId, permitNo });
  step.remember({ permitNo, ground, reason, statement: false, served: false, stoppedAt: null });
  step.enter('checking');
  if (registrationNo !== undefined) step.remember({ registrationNo });
  const replacing = registrationNo === undefined ? {} : { registrationNo };
  step.record(openedAs[ground], { permitNo, ground, lastDay, reason, ...replacing });
  // An issue that takes the permit's cancellation waits for this one.
  const opened = { applicationId: step.caseId, kind: 'cancellation', at: step.at };
  step.tellCasesOf(permitNo, ['issue'], 'urging.applicationReceived', opened);
  unlessStopped(step, checkedClosed === true ? announce : begin);
}

/** What the ledger calls the beginning, by the ground. */
const openedAs = {
  expired: 'cancellation.opened',
  cleanUp: 'cancellation.opened',
  registration: 'cancellation.forRegistration',
  applied: 'cancellation.openedAsAsked',
  newHolder: 'cancellation.openedForHolder',
  annulled: 'cancellation.openedOnDecision',
  withdrawnByAuthority: 'cancellation.openedOnDecision',
  revoked: 'cancellation.openedOnDecision',
} as const;

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

/**
 * The cancellation of a permit (注销): one that expired unrenewed, one whose holder asks for it, one whose plant has a new
 * holder, or, from `drafting` on, one that a decision has ended or whose place a registration form has taken.
 *
 *   checking ⇄ running → announced → drafting → signing → decided → concluding → closed
 *
 * The holder's own wish needs no announcement; a new holder's plant is not asked whether it has closed. A hold stops the case
 * anywhere before the end (`held`); its release takes it up where it stood.
 */
const definition: Procedure<CancellationFacts> = {
  kind: 'cancellation',
  opens: { 'cancellation.open': open },
  requests: {
    'cancellation.review': lookAgain,
    'cancellation.statement': receiveStatement,
    'cancellation.withdraw': withdraw,
  },
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
    formalCancellation: decisionServed,
    conversionDecision: decisionServed,
  },
  voided: {
    cancellationIntention: issueIntention,
    cancellationDecision: issueDecision,
    formalCancellation: issueDecision,
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
