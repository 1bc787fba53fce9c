import { organOf } from '../../rules/pack.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import type { NextMoment } from '../messages/step.js';
import { beginRound } from './rectification.js';
import { atLevel, type IssueStep, listed } from './facts.js';

/** The deadline is over. The first time a last term begins; from the second time on the organ above has it too. */
export function countOverdue(step: IssueStep): void {
  const overdue = step.facts.overdue + 1;
  const { permitNo } = step.facts.finding;
  listed(step, { overdue });
  step.record('issue.overdue', { times: overdue });
  step.notify('issue.overdue', 'sectionHead', { permitNo, times: overdue });
  if (overdue > 1) {
    raise(step, superiorOf(step) ?? step.facts.level, 'overdue');
    if (step.openTasks('issueSupervision').length === 0)
      step.openTask('issueSupervision', 'inspector', atLevel(step), { limit: 'issue.handling' });
  }
  beginRound(step, step.on, 'issue.rectify.again');
}

/** Whoever mends it is reminded: the unit by letter, the authority as an officer. */
export function remind(step: IssueStep, { clock, moment }: NextMoment): void {
  const level = step.facts.responsible === 'unit' ? 'applicant' : 'officer';
  step.record('clock.remind', { clock, moment, level, due: step.clock(clock)?.due ?? null });
  step.notify('issue.remind', level, { clock, moment });
}

export function recordSupervision(step: IssueStep, { note }: TaskForms['issueSupervision']): void {
  step.record('issue.supervised', { note });
}

/** 提级: the organ above takes the issue up, with what the finding level has yet to do in it. */
export function takeUp(step: IssueStep, { reason }: RequestBodies['issue.takeUp']): void {
  const superior = superiorOf(step);
  const heads = ['sectionHead', 'deputyHead'].map((role) => `${role}@${superior ?? ''}`);
  if (superior === null || !heads.some((head) => step.actor.roles.includes(head))) {
    step.refuse('auth.forbidden', {
      what: 'only the organ above takes an issue up',
      where: step.caseId,
      expected: superior === null ? 'no organ is above' : heads.join(' | '),
    });
  }
  raise(step, superior, reason);
}

const superiorOf = (step: IssueStep): string | null => organOf(step.pack, step.facts.level).superior;

const levelTasks = [
  ...['issueConfirmation', 'issueNotice', 'issueDetermination', 'issueAssignment'],
  ...['issueVerification.first', 'issueVerification.second', 'issueClosing'],
];

function raise(step: IssueStep, organ: string, reason: string): void {
  const open = step.openTasks(...levelTasks);
  step.remember({ level: organ });
  step.issue({ type: 'changed', organ });
  step.record('issue.raised', { organ: organOf(step.pack, organ).zh, reason });
  step.notify('issue.raised', 'deputyHead', {
    permitNo: step.facts.finding.permitNo,
    organ: organOf(step.pack, organ).zh,
  });
  for (const { kind, role, clock } of open) {
    step.overtakeTasks(kind);
    const limit = clock === undefined ? undefined : step.clock(clock)?.limit;
    step.openTask(kind, role, atLevel(step), limit === undefined ? {} : { limit });
  }
}
