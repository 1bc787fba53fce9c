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
  /** The institution that compiled or assessed the permit, as its content names it; older reviews did not look. */
  readonly institution?: string | null;
  /** Who has reviewed it. */
  readonly reviewer: string | null;
  /** What was found, for as long as another review of the same issuance is under way: nobody hears of it before. */
  readonly held: { readonly outcome: ReviewOutcome; readonly issues: readonly IssueOfReview[] } | null;
};

/** A problem on its way into the ledger. */
type IssueOfReview = { readonly caseId: string; readonly issue: IssueToOpen };

type ReviewStep = Step<ReviewFacts>;
type Form = TaskForms['qualityReview'];

/** The rules look first, at the version under review and in the opening step's own transaction; then a person does. */
function open(step: ReviewStep, item: CaseMessages['qualityReview.open']): void {
  const { area, unitId, permitNo, version, organ, campaign, tier } = item;
  // Everything about a review is the finding organ's; whose permit it is has no part in it.
  const organs = { accepting: organ, reviewing: organ, deciding: organ, sealing: organ, supervising: organ };
  const pack = packOfArea(area, dateOf(step.at));
  step.open(pack, { area, procedure: 'qualityReview', unitId, permitNo, organs });
  step.remember({ item, readable: false, acts: [], examiners: [], reviewer: null, held: null });
  step.record('qualityReview.opened', { tier, campaign, permitNo, version });
  step.dependOn(
    'reviewedVersion',
    { permitNo, version: String(version) },
    { checked: askReviewer, gone: endVoid },
  );
}

function askReviewer(step: ReviewStep): void {
  const { permitNo, version, organ } = step.facts.item;
  step.remember({ acts: found('acts'), readable: found('readable') });
  step.remember({ examiners: found('examiners'), institution: found('institution') });
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
  requireWholeChecklist(step, form);
  requireVerdicts(step, form);
  // Who examined the permit, what institution compiled it, who has reviewed it already, only the transaction can know.
  const { institution } = form;
  const reviewer = { ...reviewerOf(step, step.actor.id), institution, version: String(item.version) };
  step.dependOn('reviewDone', reviewer, {
    alone: (branch) => conclude(branch, form, report),
    second: (branch) => conclude(branch, form, countOnly),
    otherOpen: (branch) => conclude(branch, form, awaitOther),
  });
}

const reviewerOf = ({ facts }: ReviewStep, person: string) => ({
  permitNo: facts.item.permitNo,
  campaign: facts.item.campaign,
  person,
});

/** Whoever had a part in the permit hears it as he takes the review up, not after the work. */
function claim(step: ReviewStep, take: (branch: ReviewStep) => void, assignee: string): void {
  step.dependOn('reviewerIsFree', reviewerOf(step, assignee), { free: take });
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

type Conclusion = (step: ReviewStep, outcome: ReviewOutcome, issues: readonly IssueOfReview[]) => void;

function conclude(step: ReviewStep, form: Form, goOn: Conclusion): void {
  const problems = problemsOf(step, form);
  const outcome = problems.length === 0 ? 'sound' : 'problems';
  step.record('qualityReview.done', { on: form.on, outcome, problems: problems.length });
  step.remember({ reviewer: step.actor.id });
  countDone(step, outcome, problems.length, step.actor.id);
  goOn(
    step,
    outcome,
    problems.map((problem) => issueOf(step, form, problem)),
  );
}

/** Each confirmed problem is an issue of its own. */
function report(step: ReviewStep, outcome: ReviewOutcome, issues: readonly IssueOfReview[]): void {
  for (const { caseId, issue } of issues) step.tell(caseId, 'issue.open', issue);
  step.conclude(outcome);
}

/** What a blind second review finds is only counted. */
function countOnly(step: ReviewStep, outcome: ReviewOutcome): void {
  step.record('qualityReview.second', {});
  step.conclude(outcome);
}

/** Whoever reviews the same issuance still has yet to come to his own mind: neither ledger nor case tells him of this one. */
function awaitOther(step: ReviewStep, outcome: ReviewOutcome, issues: readonly IssueOfReview[]): void {
  step.enter('awaitingOther');
  step.remember({ held: { outcome, issues } });
}

/** Both are done. Which was the second is no secret any more. */
function tellHeld(step: ReviewStep, { second }: CaseMessages['qualityReview.bothDone']): void {
  const { held } = step.facts;
  if (step.stage !== 'awaitingOther' || held === null) return;
  step.remember({ held: null });
  (second ? countOnly : report)(step, held.outcome, held.issues);
}

/** The permit has ended under review, and another issuance has taken its place in the sample. */
function endReplaced(step: ReviewStep, { reason }: CaseMessages['qualityReview.replaced']): void {
  if (step.stage !== 'inspecting') return;
  step.record('qualityReview.replaced', { permitNo: step.facts.item.permitNo, reason });
  settle(step, 'sampleReplaced', 0, null);
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

function issueOf(step: ReviewStep, form: Form, problem: Problem): IssueOfReview {
  const { item, examiners, institution = null } = step.facts;
  const { tier, permitNo, version, unitId, area, kind, issuedOn } = item;
  const campaign = item.campaign.slice(`${tier}/`.length);
  const subject = problem.rule ?? problem.item ?? '';
  const caseId = issueCaseId({ tier, campaign, permitNo, subject, place: problem.place });
  const issue: IssueToOpen = {
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
    ...{ institution, confirmedBy: step.actor.id },
  };
  return { caseId, issue };
}

function settle(step: ReviewStep, outcome: ReviewOutcome, problems: number, reviewer: string | null): void {
  countDone(step, outcome, problems, reviewer);
  step.conclude(outcome);
}

function countDone(
  step: ReviewStep,
  outcome: ReviewOutcome,
  problems: number,
  reviewer: string | null,
): void {
  step.reviews({ type: 'done', campaign: step.facts.item.campaign, outcome, problems, reviewer });
}

/**
 * The review (质量核查) of one permit, or one issuance, in a campaign: the rules look first, then an inspector of the finding
 * organ, who examined nothing of it; each problem that he confirms becomes an issue.
 *
 *   inspecting → closed
 *
 * Where a sampling has an issuance reviewed twice, blind, the one that is done first waits (`awaitingOther`) until both are.
 *
 * A campaign of any tier lists its items (`activities/commit/reviewWrites.ts`) and opens them by `step.reviews`; an item
 * reports back in its row, and tells the campaign once a page.
 */
const definition: Procedure<ReviewFacts> = {
  kind: 'qualityReview',
  opens: { 'qualityReview.open': open },
  requests: { 'qualityReview.bothDone': tellHeld, 'qualityReview.replaced': endReplaced },
  claims: { qualityReview: claim },
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
