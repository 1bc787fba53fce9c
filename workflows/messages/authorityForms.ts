import { z } from 'zod';
import { changeTriggers } from '../../rules/authorityChange.js';
import { annulmentGrounds, type AnnulmentGround, withdrawalGrounds } from '../../rules/permitEndings.js';
import { urgedActs, type UrgedAct, urgingSources } from '../../rules/urging.js';
import { calendarDate, contentId, evidence, permitNo, platformAct, shortText, text } from './fields.js';

/** What the authority starts of its own accord, and the forms of the tasks that follow. */

/** Whose permit it is. Officers name the permit alone; the rest is the register's. */
const ofPermit = { permitNo, unitId: shortText, area: shortText };

const named = <Name extends string>(table: Readonly<Record<Name, unknown>>) =>
  z.enum(Object.keys(table) as [Name, ...Name[]]);

/** 主动变更: what has happened, and the version that it asks for. */
export const authorityChange = z
  .object({
    ...ofPermit,
    trigger: z.enum(changeTriggers),
    /** The day on which the new demand takes effect, where there is one: the aim counts from it. */
    effectiveOn: calendarDate.optional(),
    contentId,
    reason: text,
    /** ALL 36, 46: the change makes the holder's duties heavier, so that a hearing may be asked for. */
    burdensRise: z.boolean(),
  })
  .strict();

/** 撤销 (ALL 69), by the organ that issued the permit or by its superior. */
export const annulment = z
  .object({
    ...ofPermit,
    by: z.enum(['issuer', 'superior']).default('issuer'),
    ground: named<AnnulmentGround>(annulmentGrounds),
    origin: z.enum(['onRequest', 'exOfficio']),
    reason: text,
    evidence: z.array(evidence).min(1).max(20),
  })
  .strict();

/** 撤回 (ALL 8): the law or the circumstances have changed, and the public interest asks for it. */
export const withdrawal = z
  .object({ ...ofPermit, ground: z.enum(withdrawalGrounds), publicInterest: text, reason: text })
  .strict();

/** 吊销: the effect of a penalty decision that was made elsewhere. */
export const revocation = z
  .object({
    ...ofPermit,
    penaltyDocument: shortText,
    penaltyOrgan: shortText,
    /** As `REG 34(1)`. */
    penaltyArticle: shortText,
    decidedOn: calendarDate,
    servedOn: calendarDate,
    contentId,
  })
  .strict();

/** 督促: on whose findings, and what is asked of the unit. */
export const urging = z
  .object({
    ...ofPermit,
    source: z.enum(urgingSources),
    asks: named<UrgedAct>(urgedActs),
    reason: text,
    evidence: z.array(evidence).max(20).default([]),
  })
  .strict();

/** What the unit says to an urging. */
export const urgingAnswer = z.object({ text, contentId: contentId.optional() }).strict();

/** What the holder said, in writing or at the hearing, was weighed. */
export const heardReview = z.object({ outcome: z.enum(['goOn', 'drop']), reason: text }).strict();

/** The draft of a change; the content as it is to stand, where the hearing changed it. */
export const authorityChangeDraft = z
  .object({ outcome: z.literal('draft'), opinion: text, contentId: contentId.optional() })
  .strict();

export const annulmentDraft = z.discriminatedUnion('outcome', [
  z
    .object({
      outcome: z.literal('annul'),
      opinion: text,
      /** ALL 69: lawful interests that the annulment harms are compensated; a holder who deceived has none. */
      compensation: z.boolean(),
    })
    .strict(),
  /** ALL 69: not annulled, as it would do major harm to the public interest. */
  z.object({ outcome: z.literal('spare'), publicInterest: text }).strict(),
]);

export const withdrawalDraft = z.object({ outcome: z.literal('draft'), opinion: text }).strict();

/** The platform's record of a change, with the last day that it has now. */
export const platformChange = z
  .object({ outcome: z.literal('recorded'), permitNo, platform: platformAct, validTo: calendarDate })
  .strict();

export const compensation = z
  .object({ outcome: z.enum(['agreed', 'paid', 'noLoss']), on: calendarDate, note: text })
  .strict();

/** Whether the penalty decision is what it is said to be, and was served. */
export const revocationCheck = z
  .object({ outcome: z.enum(['confirmed', 'rejected']), reason: text })
  .strict();

/** What the urging has come to, as a person finds it. */
export const urgingCheck = z
  .object({ outcome: z.enum(['effective', 'notDue', 'again', 'noEffect']), reason: text })
  .strict();
