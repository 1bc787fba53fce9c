import { type GateVerdict, judgeGates } from '../../rules/gates.js';
import { groundOf } from '../../rules/instruments.js';
import { conflictsOf } from '../../rules/jointReview.js';
import { issueDocument, reissueDocument } from '../kernel/documents.js';
import type { DocumentRef } from '../kernel/procedure.js';
import { startSigning } from '../kernel/sign.js';
import type { TaskForms } from '../messages/catalogue.js';
import type { JsonObject } from '../messages/json.js';
import { end } from './ending.js';
import { type ApplicationFacts, type ApplicationStep, type Draft, ruleFacts } from './facts.js';
import { unlessReapplication } from './onPermit.js';
import { openMerge, requestRevision } from './review.js';

type DraftForm = Extract<TaskForms['merge'], { outcome: 'draft' }>;

/** The lead officer asks for a revision, or drafts the decision. */
export function mergeOpinions(step: ApplicationStep, form: TaskForms['merge']): void {
  step.require('review');
  if (form.outcome === 'revise') requestRevision(step, form);
  else draftDecision(step, form);
}

/**
 * REG 11: a grant needs every gate that applies, each with its evidence; a project without a source of its quota gets no
 * permit. A denial names its grounds. Every conflict between the elements is settled by name.
 */
function draftDecision(step: ApplicationStep, form: DraftForm): void {
  const { facts } = step;
  requireLawfulGrounds(step, form.grounds);
  if (!['none', 'waived', 'held'].includes(facts.hearing)) {
    step.refuse('case.stage', { what: 'a hearing is not over', where: step.caseId, found: facts.hearing });
  }
  requireSettled(step, form);
  // A paper that was not there is asked for in a revision before its absence may deny anything.
  const verdicts = judgeGates(step.pack, ruleFacts(facts), form.gates, facts.askedFor);
  const unmet = verdicts.filter((verdict) => verdict.outcome !== 'met');
  const refusing = unmet.filter((verdict) => verdict.outcome === 'refuse');
  if (form.conclusion === 'grant' && unmet.length > 0) {
    step.refuse('rule.refused', {
      what: 'a condition of the decision is not met',
      where: 'gates',
      expected: unmet.map(({ gate }) => `${gate.id} (${gate.citation.short})`).join(', '),
      found: unmet.map(({ gate, outcome }) => `${gate.id}: ${outcome}`).join(', '),
    });
  }
  const grounds = [
    ...form.grounds.map(({ article, reason }) => ({ article, reason })),
    ...refusing.map(({ gate }) => ({ article: gate.citation.short, reason: gate.zh })),
  ];
  const notAsked = unmet.find(
    ({ outcome, gate }) =>
      outcome === 'supplement' &&
      grounds.some(({ article }) => article === gate.citation.short) &&
      !refusing.some((other) => other.gate.citation.short === gate.citation.short),
  );
  if (form.conclusion === 'deny' && notAsked !== undefined) {
    step.refuse('rule.refused', {
      what: 'a missing paper is asked for in a revision before its absence denies anything',
      where: 'grounds',
      found: `${notAsked.gate.id} (${notAsked.gate.citation.short})`,
    });
  }
  if (form.conclusion === 'deny' && grounds.length === 0) {
    step.refuse('rule.refused', {
      what: 'a denial states its grounds; a missing paper is asked for first',
      where: 'grounds',
      expected: 'at least one ground, or a condition that refuses',
      found: unmet.map(({ gate, outcome }) => `${gate.id}: ${outcome}`).join(', '),
    });
  }
  if (facts.kind === 'change' && form.conclusion === 'grant')
    unlessReapplication(step, form.override, (branch) => putOnChain(branch, form, grounds, unmet));
  else putOnChain(step, form, grounds, unmet);
}

function putOnChain(
  step: ApplicationStep,
  form: DraftForm,
  grounds: readonly JsonObject[],
  unmet: readonly GateVerdict[],
): void {
  const { conclusion, opinion } = form;
  step.remember({ draft: { conclusion, opinion, grounds, by: step.actor.id } });
  step.record('decision.drafted', {
    conclusion,
    gates: form.gates.map(({ gate, met }) => ({ gate, met })),
    failed: unmet.map(({ gate }) => gate.id),
    settled: form.settled,
  });
  step.enter('signing');
  startSigning(step, 'decision', { legalReview: conclusion === 'deny' || step.facts.hearing === 'held' });
}

/** A decision rests on articles of law: never on a work plan, a technical norm alone, or what the region has chosen. */
function requireLawfulGrounds(step: ApplicationStep, grounds: readonly { readonly article: string }[]): void {
  const unlawful = grounds.find(({ article }) => groundOf(article) === undefined);
  if (unlawful === undefined) return;
  step.refuse('rule.refused', {
    what: 'a ground is an article of a law, a regulation or a rule',
    where: 'grounds',
    expected: 'such as REG 11(2)',
    found: unlawful.article,
  });
}

/**
 * Every conflict between the elements is settled by name. A grant also settles each element that does not agree, and each
 * fact that the visit found not to be as stated: what nobody answered is no consent.
 */
function requireSettled(
  step: ApplicationStep,
  { conclusion, settled }: Extract<TaskForms['merge'], { outcome: 'draft' }>,
): void {
  const { opinions, inconsistent } = step.facts;
  const disagreeing = Object.entries(opinions).filter(([, { outcome }]) => outcome !== 'agree');
  const unsettled = [
    ...conflictsOf(opinions).map(({ subject, demands }) => ({
      subject,
      found: demands.map((demand) => `${demand.element}: ${demand.value}`).join('; '),
    })),
    ...(conclusion === 'grant' && !('conclusion' in settled)
      ? disagreeing.map(([element, { outcome }]) => ({ subject: element, found: outcome }))
      : []),
    ...(conclusion === 'grant' ? inconsistent : []).map((fact) => ({
      subject: fact,
      found: 'not as stated',
    })),
  ].find(({ subject }) => !(subject in settled));
  if (unsettled === undefined) return;
  step.refuse('rule.refused', {
    what: 'something stands against the decision and nobody has settled it',
    where: `settled.${unsettled.subject}`,
    found: unsettled.found,
  });
}

/** The draft came back to the officer who drafted it. */
export function redraft(step: ApplicationStep): void {
  openMerge(step, step.facts.draft?.by);
}

/** The chain is signed: the decision is written, and is made when its document is sealed. */
export function decisionSigned(step: ApplicationStep): void {
  const { draft, kind } = step.facts;
  if (draft === null) step.refuse('internal', { what: 'a decision without a draft was signed' });
  step.enter('sealing');
  issueDocument(
    step,
    decisionDocument(kind, draft.conclusion),
    { grounds: draft.grounds, opinion: draft.opinion },
    'deciding',
  );
}

/** The decision's paper was void before its seal: it is drawn up anew, under the next number. */
export function redrawDecision(step: ApplicationStep, document: DocumentRef): void {
  reissueDocument(step, document, 'deciding');
}

const decisionDocument = (kind: ApplicationFacts['kind'], conclusion: Draft['conclusion']): string => {
  const isNewPermit = kind === 'first' || kind === 'reapplication';
  if (conclusion === 'grant') return isNewPermit ? 'approval' : `${kind}Approval`;
  return isNewPermit ? 'denial' : `${kind}Denial`;
};

/** REG 12, ALL 38, 44: the decision stands from its sealing; delivery in ten working days, publication in seven. */
export function decisionMade(step: ApplicationStep, document: DocumentRef): void {
  step.require('sealing');
  const { draft } = step.facts;
  const conclusion = draft?.conclusion ?? 'deny';
  step.stopClocks('decision', 'permitEnd');
  step.remember({ decidedAt: step.at });
  step.record('decision.made', { conclusion, document: document.id, grounds: draft?.grounds ?? [] });
  step.notify('decision.made', 'applicant', { conclusion });
  step.startClock('publicity', 'publicity', step.on);
  step.openTask('publicity', 'acceptance', 'accepting', { clock: 'publicity' });
  if (conclusion === 'deny') {
    end(step, 'denied', 'publicity');
    return;
  }
  step.startClock('delivery', 'delivery', step.on);
  step.enter('awaitingPlatform');
  step.openTask('platform', 'acceptance', 'accepting', { limit: 'platform.record' });
}

/** REG 32: a decision that is late is a fault of the organ. It is never a grant; the case goes on. */
export function decisionOverdue(step: ApplicationStep): void {
  step.record('decision.overdue');
  step.notify('decision.overdue', 'deputyHead', {});
}
