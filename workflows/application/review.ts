import type { CalendarDate } from '../../rules/date.js';
import { conflictsOf } from '../../rules/jointReview.js';
import { requireVisitLimit, visitTriggersOf } from '../../rules/visits.js';
import { requireNotLater } from '../kernel/days.js';
import { issueDocument, reissueDocument } from '../kernel/documents.js';
import type { DocumentRef } from '../kernel/procedure.js';
import { elements } from '../messages/elements.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import type { TaskOpened } from '../messages/step.js';
import { judgeContent } from './onPermit.js';
import { type ApplicationStep, rememberReviewers, ruleFacts } from './facts.js';

/** The decision limits that a recorded decision to visit turns into the longer one (REG 12): key management only. */
const longerWithVisit: Readonly<Record<string, string>> = { 'decision.key': 'decision.key.visit' };

/**
 * 联审联查: the six elements review at the same time, each by its own officer against its own clock. Silence escalates and
 * never consents. The statutory clock runs from the acceptance.
 */
export function startReview(step: ApplicationStep, acceptedOn: CalendarDate): void {
  const { kind, permitClass, basicDataOnly = false } = step.facts;
  const isNewPermit = kind === 'first' || kind === 'reapplication';
  const limit = isNewPermit ? `decision.${permitClass}` : `${kind}.decision`;
  step.startClock('decision', limit, acceptedOn);
  // Nothing of what the elements review changes with a name, or with a paper that was lost.
  if (kind === 'replacement' || basicDataOnly) {
    openMerge(step);
    return;
  }
  for (const element of elements) openOpinion(step, element);
  const triggers = visitTriggersOf(step.pack, ruleFacts(step.facts)).map((trigger) => trigger.id);
  if (triggers.length === 0) return;
  if (limit in longerWithVisit) {
    step.remember({ visit: 'undecided' });
    step.openTask('visitDecision', 'officer', 'accepting', { clock: 'decision' });
  } else {
    orderVisit(step, triggers);
  }
}

function openOpinion(step: ApplicationStep, element: string): void {
  step.openTask(`opinion.${element}`, `element.${element}`, 'reviewing', { limit: 'review.element' });
}

/** REG 12: 45 days instead of 30 need a recorded decision that a visit is needed, by day 30, told to the applicant. */
export function decideVisit(step: ApplicationStep, form: TaskForms['visitDecision']): void {
  step.require('review', 'revision');
  const { visit } = step.facts;
  if (visit === 'needed' || visit === 'done') {
    step.refuse('case.stage', {
      what: 'a visit has been decided on already',
      where: step.caseId,
      found: visit,
    });
  }
  step.overtakeTasks('visitDecision');
  if (form.outcome === 'notNeeded') {
    step.remember({ visit: 'notNeeded' });
    step.record('verification.notNeeded', { reason: form.reason });
    mergeWhenReviewed(step);
    return;
  }
  const decision = step.clock('decision');
  const longer = longerWithVisit[decision?.limit ?? ''];
  if (decision !== undefined && longer !== undefined) {
    const { permitClass } = step.facts;
    requireVisitLimit({ permitClass, method: 'onSite', on: step.on, due: decision.due });
    step.changeClock({ clock: 'decision', type: 'relimited', limit: longer });
    issueDocument(step, 'visitLimitNotice', { reason: form.reason });
  }
  orderVisit(step, form.reason);
}

function orderVisit(step: ApplicationStep, reason: string | readonly string[]): void {
  step.remember({ visit: 'needed' });
  step.record('verification.required', { reason });
  issueDocument(step, 'visitNotice', { reason });
  step.overtakeTasks('merge');
  step.openTask('verification', 'verification', 'reviewing', { limit: 'verification' });
}

/** What the visit found, fact by fact; an inconsistent fact may need another visit. */
export function recordVisit(step: ApplicationStep, form: TaskForms['verification']): void {
  const officers = [...new Set(form.officers)];
  if (officers.length < 2) {
    step.refuse('rule.refused', {
      what: 'at least two officers verify (ALL 34)',
      where: 'officers',
      found: officers.join(', '),
    });
  }
  requireNotLater(step, form.on as CalendarDate, 'on');
  rememberReviewers(step, step.actor.id, ...officers);
  if (form.outcome === 'revisit') {
    step.record('verification.revisit', { on: form.on, officers, reason: form.reason });
    issueDocument(step, 'visitRecord', { visitedOn: form.on, officers, reason: form.reason });
    step.openTask('verification', 'verification', 'reviewing', { limit: 'verification' });
    return;
  }
  const inconsistent = form.findings.filter((finding) => !finding.consistent).map((finding) => finding.fact);
  step.remember({ visit: 'done', inconsistent });
  step.record('verification.done', { on: form.on, officers, inconsistent, record: form.record ?? null });
  issueDocument(step, 'visitRecord', { visitedOn: form.on, officers, findings: form.findings });
  mergeWhenReviewed(step);
}

/** Video, photos, data: recorded beside a visit. It never makes 30 days 45. */
export function recordOffSiteCheck(
  step: ApplicationStep,
  body: RequestBodies['application.offSiteCheck'],
): void {
  step.require('review', 'revision');
  requireNotLater(step, body.on as CalendarDate, 'on');
  step.record('verification.offSite', { method: body.method, on: body.on });
}

/** An element has spoken. */
export function recordOpinion(step: ApplicationStep, form: TaskForms['opinion'], task: TaskOpened): void {
  const element = task.kind.slice('opinion.'.length);
  const demands = form.demands.map(({ subject, value }) => ({ subject, value }));
  const opinion = { outcome: form.outcome, by: step.actor.id, demands };
  step.remember({ opinions: { ...step.facts.opinions, [element]: opinion } });
  rememberReviewers(step, step.actor.id);
  step.record('review.opinion', { element, outcome: form.outcome, round: task.round });
  mergeWhenReviewed(step);
}

/** When all six have spoken and the visit is settled, the lead officer merges one draft opinion and sees the conflicts. */
function mergeWhenReviewed(step: ApplicationStep): void {
  const { opinions, visit } = step.facts;
  const open = step
    .openTasks()
    .some((task) => task.kind.startsWith('opinion.') || task.kind === 'verification');
  if (step.stage !== 'review' || open || visit === 'undecided') return;
  openMerge(step);
  const conflicts = conflictsOf(opinions).map((conflict) => conflict.subject);
  if (conflicts.length > 0) step.record('review.conflict', { subjects: conflicts });
}

/** The lead officer's desk: merge the opinions, ask for a revision or draft the decision. */
export function openMerge(step: ApplicationStep, assignee?: string): void {
  step.enter('review');
  if (step.openTasks('merge').length > 0) return;
  const more = assignee === undefined ? {} : { assignee };
  step.openTask('merge', 'officer', 'accepting', { clock: 'decision', ...more });
}

/** 审查意见修改: one merged notice a round, with its own due day. The statutory clock runs on. */
export function requestRevision(
  step: ApplicationStep,
  form: Extract<TaskForms['merge'], { outcome: 'revise' }>,
): void {
  const round = step.rounds('revision') + 1;
  step.countRound('revision');
  const { elements: revising, demands, papers } = form;
  step.remember({ revising, askedFor: [...new Set([...step.facts.askedFor, ...papers])] });
  rememberReviewers(step, step.actor.id);
  step.enter('revision');
  step.record('review.revisionRequested', { round, elements: revising, papers });
  const term = step.pack.limits['review.revision']?.length ?? null;
  const params = { round, elements: revising, demands, papers, term };
  step.remember({ notice: issueDocument(step, 'revisionNotice', params) });
  step.notify('review.revisionRequested', 'applicant', { round });
}

/** The notice was served: the applicant's term runs. */
export function startRevisionTerm(step: ApplicationStep, { id, on, startsClock }: DocumentRef): void {
  if (step.stage !== 'revision' || step.facts.notice !== id || startsClock === null) return;
  step.startClock(`revision.${step.rounds('revision')}`, startsClock, on);
}

/** The revised content: its differences are shown against the content before, and only those who asked review again. */
export function receiveRevision(step: ApplicationStep, body: RequestBodies['application.revise']): void {
  step.require('revision');
  const { contentId, revising, opinions, files } = step.facts;
  const kept = Object.fromEntries(
    Object.entries(opinions).filter(([element]) => !revising.includes(element)),
  );
  step.stopClocks('revision');
  step.record('review.revised', { round: step.rounds('revision'), from: contentId, to: body.contentId });
  step.remember({
    contentId: body.contentId,
    opinions: kept,
    revising: [],
    files: [...new Set([...files, ...body.files.map((file) => file.item)])],
  });
  step.enter('review');
  for (const element of revising) openOpinion(step, element);
  step.reviews({ type: 'check', contentId: body.contentId });
  judgeContent(step);
}

/** The revision did not come in time: the lead officer decides what the file is worth as it stands. */
export function missRevision(step: ApplicationStep): void {
  if (step.stage !== 'revision') return;
  step.record('review.revisionMissed', { round: step.rounds('revision') });
  step.enter('review');
  mergeWhenReviewed(step);
}

/** The notice that the applicant is to answer was void: it is drawn up anew, and the term runs from the new one. */
export function redrawNotice(step: ApplicationStep, document: DocumentRef): void {
  if (step.facts.notice === document.id) step.remember({ notice: reissueDocument(step, document) });
}
