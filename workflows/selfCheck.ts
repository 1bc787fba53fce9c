import { type CalendarDate, dateOf } from '../rules/date.js';
import { packOfArea } from '../rules/packs/index.js';
import { organOf } from '../rules/pack.js';
import { type SelfCheckItem, selfCheckRule } from '../rules/selfCheck.js';
import { runCase } from './kernel/case.js';
import { requireNotLater } from './kernel/days.js';
import { type Procedure, procedure } from './kernel/procedure.js';
import { found, type Step } from './kernel/step.js';
import type { CaseMessages, IssueToOpen } from './messages/between.js';
import type { RequestBodies } from './messages/catalogue.js';
import { issueCaseId } from './messages/issueId.js';
import type { CaseInput } from './messages/state.js';

type Submitted = RequestBodies['selfCheck.submit'];
type Problem = Extract<Submitted['answers'][number], { answer: 'problem' }>['problem'] & {
  readonly item: string;
};

/** What a self-check remembers. */
type SelfCheckFacts = {
  readonly period: string;
  readonly version: number;
  /** The questions, drawn from the permit's terms when the check was opened. */
  readonly items: readonly SelfCheckItem[];
  readonly overdue: number;
  readonly signed: {
    readonly name: string;
    readonly position: string;
    readonly on: string;
    readonly by: string;
  } | null;
  /** What the unit found and has yet to mend. */
  readonly left: readonly Problem[];
  /** 自查自纠: what it found and mended in time, which is its own. */
  readonly mended: readonly string[];
  /** What has become an issue of the ledger. */
  readonly handedOver: readonly string[];
};

type SelfCheckStep = Step<SelfCheckFacts>;

/** The unit is asked; what for, its own permit says, as the transaction finds it. */
function open(step: SelfCheckStep, { permitNo, period, unitId, area }: CaseMessages['selfCheck.open']): void {
  const pack = packOfArea(area, dateOf(step.at));
  step.open(pack, { area, procedure: 'selfCheck', unitId, permitNo });
  step.remember({
    ...{ period, version: 0, items: [], overdue: 0, signed: null },
    ...{ left: [], mended: [], handedOver: [] },
  });
  step.dependOn(
    'selfCheckTerms',
    { permitNo },
    {
      terms: (branch) => {
        branch.remember({ version: found('version'), items: found('items') });
        branch.enter('selfChecking');
        branch.record('selfCheck.opened', { period, permitNo });
        branch.notify('selfCheck.asked', 'applicant', { permitNo, period });
        beginTerm(branch, 'selfCheck');
      },
      gone: (branch) => {
        branch.record('selfCheck.void', { permitNo });
        branch.conclude('void');
      },
    },
  );
}

function beginTerm(step: SelfCheckStep, limit: 'selfCheck' | 'selfCheck.again'): void {
  step.countRound('selfCheck');
  step.startClock(`selfCheck.${step.rounds('selfCheck')}`, limit, step.on);
}

/**
 * Nothing came within the term: the heads hear of it, each time one higher, from the second time on the organ above too. Terms
 * come to an end: after the last of them the silence is an issue, and nobody is reminded any more.
 */
function countOverdue(step: SelfCheckStep): void {
  const overdue = step.facts.overdue + 1;
  const permitNo = permitOf(step);
  step.remember({ overdue });
  step.record('selfCheck.overdue', { times: overdue });
  step.notify('selfCheck.overdue', overdue > 1 ? 'deputyHead' : 'sectionHead', { permitNo, times: overdue });
  if (overdue > 1) climb(step);
  if (overdue < step.pack.settings.selfCheckTerms) beginTerm(step, 'selfCheck.again');
  else handOverSilence(step);
}

/** 提级督办: the organ above supervises, as it does with an issue. */
function climb(step: SelfCheckStep): void {
  if (step.openTasks('issueSupervision').length > 0) return;
  const own = step.organ('supervising');
  const organ = organOf(step.pack, own).superior ?? own;
  step.record('selfCheck.raised', { organ: organOf(step.pack, organ).zh });
  step.openTask('issueSupervision', 'inspector', { organ }, { limit: 'issue.handling' });
}

/** No machine accuses: an inspector confirms the issue before anybody is told of it. What comes late is still taken. */
function handOverSilence(step: SelfCheckStep): void {
  const { period, version, overdue } = step.facts;
  const { unitId, area } = step.opening;
  const permitNo = permitOf(step);
  const { id: subject, category, basis } = selfCheckRule;
  const caseId = issueCaseId({ tier: 'selfCheck', campaign: period, permitNo, subject, place: '' });
  const description = `逾期 ${overdue} 次未提交 ${period} 企业自查结果`;
  step.record('selfCheck.handedOver', { item: subject, description });
  step.remember({ handedOver: [...step.facts.handedOver, subject] });
  step.tell(caseId, 'issue.open', {
    ...{ tier: 'selfCheck', campaign: period, permitNo, unitId, area, permitVersion: version },
    ...{ method: 'documentsBasis', rule: subject, item: null, group: null, test: 'timely', category },
    ...{ severity: 'general', description, basis, place: '', evidence: [], foundOn: step.on },
    ...{ responsible: 'unit', falsified: false, business: null, issuedOn: null, industry: null },
    ...{ examiners: [], institution: null, confirmedBy: null },
  } satisfies IssueToOpen);
}

/** The issue that the silence became is over, and nothing came of the unit: there is nothing left to wait for. */
function endSilent(step: SelfCheckStep, { issueId }: CaseMessages['selfCheck.silenceOver']): void {
  if (step.stage !== 'selfChecking' || !step.facts.handedOver.includes(selfCheckRule.id)) return;
  step.record('selfCheck.silent', { issue: issueId });
  step.conclude('silent');
}

/** Every question is answered, and a named person signs. */
function submit(step: SelfCheckStep, { answers, responsible, signedOn }: Submitted): void {
  step.require('selfChecking');
  requireNotLater(step, signedOn as CalendarDate, 'signedOn');
  const asked = step.facts.items.map(({ id }) => id).sort();
  const answered = answers.map(({ item }) => item).sort();
  if (asked.join() !== answered.join()) {
    step.refuse('rule.refused', {
      what: 'a self-check answers every question once',
      where: 'answers',
      expected: asked.join(' | ').slice(0, 500),
      found: answered.join(' | ').slice(0, 500),
    });
  }
  const problems = answers.flatMap((each): Problem[] =>
    each.answer === 'problem' ? [{ item: each.item, ...each.problem }] : [],
  );
  for (const { mendedOn } of problems)
    requireNotLater(step, (mendedOn ?? step.on) as CalendarDate, 'mendedOn');
  step.stopClocks('selfCheck');
  step.overtakeTasks('issueSupervision');
  step.remember({ signed: { ...responsible, on: signedOn, by: step.actor.id } });
  step.record('selfCheck.submitted', {
    ...{ name: responsible.name, position: responsible.position, on: signedOn },
    problems: problems.length,
  });
  // Grave or false: the unit's word that it is mended does not end it.
  const grave = problems.filter(({ severity, falsified }) => severity === 'serious' || falsified);
  for (const problem of grave) handOver(step, problem);
  const own = problems.filter((problem) => !grave.includes(problem));
  for (const problem of own.filter(({ mendedOn }) => mendedOn !== null)) keepAsOwn(step, problem);
  step.remember({ left: own.filter(({ mendedOn }) => mendedOn === null) });
  if (step.facts.left.length === 0) conclude(step);
  else {
    step.enter('mending');
    step.startClock('mending', 'selfCheck.mending', step.on);
  }
}

function mend(step: SelfCheckStep, { item, mendedOn, note }: RequestBodies['selfCheck.mend']): void {
  step.require('mending');
  requireNotLater(step, mendedOn as CalendarDate, 'mendedOn');
  const problem = step.facts.left.find((each) => each.item === item);
  if (problem === undefined) {
    step.refuse('rule.refused', {
      what: 'this is no problem that is left to mend',
      where: 'item',
      expected: step.facts.left.map((each) => each.item).join(' | '),
      found: item,
    });
  }
  step.record('selfCheck.mended', { item, on: mendedOn, note });
  step.remember({ left: step.facts.left.filter((each) => each !== problem) });
  keepAsOwn(step, problem);
  if (step.facts.left.length > 0) return;
  step.stopClocks('mending');
  conclude(step);
}

/** What was not mended in time goes into the ledger. */
function handOverLeft(step: SelfCheckStep): void {
  for (const problem of step.facts.left) handOver(step, problem);
  step.remember({ left: [] });
  conclude(step);
}

function keepAsOwn(step: SelfCheckStep, { item, description }: Problem): void {
  step.record('selfCheck.selfCorrected', { item, description });
  step.remember({ mended: [...step.facts.mended, item] });
}

function handOver(step: SelfCheckStep, { item, description, severity, falsified, evidence }: Problem): void {
  const { period, items, version, signed } = step.facts;
  const { unitId, area } = step.opening;
  const permitNo = permitOf(step);
  const caseId = issueCaseId({ tier: 'selfCheck', campaign: period, permitNo, subject: item, place: '' });
  step.record('selfCheck.handedOver', { item, description });
  step.remember({ handedOver: [...step.facts.handedOver, item] });
  step.tell(caseId, 'issue.open', {
    ...{ tier: 'selfCheck', campaign: period, permitNo, unitId, area, permitVersion: version },
    ...{ method: 'onSite', rule: null, item, group: null, test: null, category: 'notAsApproved', severity },
    ...{ description, basis: items.find(({ id }) => id === item)?.zh ?? item, place: '', evidence },
    ...{ foundOn: signed?.on ?? step.on, responsible: 'unit', falsified, business: null, issuedOn: null },
    ...{ industry: null, examiners: [], institution: null, confirmedBy: signed?.by ?? step.actor.id },
  } satisfies IssueToOpen);
}

function conclude(step: SelfCheckStep): void {
  const { handedOver, mended } = step.facts;
  step.conclude(handedOver.length > 0 ? 'problems' : mended.length > 0 ? 'selfCorrected' : 'sound');
}

function permitOf(step: SelfCheckStep): string {
  return step.opening.permitNo ?? '';
}

/**
 * The self-check (企业自查) of a unit, of one permit, for a year or a campaign:
 *
 *   selfChecking → mending → closed
 *
 * What the unit found and mended in time is its own; what is grave or false, or not mended in time, is an issue. So is silence:
 * the check is open to a late answer until that issue is over.
 */
const definition: Procedure<SelfCheckFacts> = {
  kind: 'selfCheck',
  opens: { 'selfCheck.open': open },
  requests: {
    'selfCheck.submit': submit,
    'selfCheck.mend': mend,
    'selfCheck.silenceOver': endSilent,
    'permit.over': (step, { state }) => {
      step.record('selfCheck.permitOver', { state });
      step.conclude('permitOver');
    },
  },
  tasks: { issueSupervision: (step, { note }) => step.record('selfCheck.supervised', { note }) },
  lapses: { selfCheck: countOverdue, mending: handOverLeft },
  ended: {
    stages: ['selfChecking', 'mending'],
    end: (step: SelfCheckStep, reason) => {
      step.record('selfCheck.ended', { reason });
      step.conclude('ended');
    },
  },
};

/** The workflow of a self-check: `selfCheck/<year or campaign>-<permit no>`. */
export async function selfCheck(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
