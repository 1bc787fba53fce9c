import type { CalendarDate } from '../../rules/date.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import { requireNotLater } from '../kernel/days.js';
import { issueDocument, voidUnservedDocuments } from '../kernel/documents.js';
import type { DocumentRef } from '../kernel/procedure.js';
import { askForAssignment } from './rectification.js';
import { atLevel, authority, type IssueStep, listed, type Side, sideOf } from './facts.js';
import { endSilence } from './silence.js';

/** 反馈: the finding level tells the unit, the authority, or both. */
export function askForFeedback(step: IssueStep): void {
  step.enter('feedback');
  step.openTask('issueNotice', 'inspector', atLevel(step), { limit: 'issue.handling' });
}

/** By a letter, whose service starts the term; or otherwise, with the day on which it was done. */
export function feedBack(step: IssueStep, form: TaskForms['issueNotice']): void {
  const parties: readonly Side[] = form.to === 'both' ? ['unit', 'authority'] : [form.to];
  step.remember({ parties });
  if (form.outcome === 'letter') {
    if (parties.includes('unit')) issueLetter(step);
    if (parties.includes('authority')) issueAuthorityLetter(step);
    return;
  }
  const on = form.on as CalendarDate;
  requireNotLater(step, on, 'on');
  startObjection(step, on, 'issue.objection');
}

export const issueLetter = (step: IssueStep): string => {
  const { finding, category, severity, description } = step.facts;
  const { permitNo, basis } = finding;
  return issueDocument(step, 'issueFeedback', { permitNo, category, severity, description, basis });
};

/** What is the authority's own error it is told by a letter of its own: the unit's has nothing to do with it. */
export const issueAuthorityLetter = (step: IssueStep): string => {
  const { finding, category, severity, description } = step.facts;
  const { permitNo, basis } = finding;
  const toOrgan = step.organ(authority);
  return issueDocument(step, 'authorityFeedback', {
    permitNo,
    category,
    severity,
    description,
    basis,
    toOrgan,
  });
};

/** The term runs for all from the day on which the last of the letters was served. */
export function letterServed(step: IssueStep, { id, on, startsClock }: DocumentRef): void {
  const latest = [step.facts.lettersServedOn ?? on, on].sort().at(-1) ?? on;
  const isOut = Object.entries(step.state.documents).some(
    ([other, { kind }]) => other !== id && (kind === 'issueFeedback' || kind === 'authorityFeedback'),
  );
  if (isOut) step.remember({ lettersServedOn: latest });
  else startObjection(step, latest, startsClock ?? 'issue.objection');
}

/** Five working days to object. */
function startObjection(step: IssueStep, on: CalendarDate, limit: string): void {
  const { parties, finding } = step.facts;
  step.enter('objection');
  step.startClock('objection', limit, on);
  step.record('issue.fedBack', { on, sides: parties });
  if (!parties.includes('unit')) return;
  step.remember({ toldUnit: true });
  step.notify('issue.fedBack', 'applicant', { permitNo: finding.permitNo });
}

/** Each side speaks once, within the term; when all have spoken, nobody waits for its end. */
export function object(step: IssueStep, body: RequestBodies['issue.object']): void {
  step.require('objection');
  const { parties, statements } = step.facts;
  const side = sideOf(step);
  if (!parties.includes(side) || statements.some((statement) => statement.side === side)) {
    step.refuse('rule.refused', {
      what: 'whom the problem was fed back to speaks once',
      where: step.caseId,
      expected: waitedFor(step).join(' | '),
      found: side,
    });
  }
  if (!step.isInTime('objection')) {
    step.refuse('rule.refused', {
      what: 'an objection comes within five working days of the feedback',
      where: 'objection',
      expected: `by ${step.clock('objection')?.due ?? ''}`,
      found: step.on,
    });
  }
  const grounds = body.outcome === 'objection' ? body.grounds : null;
  step.remember({ statements: [...statements, { side, grounds, by: step.actor.id }] });
  if (body.outcome === 'objection') step.record('issue.objected', { side, grounds: body.grounds });
  else step.record('issue.accepted', { side });
  if (waitedFor(step).length > 0) return;
  step.stopClocks('objection');
  determine(step);
}

const waitedFor = ({ facts }: IssueStep): readonly Side[] =>
  facts.parties.filter((side) => facts.statements.every((statement) => statement.side !== side));

/** Silence is no objection. */
export function hearNobody(step: IssueStep): void {
  step.record('issue.noObjection', { silent: waitedFor(step) });
  determine(step);
}

/** 核定: by the finding level, whether or not anybody objected. */
function determine(step: IssueStep): void {
  step.enter('determining');
  step.openTask('issueDetermination', 'sectionHead', atLevel(step), { limit: 'issue.handling' });
}

export function recordDetermination(step: IssueStep, form: TaskForms['issueDetermination']): void {
  const { outcome, reason } = form;
  step.record('issue.determined', { outcome, reason });
  step.remember({ determination: { outcome, reason, by: step.actor.id, on: step.on } });
  if (form.outcome === 'noFault') {
    withdraw(step, reason);
    return;
  }
  if (form.outcome === 'altered') {
    const { severity, category, responsible } = { ...step.facts, ...given(form) };
    listed(step, { severity, category, responsible });
    step.remember({ description: form.description ?? step.facts.description });
  }
  askForAssignment(step);
}

/** What of a form was filled in. */
const given = ({
  severity,
  category,
  responsible,
}: Extract<TaskForms['issueDetermination'], { outcome: 'altered' }>) => ({
  ...(severity === undefined ? {} : { severity }),
  ...(category === undefined ? {} : { category }),
  ...(responsible === undefined ? {} : { responsible }),
});

/** There is no fault: the finding stays in the ledger, and is withdrawn. */
function withdraw(step: IssueStep, reason: string): void {
  voidUnservedDocuments(step, reason);
  endSilence(step, 'noFault');
  step.conclude('noFault');
}
