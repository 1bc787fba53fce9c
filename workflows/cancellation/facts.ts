import type { CancellationGround } from '../messages/between.js';
import type { Step } from '../kernel/step.js';
import { isEndedByAuthority } from '../messages/step.js';

/** What a cancellation remembers. */
export type CancellationFacts = {
  readonly permitNo: string;
  /** Why the permit is cancelled; absent in cases from before there was more than one ground. */
  readonly ground?: CancellationGround;
  /** What the holder said when it applied, or the permit that came in this one's place. */
  readonly reason?: string | null;
  /** The registration form that takes the permit's place, where that is the ground. */
  readonly registrationNo?: string;
  /** Whether the holder has spoken. */
  readonly statement: boolean;
  /** Whether the decision was served. */
  readonly served: boolean;
  /** Where a hold stopped the case. */
  readonly stoppedAt: string | null;
};

/** A step of a cancellation. */
export type CancellationStep = Step<CancellationFacts>;

/** Why the permit is cancelled. */
export const groundOf = (step: CancellationStep): CancellationGround => step.facts.ground ?? 'expired';

/** ALL 70: after an annulment, a withdrawal or a revocation it is a formality; the holder was heard before that decision. */
export const isFormality = (step: CancellationStep): boolean => isEndedByAuthority(groundOf(step));

/** The stage of the case, or the one at which it was stopped: a hold takes no right from the holder. */
export const stands = (step: CancellationStep): string | null =>
  step.stage === 'held' ? step.facts.stoppedAt : step.stage;
