import type { CalendarDate } from '../../rules/date.js';
import { rectifyLimit } from '../../rules/issues.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import { requireNotLater } from '../kernel/days.js';
import { issueDocument } from '../kernel/documents.js';
import type { DocumentRef } from '../kernel/procedure.js';
import { askForVerification } from './closing.js';
import { addRoute } from './routes.js';
import { atLevel, authority, type Evidence, type IssueStep, listed, mendingSide, sideOf } from './facts.js';

/** 交办: who mends it, how, and what it takes beside. */
export function askForAssignment(step: IssueStep): void {
  step.enter('assigning');
  step.openTask('issueAssignment', 'inspector', atLevel(step), { limit: 'issue.handling' });
}

export function assign(step: IssueStep, form: TaskForms['issueAssignment']): void {
  const { responsible, person, institution, measure, routes } = form;
  if ((responsible === 'institution') !== (institution !== null)) {
    step.refuse('rule.refused', {
      what: 'an institution is named where it is to mend, and only there',
      where: 'institution',
      expected: responsible === 'institution' ? 'its name' : 'none',
      found: institution ?? 'none',
    });
  }
  listed(step, { responsible });
  step.remember({ assigned: { person, institution, measure } });
  step.record('issue.assigned', { responsible, measure, routes });
  for (const route of routes) addRoute(step, route);
  if (responsible !== 'unit') {
    beginRound(step, step.on);
    return;
  }
  step.remember({ toldUnit: true });
  step.enter('notifying');
  issueNotice(step);
}

/** 整改通知书: its service starts the unit's term. */
export function issueNotice(step: IssueStep): string {
  const { finding, description, assigned } = step.facts;
  const params = { permitNo: finding.permitNo, description, measure: assigned?.measure ?? '' };
  const rectifyDays = step.pack.limits[limitOf(step)]?.length ?? null;
  return issueDocument(step, 'rectificationNotice', { ...params, rectifyDays });
}

export function noticeServed(step: IssueStep, { on }: DocumentRef): void {
  const { finding, assigned } = step.facts;
  step.notify('issue.assigned', 'applicant', {
    permitNo: finding.permitNo,
    measure: assigned?.measure ?? '',
  });
  beginRound(step, on);
}

const limitOf = ({ facts }: IssueStep): string => rectifyLimit(facts.severity);

/** A round of mending, with its own deadline. */
export function beginRound(step: IssueStep, on: CalendarDate, limit = limitOf(step)): void {
  step.enter('rectifying');
  step.countRound('rectification');
  const round = step.rounds('rectification');
  const clock = `rectification.${round}`;
  step.startClock(clock, limit, on);
  step.record('issue.rectificationBegun', { round, due: { dueOf: clock } });
  if (mendingSide(step) === 'authority' && step.openTasks('issueRectification').length === 0)
    step.openTask('issueRectification', 'officer', authority, { clock });
}

/** What was verified or closed in vain is mended again, with new evidence. */
export function mendAgain(step: IssueStep, reason: string): void {
  step.remember({ passed: [], fresh: 0 });
  const { responsible, finding } = step.facts;
  if (responsible === 'unit')
    step.notify('issue.returned', 'applicant', { permitNo: finding.permitNo, reason });
  beginRound(step, step.on);
}

/** 整改进展. */
export function noteProgress(step: IssueStep, { note, evidence }: RequestBodies['issue.progress']): void {
  step.require('rectifying');
  requireMender(step);
  handIn(step, evidence);
  step.remember({ progress: note });
  step.record('issue.progress', { note });
}

/** 申请销号, by whoever mends it: never without evidence. */
export function apply(step: IssueStep, body: RequestBodies['issue.apply']): void {
  step.require('rectifying');
  requireMender(step);
  const completedOn = body.completedOn as CalendarDate;
  requireNotLater(step, completedOn, 'completedOn');
  handIn(step, body.evidence);
  if (step.facts.fresh === 0) {
    step.refuse('rule.refused', {
      what: 'a close-out is applied for with evidence',
      where: 'evidence',
      expected: 'at least one piece of this round',
      found: 'none',
    });
  }
  step.remember({ completedOn, progress: body.note });
  step.record('issue.applied', { on: completedOn, note: body.note });
  step.stopClocks('rectification');
  step.overtakeTasks('issueRectification', 'issueSupervision');
  askForVerification(step);
}

function requireMender(step: IssueStep): void {
  const [side, expected] = [sideOf(step), mendingSide(step)];
  if (side === expected) return;
  step.refuse('auth.forbidden', {
    what: 'whose problem it is mends it',
    where: step.caseId,
    expected,
    found: side,
  });
}

function handIn(step: IssueStep, evidence: readonly Evidence[]): void {
  const { fixers, fresh } = step.facts;
  const { id } = step.actor;
  step.remember({
    evidence: [...step.facts.evidence, ...evidence],
    fresh: fresh + evidence.length,
    fixers: fixers.includes(id) ? fixers : [...fixers, id],
  });
}

/** The same problem has come back, or a person finds that it has: it is assigned anew. */
export function reopen(step: IssueStep, reason: string): void {
  const reopened = step.facts.reopened + 1;
  listed(step, { reopened, closedOn: null });
  step.remember({ closedBy: null, passed: [], fresh: 0 });
  step.stopClocks('observation');
  step.record('issue.reopened', { times: reopened, reason });
  askForAssignment(step);
}
