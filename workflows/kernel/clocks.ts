import { mayTakeEffect } from '../../rules/limit.js';
import type { RequestBodies } from '../messages/catalogue.js';
import { nameOf } from '../messages/family.js';
import type { NextMoment } from '../messages/step.js';
import { issueDocument } from './documents.js';
import type { AnyProcedure } from './procedure.js';
import type { Step } from './step.js';

/** Stopping, resuming and extending a statutory clock by a person's recorded, written decision. */
export const clockRequests = {
  'clock.pause': (
    step: Step,
    { clock, ground, expectedDays, reason }: RequestBodies['clock.pause'],
  ): void => {
    requireOfficer(step);
    const view = runningClock(step, clock, 'running');
    if (!limitOfClock(step, view.limit).pausable) {
      step.refuse('clock.notPausable', {
        what: 'this limit can not be paused',
        where: clock,
        found: view.limit,
      });
    }
    if (!step.isInTime(clock)) {
      step.refuse('clock.state', {
        what: 'the limit is over: no day can be taken out of it any more',
        where: clock,
        expected: `by ${view.due ?? ''}`,
        found: step.on,
      });
    }
    const { pauseGrounds } = limitOfClock(step, view.limit);
    if (!pauseGrounds.includes(ground)) {
      step.refuse('rule.refused', {
        what: 'not a ground of ALL 45',
        where: 'ground',
        expected: pauseGrounds.join(' | '),
        found: ground,
      });
    }
    step.changeClock({ clock, type: 'paused', on: step.on, ground });
    step.record('clock.paused', { clock, ground, expectedDays, reason });
    issueDocument(step, 'exclusionNotice', { clock, ground, expectedDays, reason });
  },
  'clock.resume': (step: Step, { clock, reason }: RequestBodies['clock.resume']): void => {
    requireOfficer(step);
    runningClock(step, clock, 'paused');
    step.changeClock({ clock, type: 'resumed', on: step.on });
    step.record('clock.resumed', { clock, reason });
  },
  /** ALL 42: only where the pack allows it, once, before the last day, by the head of the organ, with written notice. */
  'clock.extend': (step: Step, { clock, reason }: RequestBodies['clock.extend']): void => {
    const view = runningClock(step, clock, 'running');
    const { extension, binds } = limitOfClock(step, view.limit);
    if (extension === null) {
      step.refuse('clock.extension', {
        what: 'the law fixes this limit and allows no extension',
        where: clock,
        found: view.limit,
      });
    }
    if (extension.standing !== 'seen' && extension.confirmedBy === null) {
      step.refuse('clock.extension', {
        what: 'no legal officer has confirmed that the law allows this extension',
        where: clock,
        found: view.limit,
      });
    }
    const head = `${extension.approver}@${step.organ('deciding')}`;
    if (!step.actor.roles.includes(head)) {
      step.refuse('auth.forbidden', {
        what: 'only the head of the organ extends a limit',
        where: clock,
        expected: head,
      });
    }
    if (step.rounds(`extension.${clock}`) >= extension.times) {
      step.refuse('clock.extension', { what: 'the limit has been extended already', where: clock });
    }
    if (view.due === null || step.on >= view.due) {
      step.refuse('clock.extension', {
        what: 'an extension is decided before the last day of the limit',
        where: clock,
        expected: `before ${view.due ?? 'the clock runs again'}`,
        found: step.on,
      });
    }
    step.countRound(`extension.${clock}`);
    step.changeClock({ clock, type: 'extended', by: extension.length, reason });
    const params = { clock, days: extension.length, reason, approver: step.actor.id };
    // ALL 42 is about the organ's own limits, and tells the applicant of them in writing; a holder asked for his himself.
    if (binds !== 'organ') {
      step.record('clock.extended', params, null);
      return;
    }
    step.record('clock.extended', params);
    issueDocument(step, 'extensionNotice', { clock, days: extension.length, reason });
  },
};

/**
 * A moment of a clock has come. A lapse is the procedure's; so is a moment that it names; every other one is a reminder, a
 * card or an escalation, and the same for all.
 */
export function reachMoment(step: Step, procedure: AnyProcedure, moment: NextMoment): void {
  const name = nameOf(moment.clock);
  step.changeClock({ clock: moment.clock, type: 'reached', moment: moment.moment });
  if (moment.action === 'lapse') {
    step.record('clock.lapsed', { clock: moment.clock });
    const limit = limitOfClock(step, step.clock(moment.clock)?.limit ?? name);
    // A value that nobody has read or confirmed warns; it changes no legal state by itself.
    if (!limit.legalEffect || mayTakeEffect(limit)) procedure.lapses[name]?.(step, moment);
    else step.notify('clock.unconfirmed', 'deputyHead', { clock: moment.clock });
    return;
  }
  const special = procedure.moments?.[`${name}/${moment.action}`];
  if (special !== undefined) {
    special(step, moment);
    return;
  }
  const level = moment.level ?? 'officer';
  const due = step.clock(moment.clock)?.due ?? null;
  step.record(`clock.${moment.action}`, { clock: moment.clock, moment: moment.moment, level, due });
  step.notify(`clock.${moment.action}`, level, { clock: moment.clock, moment: moment.moment });
}

function runningClock(step: Step, clock: string, state: 'running' | 'paused') {
  const view = step.clock(clock);
  if (view?.state === state) return view;
  return step.refuse('clock.state', {
    what: 'the clock is not in the state that this needs',
    where: clock,
    expected: state,
    found: view?.state ?? 'no such clock',
  });
}

function limitOfClock(step: Step, id: string) {
  const limit = step.pack.limits[id];
  return limit ?? step.refuse('internal', { what: 'the pack has no such limit', found: id });
}

function requireOfficer(step: Step): void {
  if (step.actor.kind !== 'officer')
    step.refuse('auth.forbidden', { what: 'only an officer may stop a clock' });
}
