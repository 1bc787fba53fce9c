import type { Citation, Standing } from './citation.js';
import type { CalendarDate } from './date.js';

/** The name of a time limit, such as `completeness` or `decision.key.visit`. */
export type LimitId = string;

/** A named legal officer who has confirmed a value that does not rest on a provision that was read. */
export interface Confirmation {
  readonly name: string;
  readonly role: string;
  readonly on: CalendarDate;
}

/** A lawful extension, in the limit's unit. */
export interface Extension {
  readonly times: 1;
  readonly length: number;
  /** It must be approved before the last day of the limit. */
  readonly before: 'dueDay';
  readonly approver: 'organHead';
  readonly citation: Citation;
  readonly standing: Standing;
  readonly confirmedBy: Confirmation | null;
}

/** A time limit as the law, or the region's pack, sets it. */
export interface Limit {
  readonly id: LimitId;
  readonly zh: string;
  readonly en: string;
  /** Who is bound by it: the organ, the applicant or holder, or the organ's own internal order. */
  readonly binds: 'organ' | 'applicant' | 'internal';
  readonly unit: 'workingDay' | 'calendarDay' | 'year';
  readonly length: number;
  /** `back` counts from an anchor, such as a permit's last day, to the last day on which something may still be done. */
  readonly direction: 'forward' | 'back';
  /** Only a permit's validity: its first day is the first of its term. */
  readonly firstDayCounts: boolean;
  /** Whether a last day that is a day off gives way to the next working day. */
  readonly roll: 'none' | 'nextWorkingDay';
  readonly pausable: boolean;
  /** The closed list of grounds that take days out; ids of the pack's `pauseGrounds`. Empty where not pausable. */
  readonly pauseGrounds: readonly string[];
  readonly extension: Extension | null;
  /** Whether its lapse changes the legal state by itself: deemed acceptance, deemed renewal, expiry. */
  readonly legalEffect: boolean;
  readonly citation: Citation;
  /** Why its days are working days (or years); null where the citation says so itself. */
  readonly unitCitation: Citation | null;
  readonly standing: Standing;
  readonly confirmedBy: Confirmation | null;
  readonly effectiveFrom: CalendarDate;
  /** The last day on which it is in force; null while open. */
  readonly effectiveTo: CalendarDate | null;
  readonly note?: string;
}

/**
 * Whether the limit may change a legal state by its lapse alone: a recalled or derived value only warns, until a named
 * legal officer has confirmed it.
 */
export function mayTakeEffect(limit: Limit): boolean {
  return limit.legalEffect && (limit.standing === 'seen' || limit.confirmedBy !== null);
}
