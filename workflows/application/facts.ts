import type { CalendarDate, Instant } from '../../rules/date.js';
import type { ApplicationFacts as RuleFacts, PermitClass, ProjectFacts } from '../../rules/facts.js';
import type { Former } from '../messages/between.js';
import type { JsonObject } from '../messages/json.js';
import type { HearingFacts } from '../kernel/hearing.js';
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

/** What the table of REG 14 and 15 says of what is asked for, as the transaction found it. */
export type Judgement = {
  readonly verdict: 'none' | 'basicData' | 'change' | 'reapplication' | 'first';
  readonly uncertain: boolean;
  /** The rows of the table that decided. */
  readonly rows: readonly string[];
  readonly causes: RuleFacts['causes'];
  /** The content of the version in force that it was compared with. */
  readonly against: string | null;
  readonly formerClass: PermitClass;
  /** A change: the last of the thirty days, and whether it was over at the receipt. */
  readonly lastDay: CalendarDate | null;
  readonly late: boolean;
};

/** Why a content is a change although the table says otherwise. */
export type Override = { readonly contentId: string; readonly reason: string; readonly by: string };

/** What an application remembers. Content is known by its hash. */
export type ApplicationFacts = HearingFacts & {
  readonly kind: 'first' | 'renewal' | 'reapplication' | 'change' | 'replacement';
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
  readonly visit: 'none' | 'undecided' | 'needed' | 'done' | 'notNeeded';
  /** The facts that the visit found not to be as stated. */
  readonly inconsistent: readonly string[];
  /** The elements whose demands the revision under way answers. */
  readonly revising: readonly string[];
  /** The conditions whose missing papers a revision notice has asked for. */
  readonly askedFor: readonly string[];
  readonly draft: Draft | null;
  readonly decidedAt: Instant | null;
  /** A change: the day of what it records. */
  readonly changedOn?: CalendarDate | null;
  readonly judgement?: Judgement | null;
  /** A change of nothing but basic data (REG 14), by that judgement. */
  readonly basicDataOnly?: boolean;
  readonly override?: Override | null;
  /** A new holder: the permit that it takes over, and since when that was held. */
  readonly former?: Former | null;
};

/** A step of an application. */
export type ApplicationStep = Step<ApplicationFacts>;

/** Adds people to those who have reviewed. */
export function rememberReviewers(step: ApplicationStep, ...people: readonly string[]): void {
  step.remember({ reviewers: [...new Set([...step.facts.reviewers, ...people])] });
}

/** The facts that the rules judge by: what the applicant said, and what the comparison of the contents has shown. */
export function ruleFacts(facts: ApplicationFacts): RuleFacts {
  const { kind, permitClass, causes, project, judgement, basicDataOnly = false } = facts;
  const shown = kind === 'reapplication' ? (judgement?.causes ?? []) : [];
  return {
    ...{ procedure: kind, permitClass, project, basicDataOnly },
    causes: [...new Set([...causes, ...shown])],
  };
}
