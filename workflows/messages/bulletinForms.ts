import { z } from 'zod';
import { calendarDate, shortText, text } from './fields.js';

/** What is asked of a bulletin (通报), and the forms of its tasks. */

export const drafted = z
  .object({ region: z.string().regex(/^\d{2}0000$/), from: calendarDate, to: calendarDate })
  .strict()
  .refine(({ from, to }) => from <= to, 'the period ends before it begins');

/** The typical cases (典型问题) are a person's pick; each is an issue of the ledger. */
const typical = z
  .array(z.object({ issueId: shortText, note: text }).strict())
  .max(20)
  .default([]);

export const circulated = z.object({ outcome: z.literal('circulate'), text, typical }).strict();

/** What a city says of the draft. Silence is no objection, and no agreement either. */
export const comment = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('noComment') }).strict(),
  z.object({ outcome: z.literal('comment'), text }).strict(),
]);

/** What becomes of the cities' comments; then the draft goes on its signing chain. */
export const submitted = z.object({ outcome: z.literal('submit'), answer: text }).strict();
