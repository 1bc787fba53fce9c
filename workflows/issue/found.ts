import { competentOn } from '../../rules/competence.js';
import type { CalendarDate } from '../../rules/date.js';
import { findingOrgan, problemOf } from '../../rules/issues.js';
import { organOf } from '../../rules/pack.js';
import { isFoundByUnit } from '../../rules/selfCheck.js';
import { packOfArea } from '../../rules/packs/index.js';
import type { CaseMessages, ImportedIssue } from '../messages/between.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import { beginRound, reopen } from './rectification.js';
import { observe } from './closing.js';
import { askForFeedback } from './feedback.js';
import { atLevel, authority, type Finding, type IssueStep } from './facts.js';
import { endSilence } from './silence.js';

/** An inspector of the finding level, or the unit in its own self-check, has found a problem and stands by it. */
export function find(step: IssueStep, finding: RequestBodies['issue.find']): void {
  open(step, finding, step.actor.id);
  const { accepting } = step.opening.organs;
  const finders = [
    `inspector@${accepting}`,
    ...(finding.tier === 'selfCheck' ? [`applicant@unit:${finding.unitId}`] : []),
  ];
  if (!finders.some((finder) => step.actor.roles.includes(finder))) {
    step.refuse('auth.forbidden', {
      what: 'a problem is found by an inspector of its tier',
      where: 'tier',
      expected: finders.join(' | '),
      found: finding.tier,
    });
  }
  unlessKnown(step);
}

/** A tier's own step has found it. What a rule alone has raised is a suspicion until a person confirms it. */
export function openByTier(step: IssueStep, { confirmedBy, ...finding }: CaseMessages['issue.open']): void {
  open(step, finding, confirmedBy);
  unlessKnown(step);
}

function open(step: IssueStep, finding: Finding, confirmedBy: string | null): void {
  const { permitNo, unitId, area, tier, severity, category, description, responsible, falsified } = finding;
  if (finding.rule === null && finding.item === null) {
    step.refuse('input.invalid', { what: 'a problem names its rule or its item', where: 'item' });
  }
  const pack = packOfArea(area, step.on);
  const { deciding, supervising } = competentOn(pack, area, 'issue', step.on);
  const level = findingOrgan(pack, tier, supervising);
  // The finding level works the issue; the authority, whose permit it is, stands where a review would.
  const organs = { accepting: level, deciding: level, [authority]: deciding };
  const sealing = organOf(pack, level).actsFor ?? level;
  step.open(pack, { area, procedure: 'issue', unitId, permitNo, organs: { ...organs, sealing } });
  step.remember({
    ...{ finding, confirmedBy, level, severity, category, description, responsible, falsified },
    ...{ toldUnit: false, parties: [], statements: [], determination: null, assigned: null, routes: [] },
    ...{ evidence: [], fresh: 0, progress: null, completedOn: null, fixers: [], passed: [], verifiers: [] },
    ...{ overdue: 0, reopened: 0, closedBy: null, closedOn: null },
  });
  step.record('issue.found', { tier, permitNo, severity, description });
  step.enter('found');
  step.issue({
    ...{
      type: 'opened',
      ...problemOf(finding),
      tier,
      unitId,
      area,
      organ: level,
      severity,
      category,
      responsible,
    },
    ...{ campaign: finding.campaign, foundOn: finding.foundOn as CalendarDate },
    ...{ overdue: 0, reopened: 0, closedOn: null },
  });
}

/** Whether the same problem at the same place is in the ledger already is read in the step's own transaction. */
function unlessKnown(step: IssueStep): void {
  const { permitNo, unitId } = step.facts.finding;
  const { subject, place } = problemOf(step.facts.finding);
  step.dependOn('sameIssue', { permitNo, unitId, subject, place }, { none: begin, known: handOver });
}

/** The issue that is there takes the finding up: it is reopened if it was closed, and this one ends. */
function handOver(step: IssueStep): void {
  const { tier, description } = step.facts.finding;
  step.record('issue.recurrence', {});
  const body = { issueId: step.caseId, tier, description };
  step.tell({ issueOf: problemOf(step.facts.finding) }, 'issue.recurred', body);
  step.conclude('recurrence');
}

function begin(step: IssueStep): void {
  if (step.facts.confirmedBy === null) {
    step.openTask('issueConfirmation', 'inspector', atLevel(step), { limit: 'issue.handling' });
  } else goOn(step);
}

/** A person looks at what a rule has raised. */
export function confirm(step: IssueStep, form: TaskForms['issueConfirmation']): void {
  if (form.outcome === 'confirmed') {
    step.remember({ confirmedBy: step.actor.id });
    goOn(step);
    return;
  }
  step.record('issue.determined', { outcome: 'noFault', reason: form.reason });
  endSilence(step, 'noFault');
  step.conclude('noFault');
}

/** What the unit found itself it mends at once; everything else is fed back first. */
function goOn(step: IssueStep): void {
  step.record('issue.confirmed', { severity: step.facts.severity });
  if (!isFoundByUnit(step.facts.finding)) {
    askForFeedback(step);
    return;
  }
  step.remember({ toldUnit: true, assigned: { person: '', institution: null, measure: '' } });
  beginRound(step, step.on);
}

/** Found again: by the same tier's step, or by another whose issue ends in this one. */
export function findAgain(
  step: IssueStep,
  found: Pick<Finding, 'tier' | 'description'> & { readonly issueId?: string },
): void {
  step.record('issue.foundAgain', { tier: found.tier, issue: found.issueId ?? step.caseId });
  if (step.stage === 'archived') reopen(step, found.description);
}

/** A row of another ledger: the issue begins at the point where it stands there. */
export function takeOver(
  step: IssueStep,
  { confirmedBy, assigned, closed, ...finding }: ImportedIssue,
): void {
  open(step, finding, confirmedBy);
  if (assigned !== null) {
    const { responsible, person, institution, measure, routes } = assigned;
    step.issue({ type: 'changed', responsible });
    step.remember({
      ...{ responsible, toldUnit: responsible === 'unit', assigned: { person, institution, measure } },
      routes: routes.map((route) => ({ route, caseId: null, receipt: null })),
    });
  }
  if (closed !== null) {
    const { completedOn, evidence, verifiedBy, closedBy, closedOn } = closed;
    step.remember({
      ...{ completedOn, evidence: [{ note: evidence, contentId: null }], verifiers: [verifiedBy], closedBy },
      // What it had started has ended there.
      routes: [],
    });
    step.record('issue.imported', { stage: 'archived' });
    observe(step, closedOn);
  } else if (assigned !== null) {
    step.record('issue.imported', { stage: 'rectifying' });
    beginRound(step, assigned.startsOn ?? step.on);
  } else {
    step.record('issue.imported', { stage: 'feedback' });
    askForFeedback(step);
  }
}
