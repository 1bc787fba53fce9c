import { z } from 'zod';
import { sampledKinds } from '../../rules/samplingWords.js';
import { calendarDate, instant, permitNo, shortText, text } from './fields.js';

/** What is asked of a provincial sampling, and the forms of its tasks. */

const kind = z.enum(sampledKinds);

const counts = z
  .array(z.object({ organ: shortText, kind, count: z.int().min(0).max(1_000_000) }).strict())
  .max(200)
  .refine(
    (rows) => new Set(rows.map((row) => `${row.organ} ${row.kind}`)).size === rows.length,
    'an organ and kind twice',
  );

/** A campaign is one region's one year. */
export const opened = z
  .object({ region: z.string().regex(/^\d{2}0000$/), year: z.int().min(2024).max(2100) })
  .strict();

/** Begin a round: its seed is made and its hash published. `beacon` names the public value of a later time to be mixed in. */
export const round = z
  .object({ outcome: z.literal('begin'), beacon: text.nullable().default(null) })
  .strict();

/** The platform's counts of the year's issuances up to a day; what is not named is none. */
export const platformCounts = z
  .object({ outcome: z.literal('entered'), asOf: calendarDate, source: text, counts })
  .strict();

export const beacon = z
  .object({ outcome: z.literal('entered'), value: z.string().trim().min(1).max(500), at: instant })
  .strict();

export const publication = z.object({ outcome: z.literal('published'), note: text }).strict();

export const proof = z.object({ outcome: z.literal('entered'), source: text, counts }).strict();

export const replaced = z.object({ permitNo, kind, issuedOn: calendarDate, reason: text }).strict();
