import type { PermitCheck } from '../../rules/checks/permitCheck.js';
import type { CalendarDate } from '../../rules/date.js';
import type { Tier } from '../../rules/issueWords.js';
import type { CaseId } from './caseId.js';

/** Every state of an item of a campaign: on the list, under review, reviewed. */
export const reviewStates = ['listed', 'open', 'done'] as const;
export type ReviewState = (typeof reviewStates)[number];

/**
 * What a review came to: `void` where the permit had ended, or had no such version any more, before anybody looked (a sample
 * replaces it, with that reason); `sampleReplaced` where it ended while it was under review, and another took its place; `ended` by
 * a signed lever.
 */
export const reviewOutcomes = ['sound', 'problems', 'void', 'sampleReplaced', 'ended'] as const;
export type ReviewOutcome = (typeof reviewOutcomes)[number];

/** An item as a campaign puts it on its list. */
export type ReviewToList = {
  readonly ordinal: number;
  readonly permitNo: string;
  readonly version: number;
  readonly unitId: string;
  readonly area: string;
  /** The issuance that was drawn; null where the whole permit is reviewed. */
  readonly kind: string | null;
  readonly issuedOn: CalendarDate | null;
  /** The finding organ: a city's bureau, or the province's. */
  readonly organ: string;
  /** The blind second review of a permit that the same campaign reviews too. */
  readonly second: boolean;
};

/**
 * An item as it is opened: its campaign's case, its tier, and what the list has of it. Not whether it is a second review: no
 * message and no case knows that before both are done, so that nobody who reads them does.
 */
export type ReviewToOpen = Omit<ReviewToList, 'second'> & { readonly campaign: string; readonly tier: Tier };

/** The id of an item's case, which anybody can compute: `qualityReview/sweep-yunchuan-2026-1.17`. */
export const reviewCaseId = (campaign: string, ordinal: number): CaseId =>
  `qualityReview/${campaign.replace('/', '-')}.${ordinal}`;

/** At most so many items are opened at a time; and after each so many that are done, the campaign hears of it. */
export const reviewPage = 500;

/** What happens to the items of campaigns. The lists are the transaction's: no workflow carries thousands of them. */
export type ReviewChange =
  /** Opens the next items of this campaign's list, at most so many: a case each. */
  | { readonly type: 'open'; readonly most: number }
  /** This item is done. */
  | {
      readonly type: 'done';
      readonly campaign: string;
      readonly outcome: ReviewOutcome;
      readonly problems: number;
      readonly reviewer: string | null;
    }
  /** The issuance is no part of its campaign's sample any more: its reviews that are under way close. */
  | {
      readonly type: 'replaced';
      readonly permitNo: string;
      readonly kind: string;
      readonly issuedOn: CalendarDate;
      readonly reason: string;
    }
  /** What the automatic checks found for this case, as a guard has it. */
  | {
      readonly type: 'checked';
      readonly permitNo: string | null;
      readonly version: number | null;
      readonly on: CalendarDate;
      readonly result: PermitCheck & { readonly contentId: string };
    }
  /** Has the rules look at a content that was handed in: the transaction runs them, keeps what they find, and tells the caller. */
  | { readonly type: 'check'; readonly contentId: string }
  /** Lists what a sweep covers: the year's first and re-applied permits, and a part of the rest (of `parts`, by the year). */
  | {
      readonly type: 'listSweep';
      readonly organ: string;
      readonly area: string;
      readonly year: number;
      readonly parts: number;
      /** So many items are opened at a time. */
      readonly page: number;
    };
