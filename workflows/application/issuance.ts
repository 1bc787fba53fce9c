import { type CalendarDate, dateOf, parseInstant } from '../../rules/date.js';
import { requireNotBefore, requireNotLater } from '../kernel/days.js';
import type { TaskForms } from '../messages/catalogue.js';
import { permitCaseId } from '../messages/caseId.js';
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
    validFrom: form.validFrom,
    validTo: form.validTo,
  };
  // A first permit can not be valid before it was decided, however long its term.
  const early = kind === 'first' && form.validFrom < decidedOn(step);
  step.dependOn('platformNumber', params, {
    fits: (branch) => (early ? issueDiffering(branch, form) : issue(branch, form)),
    differs: (branch) => issueDiffering(branch, form),
  });
}

function issueDiffering(step: ApplicationStep, form: TaskForms['platform']): void {
  issue(step, form);
  step.record('platform.differs', { validFrom: form.validFrom, validTo: form.validTo });
  step.openTask('reconciliation', 'officer', 'accepting', { limit: 'platform.record' });
}

const decidedOn = (step: ApplicationStep): CalendarDate => dateOf(step.facts.decidedAt ?? step.at);

function issue(step: ApplicationStep, { permitNo, platform, validFrom }: TaskForms['platform']): void {
  const { kind, unitId, permitClass, contentId } = step.facts;
  const { area } = step.opening;
  step.record('permit.issued', { permitNo, kind, businessNo: platform.businessNo, platformAt: platform.at });
  const common = { applicationId: step.caseId, contentId, validFrom: validFrom as CalendarDate, platform };
  if (kind === 'first') {
    const { registrationNo } = step.facts;
    const replaces = registrationNo === undefined ? {} : { registrationNo };
    const issued = { ...common, permitNo, unitId, permitClass, area, ...replaces };
    step.tell(permitCaseId(permitNo), 'permit.issue', issued);
  } else step.tell(permitCaseId(permitNo), 'renewal.granted', { ...common, at: step.at });
  step.openTask('delivery', 'acceptance', 'accepting', { clock: 'delivery' });
  step.answer({ permitNo });
  step.conclude('granted', 'delivery', 'publicity', 'reconciliation');
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
