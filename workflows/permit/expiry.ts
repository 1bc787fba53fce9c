import type { CalendarDate } from '../../rules/date.js';
import { issueDocument } from '../kernel/documents.js';
import type { CancellationGround, CaseMessages } from '../messages/between.js';
import { type PermitStep, extendTerm, setState, tellOver } from './term.js';

/** 00:00 after the last day. What becomes of the permit depends on the renewal, as the transaction finds it. */
export function end(step: PermitStep): void {
  const { permitNo } = step.facts;
  step.dependOn(
    'renewalAtExpiry',
    { permitNo, renewal: step.facts.renewal },
    // A renewal that is granted, but not yet recorded by the platform, holds the permit until it is.
    {
      deemedRenewed: deemRenewed,
      held: hold,
      renewed: hold,
      lapsedHeld: lapseWithLateRenewal,
      lapsed: lapse,
    },
  );
}

/** ALL 50: filed in time and undecided, so the permit is renewed by law; a person confirms it with the platform's record. */
function deemRenewed(step: PermitStep): void {
  const { permitNo, renewal } = step.facts;
  step.record('permit.renewedByLaw', { permitNo, renewal });
  extendTerm(step);
  step.overtakeTasks('confirmRenewal');
  setState(step, 'toBeConfirmed');
  step.openTask('confirmRenewal', 'legalOfficer', 'deciding', { limit: 'renewal.confirm' });
  issueDocument(step, 'deemedRenewalNotice', { permitNo, lastDay: lastDayOf(step) });
  step.notify('permit.renewedByLaw', 'applicant', { permitNo });
  if (renewal !== null) step.tell(renewal, 'renewal.deemed', { permitNo, at: step.at });
  step.remember({ renewal: null, deemed: renewal });
  step.quietPoint();
}

/** Received, and the completeness limit still runs; or granted, and the platform has yet to record it. */
function hold(step: PermitStep): void {
  if (step.facts.state === 'held') return;
  setState(step, 'held');
  step.record('permit.held', { permitNo: step.facts.permitNo, renewal: step.facts.renewal });
}

/** A late renewal saves nothing by itself: the permit lapses, its cancellation waits, and a legal officer decides. */
function lapseWithLateRenewal(step: PermitStep): void {
  expire(step);
  step.openTask('lateRenewal', 'legalOfficer', 'deciding', { limit: 'renewal.confirm' });
}

function lapse(step: PermitStep): void {
  expire(step);
  openCancellation(step);
}

function expire(step: PermitStep): void {
  const { permitNo } = step.facts;
  setState(step, 'lapsed');
  step.overtakeTasks('confirmRenewal');
  step.stopClocks('validity', 'renewalApply');
  step.record('permit.expired', { permitNo });
  issueDocument(step, 'expiryNotice', { permitNo, lastDay: lastDayOf(step) });
  step.notify('permit.expired', 'applicant', { permitNo });
  tellOver(step, 'lapsed');
}

/** The last day of the term that is over: what this step changes comes after it. */
const lastDayOf = (step: PermitStep): CalendarDate | null => step.clock('validity')?.due ?? null;

/** ALL 70: the formalities of cancellation begin, unless another ground has begun them already. */
export function openCancellation(step: PermitStep): void {
  if ((step.facts.cancellation ?? null) === null) beginCancellation(step, 'expired');
}

/** Opens the permit's next cancellation case, on this ground. Answers with its id. */
export function beginCancellation(
  step: PermitStep,
  ground: CancellationGround,
  more: Pick<CaseMessages['cancellation.open'], 'reason' | 'registrationNo' | 'checkedClosed'> = {},
): string {
  const { permitNo, unitId, cancellations } = step.facts;
  const { area } = step.opening;
  const id = `cancellation/${permitNo}-${cancellations + 1}`;
  step.remember({ cancellations: cancellations + 1 });
  step.tell(id, 'cancellation.open', {
    ...{ permitNo, unitId, area, ground },
    lastDay: step.clock('validity')?.due ?? step.on,
    ...more,
  });
  return id;
}

/** The renewal's completeness limit came to a result: a permit that was held for it is looked at again. */
export function reviewHeld(step: PermitStep): void {
  if (step.facts.state === 'held') end(step);
}
