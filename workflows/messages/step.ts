import type { CalendarDate, Instant } from '../../rules/date.js';
import type { EventName } from '../../rules/events.js';
import type { Procedure } from '../../rules/facts.js';
import type { IssueSeverity, Responsible, Tier } from '../../rules/issueWords.js';
import type { SameProblem } from '../../rules/issues.js';
import type { Level, MomentAction } from '../../rules/ladder.js';
import type { NoticeTemplate } from '../../rules/notices.js';
import type { Actor, RequestOrigin } from './request.js';
import type { CaseKind } from './caseId.js';
import type { JsonObject } from './json.js';
import type { CleanUpChange, RegistrationChange } from './register.js';
import type { ReviewChange } from './reviews.js';

/** A day that only the step's transaction can know: a literal, the due day of a clock, or the last day of a permit. */
export type Day =
  CalendarDate | { readonly dueOf: string } | { readonly endOf: 'permit'; readonly permitNo: string };

/** What happens to a clock. The transaction resolves it with the rules and the calendar and answers with due dates. */
export type ClockChange = { readonly clock: string } & (
  | { readonly type: 'started'; readonly limit: string; readonly on: Day }
  | { readonly type: 'paused'; readonly on: CalendarDate; readonly ground: string }
  | { readonly type: 'resumed'; readonly on: CalendarDate }
  | { readonly type: 'extended'; readonly by: number; readonly reason: string }
  | { readonly type: 'relimited'; readonly limit: string }
  | { readonly type: 'joined'; readonly at: Instant; readonly due?: CalendarDate }
  /** The transaction counts the clock out anew, with the calendar in force, and writes the days before and after. */
  | { readonly type: 'retimed'; readonly edition?: string }
  | { readonly type: 'reached'; readonly moment: string }
  | { readonly type: 'stopped'; readonly on: CalendarDate }
);

/** A human task is known by its kind and round: `<case id>#<kind>.<round>`. */
export interface TaskOpened {
  readonly id: string;
  readonly kind: string;
  readonly round: number;
  readonly role: string;
  readonly organ: string;
  readonly assignee?: string;
  readonly clock?: string;
}

/** What happens to a human task. */
export type TaskChange =
  | ({ readonly type: 'opened' } & TaskOpened)
  | { readonly type: 'assigned'; readonly id: string; readonly assignee: string | null }
  | { readonly type: 'completed'; readonly id: string; readonly outcome: string; readonly form: JsonObject }
  | { readonly type: 'overtaken'; readonly id: string };

/** What happens to an official document. Its number is given in the transaction, per organ, kind and year. */
export type DocumentChange =
  | {
      readonly type: 'drafted';
      readonly id: string;
      readonly kind: string;
      readonly organ: string;
      readonly needsSeal: boolean;
      readonly needsService: boolean;
      readonly params: JsonObject;
    }
  | {
      readonly type: 'sealed';
      readonly id: string;
      readonly on: CalendarDate;
      readonly record: JsonObject;
    }
  | { readonly type: 'served'; readonly id: string; readonly on: CalendarDate; readonly record: JsonObject }
  | { readonly type: 'voided'; readonly id: string; readonly reason: string };

/**
 * Parameters of a ledger line or a notice. One that is `{ dueOf: <clock> }` becomes that clock's due day as the step leaves
 * it, which only the transaction knows.
 */
export type StepParams = JsonObject;

/** One line of the ledger; its texts are made from the event's template in `rules/events.ts`. */
export interface LedgerLine {
  readonly event: EventName;
  readonly params: StepParams;
  /** Overrides the article that the event's template cites; null where none applies. */
  readonly article?: string | null;
}

/** A notice to be sent: once per case, rule, step, recipient and channel. */
export interface NoticeDraft {
  readonly template: NoticeTemplate;
  readonly recipient: Level;
  readonly params: StepParams;
}

/** A request to another case, written in the same transaction and sent by the relay. */
export interface SendDraft {
  /** A case's id; every open case of these kinds about a permit; or the open issue of a problem: only the transaction knows. */
  readonly to:
    | string
    | { readonly permitNo: string; readonly kinds: readonly CaseKind[] }
    | { readonly issueOf: SameProblem };
  readonly name: string;
  readonly body: JsonObject;
}

/** What happens to the issue ledger's list: a problem is entered, or what it is sorted and counted by has changed. */
export type IssueChange =
  | ({ readonly type: 'opened' } & SameProblem & IssueColumns)
  | ({ readonly type: 'changed' } & Partial<IssueColumns>);

/** What issues are sorted and counted by. */
export interface IssueColumns {
  readonly tier: Tier;
  readonly campaign: string | null;
  readonly unitId: string;
  readonly area: string;
  /** The organ that determines and closes it: the finding one, or the one above that took it up. */
  readonly organ: string;
  readonly severity: IssueSeverity;
  readonly category: string;
  readonly responsible: Responsible;
  readonly foundOn: CalendarDate;
  readonly overdue: number;
  readonly reopened: number;
  readonly closedOn: CalendarDate | null;
}

/** What happens to the permit register. */
export type PermitChange =
  | {
      readonly type: 'issued';
      readonly permitNo: string;
      readonly unitId: string;
      readonly permitClass: string;
      readonly area: string;
      readonly applicationId: string;
      readonly contentId: string;
      readonly validFrom: CalendarDate;
    }
  | {
      readonly type: 'version';
      readonly permitNo: string;
      readonly kind: string;
      readonly contentId: string;
      readonly caseId: string;
      readonly platform: JsonObject | null;
    }
  | { readonly type: 'state'; readonly permitNo: string; readonly state: PermitState }
  /** The permit has another class, or another first day of its term. */
  | {
      readonly type: 'corrected';
      readonly permitNo: string;
      readonly permitClass: string;
      readonly validFrom?: CalendarDate;
    }
  /** The last day of validity is the due day of this clock of the case. */
  | { readonly type: 'validTo'; readonly permitNo: string; readonly clock: string }
  | {
      readonly type: 'held';
      readonly permitNo: string;
      readonly hold: string;
      readonly kind: string;
      readonly reason: string;
    }
  | { readonly type: 'released'; readonly permitNo: string; readonly hold: string };

/** The states in which a decision of the authority leaves a permit; the formalities of its cancellation follow (ALL 70). */
export const endedByAuthority = ['annulled', 'withdrawnByAuthority', 'revoked'] as const;

/** Such a state. */
export type EndedByAuthority = (typeof endedByAuthority)[number];

/** The states in which a permit has ended: nothing brings it back, and its number stays reserved. */
export const endedStates = ['cancelled', ...endedByAuthority] as const;

/** Every state of a permit. `held` is past its last day with the completeness limit of a renewal still running. */
export const permitStates = ['valid', 'held', 'toBeConfirmed', 'lapsed', ...endedStates] as const;

/** The state of a permit. */
export type PermitState = (typeof permitStates)[number];

/** Whether a permit in this state has ended. */
export const isEnded = (state: string): boolean => endedStates.some((ended) => ended === state);

/** Whether a decision of the authority has ended a permit in this state, which is still to be cancelled. */
export const isEndedByAuthority = (state: string): boolean =>
  endedByAuthority.some((ended) => ended === state);

/** Everything one step does. It commits whole, in one transaction, or not at all. */
export interface StepDraft {
  readonly stage?: string;
  /** Set by the last step: the case closes with it. */
  readonly outcome?: string;
  /** The case may continue as new after this step. */
  readonly quiet?: boolean;
  readonly facts?: JsonObject;
  readonly tasks?: readonly TaskChange[];
  readonly clocks?: readonly ClockChange[];
  readonly documents?: readonly DocumentChange[];
  readonly ledger?: readonly LedgerLine[];
  readonly notices?: readonly NoticeDraft[];
  /** Notices that no channel could deliver and whose recipient has now been told by hand, by their ids. */
  readonly toldByHand?: readonly string[];
  readonly sends?: readonly SendDraft[];
  readonly permit?: readonly PermitChange[];
  /** The rule pack that the case follows from this step on: only where it is moved on purpose. */
  readonly packId?: string;
  readonly registration?: readonly RegistrationChange[];
  readonly cleanUp?: readonly CleanUpChange[];
  readonly issue?: readonly IssueChange[];
  readonly reviews?: readonly ReviewChange[];
  /** Told to the caller of the request. */
  readonly result?: JsonObject;
}

/** What an organ does in a case. */
export type OrganRole = 'accepting' | 'reviewing' | 'deciding' | 'sealing' | 'supervising';

/** Who has a piece of work: an organ by what it does in the case, or one that is named. */
export type Place = OrganRole | { readonly organ: string };

/** What the first step of a case adds: whose it is, and under which rules it runs. */
export interface CaseOpening {
  readonly kind: CaseKind;
  readonly packId: string;
  readonly area: string;
  readonly procedure: Procedure;
  readonly unitId: string;
  readonly permitNo: string | null;
  /** The organs of the case, by what they do in it. */
  readonly organs: Readonly<Record<OrganRole, string>>;
}

/**
 * Why a step happens; its text is the step's key. A signal tells a case that a step was committed for it, by a publication
 * of the calendar: the case adopts it, and does nothing else.
 */
export type Cause =
  | { readonly type: 'request'; readonly id: string }
  | { readonly type: 'clock'; readonly moment: NextMoment }
  | { readonly type: 'signal'; readonly id: string };

/** The key of a cause: unique within a case. The instant tells the lapse of one term from that of the next. */
export function causeKey(cause: Cause): string {
  if (cause.type !== 'clock') return `${cause.type}:${cause.id}`;
  return `clock:${cause.moment.clock}/${cause.moment.moment}/${cause.moment.at}`;
}

/** What a guard is asked about: ids and days. */
export type GuardParams = Readonly<Record<string, string | null>>;

/** A question that only the step's transaction can answer, and the draft for each answer. */
export interface GuardedDrafts {
  readonly guard: string;
  readonly params: GuardParams;
  readonly branches: Readonly<Record<string, StepDraft>>;
}

/** What the workflow asks `commit` to do. */
export interface CommitInput {
  readonly caseId: string;
  readonly expectedRevision: number;
  readonly cause: Cause;
  /** The legal instant of the step. */
  readonly at: Instant;
  /** When the case's workflow took the step. */
  readonly recordedAt: Instant;
  readonly actor: Actor;
  /** Where the request came from that causes the step. No fact of the case. */
  readonly origin?: RequestOrigin;
  readonly opening?: CaseOpening;
  readonly decided:
    | { readonly type: 'draft'; readonly draft: StepDraft }
    | { readonly type: 'guarded'; readonly drafts: GuardedDrafts }
    | { readonly type: 'refused'; readonly code: string; readonly detail: JsonObject };
}

/** What a case knows of one of its clocks. */
export interface ClockView {
  readonly limit: string;
  readonly state: 'running' | 'paused' | 'stopped';
  readonly due: CalendarDate | null;
  readonly lapsed: boolean;
}

/** The next moment of all the case's clocks: what its one timer waits for. */
export interface NextMoment {
  readonly clock: string;
  readonly moment: string;
  readonly at: Instant;
  readonly action: MomentAction;
  readonly level: Level | null;
}

/** A change without what only its row needs: a form, parameters, a record, a reason. No case asks for it again. */
type Known<Change> = Change extends unknown ? Omit<Change, 'form' | 'params' | 'record' | 'reason'> : never;

export type KnownTaskChange = Known<TaskChange>;
export type KnownDocumentChange = Known<DocumentChange>;

/** What a case needs to know of a change. */
export function known<Change extends TaskChange | DocumentChange>(change: Change): Known<Change> {
  const {
    form: _form,
    params: _params,
    record: _record,
    reason: _reason,
    ...rest
  } = {
    ...{ form: null, params: null, record: null, reason: null },
    ...change,
  };
  return rest as unknown as Known<Change>;
}

/** A committed step, as far as it changes what the case knows. The case becomes what its steps make of it. */
export interface CommittedStep {
  readonly revision: number;
  readonly cause: string;
  readonly at: Instant;
  readonly stage: string;
  readonly outcome: string | null;
  readonly quiet: boolean;
  readonly opening?: CaseOpening;
  /** The rule pack that the case was moved to. */
  readonly packId?: string;
  readonly facts: JsonObject;
  readonly tasks: readonly KnownTaskChange[];
  readonly documents: readonly KnownDocumentChange[];
  /** Only the clocks that the step touched. */
  readonly clocks: Readonly<Record<string, ClockView>>;
  readonly next: NextMoment | null;
  readonly result: JsonObject;
}

/** What `commit` answers. `steps` are those the workflow does not know yet, in order; its own among them if it committed. */
export interface CommitResult {
  readonly steps: readonly CommittedStep[];
  readonly next: NextMoment | null;
  readonly verdict:
    | {
        readonly type: 'committed';
        readonly revision: number;
        readonly result: JsonObject;
        readonly stage: string;
      }
    | { readonly type: 'refused'; readonly code: string; readonly detail: JsonObject }
    /** The database was ahead: adopt `steps` and judge the cause again. A signal's answer is always this. */
    | { readonly type: 'behind' }
    /** Requests received before this moment are still open: they come first. */
    | { readonly type: 'wait'; readonly requests: readonly string[] };
}
