import { z } from 'zod';
import { calendarDate, contentId, permitNo, shortText, text } from './fields.js';

/** What is asked of a self-check (企业自查). */

/** A year, or a campaign's short name: with the permit it makes the case's id. */
const selfCheckPeriod = z.string().regex(/^[0-9A-Za-z]{1,20}$/, 'letters and digits, at most twenty');

const evidence = z
  .array(z.object({ contentId: contentId.nullable().default(null), note: text }).strict())
  .max(20)
  .default([]);

/** A problem that the unit has found: mended already, or to be mended. */
const problem = z
  .object({
    description: text,
    /** The unit says itself what is grave. */
    severity: z.enum(['general', 'serious']),
    falsified: z.boolean().default(false),
    mendedOn: calendarDate.nullable().default(null),
    evidence,
  })
  .strict();

const answer = z.discriminatedUnion('answer', [
  z.object({ item: shortText, answer: z.enum(['conforms', 'notApplicable']) }).strict(),
  z.object({ item: shortText, answer: z.literal('problem'), problem }).strict(),
]);

/** Every question answered once, and signed by a named person who answers for it. */
export const selfCheckSubmitted = z
  .object({
    answers: z.array(answer).min(1).max(400),
    responsible: z.object({ name: shortText, position: shortText }).strict(),
    signedOn: calendarDate,
    commitment: z.literal(true),
  })
  .strict();

/** One of its problems is mended, with evidence. */
export const selfCheckMended = z
  .object({
    item: shortText,
    mendedOn: calendarDate,
    note: text,
    evidence: z
      .array(z.object({ contentId: contentId.nullable().default(null), note: text }).strict())
      .min(1)
      .max(20),
  })
  .strict();

/** The permits of an area check themselves, for a year or a campaign. */
export const selfChecksOpened = z
  .object({
    area: z.string().regex(/^\d{6}$/, 'a six-digit division'),
    period: selfCheckPeriod,
  })
  .strict();

export const selfCheckOpened = z
  .object({ permitNo, period: selfCheckPeriod, unitId: shortText, area: z.string().regex(/^\d{6}$/) })
  .strict();
