import type { RequestBodies } from '../messages/catalogue.js';
import type { PermitStep } from './term.js';

/** A review, a lawsuit, a re-application or a recorded reason holds the cancellation, never the lapse. */
export function placeHold(step: PermitStep, { hold: id, kind, reason }: RequestBodies['permit.hold']): void {
  const { permitNo, holds } = step.facts;
  if (id in holds) refuseHold(step, 'a hold that is not on record yet', id);
  step.remember({ holds: { ...holds, [id]: true } });
  step.permit({ type: 'held', permitNo, hold: id, kind, reason });
  step.record('permit.holdPlaced', { hold: id, kind });
  reviewCancellation(step);
}

/** What held the cancellation is over. */
export function releaseHold(step: PermitStep, released: RequestBodies['permit.release']): void {
  endHold(step, released);
  reviewCancellation(step);
}

/** The hold stands no more. Whoever ends it says what becomes of the cancellation. */
export function endHold(step: PermitStep, { hold: id, reason }: RequestBodies['permit.release']): void {
  const { permitNo, holds } = step.facts;
  if (holds[id] !== true) refuseHold(step, 'a hold that stands', id);
  step.remember({ holds: { ...holds, [id]: false } });
  step.permit({ type: 'released', permitNo, hold: id });
  step.record('permit.holdReleased', { hold: id, reason });
}

function refuseHold(step: PermitStep, expected: string, found: string): never {
  return step.refuse('rule.refused', {
    what: 'no such hold can be recorded',
    where: 'hold',
    expected,
    found,
  });
}

/** Tells the cancellation, where there is one, to look again at what holds it. */
export function reviewCancellation(step: PermitStep): void {
  const { permitNo, cancellations } = step.facts;
  if (cancellations === 0) return;
  step.tell(`cancellation/${permitNo}-${cancellations}`, 'cancellation.review', { at: step.at });
}
