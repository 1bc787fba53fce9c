import type { CalendarDate, Instant } from '../../rules/date.js';
import type { ApplicationFacts as RuleFacts, PermitClass, ProjectFacts } from '../../rules/facts.js';
import type { JsonObject } from '../messages/json.js';
import type { Step } from '../kernel/step.js';

/** An element's opinion, as far as the procedure needs it. */
export type Opinion = {
  readonly outcome: 'agree' | 'revise' | 'disagree';
  readonly by: string;
  readonly demands: readonly { readonly subject: string; readonly value: string }[];
};

/** The lead officer's draft, on its way along the signing chain. */
export type Draft = {
  readonly conclusion: 'grant' | 'deny';
  readonly opinion: string;
  readonly grounds: readonly JsonObject[];
  readonly by: string;
};

/** What an application remembers. Content is known by its hash. */
export type ApplicationFacts = {
  readonly kind: 'first' | 'renewal';
  readonly permitClass: PermitClass;
  readonly unitId: string;
  readonly permitNo: string | null;
  /** A first application: the registration form whose place the permit is to take. */
  readonly registrationNo?: string;
  readonly contentId: string;
  readonly project: { readonly [Fact in keyof ProjectFacts]: boolean };
  readonly causes: RuleFacts['causes'];
  /** The items of the file that were handed in. */
  readonly files: readonly string[];
  /** The day of the receipt that the completeness limit runs from. */
  readonly receivedOn: CalendarDate;
  readonly acceptedOn: CalendarDate | null;
  /** A renewal: filed by the last day that REG 14 leaves for it. */
  readonly inTime: boolean | null;
  /** The defects that the last supplement notice named. */
  readonly defects: readonly { readonly item: string }[];
  /** The document of the supplement or revision notice that the applicant is answering. */
  readonly notice: string | null;
  readonly opinions: { readonly [element: string]: Opinion };
  /** Everybody who has reviewed or verified, in whatever round: none of them chairs a hearing. */
  readonly reviewers: readonly string[];
  readonly visit: 'none' | 'undecided' | 'needed' | 'done' | 'notNeeded';
  /** The facts that the visit found not to be as stated. */
  readonly inconsistent: readonly string[];
  /** The elements whose demands the revision under way answers. */
  readonly revising: readonly string[];
  /** The conditions whose missing papers a revision notice has asked for. */
  readonly askedFor: readonly string[];
  /** `noticed` once the notice of its day was served in time (ALL 48). */
  readonly hearing: 'none' | 'announced' | 'requested' | 'scheduled' | 'noticed' | 'waived' | 'held';
  readonly hearingOn: CalendarDate | null;
  /** The document that names the hearing's day. */
  readonly hearingNotice: string | null;
  readonly draft: Draft | null;
  readonly decidedAt: Instant | null;
};

/** A step of an application. */
export type ApplicationStep = Step<ApplicationFacts>;

/** Adds people to those who have reviewed. */
export function rememberReviewers(step: ApplicationStep, ...people: readonly string[]): void {
  step.remember({ reviewers: [...new Set([...step.facts.reviewers, ...people])] });
}

/** The facts that the rules judge by. */
export function ruleFacts({ kind, permitClass, causes, project }: ApplicationFacts): RuleFacts {
  return { procedure: kind, permitClass, causes, project };
}
