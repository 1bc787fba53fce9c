import { z } from 'zod';
import { calendarDate, contentId, permitNo, platformAct, shortText, text } from './fields.js';

/** What is asked of a registration form (排污登记), of the yearly review of the classes, and of a clean-up. */

/** HJ 608: numbered like a permit; the letter is opaque, and tells neither class nor version. */
export const registrationNo = permitNo;

/** The national platform gave the number and the receipt at once (REG 24): they are entered here, never made here. */
export const registrationFiled = z
  .object({
    registrationNo,
    /** The county or zone of the place of operation. */
    area: shortText,
    unitId: shortText,
    contentId,
    /** The act on the platform: its day is the day of the number, the first of the five years. */
    platform: platformAct,
    /** The receipt (回执) as a stored content. */
    receipt: contentId.optional(),
    /** The permit that this form takes the place of: its cancellation opens in the same step. */
    replacesPermit: permitNo.optional(),
    /** The unit answers for what it has filed. */
    commitment: z.literal(true),
  })
  .strict();

export const registrationChanged = z
  .object({ contentId, changedOn: calendarDate, platform: platformAct })
  .strict();

export const registrationRenewed = z
  .object({ contentId: contentId.optional(), platform: platformAct })
  .strict();

export const registrationClosed = z
  .object({ on: calendarDate, reason: text, platform: platformAct.optional() })
  .strict();

/** A spot check (随机抽查): recorded with its result; it accuses nobody. */
export const registrationChecked = z
  .object({
    on: calendarDate,
    officers: z.array(shortText).min(2),
    outcome: z.enum(['consistent', 'problem']),
    findings: text,
  })
  .strict();

/** What a person made of a class that the rules no longer give. */
export const classMismatch = z
  .object({ outcome: z.enum(['urged', 'authorityChange', 'unfounded']), note: text })
  .strict();

/** The area whose expired permits are listed: a division with an organ of its own. */
export const cleanUpDrafted = z
  .object({ area: z.string().regex(/^\d{6}$/, 'a six-digit division') })
  .strict();

const removal = z.object({ permitNo, reason: text }).strict();

/** The officer's review of the batch list: what is taken off it, and why. */
export const cleanUpReview = z
  .object({
    outcome: z.literal('submit'),
    opinion: text,
    removed: z.array(removal).max(500).default([]),
  })
  .strict();
