import type { CalendarDate } from '../../rules/date.js';
import type { RequestBodies, TaskForms } from '../messages/catalogue.js';
import { requireNotLater } from './days.js';
import { issueDocument } from './documents.js';
import type { DocumentRef } from './procedure.js';
import type { Step } from './step.js';

/** What a procedure with a licensing hearing (ALL 46 to 48) remembers of it. */
export type HearingFacts = {
  /** Everybody who has reviewed or verified, in whatever round: none of them chairs a hearing. */
  readonly reviewers: readonly string[];
  /** `noticed` once the notice of its day was served in time (ALL 48). */
  readonly hearing: 'none' | 'announced' | 'requested' | 'scheduled' | 'noticed' | 'waived' | 'held';
  readonly hearingOn: CalendarDate | null;
  /** The document that names the hearing's day. */
  readonly hearingNotice: string | null;
};

/** A step of such a procedure. */
export type HearingStep = Step<HearingFacts>;

/** Whether no hearing is under way: none was offered, nobody asked, or it is over. */
export const isHearingSettled = ({ hearing }: HearingFacts): boolean =>
  ['none', 'waived', 'held'].includes(hearing);

/** The five working days run from the service of that notice. */
export function startHearingTerm(step: HearingStep, { on, startsClock }: DocumentRef): void {
  if (step.stage === 'concluding' || step.facts.hearing !== 'announced' || startsClock === null) return;
  step.startClock('hearingRequest', startsClock, on);
}

/** Somebody asked in time: a hearing is held within twenty working days, which are not counted (ALL 45). */
export function requestHearing(step: HearingStep, body: RequestBodies['hearing.request']): void {
  if (step.facts.hearing !== 'announced' || !step.isInTime('hearingRequest')) {
    step.refuse('rule.refused', {
      what: 'a hearing is asked for within five working days of the notice',
      where: 'hearingRequest',
      expected: `by ${step.clock('hearingRequest')?.due ?? 'the service of the notice'}`,
      found: step.on,
    });
  }
  step.remember({ hearing: 'requested' });
  step.stopClocks('hearingRequest');
  step.record('hearing.requested', { party: body.party });
  if (step.isInTime('decision')) {
    // ALL 45: the applicant is told in writing how long it takes.
    const expectedDays = step.pack.limits['hearing.hold']?.length ?? null;
    step.changeClock({ clock: 'decision', type: 'paused', on: step.on, ground: 'hearing' });
    step.record('clock.paused', { clock: 'decision', ground: 'hearing', expectedDays });
    issueDocument(step, 'exclusionNotice', { clock: 'decision', ground: 'hearing', expectedDays });
  }
  step.startClock('hearingHold', 'hearing.hold', step.on);
  openHearing(step);
}

function openHearing(step: HearingStep): void {
  step.openTask('hearing', 'legalOfficer', 'deciding', { clock: 'hearingHold' });
}

/** Nobody asked. */
export function waiveHearing(step: HearingStep): void {
  if (step.facts.hearing !== 'announced') return;
  step.remember({ hearing: 'waived' });
  step.record('hearing.waived');
}

/** ALL 48: the day is set and made known seven working days before; who chairs has not reviewed. */
export function conductHearing(step: HearingStep, form: TaskForms['hearing']): void {
  if (step.facts.reviewers.includes(form.chair)) {
    step.refuse('rule.refused', {
      what: 'who chairs a hearing has not reviewed the application',
      where: 'chair',
      found: form.chair,
    });
  }
  if (form.outcome === 'scheduled') schedule(step, form);
  else hold(step, form);
}

function schedule(
  step: HearingStep,
  { on, place, chair }: Extract<TaskForms['hearing'], { outcome: 'scheduled' }>,
): void {
  const hearingOn = on as CalendarDate;
  step.stopClocks('hearingNotice');
  step.remember({ hearing: 'scheduled', hearingOn });
  step.record('hearing.scheduled', { on, place, chair });
  step.countRound('hearingNotice');
  step.startClock(`hearingNotice.${step.rounds('hearingNotice')}`, 'hearing.notice', hearingOn);
  step.remember({ hearingNotice: issueDocument(step, 'hearingNotice', { on, place, chair }) });
  openHearing(step);
}

/** Served by the last day that leaves seven working days before the hearing. */
export function noticeServed(step: HearingStep, { id, on }: DocumentRef): void {
  const due = step.clock(`hearingNotice.${step.rounds('hearingNotice')}`)?.due ?? null;
  if (step.facts.hearing !== 'scheduled' || step.facts.hearingNotice !== id) return;
  if (due === null || on > due) return;
  step.remember({ hearing: 'noticed' });
  step.stopClocks('hearingNotice');
}

/** The decision is made on the record. Its clock runs again from the day of the hearing, however late it is recorded. */
function hold(
  step: HearingStep,
  { on, chair, record }: Extract<TaskForms['hearing'], { outcome: 'held' }>,
): void {
  const { hearing, hearingOn } = step.facts;
  if (hearing !== 'noticed' || on !== hearingOn) {
    step.refuse('rule.refused', {
      what: 'a hearing is held on the day that its notice named, served seven working days before',
      where: 'on',
      expected:
        hearing === 'noticed' ? (hearingOn ?? '') : 'a hearing scheduled, and its notice served in time',
      found: on,
    });
  }
  requireNotLater(step, hearingOn, 'on');
  step.remember({ hearing: 'held' });
  step.stopClocks('hearingHold');
  step.record('hearing.held', { on, chair });
  issueDocument(step, 'hearingRecord', { on, chair, record });
  if (step.clock('decision')?.state === 'paused') {
    step.changeClock({ clock: 'decision', type: 'resumed', on: hearingOn });
    step.record('clock.resumed', { clock: 'decision' });
  }
}
