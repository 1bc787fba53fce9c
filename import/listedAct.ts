import type { CalendarDate } from '../rules/date.js';
import type { PermitClass } from '../rules/facts.js';
import type { Act } from './acts.js';

/** A row of the list that can be read: an act on a permit, and the term that it gave. */
export interface ListedAct {
  readonly row: number;
  readonly permitNo: string;
  readonly name: string;
  readonly creditCode: string;
  readonly industry: string;
  readonly permitClass: PermitClass;
  readonly organ: string;
  /** The six-digit division. */
  readonly area: string;
  readonly act: Act;
  /** The business type as the list has it. */
  readonly business: string;
  readonly on: CalendarDate;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate;
}
