import { startingRule } from '../../rules/authorityChange.js';
import { type CalendarDate, dateOf, parseInstant } from '../../rules/date.js';
import { packOfArea } from '../../rules/packs/index.js';
import { runCase } from '../kernel/case.js';
import { requireNotLater } from '../kernel/days.js';
import { issueDocument, reissueDocument } from '../kernel/documents.js';
import { noticeServed } from '../kernel/hearing.js';
import { type DocumentRef, type Procedure, procedure } from '../kernel/procedure.js';
import { startSigning } from '../kernel/sign.js';
import type { Step } from '../kernel/step.js';
import type { StartedForIssue } from '../messages/between.js';
import { permitCaseId } from '../messages/caseId.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import type { CaseInput } from '../messages/state.js';
import {
  announce,
  beingHeard,
  draft,
  endAsMoot,
  endByLever,
  type HeardFacts,
  redrawNotice,
  startTerms,
  undecided,
  unheard,
} from './heard.js';
import { recordIssue, recordPublication, requirePermit } from './onPermit.js';

type ChangeFacts = HeardFacts & {
  /** The version that is asked for. */
  readonly contentId: string;
  readonly trigger: string;
  readonly reason: string;
  readonly articles: readonly string[];
  readonly opinion: string | null;
};

type ChangeStep = Step<ChangeFacts>;

/** REG 16: the permit is changed because what it rests on has changed, or because the authority made an error in it. */
function start(
  step: ChangeStep,
  body: RequestBodies['authorityChange.start'] & Partial<StartedForIssue>,
): void {
  const { permitNo, unitId, area, trigger, contentId, reason, burdensRise } = body;
  const { aim, articles } = startingRule(trigger);
  step.open(packOfArea(area, dateOf(step.at)), { area, procedure: 'authorityChange', unitId, permitNo });
  const particular = { permitNo, unitId, contentId, trigger, reason, articles, opinion: null };
  step.remember({ ...unheard(burdensRise, body.officer ?? step.actor.id), ...particular });
  step.record('authorityChange.opened', { permitNo, trigger, reason, burdensRise }, articles[0] ?? null);
  recordIssue(step, body);
  if (aim !== null && body.effectiveOn !== undefined)
    step.startClock('aim', aim, body.effectiveOn as CalendarDate);
  announce(step, { actGround: trigger, reason, articles });
  requirePermit(step, { inForce: () => undefined });
}

function signDraft(step: ChangeStep, form: TaskForms['authorityChangeDraft']): void {
  const { contentId = step.facts.contentId, opinion } = form;
  step.remember({ contentId, opinion });
  step.record('authorityChange.drafted', { contentId }, step.facts.articles[0] ?? null);
  step.enter('signing');
  startSigning(step, 'authorityChange', { legalReview: true });
}

function decide(step: ChangeStep): void {
  const { trigger, reason, articles, opinion } = step.facts;
  step.enter('decided');
  const params = { actGround: trigger, reason, articles, ...(opinion === null ? {} : { opinion }) };
  issueDocument(step, 'authorityChangeDecision', params, 'deciding');
}

/** The decision takes effect with its service; its content and its reason go to the platform. */
function decisionServed(step: ChangeStep, { on }: DocumentRef): void {
  const { permitNo, articles } = step.facts;
  step.stopClocks('aim');
  step.enter('awaitingPlatform');
  step.record('authorityChange.decided', { permitNo, on }, articles[0] ?? null);
  step.openTask('platformChange', 'acceptance', 'accepting', { limit: 'platform.record' });
  step.openTask('publicity', 'acceptance', 'accepting', { limit: 'publicity' });
}

/** The platform has the new version under its business number. A change leaves the term as it is (REG 14). */
function recordPlatform(step: ChangeStep, form: TaskForms['platformChange']): void {
  const { permitNo } = step.facts;
  if (form.permitNo !== permitNo) {
    step.refuse('rule.refused', {
      ...{ what: 'the record is of another permit', where: 'permitNo' },
      ...{ expected: permitNo, found: form.permitNo },
    });
  }
  requireNotLater(step, parseInstant(form.platform.at, 'platform.at'), 'platform.at');
  const { validTo } = form;
  const recorded = (branch: ChangeStep): void => record(branch, form);
  step.dependOn(
    'permitTerm',
    { permitNo, validTo },
    {
      same: recorded,
      differs: (branch) => {
        branch.record('authorityChange.termDiffers', { validTo });
        branch.openTask('reconciliation', 'officer', 'accepting', { limit: 'platform.record' });
        record(branch, form);
      },
    },
  );
}

function record(step: ChangeStep, { platform }: TaskForms['platformChange']): void {
  const { permitNo, contentId, articles } = step.facts;
  const { businessNo, at: platformAt } = platform;
  step.record('authorityChange.recorded', { businessNo, platformAt }, articles[0] ?? null);
  const change = { changeId: step.caseId, contentId, platform, at: step.at };
  step.tell(permitCaseId(permitNo), 'permit.changedByAuthority', change);
  step.conclude('changed', 'publicity', 'reconciliation');
}

/**
 * Change by the authority (主动变更):
 *
 *   announced → drafting → signing → decided → awaitingPlatform → concluding → closed
 *
 * The holder is heard first, with a hearing where his burdens rise.
 */
const definition: Procedure<ChangeFacts> = {
  kind: 'authorityChange',
  opens: { 'authorityChange.start': start, 'authorityChange.open': start },
  requests: { ...beingHeard.requests, 'permit.over': endAsMoot },
  tasks: {
    ...beingHeard.tasks,
    authorityChangeDraft: signDraft,
    platformChange: recordPlatform,
    publicity: recordPublication,
    reconciliation: (step, { outcome }) => step.record('platform.reconciled', { outcome }),
  },
  lapses: beingHeard.lapses,
  served: {
    authorityChangeNotice: startTerms,
    hearingNotice: noticeServed,
    authorityChangeDecision: decisionServed,
  },
  voided: {
    authorityChangeNotice: redrawNotice,
    authorityChangeDecision: (step, document) => reissueDocument(step, document, 'deciding'),
  },
  ended: { stages: undecided, end: endByLever },
  redrafted: { authorityChange: draft },
  signed: { authorityChange: decide },
};

/** The workflow of a change by the authority: `authorityChange/<number>`. */
export async function authorityChange(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
