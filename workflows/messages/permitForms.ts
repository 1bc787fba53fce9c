import { z } from 'zod';
import { calendarDate, element, permitNo, platformAct, shortText, text } from './fields.js';

/** What is asked of a permit and of its cancellation, and the forms of their tasks. */

export const holdPlaced = z
  .object({ hold: shortText, kind: z.enum(['review', 'lawsuit', 'reapplication', 'other']), reason: text })
  .strict();
export const holdReleased = z.object({ hold: shortText, reason: text }).strict();

/** 共管共用: after the issue, each section notes on the permit what it sees; it changes nothing by itself. */
export const annotation = z.object({ element, note: text }).strict();

/** A person confirms a renewal that the law made, with the platform's record of it. */
export const confirmRenewal = z
  .object({ outcome: z.literal('confirmed'), platform: platformAct, note: text })
  .strict();

/** A legal officer decides on a late renewal's held cancellation. */
export const lateRenewal = z
  .object({ outcome: z.enum(['openCancellation', 'keepHolding']), reason: text })
  .strict();

export const operationCheck = z
  .object({ outcome: z.enum(['closed', 'running']), on: calendarDate, finding: text })
  .strict();

/** A suspected breach handed to enforcement: a lead to verify, never an accusation. */
export const lead = z
  .object({ outcome: z.enum(['handedOver', 'unfounded']), receipt: shortText, note: text })
  .strict();

/** The holder asks for the end of its permit: it has stopped, or will not begin. */
export const cancellationApplied = z.object({ reason: text, closedOn: calendarDate.optional() }).strict();

/** The holder takes its wish back, before the decision. */
export const cancellationWithdrawn = z.object({ reason: text }).strict();

export const statement = z.object({ text }).strict();

/** The statement was heard: the cancellation goes on, or ends with its reason. */
export const statementReview = z.object({ outcome: z.enum(['proceed', 'end']), reason: text }).strict();

export const cancellationRecord = z
  .object({ outcome: z.literal('recorded'), permitNo, platform: platformAct })
  .strict();

/** The lead officer's draft of a cancellation decision. */
export const cancellationDraft = z.object({ outcome: z.literal('draft'), opinion: text }).strict();
