import { dateOf } from '../rules/date.js';
import { packOfArea } from '../rules/packs/index.js';
import { runCase } from './kernel/case.js';
import { issueDocument } from './kernel/documents.js';
import { type Procedure, procedure } from './kernel/procedure.js';
import type { Step } from './kernel/step.js';
import type { CaseMessages } from './messages/between.js';
import type { RequestBodies, TaskForms } from './messages/catalogue.js';
import type { NextMoment, PermitState } from './messages/step.js';
import type { CaseInput } from './messages/state.js';

/** What a permit's case remembers. */
type PermitFacts = {
  readonly permitNo: string;
  readonly unitId: string;
  readonly state: PermitState;
  /** The renewal under way, if any. */
  readonly renewal: string | null;
  /** How many cancellation cases this permit has had. */
  readonly cancellations: number;
  /** The application of the renewal that the law made and nobody has confirmed yet. */
  readonly deemed: string | null;
  /** The content of the newest version. */
  readonly contentId: string;
  /** Every hold on a cancellation there has been, and whether it still stands. */
  readonly holds: { readonly [hold: string]: boolean };
};

type PermitStep = Step<PermitFacts>;

/** REG 14: five years from the first day. The holder is reminded; sixty days before the end is the last day to renew. */
function issue(step: PermitStep, body: CaseMessages['permit.issue']): void {
  const { permitNo, unitId, permitClass, area, applicationId, contentId, validFrom, platform } = body;
  step.open(packOfArea(area, dateOf(step.at)), { area, procedure: 'renewal', unitId, permitNo });
  const empty = { renewal: null, deemed: null, cancellations: 0, holds: {} };
  step.remember({ permitNo, unitId, contentId, state: 'valid', ...empty });
  step.enter('valid');
  step.record('permit.begun', { permitNo, validFrom, applicationId });
  step.permit({ type: 'issued', permitNo, unitId, permitClass, area, applicationId, contentId, validFrom });
  step.permit({ type: 'version', permitNo, kind: 'first', contentId, caseId: applicationId, platform });
  startTerm(step, () => step.startClock('validity', 'permit.validity', validFrom));
}

/** A term of validity, and the last day to apply for the next, counted back from its end. */
function startTerm(step: PermitStep, begin: () => void): void {
  const { permitNo } = step.facts;
  begin();
  step.startClock('renewalApply', 'renewal.apply', { dueOf: 'validity' });
  step.permit({ type: 'validTo', permitNo, clock: 'validity' });
}

function setState(step: PermitStep, state: PermitState): void {
  step.remember({ state });
  step.enter(state);
  step.permit({ type: 'state', permitNo: step.facts.permitNo, state });
}

/** Nobody is reminded of what he has done. */
function remind(step: PermitStep, { clock, moment }: NextMoment): void {
  const { permitNo, renewal } = step.facts;
  if (renewal !== null) return;
  step.record('clock.remind', { clock, moment, level: 'applicant' });
  const [validTo, lastDay] = [step.clock('validity')?.due ?? null, step.clock('renewalApply')?.due ?? null];
  step.notify('renewal.remind', 'applicant', { permitNo, validTo, lastDay });
}

/** REG 14: the sixtieth day before the end went by without a renewal. */
function closeWindow(step: PermitStep): void {
  step.record('renewal.windowClosed');
  step.notify('renewal.windowClosed', 'applicant', { permitNo: step.facts.permitNo });
}

function fileRenewal(step: PermitStep, { applicationId, inTime }: CaseMessages['renewal.filed']): void {
  step.remember({ renewal: applicationId });
  step.stopClocks('renewalApply');
  step.record('renewal.filed', { applicationId, inTime });
}

/** 00:00 after the last day. What becomes of the permit depends on the renewal, as the transaction finds it. */
function end(step: PermitStep): void {
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
  issueDocument(step, 'deemedRenewalNotice', { permitNo });
  step.notify('permit.renewedByLaw', 'applicant', { permitNo });
  if (renewal !== null) step.tell(renewal, 'renewal.deemed', { permitNo, at: step.at });
  step.remember({ renewal: null, deemed: renewal });
  step.quietPoint();
}

function extendTerm(step: PermitStep): void {
  const years = step.pack.limits['permit.validity']?.length ?? 0;
  startTerm(step, () =>
    step.changeClock({ clock: 'validity', type: 'extended', by: years, reason: 'renewal' }),
  );
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
  issueDocument(step, 'expiryNotice', { permitNo });
  step.notify('permit.expired', 'applicant', { permitNo });
}

function openCancellation(step: PermitStep): void {
  const { permitNo, unitId, cancellations } = step.facts;
  const { area } = step.opening;
  step.remember({ cancellations: cancellations + 1 });
  step.tell(`cancellation/${permitNo}-${cancellations + 1}`, 'cancellation.open', {
    ...{ permitNo, unitId, area },
    ground: 'expired',
    lastDay: step.clock('validity')?.due ?? step.on,
  });
}

/** The renewal's completeness limit came to a result: a permit that was held for it is looked at again. */
function reviewHeld(step: PermitStep): void {
  if (step.facts.state === 'held') end(step);
}

function endRenewal(step: PermitStep, { applicationId, outcome }: CaseMessages['renewal.ended']): void {
  if (step.facts.renewal !== applicationId) return;
  step.remember({ renewal: null });
  step.record('renewal.ended', { applicationId, outcome });
  if (step.facts.state === 'held') end(step);
  else if (step.openTasks('lateRenewal').length > 0) {
    // The late renewal that held the cancellation is over without a grant: nothing is left to wait for.
    step.overtakeTasks('lateRenewal');
    openCancellation(step);
  } else reopenWindow(step);
}

/** A renewal that ended early costs nobody the days that are left for another. */
function reopenWindow(step: PermitStep): void {
  if (!step.isInTime('renewalApply') || step.facts.state === 'lapsed') return;
  const lastDay = step.clock('renewalApply')?.due ?? null;
  step.startClock('renewalApply', 'renewal.apply', { dueOf: 'validity' });
  step.record('renewal.windowOpen', { lastDay });
  step.notify('renewal.windowOpen', 'applicant', { permitNo: step.facts.permitNo, lastDay });
}

/** Decided and recorded by the platform: a new term from the old end, or, after a lapse, from the day the platform gives. */
function grantRenewal(step: PermitStep, body: CaseMessages['renewal.granted']): void {
  step.require('valid', 'held', 'toBeConfirmed', 'lapsed');
  const { permitNo, state, deemed } = step.facts;
  const { applicationId, contentId, platform, validFrom } = body;
  step.remember({ renewal: null, contentId });
  step.record('permit.renewed', { permitNo, applicationId, validFrom });
  step.permit({ type: 'version', permitNo, kind: 'renewal', contentId, caseId: applicationId, platform });
  if (state === 'lapsed') startTerm(step, () => step.startClock('validity', 'permit.validity', validFrom));
  // The law was faster, and gave this very renewal its term at midnight: the decision confirms it.
  else if (deemed !== applicationId) extendTerm(step);
  step.overtakeTasks('lateRenewal', 'confirmRenewal');
  comeIntoForce(step);
}

/** A person confirms the renewal that the law made. */
function confirmRenewal(step: PermitStep, { platform }: TaskForms['confirmRenewal']): void {
  const { permitNo, contentId, deemed } = step.facts;
  const { businessNo, at } = platform;
  step.record('permit.renewalConfirmed', { permitNo, businessNo, platformAt: at });
  const version = { type: 'version', permitNo, kind: 'renewalByLaw', contentId, platform } as const;
  step.permit({ ...version, caseId: deemed ?? step.caseId });
  comeIntoForce(step);
}

function comeIntoForce(step: PermitStep): void {
  step.remember({ deemed: null });
  setState(step, 'valid');
  // A cancellation that was opened meanwhile has nothing left to cancel.
  reviewCancellation(step);
  step.quietPoint();
}

function decideLateRenewal(step: PermitStep, { outcome, reason }: TaskForms['lateRenewal']): void {
  step.record('renewal.lateDecided', { outcome, reason });
  if (outcome === 'openCancellation') openCancellation(step);
  else step.openTask('lateRenewal', 'legalOfficer', 'deciding', { limit: 'renewal.confirm' });
}

/** A review, a lawsuit, a re-application or a recorded reason holds the cancellation, never the lapse. */
function placeHold(step: PermitStep, { hold: id, kind, reason }: RequestBodies['permit.hold']): void {
  const { permitNo, holds } = step.facts;
  if (id in holds) refuseHold(step, 'a hold that is not on record yet', id);
  step.remember({ holds: { ...holds, [id]: true } });
  step.permit({ type: 'held', permitNo, hold: id, kind, reason });
  step.record('permit.holdPlaced', { hold: id, kind });
  reviewCancellation(step);
}

function releaseHold(step: PermitStep, { hold: id, reason }: RequestBodies['permit.release']): void {
  const { permitNo, holds } = step.facts;
  if (holds[id] !== true) refuseHold(step, 'a hold that stands', id);
  step.remember({ holds: { ...holds, [id]: false } });
  step.permit({ type: 'released', permitNo, hold: id });
  step.record('permit.holdReleased', { hold: id, reason });
  reviewCancellation(step);
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
function reviewCancellation(step: PermitStep): void {
  const { permitNo, cancellations } = step.facts;
  if (cancellations === 0) return;
  step.tell(`cancellation/${permitNo}-${cancellations}`, 'cancellation.review', { at: step.at });
}

/** The cancellation is complete. The number stays reserved. */
function cancel(step: PermitStep, { cancellationId }: CaseMessages['permit.cancelled']): void {
  step.require('lapsed');
  setState(step, 'cancelled');
  step.record('permit.ended', { permitNo: step.facts.permitNo, cancellationId });
  step.conclude('cancelled');
}

/**
 * The life of a permit, from its issue to its end: it is valid, and reminds; at its last day it is renewed by law, held, or
 * lapses; once cancelled, its case closes.
 */
const definition: Procedure<PermitFacts> = {
  kind: 'permit',
  opens: { 'permit.issue': issue },
  requests: {
    'renewal.filed': fileRenewal,
    'renewal.progress': reviewHeld,
    'renewal.ended': endRenewal,
    'renewal.granted': grantRenewal,
    'permit.hold': placeHold,
    'permit.release': releaseHold,
    'permit.cancelled': cancel,
  },
  tasks: { confirmRenewal, lateRenewal: decideLateRenewal },
  lapses: { validity: end, renewalApply: closeWindow },
  // Each year is a quiet point: the history begins anew.
  moments: { 'validity/anniversary': (step) => step.quietPoint(), 'validity/remind': remind },
};

/** The workflow of a permit: `permit/<permit number>`. */
export async function permit(input: CaseInput): Promise<void> {
  await runCase(procedure(definition), input);
}
