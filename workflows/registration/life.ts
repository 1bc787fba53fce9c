import type { CalendarDate } from '../../rules/date.js';
import { requireNotLater } from '../kernel/days.js';
import type { RequestBodies } from '../messages/catalogue.js';
import type { NextMoment } from '../messages/step.js';
import { addVersion, dayOfAct, type RegistrationStep, setState } from './facts.js';

type Body<Name extends keyof RequestBodies> = RequestBodies[Name];

/** REG 24: twenty days after the change. Later is marked, and at most a lead to verify: nothing is refused for it. */
export function change(step: RegistrationStep, body: Body<'registration.change'>): void {
  step.require('valid');
  const changedOn = body.changedOn as CalendarDate;
  const filedOn = dayOfAct(step, body.platform);
  requireNotLater(step, changedOn, 'changedOn');
  step.dependOn(
    'registrationChange',
    { changedOn, filedOn },
    {
      inTime: (branch) => recordChange(branch, body, true),
      late: (branch) => recordChange(branch, body, false),
    },
  );
}

function recordChange(step: RegistrationStep, body: Body<'registration.change'>, inTime: boolean): void {
  const { changedOn, contentId, platform } = body;
  const { businessNo } = platform;
  const filedOn = dayOfAct(step, platform);
  step.remember({ imported: null });
  addVersion(step, 'change', contentId, platform);
  step.record('registration.changed', { changedOn, filedOn, businessNo });
  if (!inTime) step.record('registration.changedLate', { changedOn, filedOn });
  step.answer({ inTime });
}

/** The window opens sixty days before the end, and a renewal is taken until the last day is over. */
export function renew(step: RegistrationStep, body: Body<'registration.renew'>): void {
  step.require('valid');
  const { registrationNo } = step.facts;
  const filedOn = dayOfAct(step, body.platform);
  step.dependOn(
    'registrationRenewal',
    { registrationNo, filedOn },
    {
      open: (branch) => {
        const years = branch.pack.limits['registration.validity']?.length ?? 0;
        branch.changeClock({ clock: 'validity', type: 'extended', by: years, reason: 'renewal' });
        branch.registration({ type: 'validTo', registrationNo, clock: 'validity' });
        branch.remember({ imported: null });
        addVersion(branch, 'renewal', body.contentId ?? branch.facts.contentId, body.platform);
        const { businessNo } = body.platform;
        branch.record('registration.renewed', { registrationNo, validTo: { dueOf: 'validity' }, businessNo });
      },
    },
  );
}

/** The holder is told of the last day, and that a form which is past it is filed anew. */
export function remind(step: RegistrationStep, { clock, moment }: NextMoment): void {
  step.record('clock.remind', { clock, moment, level: 'applicant' });
  const validTo = step.clock('validity')?.due ?? null;
  step.notify('registration.remind', 'applicant', { registrationNo: step.facts.registrationNo, validTo });
}

/** 00:00 after the last day: the entry is dead. An application for a permit that is under way covers no discharge. */
export function expire(step: RegistrationStep): void {
  const { registrationNo, application } = step.facts;
  setState(step, 'expired');
  step.record('registration.expired', { registrationNo, validTo: step.clock('validity')?.due ?? null });
  if (application !== null) step.record('registration.expiredInConversion', { applicationId: application });
  step.notify('registration.expired', 'applicant', { registrationNo });
  step.conclude('expired');
}

/** Discharge has ended. */
export function close(step: RegistrationStep, body: Body<'registration.close'>): void {
  step.require('valid');
  const { on, reason } = body;
  requireNotLater(step, on as CalendarDate, 'on');
  setState(step, 'closed');
  const businessNo = body.platform?.businessNo ?? null;
  step.record('registration.closed', { registrationNo: step.facts.registrationNo, on, reason, businessNo });
  step.conclude('closed');
}

/** A spot check, part of the double random: its result is on record, and what it leads to is decided elsewhere. */
export function check(step: RegistrationStep, body: Body<'registration.check'>): void {
  step.require('valid');
  requireNotLater(step, body.on as CalendarDate, 'on');
  const { on, outcome, officers, findings } = body;
  step.record('registration.checked', { on, outcome, officers, findings });
}
