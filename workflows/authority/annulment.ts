import { annulmentGrounds } from '../../rules/permitEndings.js';
import { packOfArea } from '../../rules/packs/index.js';
import { organsOfSuperior } from '../../rules/superior.js';
import { runCase } from '../kernel/case.js';
import { issueDocument, reissueDocument } from '../kernel/documents.js';
import { noticeServed } from '../kernel/hearing.js';
import { type DocumentRef, type Procedure, procedure } from '../kernel/procedure.js';
import { startSigning } from '../kernel/sign.js';
import type { Step } from '../kernel/step.js';
import type { CaseMessages, StartedForIssue } from '../messages/between.js';
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
import { recordEnding, recordIssue, recordPublication, requirePermit } from './onPermit.js';

type AnnulmentFacts = HeardFacts & {
  readonly ground: keyof typeof annulmentGrounds;
  readonly reason: string;
  /** The draft on its way: annul, or spare it for the public interest. */
  readonly draft: TaskForms['annulmentDraft'] | null;
};

type AnnulmentStep = Step<AnnulmentFacts>;

/** ALL 69: a permit that should not have been granted is annulled, by the organ that granted it or by its superior. */
function start(step: AnnulmentStep, body: RequestBodies['annulment.start'] & Partial<StartedForIssue>): void {
  const { permitNo, unitId, area, by, ground, origin, reason } = body;
  const pack = packOfArea(area, step.on);
  const opening = { area, procedure: 'annulment', unitId, permitNo } as const;
  if (by === 'superior')
    step.open(pack, { ...opening, organs: organsOfSuperior(pack, area, 'annulment', step.on) });
  else step.open(pack, opening);
  step.remember({
    ...unheard(true, body.officer ?? step.actor.id),
    permitNo,
    unitId,
    ground,
    reason,
    draft: null,
  });
  step.record('annulment.opened', { permitNo, ground, origin, by, reason }, articleOf(step));
  recordIssue(step, body);
  announce(step, { actGround: ground, reason, articles: [articleOf(step)] });
  // A permit that has lapsed may still be annulled: it should never have been.
  requirePermit(step, { inForce: () => undefined, lapsed: () => undefined });
}

const articleOf = (step: AnnulmentStep): string => annulmentGrounds[step.facts.ground].article;

/** Annulled; or, whatever the ground, not annulled where that would do major harm to the public interest. */
function signDraft(step: AnnulmentStep, form: TaskForms['annulmentDraft']): void {
  if (form.outcome === 'annul' && form.compensation && annulmentGrounds[step.facts.ground].mandatory) {
    step.refuse('rule.refused', {
      what: 'who obtained a permit by deceit or bribery has no interest that the law protects (ALL 69)',
      where: 'compensation',
      expected: 'false',
      found: 'true',
    });
  }
  step.remember({ draft: form });
  step.record('annulment.drafted', { outcome: form.outcome });
  step.enter('signing');
  startSigning(step, 'annulment', { legalReview: true });
}

function decide(step: AnnulmentStep): void {
  const { ground, reason, draft: drafted } = step.facts;
  step.enter('decided');
  const params = { actGround: ground, reason, articles: [articleOf(step)] };
  if (drafted?.outcome === 'spare') {
    const { publicInterest } = drafted;
    issueDocument(step, 'annulmentRefusal', { ...params, articles: ['ALL 69'], publicInterest }, 'deciding');
  } else {
    const compensation = drafted?.compensation === true;
    issueDocument(step, 'annulmentDecision', { ...params, compensation }, 'deciding');
  }
}

/** The decision takes effect with its service. */
function annulmentServed(step: AnnulmentStep, { on }: DocumentRef): void {
  const annul = (branch: AnnulmentStep): void => {
    const { permitNo, ground, draft: drafted } = branch.facts;
    branch.record('annulment.decided', { permitNo, on }, articleOf(branch));
    if (annulmentGrounds[ground].mandatory) branch.record('holder.barred', { on }, 'REG 40');
    const compensation = drafted?.outcome === 'annul' && drafted.compensation;
    endPermit(branch, { state: 'annulled', on, compensation });
  };
  const ended = (branch: AnnulmentStep): void => endUndecided(branch, 'permitEnded', 'moot');
  requirePermit(step, { inForce: annul, lapsed: annul, ended });
}

/** Spared: the permit stands as it stood. */
function refusalServed(step: AnnulmentStep, { on }: DocumentRef): void {
  step.record('annulment.spared', { on });
  step.openTask('publicity', 'acceptance', 'accepting', { limit: 'publicity' });
  step.conclude('spared', 'publicity');
}

/** A lapse leaves something to annul; an end does not. */
function permitOver(step: AnnulmentStep, over: CaseMessages['permit.over']): void {
  if (over.state !== 'lapsed') endAsMoot(step, over);
}

/**
 * Annulment (撤销):
 *
 *   announced → drafting → signing → decided → concluding → closed
 */
const definition: Procedure<AnnulmentFacts> = {
  kind: 'annulment',
  opens: { 'annulment.start': start, 'annulment.open': start },
  requests: { ...beingHeard.requests, 'permit.over': permitOver },
  tasks: {
    ...beingHeard.tasks,
    annulmentDraft: signDraft,
    compensation: settleCompensation,
    platformEnding: recordEnding,
    publicity: recordPublication,
  },
  lapses: beingHeard.lapses,
  served: {
    annulmentNotice: startTerms,
    hearingNotice: noticeServed,
    annulmentDecision: annulmentServed,
    annulmentRefusal: refusalServed,
  },
  voided: {
    annulmentNotice: redrawNotice,
    annulmentDecision: (step, document) => reissueDocument(step, document, 'deciding'),
    annulmentRefusal: (step, document) => reissueDocument(step, document, 'deciding'),
  },
  ended: { stages: undecided, end: endByLever },
  redrafted: { annulment: draft },
  signed: { annulment: decide },
};

/** The workflow of an annulment: `annulment/<number>`. */
export async function annulment(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
