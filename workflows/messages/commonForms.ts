import { z } from 'zod';
import { levels } from '../../rules/ladder.js';
import { byHandMethods } from '../../rules/notices.js';
import { calendarDate, contentId, shortText, text } from './fields.js';

/** What may be asked of every case: tasks, clocks, documents, signing. */

export const taskRef = z.object({ taskId: shortText }).strict();
export const taskReassigned = z.object({ taskId: shortText, assignee: shortText, reason: text }).strict();
export const taskReturned = z.object({ taskId: shortText, to: shortText, reason: text }).strict();
export const taskCompleted = z
  .object({ taskId: shortText, form: z.object({ outcome: shortText }).loose() })
  .strict();

/** A step of the signing chain. `edits` is what the drafting officer amends when a draft came back. */
export const signature = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('approve'), opinion: text }).strict(),
  z.object({ outcome: z.literal('return'), to: shortText, reason: text }).strict(),
]);

/** ALL 45: what is not counted, with the written notice that tells the applicant how long. */
export const clockPaused = z
  .object({ clock: shortText, ground: shortText, expectedDays: z.int().min(1).max(365), reason: text })
  .strict();
export const clockResumed = z.object({ clock: shortText, reason: text }).strict();
export const clockExtended = z.object({ clock: shortText, reason: text }).strict();

/** An administrator wakes a case; nothing of the case changes. */
export const leverRetried = z.object({ reason: text }).strict();

const leverGround = {
  reason: text,
  /** The paper that the lever rests on, by its hash. */
  document: contentId,
  /** Who of the deciding organ signs. */
  signer: z.enum(['deputyHead', 'organHead']).default('deputyHead'),
};

/** What an administrator asks a head of the deciding organ to sign. */
export const leverAsked = z.discriminatedUnion('lever', [
  z.object({ lever: z.literal('reassign'), task: shortText, assignee: shortText, ...leverGround }).strict(),
  z.object({ lever: z.literal('hold'), ...leverGround }).strict(),
  z.object({ lever: z.literal('release'), ...leverGround }).strict(),
  z.object({ lever: z.literal('retime'), ...leverGround }).strict(),
  z.object({ lever: z.literal('end'), ...leverGround }).strict(),
  z.object({ lever: z.literal('move'), pack: shortText, ...leverGround }).strict(),
]);

/** The signature under a lever, or its refusal. */
export const leverSigned = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('approve'), opinion: text }).strict(),
  z.object({ outcome: z.literal('refuse'), reason: text }).strict(),
]);

/** 用印: an act, recorded; the seal's image is never ours. */
export const documentSealed = z
  .object({ documentId: shortText, seal: shortText, by: shortText, scan: contentId.optional() })
  .strict();

/** 送达: the act that rights run from. */
export const documentServed = z
  .object({
    documentId: shortText,
    method: z.enum(['inPerson', 'left', 'post', 'electronic', 'entrusted', 'publicNotice']),
    recipient: shortText,
    on: calendarDate,
    /** What the way of service numbers it by: a letter's number, a message's. */
    receipt: shortText.optional(),
    /** The slip that the recipient signed, as a stored content. */
    scan: contentId.optional(),
  })
  .strict();

/** A number once given is never used again: a void document keeps it. */
export const documentVoided = z.object({ documentId: shortText, reason: text }).strict();

/** Somebody was told by telephone, short message or letter what no notice could tell him. */
export const noticeByHand = z
  .object({
    recipient: z.enum(levels),
    method: z.enum(byHandMethods),
    spokenTo: shortText,
    on: calendarDate,
    note: text,
  })
  .strict();
