import { z } from 'zod';
import { isDate, lastEntered } from '../../rules/date.js';
import { elements } from './elements.js';

/** Fields that several requests share. Parsed at the border; trusted inside. */

/** A calendar date, Asia/Shanghai. One that the database can not hold would be refused by every try of its step, for ever. */
export const calendarDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected YYYY-MM-DD')
  .refine(
    (text): boolean => isDate(text) && text <= lastEntered,
    `no such day from 1992-01-01 to ${lastEntered}`,
  );

/** An instant of RFC 3339 with an offset; made +08:00 by whoever reads it. */
export const instant = z.iso.datetime({ offset: true });

/** A text that a person wrote: never empty, never endless. */
export const text = z.string().trim().min(1).max(2000);

/** A short name, number or code. */
export const shortText = z.string().trim().min(1).max(200);

/** The SHA-256, in hex, of a stored content: documents and permit content travel by reference. */
export const contentId = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in lower-case hex');

/** HJ 608: 18 characters, a sequence of three digits, a letter. The letter is opaque. */
export const permitNo = z
  .string()
  .regex(/^[0-9A-Za-z]{18}[0-9]{3}[A-Z]$/, 'expected 18 alphanumerics, 3 digits, 1 letter');

/** Something written down, and where it is kept. */
export const evidence = z.object({ contentId: contentId.optional(), note: text }).strict();

/** An act on the national platform, with its business number and time. */
export const platformAct = z.object({ businessNo: shortText, at: instant }).strict();

export const element = z.enum(elements);
