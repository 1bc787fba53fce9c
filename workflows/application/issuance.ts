import { type CalendarDate, dateOf, parseInstant } from '../../rules/date.js';
import { requireNotBefore, requireNotLater } from '../kernel/days.js';
import type { TaskForms } from '../messages/catalogue.js';
import { permitCaseId } from '../messages/caseId.js';
import type { Former } from '../messages/between.js';
import type { ApplicationStep } from './facts.js';

/**
 * The number, the QR code and the certificate are the national platform's (REG 12). A decided case waits here until they
 * are entered; a number that is not this unit's, or is taken, is refused, and a term that differs from ours becomes a task.
 */
export function recordPlatform(step: ApplicationStep, form: TaskForms['platform']): void {
  step.require('awaitingPlatform');
  requireNotLater(step, parseInstant(form.platform.at, 'platform.at'), 'platform.at');
  const { kind, unitId, permitNo } = step.facts;
  const params = {
    permitNo: form.permitNo,
    unitId,
    renewalOf: permitNo,
    term: termOf[kind],
    validFrom: form.validFrom,
    validTo: form.validTo,
  };
  // A new term can not begin before it was decided, however long it is.
  const early = termOf[kind] === 'new' && form.validFrom < decidedOn(step);
  step.dependOn('platformNumber', params, {
    fits: (branch) => (early ? issueDiffering(branch, form) : issue(branch, form)),
    differs: (branch) => issueDiffering(branch, form),
  });
}

/** A permit, or a re-application, begins a term; a renewal goes on from the last one; everything else keeps it. */
const termOf = {
  first: 'new',
  reapplication: 'new',
  renewal: 'goesOn',
  change: 'kept',
  replacement: 'kept',
} as const;

function issueDiffering(step: ApplicationStep, form: TaskForms['platform']): void {
  issue(step, form);
  step.record('platform.differs', { validFrom: form.validFrom, validTo: form.validTo });
  step.openTask('reconciliation', 'officer', 'accepting', { limit: 'platform.record' });
}

const decidedOn = (step: ApplicationStep): CalendarDate => dateOf(step.facts.decidedAt ?? step.at);

function issue(step: ApplicationStep, { permitNo, platform, validFrom }: TaskForms['platform']): void {
  const { kind } = step.facts;
  step.record('permit.issued', { permitNo, kind, businessNo: platform.businessNo, platformAt: platform.at });
  tellThePermit(step, permitNo, platform, validFrom as CalendarDate);
  step.openTask('delivery', 'acceptance', 'accepting', { clock: 'delivery' });
  step.answer({ permitNo });
  step.conclude('granted', 'delivery', 'publicity', 'reconciliation');
}

/** What was granted becomes of the permit's own case: its beginning, a version, a term, or a paper issued anew. */
function tellThePermit(
  step: ApplicationStep,
  permitNo: string,
  platform: TaskForms['platform']['platform'],
  validFrom: CalendarDate,
): void {
  const { kind, unitId, permitClass, contentId, judgement, former = null, registrationNo } = step.facts;
  const { area } = step.opening;
  const permit = permitCaseId(permitNo);
  const act = { applicationId: step.caseId, platform };
  const formerClass = judgement?.formerClass ?? permitClass;
  const version = { ...act, at: step.at, contentId, permitClass, formerClass };
  switch (kind) {
    case 'first': {
      const taken = former === null ? {} : { former };
      const replaces = registrationNo === undefined ? {} : { registrationNo };
      const issued = {
        ...act,
        contentId,
        validFrom,
        permitNo,
        unitId,
        permitClass,
        area,
        ...taken,
        ...replaces,
      };
      step.tell(permit, 'permit.issue', issued);
      if (former !== null) succeed(step, former, permitNo, validFrom);
      break;
    }
    case 'renewal':
      step.tell(permit, 'renewal.granted', { ...act, contentId, validFrom, at: step.at });
      break;
    case 'reapplication':
      step.tell(permit, 'reapplication.granted', { ...version, validFrom });
      break;
    case 'change':
      step.tell(permit, 'change.granted', version);
      break;
    case 'replacement':
      step.tell(permit, 'replacement.granted', { ...act, at: step.at });
      break;
  }
}

/** The permit of the holder before ends now that this one is issued, and never before. */
function succeed(step: ApplicationStep, former: Former, successor: string, from: CalendarDate): void {
  const { permitNo, heldFrom } = former;
  step.tell(permitCaseId(permitNo), 'permit.succeeded', { successor, from, heldFrom, at: step.at });
}

/** Delivered (ALL 44) or published: recorded with the day of the act. */
export function recordAct(event: 'permit.delivered' | 'decision.published', clock: 'delivery' | 'publicity') {
  return (step: ApplicationStep, form: TaskForms['delivery']): void => {
    const on = form.on as CalendarDate;
    requireNotLater(step, on, 'on');
    requireNotBefore(step, on, decidedOn(step), 'on');
    step.stopClocks(clock);
    step.record(event, { on: form.on });
  };
}

/** A difference between the platform's record and ours was looked into. */
export function reconcile(step: ApplicationStep, form: TaskForms['reconciliation']): void {
  step.record('platform.reconciled', { outcome: form.outcome });
}
