import type { CalendarDate } from '../../rules/date.js';
import { requireNotLater } from '../kernel/days.js';
import { found } from '../kernel/step.js';
import type { TaskForms } from '../messages/catalogue.js';
import { permitCaseId } from '../messages/caseId.js';
import type { GuardParams } from '../messages/step.js';
import { checkCompleteness } from './completeness.js';
import type { ApplicationStep } from './facts.js';

type GoOn = (step: ApplicationStep) => void;

/**
 * REG 14, 15: what the holder asks of its permit is compared with the version in force, and the table says whether it is a
 * change. Told at once, and to both: the holder must not discharge in a new way before the re-application is granted.
 */
export function fileOnPermit(step: ApplicationStep): void {
  const { kind, permitNo, changedOn } = step.facts;
  if (changedOn != null) requireNotLater(step, changedOn, 'changedOn');
  step.answer({ judgement: found('judgement') });
  if (kind === 'replacement') {
    step.dependOn('applicationOnPermit', paramsOf(step, 'yes'), { fits: () => undefined });
    return;
  }
  if (kind === 'reapplication' && permitNo !== null) holdCancellation(step, permitNo);
  step.dependOn('applicationOnPermit', paramsOf(step, 'yes'), everyWay);
}

/** The content is another one now: what the table says of it counts from here on. */
export function judgeContent(step: ApplicationStep): void {
  if (!['change', 'reapplication'].includes(step.facts.kind)) return;
  step.dependOn('applicationOnPermit', paramsOf(step), everyWay);
}

/** What the table says is remembered and recorded, whichever it is. */
const everyWay: Readonly<Record<string, GoOn>> = {
  fits: (step) => remember(step),
  onlyAChange: (step) => remember(step),
  change: (step) => remember(step),
  basicData: (step) => remember(step, true),
  needsReapplication: (step) => {
    remember(step);
    step.notify('change.needsReapplication', 'applicant', { permitNo: step.facts.permitNo ?? '' });
  },
};

function remember(step: ApplicationStep, basicDataOnly = false): void {
  step.remember({ judgement: found('judgement'), basicDataOnly });
  step.record('change.judged', { kind: step.facts.kind, ...said });
}

/** What the table says, for the ledger. */
const said = {
  verdict: found('verdict'),
  rows: found('rows'),
  uncertain: found('uncertain'),
  lastDay: found('lastDay'),
  late: found('late'),
};

/**
 * A change goes on as one only where the table, asked again, says so, or where a person answers for the exception: his
 * reason stands in the ledger beside what the table said, and holds for this content alone.
 */
export function unlessReapplication(step: ApplicationStep, reason: string | undefined, goOn: GoOn): void {
  const { contentId, override = null } = step.facts;
  const answered = override?.contentId === contentId;
  const as =
    (basicDataOnly: boolean, next: GoOn): GoOn =>
    (branch) => {
      branch.remember({ judgement: found('judgement'), basicDataOnly });
      next(branch);
    };
  const except: GoOn = (branch) => {
    if (reason !== undefined) {
      branch.remember({ override: { contentId, reason, by: branch.actor.id } });
      branch.record('change.overridden', { reason, ...said });
    }
    goOn(branch);
  };
  step.dependOn('applicationOnPermit', paramsOf(step), {
    basicData: as(true, goOn),
    change: as(false, goOn),
    ...(reason !== undefined || answered ? { needsReapplication: as(false, except) } : {}),
  });
}

/** It is handled as the other of the two, as the holder has agreed: with that one's file, limits and organs. */
export function convert(
  step: ApplicationStep,
  { to, reason, agreement, changedOn }: Extract<TaskForms['completeness'], { outcome: 'convert' }>,
): void {
  const { kind, permitNo } = step.facts;
  const mayConvert = ['change', 'reapplication'].includes(kind) && step.rounds('conversion') === 0;
  if (permitNo === null || !mayConvert || kind === to) {
    step.refuse('rule.refused', {
      what: 'only a change and a re-application can become each other, and once',
      where: 'to',
      expected: 'change -> reapplication | reapplication -> change',
      found: `${kind} -> ${to}`,
    });
  }
  step.countRound('conversion');
  step.goOnAs(to);
  step.remember({ kind: to, changedOn: (changedOn ?? null) as CalendarDate | null });
  step.record('change.converted', {
    ...{ from: kind, to, reason },
    agreement: agreement.contentId ?? agreement.note,
  });
  // The completeness check goes on, with the same last day.
  checkCompleteness(step, step.facts.receivedOn);
  if (to === 'reapplication') holdCancellation(step, permitNo);
  else {
    const ended = { applicationId: step.caseId, at: step.at, outcome: 'change' };
    step.tell(permitCaseId(permitNo), 'reapplication.ended', ended);
  }
  step.dependOn('applicationOnPermit', paramsOf(step), everyWay);
}

/** A re-application under way holds the cancellation, never the lapse. */
function holdCancellation(step: ApplicationStep, permitNo: string): void {
  const filed = { applicationId: step.caseId, at: step.at };
  step.tell(permitCaseId(permitNo), 'reapplication.filed', filed);
}

/** Another subject goes on with the plant: a first application, which names the permit of the holder before. */
export function takeOver(step: ApplicationStep, permitNo: string): void {
  step.dependOn(
    'formerPermit',
    { permitNo, unitId: step.facts.unitId },
    {
      otherSubject: (branch) => {
        branch.remember({ former: { permitNo, heldFrom: found('heldFrom') } });
        branch.record('application.takesOver', { permitNo, heldFrom: found('heldFrom') });
      },
    },
  );
}

function paramsOf({ facts }: ApplicationStep, filing?: 'yes'): GuardParams {
  const { kind, permitNo, unitId, permitClass, contentId, receivedOn, changedOn = null } = facts;
  return {
    ...{ kind, permitNo, unitId, permitClass, contentId, receivedOn, changedOn },
    filing: filing ?? null,
  };
}
