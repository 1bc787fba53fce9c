import type { CalendarDate } from '../../rules/date.js';
import { startedRoutes } from '../../rules/issueRoutes.js';
import type { TaskForms } from '../messages/catalogue.js';
import { requireNotLater } from '../kernel/days.js';
import { issueDocument } from '../kernel/documents.js';
import { mendAgain } from './rectification.js';
import { atLevel, type IssueStep, listed } from './facts.js';
import { requireRoutesOver, taskOf } from './routes.js';
import { endSilence } from './silence.js';

/** 核实: two persons look, each for himself. */
export function askForVerification(step: IssueStep): void {
  step.enter('verifying');
  for (const which of ['first', 'second'])
    step.openTask(`issueVerification.${which}`, 'inspector', atLevel(step), { limit: 'issue.verification' });
}

export function verify(step: IssueStep, form: TaskForms['issueVerification']): void {
  requireNotLater(step, form.on as CalendarDate, 'on');
  requireIndependence(step, form.institution);
  const { permitNo } = step.facts.finding;
  // Who examined the permit here, only the transaction can know.
  step.dependOn(
    'notExaminer',
    { permitNo, person: step.actor.id, institution: form.institution },
    {
      free: (branch) => recordVerification(branch, form),
    },
  );
}

/** Never who mended it, nor one person twice, nor the permit's institution; by a stricter setting, nor who found it. */
function requireIndependence(step: IssueStep, institution: string | null): void {
  const { fixers, passed, finding, confirmedBy, assigned } = step.facts;
  const { id } = step.actor;
  const refuse = (expected: string): never =>
    step.refuse('rule.refused', {
      what: 'a rectification is verified by somebody who had no part in it',
      where: step.caseId,
      expected,
      found: id,
    });
  if (fixers.includes(id)) refuse('somebody who did not mend it');
  if (passed.includes(id)) refuse('two persons');
  if (finding.examiners.includes(id)) refuse('somebody who did not examine the permit');
  if (confirmedBy === id && !step.pack.settings.issueFinderVerifies) refuse('somebody who did not find it');
  if (institution !== null && [finding.institution, assigned?.institution].includes(institution))
    refuse('somebody who is not of the permit’s institution');
}

function recordVerification(step: IssueStep, { outcome, on, finding }: TaskForms['issueVerification']): void {
  step.record('issue.verified', { on, outcome, finding });
  step.remember({ verifiers: [...step.facts.verifiers, step.actor.id] });
  if (outcome === 'return') {
    step.overtakeTasks('issueVerification.first', 'issueVerification.second');
    mendAgain(step, finding);
    return;
  }
  step.remember({ passed: [...step.facts.passed, step.actor.id] });
  if (step.facts.passed.length < 2) return;
  step.enter('closing');
  step.openTask('issueClosing', 'sectionHead', atLevel(step), { limit: 'issue.handling' });
}

/** 销号, by the finding level or above: never before everything that the issue has started is over. */
export function close(step: IssueStep, form: TaskForms['issueClosing']): void {
  if (form.outcome === 'return') {
    step.record('issue.closingReturned', { reason: form.reason });
    mendAgain(step, form.reason);
    return;
  }
  const { fixers, routes } = step.facts;
  // Absent in a form that was handed in before an issue could do without a route.
  const { without = [] } = form;
  if (fixers.includes(step.actor.id)) {
    step.refuse('rule.refused', {
      what: 'who mended an issue does not close it',
      where: step.caseId,
      expected: 'somebody else of the finding level or above',
      found: step.actor.id,
    });
  }
  const untried = requireRoutesOver(step, without);
  const linked = routes.flatMap(({ route, caseId }) => (caseId === null ? [] : [[route, caseId] as const]));
  const unsought =
    untried.length === 0 ? {} : { permitNo: step.facts.finding.permitNo, untried: untried.join() };
  step.dependOn(
    'linkedCasesEnded',
    { ...unsought, ...Object.fromEntries(linked) },
    {
      ended: (branch) => {
        for (const { route, reason } of without) branch.record('issue.closedWithout', { route, reason });
        branch.overtakeTasks(...startedRoutes.map(taskOf));
        closeOut(branch, form.opinion);
      },
    },
  );
}

function closeOut(step: IssueStep, opinion: string): void {
  const { finding, category, severity, description, assigned, completedOn, determination } = step.facts;
  step.record('issue.closed', { opinion });
  step.remember({ closedBy: step.actor.id });
  issueDocument(
    step,
    'closingSlip',
    {
      ...{ permitNo: finding.permitNo, category, severity, description, basis: finding.basis },
      ...{ measure: assigned?.measure ?? '', rectifiedOn: completedOn, opinion },
      determination: determination?.outcome ?? null,
    },
    atLevel(step),
  );
  if (step.facts.responsible === 'unit')
    step.notify('issue.closed', 'applicant', { permitNo: finding.permitNo });
  endSilence(step, 'closedOut');
  observe(step, step.on);
}

/** Archived. For the time of the observation the same problem reopens it. */
export function observe(step: IssueStep, closedOn: CalendarDate): void {
  listed(step, { closedOn });
  step.enter('archived');
  step.countRound('observation');
  step.startClock(`observation.${step.rounds('observation')}`, 'issue.observation', closedOn);
  step.quietPoint();
}

/** It has not come back. */
export function endObservation(step: IssueStep): void {
  step.conclude('closedOut');
}
