import type { CalendarDate } from '../../rules/date.js';
import type { JsonObject } from './json.js';

/** Every state of a registration form. `closed`: discharge has ended, or a permit has taken its place. */
export const registrationStates = ['valid', 'expired', 'closed'] as const;

/** The state of a registration form. */
export type RegistrationState = (typeof registrationStates)[number];

/** What happens to the register of registration forms. */
export type RegistrationChange = { readonly registrationNo: string } & (
  | {
      readonly type: 'filed';
      readonly unitId: string;
      readonly area: string;
      readonly validFrom: CalendarDate;
    }
  | {
      readonly type: 'version';
      readonly kind: string;
      readonly contentId: string;
      readonly platform: JsonObject;
    }
  /** The platform's list has it otherwise than an earlier one had. */
  | { readonly type: 'validFrom'; readonly validFrom: CalendarDate }
  | { readonly type: 'state'; readonly state: RegistrationState }
  /** The last day of validity is the due day of this clock of the case. */
  | { readonly type: 'validTo'; readonly clock: string }
);

/** Every state of an item of a clean-up's batch list. */
export const cleanUpStates = ['listed', 'removed', 'opened'] as const;

/** `listed`, then `removed` with its reason, or `opened`: its cancellation case was. */
export type CleanUpState = (typeof cleanUpStates)[number];

/** What happens to the batch lists of clean-ups. The items are the transaction's: no workflow carries hundreds of them. */
export type CleanUpChange = { readonly batch: string } &
  /** Lists the permits that the organ may list, at most so many, each checked against what would hold it. */
  (
    | { readonly type: 'draft'; readonly organ: string; readonly most: number }
    | { readonly type: 'remove'; readonly permitNo: string; readonly reason: string }
    /** Asks the case of every permit that is still listed to open its cancellation. */
    | { readonly type: 'send' }
    | { readonly type: 'opened'; readonly permitNo: string; readonly cancellationId: string }
  );
