import { type CalendarDate, dateOf } from '../../rules/date.js';
import { packOfArea } from '../../rules/packs/index.js';
import { revocationBars } from '../../rules/permitEndings.js';
import { runCase } from '../kernel/case.js';
import { requireNotBefore, requireNotLater } from '../kernel/days.js';
import { type Procedure, procedure } from '../kernel/procedure.js';
import type { Step } from '../kernel/step.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import type { CaseInput } from '../messages/state.js';
import { endPermit } from './ending.js';
import { type OnPermit, recordEnding, recordPublication, requirePermit } from './onPermit.js';

type RevocationFacts = OnPermit & {
  readonly penaltyDocument: string;
  readonly penaltyArticle: string;
  readonly servedOn: CalendarDate;
  readonly enteredBy: string;
};

type RevocationStep = Step<RevocationFacts>;

/** REG 34, 41: the effect of a penalty that was heard, decided and served elsewhere. Nobody is heard a second time here. */
function enter(step: RevocationStep, body: RequestBodies['revocation.start']): void {
  const { permitNo, unitId, area, penaltyDocument, penaltyOrgan, penaltyArticle } = body;
  const [decidedOn, servedOn] = [body.decidedOn as CalendarDate, body.servedOn as CalendarDate];
  revocationBars(penaltyArticle);
  requireNotBefore(step, servedOn, decidedOn, 'servedOn');
  requireNotLater(step, servedOn, 'servedOn');
  step.open(packOfArea(area, dateOf(step.at)), { area, procedure: 'revocation', unitId, permitNo });
  step.remember({ permitNo, unitId, penaltyDocument, penaltyArticle, servedOn, enteredBy: step.actor.id });
  step.enter('checking');
  const penalty = { penaltyDocument, penaltyOrgan, penaltyArticle, decidedOn, servedOn };
  step.record('revocation.received', { permitNo, ...penalty, document: body.contentId }, penaltyArticle);
  step.openTask('revocationCheck', 'legalOfficer', 'deciding', { limit: 'sign' });
  requirePermit(step, { inForce: () => undefined, lapsed: () => undefined });
}

/** The legal officer has the decision and the proof of its service before him. */
function check(step: RevocationStep, { outcome, reason }: TaskForms['revocationCheck']): void {
  if (step.actor.id === step.facts.enteredBy) {
    step.refuse('rule.refused', {
      ...{ what: 'who entered a penalty decision does not check it', where: step.caseId },
      found: step.actor.id,
    });
  }
  if (outcome === 'rejected') {
    step.record('revocation.rejected', { reason });
    step.conclude('rejected');
    return;
  }
  requirePermit(step, { inForce: revoke, lapsed: revoke, ended: endAsMoot });
}

function revoke(step: RevocationStep): void {
  const { permitNo, penaltyDocument, penaltyArticle, servedOn } = step.facts;
  step.record('revocation.confirmed', { permitNo, penaltyDocument, servedOn }, penaltyArticle);
  if (revocationBars(penaltyArticle)) step.record('holder.barred', { on: servedOn }, penaltyArticle);
  endPermit(step, { state: 'revoked', on: servedOn, compensation: false });
}

function endAsMoot(step: RevocationStep): void {
  step.record('authority.ended', { reason: 'permitEnded' });
  step.conclude('moot');
}

/**
 * The record of a revocation (吊销) as a penalty's effect:
 *
 *   checking → concluding → closed
 */
const definition: Procedure<RevocationFacts> = {
  kind: 'revocation',
  opens: { 'revocation.start': enter },
  requests: {
    'permit.over': (step, { state }) => {
      if (step.stage === 'checking' && state !== 'lapsed') endAsMoot(step);
    },
  },
  tasks: {
    revocationCheck: check,
    platformEnding: recordEnding,
    publicity: recordPublication,
  },
  lapses: {},
  ended: {
    stages: ['checking'],
    end: (step, reason) => {
      step.record('authority.ended', { reason });
      step.conclude('ended');
    },
  },
};

/** The workflow of a revocation's record: `revocation/<number>`. */
export async function revocation(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
