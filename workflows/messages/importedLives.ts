import type { CalendarDate, Instant } from '../../rules/date.js';
import type { PermitState } from './step.js';

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

/** A registration form as the platform's list has it, with its whole history, the oldest act first. */
export type ImportedRegistration = {
  readonly registrationNo: string;
  readonly unitId: string;
  readonly creditCode: string;
  readonly area: string;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate;
  /** It was closed on the platform. */
  readonly closed: boolean;
  readonly versions: readonly {
    readonly kind: 'filed' | 'change' | 'renewal' | 'closed';
    readonly on: CalendarDate;
    /** The whole row, as a content. */
    readonly contentId: string;
    readonly platform: { readonly businessNo: string; readonly at: Instant };
  }[];
};
