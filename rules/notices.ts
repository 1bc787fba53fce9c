import type { CalendarDate } from './date.js';

/** A moment of a clock's ladder, as its notice names it. */
type ClockMoment = { readonly clock: string; readonly moment: string };
type OfPermit = { readonly permitNo: string };
type OfRegistration = { readonly registrationNo: string };
/** An issue of the ledger, by its permit. */
type OfIssue = OfPermit;
type Nothing = Readonly<Record<string, never>>;

/** Every notice that a procedure or a ladder may send, by its template's name, with what its text needs to know. */
export interface NoticeParams {
  readonly 'application.supplementRequested': { readonly items: readonly string[] };
  readonly 'application.lapsed': Nothing;
  readonly 'application.ended': { readonly reason: string };
  readonly 'application.deemedAccepted': { readonly acceptedOn: CalendarDate };
  readonly 'review.revisionRequested': { readonly round: number };
  readonly 'decision.made': { readonly conclusion: string };
  readonly 'decision.overdue': Nothing;
  readonly 'permit.renewedByLaw': OfPermit;
  readonly 'permit.expired': OfPermit;
  readonly 'renewal.remind': OfPermit & {
    readonly validTo: CalendarDate | null;
    readonly lastDay: CalendarDate | null;
  };
  readonly 'renewal.windowClosed': OfPermit;
  readonly 'renewal.windowOpen': OfPermit & { readonly lastDay: CalendarDate };
  readonly 'cancellation.helpToApply': OfPermit;
  readonly 'holder.toBeHeard': OfPermit & { readonly procedure: string };
  readonly 'permit.endedByAuthority': OfPermit & { readonly state: string };
  readonly 'application.permitEnded': OfPermit & { readonly state: string };
  readonly 'urging.issued': OfPermit & { readonly asks: string };
  readonly 'urging.answered': OfPermit & { readonly asks: string };
  readonly 'change.needsReapplication': OfPermit;
  readonly 'permit.reapplied': OfPermit & { readonly validTo: CalendarDate };
  readonly 'permit.changed': OfPermit & { readonly validTo: CalendarDate };
  readonly 'permit.succeeded': OfPermit & { readonly successor: string; readonly from: CalendarDate };
  readonly 'registration.remind': OfRegistration & { readonly validTo: CalendarDate | null };
  readonly 'registration.expired': OfRegistration;
  readonly 'registration.coverNeeded': OfRegistration;
  readonly 'issue.fedBack': OfIssue;
  readonly 'issue.assigned': OfIssue & { readonly measure: string };
  readonly 'issue.applicationAsked': OfIssue & { readonly procedure: string };
  readonly 'issue.returned': OfIssue & { readonly reason: string };
  readonly 'issue.closed': OfIssue;
  readonly 'issue.remind': ClockMoment;
  readonly 'issue.overdue': OfIssue & { readonly times: number };
  readonly 'issue.raised': OfIssue & { readonly organ: string };
  readonly 'selfCheck.asked': OfPermit & { readonly period: string };
  readonly 'selfCheck.overdue': OfPermit & { readonly times: number };
  readonly 'sampling.overdue': { readonly year: string };
  readonly 'sampling.forecast': { readonly year: string };
  readonly 'clock.remind': ClockMoment;
  readonly 'clock.warn': ClockMoment;
  readonly 'clock.yellow': ClockMoment;
  readonly 'clock.red': ClockMoment;
  readonly 'clock.escalate': ClockMoment;
  readonly 'clock.anniversary': ClockMoment;
  readonly 'clock.unconfirmed': { readonly clock: string };
}

/** The due day of a clock, as the step leaves it, which only the step's transaction knows. */
export type DueOf = { readonly dueOf: string };

/** The same as a procedure says it: each of its days may be the due day of a clock. */
export type SpokenParams<Template extends NoticeTemplate> = {
  readonly [Name in keyof NoticeParams[Template]]:
    | NoticeParams[Template][Name]
    | ([Extract<NoticeParams[Template][Name], CalendarDate>] extends [never] ? never : DueOf);
};

/** The name of a notice's template. One that `notices/templates` does not word does not compile. */
export type NoticeTemplate = keyof NoticeParams;

/** Ways of telling somebody by hand what no machine could. */
export const byHandMethods = ['telephone', 'shortMessage', 'letter'] as const;
