import type { Instant } from '../../rules/date.js';
import { issueDocument } from '../kernel/documents.js';
import type { Step } from '../kernel/step.js';
import { aboutPermits } from '../messages/caseId.js';
import type { JsonObject } from '../messages/json.js';
import type { PermitState } from '../messages/step.js';
import { reviewCancellation } from './holds.js';

/** What a permit's case remembers. */
export type PermitFacts = {
  readonly permitNo: string;
  readonly unitId: string;
  readonly state: PermitState;
  /** The renewal under way, if any. */
  readonly renewal: string | null;
  /** How many cancellation cases this permit has had. */
  readonly cancellations: number;
  /** The cancellation under way that no lapse has opened. */
  readonly cancellation?: string | null;
  /** The application of the renewal that the law made and nobody has confirmed yet. */
  readonly deemed: string | null;
  /** The content of the newest version. */
  readonly contentId: string;
  /** The contents of the imported history; null, or absent, once the life is one of our own. */
  readonly imported?: readonly string[] | null;
  /** When the list was read that the life is as of. */
  readonly importedAt?: Instant;
  /** The last year whose review of the classes has raised its mismatch here. */
  readonly reviewedIn?: number;
  /** Every hold on a cancellation there has been, and whether it still stands. */
  readonly holds: { readonly [hold: string]: boolean };
};

/** A step of a permit. */
export type PermitStep = Step<PermitFacts>;

/** A term of validity, and the last day to apply for the next, counted back from its end. */
export function startTerm(step: PermitStep, begin: () => void): void {
  const { permitNo } = step.facts;
  begin();
  step.startClock('renewalApply', 'renewal.apply', { dueOf: 'validity' });
  step.permit({ type: 'validTo', permitNo, clock: 'validity' });
}

/** A further term, from the end of the last. */
export function extendTerm(step: PermitStep): void {
  const years = step.pack.limits['permit.validity']?.length ?? 0;
  startTerm(step, () =>
    step.changeClock({ clock: 'validity', type: 'extended', by: years, reason: 'renewal' }),
  );
}

/** A further version of the permit's content, with the act that made it, and our working copy of it. */
export function addVersion(
  step: PermitStep,
  version: {
    readonly kind: string;
    readonly contentId: string;
    readonly caseId: string;
    readonly platform: JsonObject;
  },
): void {
  const { permitNo } = step.facts;
  step.permit({ type: 'version', permitNo, ...version });
  issueDocument(step, 'certificateCopy', { permitNo }, 'deciding');
}

/** The state of the permit: the stage of its case, and what the register says. */
export function setState(step: PermitStep, state: PermitState): void {
  step.remember({ state });
  step.enter(state);
  step.permit({ type: 'state', permitNo: step.facts.permitNo, state });
}

/** Tells what the authority is doing about the permit that it has lapsed or ended. */
export function tellOver(step: PermitStep, state: PermitState): void {
  const { permitNo } = step.facts;
  step.tellCasesOf(permitNo, [...aboutPermits, 'selfCheck'], 'permit.over', { permitNo, state, at: step.at });
}

/** Nothing that asks for more of a permit that has ended can be granted any more. */
export function endApplications(step: PermitStep, state: PermitState): void {
  const { permitNo } = step.facts;
  step.tellCasesOf(permitNo, ['application'], 'application.permitEnded', { permitNo, state, at: step.at });
}

/** The permit is valid: it was renewed, or the renewal that the law made is confirmed. */
export function comeIntoForce(step: PermitStep): void {
  step.remember({ deemed: null, imported: null });
  setState(step, 'valid');
  // A cancellation that was opened meanwhile has nothing left to cancel.
  reviewCancellation(step);
  step.quietPoint();
}
