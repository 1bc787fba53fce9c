import type { z } from 'zod';
import type { CalendarDate, Instant } from '../../rules/date.js';
import type { IssueRoute, Responsible, Tier } from '../../rules/issueWords.js';
import type { Level } from '../../rules/ladder.js';
import type { NoticeTemplate } from '../../rules/notices.js';
import type { found } from './issueForms.js';
import type { JsonObject } from './json.js';
import type { PermitState } from './step.js';

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
  };
  /** A permit on the platform's list, as an import read it: its life begins at the point where it stands, or is corrected. */
  readonly 'permit.import': ImportedPermit;
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
  /** The permit was deemed renewed at its last day: the renewal's case has nothing left to decide. */
  readonly 'renewal.deemed': { readonly permitNo: string; readonly at: Instant };
  readonly 'cancellation.open': {
    readonly permitNo: string;
    readonly unitId: string;
    readonly area: string;
    readonly ground: 'expired';
    readonly lastDay: CalendarDate;
  };
  /** The permit's holds changed: a held cancellation looks again. */
  readonly 'cancellation.review': { readonly at: Instant };
  readonly 'permit.cancelled': { readonly cancellationId: string; readonly at: Instant };
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
  /** From the outbox, to a case of any kind: nobody of this notice's recipients could be reached. */
  readonly 'notice.undeliverable': {
    readonly noticeId: string;
    readonly template: NoticeTemplate;
    readonly recipient: Level;
    readonly reason: string;
  };
}

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

/** The acts on the platform's list that end a permit, and the state in which each leaves it. */
export const endedBy = {
  cancellation: 'cancelled',
  annulment: 'annulled',
  withdrawal: 'withdrawnByAuthority',
  revocation: 'revoked',
} as const satisfies Record<string, PermitState>;

/** How a permit ended before our time. */
export type ImportedEnding = keyof typeof endedBy;

/** An act on the platform's list: what was done, when, and the term that it gave. */
export type ImportedVersion = {
  readonly kind: string;
  /** The business type in the list's own words: with the day, it tells one act from another. */
  readonly business: string;
  readonly on: CalendarDate;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate;
  readonly permitClass: 'key' | 'simplified';
  /** The whole row, as a content. */
  readonly contentId: string;
};

/** A permit as the platform's list has it, with its whole history, the oldest act first. */
export type ImportedPermit = {
  readonly permitNo: string;
  readonly unitId: string;
  readonly creditCode: string;
  readonly name: string;
  readonly permitClass: 'key' | 'simplified';
  readonly area: string;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate;
  readonly ending: ImportedEnding | null;
  readonly versions: readonly ImportedVersion[];
};

/** The name of a message between cases. */
export type MessageName = keyof CaseMessages;

/** The requests that only another case, or the system itself, may make, never a person. */
export const messageNames: readonly MessageName[] = [
  'permit.issue',
  'permit.import',
  'renewal.filed',
  'renewal.progress',
  'renewal.ended',
  'renewal.granted',
  'renewal.deemed',
  'cancellation.open',
  'cancellation.review',
  'permit.cancelled',
  'issue.open',
  'issue.import',
  'issue.recurred',
  'notice.undeliverable',
];
