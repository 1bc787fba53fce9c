import { dateOf } from '../../rules/date.js';
import { packOfArea } from '../../rules/packs/index.js';
import { runCase } from '../kernel/case.js';
import { issueDocument, reissueDocument } from '../kernel/documents.js';
import { noticeServed } from '../kernel/hearing.js';
import { type DocumentRef, type Procedure, procedure } from '../kernel/procedure.js';
import { startSigning } from '../kernel/sign.js';
import type { Step } from '../kernel/step.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import type { CaseInput } from '../messages/state.js';
import { endPermit, settleCompensation } from './ending.js';
import {
  announce,
  beingHeard,
  draft,
  endAsMoot,
  endByLever,
  endUndecided,
  type HeardFacts,
  redrawNotice,
  startTerms,
  undecided,
  unheard,
} from './heard.js';
import { recordEnding, recordPublication, requirePermit } from './onPermit.js';

type WithdrawalFacts = HeardFacts & {
  readonly ground: string;
  readonly reason: string;
  readonly publicInterest: string;
};

type WithdrawalStep = Step<WithdrawalFacts>;

/** ALL 8: a lawful permit is taken back, as the law or the circumstances have changed and the public interest asks for it. */
function start(step: WithdrawalStep, body: RequestBodies['withdrawal.start']): void {
  const { permitNo, unitId, area, ground, publicInterest, reason } = body;
  step.open(packOfArea(area, dateOf(step.at)), { area, procedure: 'withdrawal', unitId, permitNo });
  step.remember({ ...unheard(true, step.actor.id), permitNo, unitId, ground, publicInterest, reason });
  step.record('withdrawal.opened', { permitNo, ground, publicInterest, reason });
  announce(step, { actGround: ground, publicInterest, reason });
  requirePermit(step, { inForce: () => undefined });
}

function signDraft(step: WithdrawalStep, { opinion }: TaskForms['withdrawalDraft']): void {
  step.record('withdrawal.drafted', { opinion });
  step.enter('signing');
  startSigning(step, 'withdrawal', { legalReview: true });
}

function decide(step: WithdrawalStep): void {
  const { ground, publicInterest, reason } = step.facts;
  step.enter('decided');
  issueDocument(step, 'withdrawalDecision', { actGround: ground, publicInterest, reason }, 'deciding');
}

/** The decision takes effect with its service. The loss that it makes is always compensated (ALL 8). */
function withdrawalServed(step: WithdrawalStep, { on }: DocumentRef): void {
  const withdraw = (branch: WithdrawalStep): void => {
    branch.record('withdrawal.decided', { permitNo: branch.facts.permitNo, on });
    endPermit(branch, { state: 'withdrawnByAuthority', on, compensation: true });
  };
  const over = (branch: WithdrawalStep): void => endUndecided(branch, 'permitOver', 'moot');
  requirePermit(step, { inForce: withdraw, lapsed: over, ended: over });
}

/**
 * Withdrawal by the authority (撤回):
 *
 *   announced → drafting → signing → decided → concluding → closed
 */
const definition: Procedure<WithdrawalFacts> = {
  kind: 'withdrawal',
  opens: { 'withdrawal.start': start },
  requests: { ...beingHeard.requests, 'permit.over': endAsMoot },
  tasks: {
    ...beingHeard.tasks,
    withdrawalDraft: signDraft,
    compensation: settleCompensation,
    platformEnding: recordEnding,
    publicity: recordPublication,
  },
  lapses: beingHeard.lapses,
  served: {
    withdrawalNotice: startTerms,
    hearingNotice: noticeServed,
    withdrawalDecision: withdrawalServed,
  },
  voided: {
    withdrawalNotice: redrawNotice,
    withdrawalDecision: (step, document) => reissueDocument(step, document, 'deciding'),
  },
  ended: { stages: undecided, end: endByLever },
  redrafted: { withdrawal: draft },
  signed: { withdrawal: decide },
};

/** The workflow of a withdrawal by the authority: `withdrawal/<number>`. */
export async function withdrawal(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
