import { z } from 'zod';
import { issueSeverities, methods } from '../../rules/issueWords.js';
import { reviewPage } from './reviews.js';
import { calendarDate, contentId, shortText, text } from './fields.js';

/** The form of a review (质量核查), and what is asked of a sweep. */

const severity = z.enum(issueSeverities);
const whose = z.enum(['unit', 'authority']);

/** What a person found where the checklist asks: it goes into the ledger. */
const problem = z
  .object({
    category: shortText,
    severity,
    description: text,
    basis: text,
    place: z.string().trim().max(200).default(''),
    responsible: whose.default('unit'),
    falsified: z.boolean().default(false),
  })
  .strict();

/** One question of the checklist: it holds, it does not (with the problem), or it does not arise. */
const answer = z.discriminatedUnion('answer', [
  z
    .object({
      item: shortText,
      answer: z.enum(['holds', 'notApplicable']),
      note: z.string().trim().max(2000).default(''),
    })
    .strict(),
  z.object({ item: shortText, answer: z.literal('fails'), problem }).strict(),
]);

/** What the reviewer makes of an act that the rules have raised. One that is no suspicion stands unless it is dismissed. */
const verdict = z.discriminatedUnion('outcome', [
  z
    .object({
      act: shortText,
      outcome: z.literal('confirmed'),
      severity: severity.optional(),
      responsible: whose.optional(),
    })
    .strict(),
  z.object({ act: shortText, outcome: z.literal('dismissed'), reason: text }).strict(),
]);

export const qualityReview = z
  .object({
    outcome: z.literal('reviewed'),
    on: calendarDate,
    method: z.enum(methods),
    /** Every question of the checklist once. */
    answers: z.array(answer).max(100),
    verdicts: z.array(verdict).max(200).default([]),
    /** The institution that the reviewer belongs to, if any. */
    institution: shortText.nullable().default(null),
    evidence: z
      .array(z.object({ contentId: contentId.nullable().default(null), note: text }).strict())
      .max(50)
      .default([]),
    opinion: text,
  })
  .strict();

/** A city's organ sweeps its permits of a year. */
export const sweepStarted = z
  .object({
    area: z.string().regex(/^\d{6}$/, 'a six-digit division'),
    year: z.int().min(2000).max(2200),
    /** So many reviews are opened at a time; two such pages are open at once. */
    atOnce: z.int().min(1).max(reviewPage).default(reviewPage),
    note: text,
  })
  .strict();

export const sweepPaused = z.object({ reason: text }).strict();
export const sweepResumed = z.object({ note: text }).strict();
