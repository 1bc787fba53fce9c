import type { ActToJudge } from '../rules/checks/permitCheck.js';
import { checklists } from '../rules/checks/checklists.js';
import { type CalendarDate, dateOf } from '../rules/date.js';
import { packOfArea } from '../rules/packs/index.js';
import { runCase } from './kernel/case.js';
import { requireNotLater } from './kernel/days.js';
import { type Procedure, procedure } from './kernel/procedure.js';
import { found, type Step } from './kernel/step.js';
import type { CaseMessages, IssueToOpen } from './messages/between.js';
import type { TaskForms } from './messages/catalogue.js';
import { issueCaseId } from './messages/issueId.js';
import type { ReviewOutcome, ReviewToOpen } from './messages/reviews.js';
import type { CaseInput } from './messages/state.js';

/** What a review remembers: the item as it was opened, and what the rules have raised. The findings are the database's. */
type ReviewFacts = {
  readonly item: ReviewToOpen;
  /** Whether the content could be checked by rules at all. */
  readonly readable: boolean;
  readonly acts: readonly ActToJudge[];
  /** Who examined the permit, when the review was opened. */
  readonly examiners: readonly string[];
};

type ReviewStep = Step<ReviewFacts>;
type Form = TaskForms['qualityReview'];

/** The rules look first, at the version under review and in the opening step's own transaction; then a person does. */
function open(step: ReviewStep, item: CaseMessages['qualityReview.open']): void {
  const { area, unitId, permitNo, version, organ, campaign, tier } = item;
  // Everything about a review is the finding organ's; whose permit it is has no part in it.
  const organs = { accepting: organ, reviewing: organ, deciding: organ, sealing: organ, supervising: organ };
  const pack = packOfArea(area, dateOf(step.at));
  step.open(pack, { area, procedure: 'qualityReview', unitId, permitNo, organs });
  step.remember({ item, readable: false, acts: [], examiners: [] });
  step.record('qualityReview.opened', { tier, campaign, permitNo, version });
  step.dependOn(
    'reviewedVersion',
    { permitNo, version: String(version) },
    { checked: askReviewer, gone: endVoid },
  );
}

function askReviewer(step: ReviewStep): void {
  const { permitNo, version, organ } = step.facts.item;
  step.remember({ acts: found('acts'), readable: found('readable'), examiners: found('examiners') });
  step.reviews({ type: 'checked', permitNo, version, on: step.on, result: found('result') });
  step.enter('inspecting');
  step.openTask('qualityReview', 'inspector', { organ }, { limit: 'qualityReview' });
}

/** The permit has ended: nobody reviews it. A sample replaces it, with this reason. */
function endVoid(step: ReviewStep): void {
  step.record('qualityReview.void', { permitNo: step.facts.item.permitNo });
  settle(step, 'void', 0, null);
}

function review(step: ReviewStep, form: Form): void {
  requireNotLater(step, form.on as CalendarDate, 'on');
  const { item } = step.facts;
  if (form.institution !== null && item.institutions.includes(form.institution)) {
    step.refuse('rule.refused', {
      what: 'no institution reviews what it compiled or assessed',
      where: 'institution',
      expected: 'somebody of another institution',
      found: form.institution,
    });
  }
  requireWholeChecklist(step, form);
  requireVerdicts(step, form);
  // Who examined the permit, and who has reviewed it already, only the transaction can know.
  const person = { permitNo: item.permitNo, campaign: item.campaign, person: step.actor.id };
  step.dependOn('reviewerIsFree', person, { free: (branch) => conclude(branch, form) });
}

/** The four tests of the machine's remainder: every question has one answer. */
function requireWholeChecklist(step: ReviewStep, { answers }: Form): void {
  const asked = checklists.permit.map(({ id }) => id).sort();
  const answered = answers.map(({ item }) => item).sort();
  if (asked.join() === answered.join()) return;
  step.refuse('rule.refused', {
    what: 'a review answers every question of the checklist once',
    where: 'answers',
    expected: asked.join(' | '),
    found: answered.join(' | '),
  });
}

/** A suspicion is never left standing: it is confirmed or dismissed. */
function requireVerdicts(step: ReviewStep, { verdicts }: Form): void {
  const { acts } = step.facts;
  const judged = verdicts.map(({ act }) => act);
  const unknown = judged.find(
    (act, index) => acts.every((each) => each.act !== act) || judged.indexOf(act) !== index,
  );
  const left = acts.find(({ act, suspicion }) => suspicion && !judged.includes(act));
  if (unknown === undefined && left === undefined) return;
  step.refuse('rule.refused', {
    what: 'a review confirms or dismisses each suspicion, once',
    where: 'verdicts',
    expected: left?.act ?? acts.map(({ act }) => act).join(' | '),
    found: unknown ?? 'no verdict',
  });
}

/** Each confirmed problem is an issue of its own; what a blind second review finds is only counted. */
function conclude(step: ReviewStep, form: Form): void {
  const problems = problemsOf(step, form);
  const { second } = step.facts.item;
  if (!second) for (const problem of problems) openIssue(step, form, problem);
  const outcome = problems.length === 0 ? 'sound' : 'problems';
  step.record('qualityReview.done', { on: form.on, outcome, problems: problems.length });
  settle(step, outcome, problems.length, step.actor.id);
}

type Problem = Pick<
  IssueToOpen,
  | 'rule'
  | 'item'
  | 'test'
  | 'category'
  | 'severity'
  | 'description'
  | 'basis'
  | 'place'
  | 'responsible'
  | 'falsified'
>;

function problemsOf({ facts }: ReviewStep, { answers, verdicts }: Form): readonly Problem[] {
  const byRules = facts.acts.flatMap((act): Problem[] => {
    const verdict = verdicts.find((each) => each.act === act.act);
    if (verdict?.outcome === 'dismissed') return [];
    const { rule, test, category, description, basis, place } = act;
    const responsible = act.remedy === 'authorityChange' ? 'authority' : 'unit';
    return [
      {
        ...{ rule, item: null, test, category, description, basis, place, falsified: false },
        severity: verdict?.severity ?? act.severity,
        responsible: verdict?.responsible ?? responsible,
      },
    ];
  });
  const byPerson = answers.flatMap((answer): Problem[] => {
    if (answer.answer !== 'fails') return [];
    const { item } = answer;
    const test = checklists.permit.find(({ id }) => id === item)?.test ?? null;
    return [{ rule: null, item, test, ...answer.problem }];
  });
  return [...byRules, ...byPerson];
}

function openIssue(step: ReviewStep, form: Form, problem: Problem): void {
  const { item, examiners } = step.facts;
  const { tier, permitNo, version, unitId, area, kind, issuedOn, institutions } = item;
  const campaign = item.campaign.slice(`${tier}/`.length);
  const subject = problem.rule ?? problem.item ?? '';
  const caseId = issueCaseId({ tier, campaign, permitNo, subject, place: problem.place });
  step.tell(caseId, 'issue.open', {
    ...{ tier, campaign, permitNo, permitVersion: version, unitId, area, group: null, industry: null },
    ...problem,
    ...{
      method: form.method,
      evidence: form.evidence,
      foundOn: form.on,
      examiners: [...examiners],
      business: kind,
      issuedOn,
    },
    ...{ institution: institutions[0] ?? null, confirmedBy: step.actor.id },
  } satisfies IssueToOpen);
}

function settle(step: ReviewStep, outcome: ReviewOutcome, problems: number, reviewer: string | null): void {
  const { campaign } = step.facts.item;
  step.reviews({ type: 'done', campaign, outcome, problems, reviewer });
  step.conclude(outcome);
}

/**
 * The review (质量核查) of one permit, or one issuance, in a campaign: the rules look first, then an inspector of the finding
 * organ, who examined nothing of it; each problem that he confirms becomes an issue.
 *
 *   inspecting → closed
 *
 * A campaign of any tier lists its items (`activities/commit/reviewWrites.ts`) and opens them by `step.reviews`; an item
 * reports back in its row, and tells the campaign once a page.
 */
const definition: Procedure<ReviewFacts> = {
  kind: 'qualityReview',
  opens: { 'qualityReview.open': open },
  requests: {},
  tasks: { qualityReview: review },
  lapses: {},
  ended: {
    stages: ['inspecting'],
    end: (step: ReviewStep) => {
      settle(step, 'ended', 0, null);
    },
  },
};

/** The workflow of a review: `qualityReview/<campaign>.<ordinal>`. */
export async function qualityReview(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
