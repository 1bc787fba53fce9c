import type { z } from 'zod';
import type { CalendarDate, Instant } from '../../rules/date.js';
import type { IssueRoute, Responsible, Tier } from '../../rules/issueWords.js';
import type { Level } from '../../rules/ladder.js';
import type { NoticeTemplate } from '../../rules/notices.js';
import type { WatchKind } from '../../rules/watchKinds.js';
import type { annulment, authorityChange, urging } from './authorityForms.js';
import type { found } from './issueForms.js';
import type { ImportedPermit, ImportedRegistration } from './importedLives.js';
import type { JsonObject } from './json.js';
import type { ReviewToOpen } from './reviews.js';
import type { selfCheckOpened } from './selfCheckForms.js';
import type { EndedByAuthority, PermitState } from './step.js';

/**
 * What cases ask of each other. A message is a row of `requests` too, written in the sender's transaction and sent by the
 * relay; only the system may make one.
 */
export interface CaseMessages {
  /** An application was granted and the platform has its number: the permit's life begins. */
  readonly 'permit.issue': {
    readonly permitNo: string;
    readonly applicationId: string;
    readonly unitId: string;
    readonly permitClass: 'key' | 'simplified';
    readonly area: string;
    readonly contentId: string;
    readonly validFrom: CalendarDate;
    readonly platform: JsonObject;
    /** A new holder: the permit that this one follows, and since when its holder had held it. */
    readonly former?: Former;
    /** The registration form that the permit takes the place of: closed now that the permit is there, and never before. */
    readonly registrationNo?: string;
  };
  /** A permit on the platform's list, as an import read it: its life begins at the point where it stands, or is corrected. */
  readonly 'permit.import': ImportedPermit;
  /** A registration form on the platform's list, as an import read it: it goes on where it stands, or is corrected. */
  readonly 'registration.import': ImportedRegistration;
  /** The platform's list of acts says something else of the permit than we do: a person reconciles the two. */
  readonly 'permit.platformDiffers': PlatformDifference;
  readonly 'renewal.filed': {
    readonly applicationId: string;
    readonly at: Instant;
    readonly inTime: boolean;
  };
  /** The completeness limit of a renewal came to a result: accepted (also by silence), or a supplement asked for. */
  readonly 'renewal.progress': {
    readonly applicationId: string;
    readonly at: Instant;
    readonly progress: string;
  };
  /** A renewal ended without a grant: withdrawn, lapsed, denied, returned. */
  readonly 'renewal.ended': {
    readonly applicationId: string;
    readonly at: Instant;
    readonly outcome: string;
  };
  readonly 'renewal.granted': {
    readonly applicationId: string;
    readonly at: Instant;
    readonly contentId: string;
    readonly validFrom: CalendarDate;
    readonly platform: JsonObject;
  };
  /** A re-application was filed, or became one: it holds the cancellation, never the lapse. */
  readonly 'reapplication.filed': { readonly applicationId: string; readonly at: Instant };
  /** It ended without a grant, or became a change. */
  readonly 'reapplication.ended': {
    readonly applicationId: string;
    readonly at: Instant;
    readonly outcome: string;
  };
  /** Granted, and recorded by the platform: a new version and a new term. */
  readonly 'reapplication.granted': GrantedVersion & { readonly validFrom: CalendarDate };
  /** Granted, and recorded by the platform: a new version, the term unchanged. */
  readonly 'change.granted': GrantedVersion;
  /** The permit was issued anew in place of a lost or damaged one. Its content is the same. */
  readonly 'replacement.granted': {
    readonly applicationId: string;
    readonly at: Instant;
    readonly platform: JsonObject;
  };
  /** A new term has begun by a re-application: the renewal of the old one has nothing left to decide. */
  readonly 'renewal.overtaken': { readonly permitNo: string; readonly at: Instant };
  /** Another subject has been issued a permit in this one's place, from this day. */
  readonly 'permit.succeeded': {
    readonly successor: string;
    readonly from: CalendarDate;
    readonly heldFrom: CalendarDate;
    readonly at: Instant;
  };
  /** The permit was deemed renewed at its last day: the renewal's case has nothing left to decide. */
  readonly 'renewal.deemed': { readonly permitNo: string; readonly at: Instant };
  readonly 'cancellation.open': {
    readonly permitNo: string;
    readonly unitId: string;
    readonly area: string;
    readonly ground: CancellationGround;
    readonly lastDay: CalendarDate;
    /** What the holder, or what made the permit end, says. */
    readonly reason?: string;
    /** The form that takes the permit's place, where that is the ground. */
    readonly registrationNo?: string;
    /** Somebody has recorded already that the unit is closed. */
    readonly checkedClosed?: boolean;
  };
  /** A cancellation that no lapse had opened ended without a decision. */
  readonly 'cancellation.ended': { readonly cancellationId: string; readonly at: Instant };
  /** The permit's holds changed: a held cancellation looks again. */
  readonly 'cancellation.review': { readonly at: Instant };
  /** A first application for a permit names this form: it goes on until the permit is issued. */
  readonly 'registration.converting': { readonly applicationId: string; readonly at: Instant };
  readonly 'registration.conversionEnded': {
    readonly applicationId: string;
    readonly outcome: string;
    readonly at: Instant;
  };
  /** The permit is issued: the form has no use any more. */
  readonly 'registration.replaced': {
    readonly permitNo: string;
    readonly applicationId: string;
    readonly at: Instant;
  };
  readonly 'registration.classMismatch': ClassMismatch;
  readonly 'permit.classMismatch': ClassMismatch;
  /** A registration form takes the permit's place: the permit is in force until its cancellation is served. */
  readonly 'permit.replaced': { readonly registrationNo: string; readonly at: Instant };
  /** The permit is on a signed batch list of expired permits. */
  readonly 'permit.cleanUp': {
    readonly batch: string;
    readonly checkedClosed: boolean;
    readonly at: Instant;
  };
  readonly 'permit.cancelled': { readonly cancellationId: string; readonly at: Instant };
  /** The authority's change was decided, served and recorded by the platform. */
  readonly 'permit.changedByAuthority': {
    readonly changeId: string;
    readonly contentId: string;
    readonly platform: JsonObject;
    readonly at: Instant;
  };
  /** A decision that ends the permit was served on this day. */
  readonly 'permit.endedByAuthority': {
    readonly decisionId: string;
    readonly state: EndedByAuthority;
    readonly on: CalendarDate;
    readonly at: Instant;
  };
  /** From the permit to the cases about it: it has lapsed, or ended. */
  readonly 'permit.over': { readonly permitNo: string; readonly state: PermitState; readonly at: Instant };
  readonly 'application.permitEnded': {
    readonly permitNo: string;
    readonly state: PermitState;
    readonly at: Instant;
  };
  /** From an application to the urgings and the issues of its permit, from a cancellation to the issues: it is here. */
  readonly 'urging.applicationReceived': {
    readonly applicationId: string;
    readonly kind: string;
    readonly at: Instant;
  };
  /** A tier's step found a problem. One that no person has confirmed yet is a suspicion until somebody does. */
  readonly 'issue.open': IssueToOpen;
  /** A row of another ledger, at the point where it stands there. */
  readonly 'issue.import': ImportedIssue;
  /** Another finding is the same problem at the same place. */
  readonly 'issue.recurred': {
    readonly issueId: string;
    readonly tier: Tier;
    readonly description: string;
  };
  /** From a case about a permit to the issues of it: it has ended, so. */
  readonly 'issue.linkedCaseEnded': { readonly caseId: string; readonly outcome: string };
  /** An officer starts what an issue takes, out of the issue. */
  readonly 'authorityChange.open': z.infer<typeof authorityChange> & StartedForIssue;
  readonly 'urging.open': z.infer<typeof urging> & StartedForIssue;
  readonly 'annulment.open': z.infer<typeof annulment> & StartedForIssue;
  /** From a sampling to itself: what goes on without anybody, a step each, so that it goes on after a crash too. */
  readonly 'sampling.draw': { readonly round: number };
  readonly 'sampling.page': { readonly round: number };
  /** From a campaign's list: this permit, or issuance, is under review. */
  readonly 'qualityReview.open': ReviewToOpen;
  /** From an item to the other review of the same issuance, which had waited for it: both are done. */
  readonly 'qualityReview.bothDone': { readonly second: boolean };
  /** From a sampling: the issuance has been replaced in it. */
  readonly 'qualityReview.replaced': { readonly reason: string };
  /** The yearly round, or a campaign: this permit's unit checks itself. */
  readonly 'selfCheck.open': z.infer<typeof selfCheckOpened>;
  /** From the issue that a self-check's silence has become: it is over. */
  readonly 'selfCheck.silenceOver': { readonly issueId: string; readonly outcome: string };
  /** From a campaign's item, after each page of them, and when none is open any more: look at the list again. */
  readonly 'reviews.progress': { readonly done: number };
  /** From the outbox, to a case of any kind: nobody of this notice's recipients could be reached. */
  readonly 'notice.undeliverable': {
    readonly noticeId: string;
    readonly template: NoticeTemplate;
    readonly recipient: Level;
    readonly reason: string;
  };
  /** From the watch, to a case of any kind that did not move: what was found, as `rules/watchKinds.ts` names it. */
  readonly 'case.wake': { readonly finding: WatchKind };
}

/**
 * Why a permit is cancelled (ALL 70). Only an expired one, found as it lapses or in a clean-up, has lapsed before its
 * cancellation opens; one that a decision has ended is cancelled as a formality, since its holder was heard before that
 * decision.
 */
export type CancellationGround =
  'expired' | 'applied' | 'newHolder' | 'registration' | 'cleanUp' | EndedByAuthority;

/** The officer in whose name an issue starts an act, and that issue. */
export type StartedForIssue = { readonly officer: string; readonly issueId: string };

/** The permit of the holder before, and since when it was held. */
export type Former = { readonly permitNo: string; readonly heldFrom: CalendarDate };

/** A version that an application has made. */
export type GrantedVersion = {
  readonly applicationId: string;
  readonly at: Instant;
  readonly contentId: string;
  readonly permitClass: 'key' | 'simplified';
  /** The class before. */
  readonly formerClass: 'key' | 'simplified';
  readonly platform: JsonObject;
};

/** An act as the platform's list has it, and what is another there: `有效期止 2031-03-04 → 2031-03-05`, ours first. */
export type PlatformDifference = {
  readonly businessNo: string;
  readonly business: string;
  readonly differences: readonly string[];
};

/** What a yearly review of the classes found about a holder. */
export type ClassMismatch = {
  readonly year: number;
  /** The class that he holds, and the one that the rules give. */
  readonly held: string;
  readonly expected: { readonly zh: string; readonly en: string };
  /** The rules that say so. */
  readonly rules: readonly string[];
};

/** A finding, whose permit it is about, and which person has found and confirmed it, if one has. */
export type IssueToOpen = z.infer<typeof found> & { readonly confirmedBy: string | null };

/** A row of another ledger: the finding, and what had become of it there. */
export type ImportedIssue = z.infer<typeof found> & {
  readonly confirmedBy: string;
  /** Assigned there: to whom, with which measure, until when. */
  readonly assigned: {
    readonly responsible: Responsible;
    readonly person: string;
    readonly institution: string | null;
    readonly measure: string;
    readonly routes: readonly IssueRoute[];
    /** The day that the deadline there is counted from; null where it had none. */
    readonly startsOn: CalendarDate | null;
  } | null;
  /** Closed there: the evidence, who verified and who closed it, and when. */
  readonly closed: {
    readonly completedOn: CalendarDate | null;
    readonly evidence: string;
    readonly verifiedBy: string;
    readonly closedBy: string;
    readonly closedOn: CalendarDate;
  } | null;
};

/** The name of a message between cases. */
export type MessageName = keyof CaseMessages;

/** The requests that only another case, or the system itself, may make, never a person. */
export const messageNames: readonly MessageName[] = [
  'permit.issue',
  'permit.import',
  'permit.platformDiffers',
  'registration.import',
  'renewal.filed',
  'renewal.progress',
  'renewal.ended',
  'renewal.granted',
  'renewal.deemed',
  'renewal.overtaken',
  'reapplication.filed',
  'reapplication.ended',
  'reapplication.granted',
  'change.granted',
  'replacement.granted',
  'permit.succeeded',
  'cancellation.open',
  'cancellation.ended',
  'cancellation.review',
  'registration.converting',
  'registration.conversionEnded',
  'registration.replaced',
  'registration.classMismatch',
  'permit.classMismatch',
  'permit.replaced',
  'permit.cleanUp',
  'permit.cancelled',
  'permit.changedByAuthority',
  'permit.endedByAuthority',
  'permit.over',
  'application.permitEnded',
  'urging.applicationReceived',
  'issue.open',
  'issue.import',
  'issue.recurred',
  'issue.linkedCaseEnded',
  'authorityChange.open',
  'urging.open',
  'annulment.open',
  'sampling.draw',
  'sampling.page',
  'qualityReview.open',
  'qualityReview.bothDone',
  'qualityReview.replaced',
  'reviews.progress',
  'selfCheck.open',
  'selfCheck.silenceOver',
  'notice.undeliverable',
  'case.wake',
];
