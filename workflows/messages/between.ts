import type { CalendarDate, Instant } from '../../rules/date.js';
import type { Level } from '../../rules/ladder.js';
import type { NoticeTemplate } from '../../rules/notices.js';
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
    /** The registration form that the permit takes the place of: closed now that the permit is there, and never before. */
    readonly registrationNo?: string;
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
    readonly ground: CancellationGround;
    readonly lastDay: CalendarDate;
    /** The form that takes the permit's place, where that is the ground. */
    readonly registrationNo?: string;
    /** Somebody has recorded already that the unit is closed. */
    readonly checkedClosed?: boolean;
  };
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
  /** The cancellation that a registration form had caused ended without one. */
  readonly 'permit.keeps': { readonly cancellationId: string; readonly at: Instant };
  /** The permit is on a signed batch list of expired permits. */
  readonly 'permit.cleanUp': {
    readonly batch: string;
    readonly checkedClosed: boolean;
    readonly at: Instant;
  };
  readonly 'permit.cancelled': { readonly cancellationId: string; readonly at: Instant };
  /** From the outbox, to a case of any kind: nobody of this notice's recipients could be reached. */
  readonly 'notice.undeliverable': {
    readonly noticeId: string;
    readonly template: NoticeTemplate;
    readonly recipient: Level;
    readonly reason: string;
  };
}

/** Why a permit is cancelled. */
export type CancellationGround = 'expired' | 'registration' | 'cleanUp';

/** What a yearly review of the classes found about a holder. */
export type ClassMismatch = {
  readonly year: number;
  /** The class that he holds, and the one that the rules give. */
  readonly held: string;
  readonly expected: { readonly zh: string; readonly en: string };
  /** The rules that say so. */
  readonly rules: readonly string[];
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
  'registration.converting',
  'registration.conversionEnded',
  'registration.replaced',
  'registration.classMismatch',
  'permit.classMismatch',
  'permit.replaced',
  'permit.keeps',
  'permit.cleanUp',
  'permit.cancelled',
  'notice.undeliverable',
];
