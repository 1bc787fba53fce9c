import { z } from 'zod';
import { issueSeverities, methods, responsibles, routes, tiers } from '../../rules/issueWords.js';
import { annulment, authorityChange, urging } from './authorityForms.js';
import { calendarDate, contentId, permitNo, shortText, text } from './fields.js';

/** What is asked of the issue ledger, and the forms of its tasks. */

const severity = z.enum(issueSeverities);
/** Something written down, and where it is kept, if it is. */
const evidence = z.object({ contentId: contentId.nullable().default(null), note: text }).strict();
const evidences = z.array(evidence).max(50).default([]);
const nothing = null;

/** A problem as it was found. Nothing of it changes once it is confirmed. */
export const finding = z
  .object({
    tier: z.enum(tiers),
    /** The campaign, or the batch, that it was found in. */
    campaign: shortText.nullable().default(nothing),
    permitNo,
    permitVersion: z.int().min(1).nullable().default(nothing),
    method: z.enum(methods),
    /** The check rule, such as `PQ-03`, or the item of the checklist: one of the two. */
    rule: shortText.nullable().default(nothing),
    item: shortText.nullable().default(nothing),
    /** A to L of HJ 1299. */
    group: shortText.nullable().default(nothing),
    test: z.enum(['complete', 'conforming', 'consistent', 'timely']).nullable().default(nothing),
    category: shortText,
    severity,
    description: text,
    basis: text,
    /** The field, the outlet, the facility that it is about; empty for the permit as a whole. */
    place: z.string().trim().max(200).default(''),
    evidence: evidences,
    foundOn: calendarDate,
    /** Whose error it looks like. */
    responsible: z.enum(['unit', 'authority']),
    /** 弄虚作假. */
    falsified: z.boolean().default(false),
    /** 业务类型, 发证日期, 行业类别 of the issuance that it is about, as the list has them. */
    business: shortText.nullable().default(nothing),
    issuedOn: calendarDate.nullable().default(nothing),
    industry: shortText.nullable().default(nothing),
    /** Who examined the permit: accounts, or names where the examination was not ours. They verify nothing here. */
    examiners: z.array(shortText).max(20).default([]),
    /** The institution that compiled or assessed it. */
    institution: shortText.nullable().default(nothing),
  })
  .strict();

/** The finding with whose the permit is, as the register has it. */
export const found = finding.extend({ unitId: shortText, area: z.string().regex(/^\d{6}$/) }).strict();

export const confirmation = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('confirmed'), note: text }).strict(),
  z.object({ outcome: z.literal('dismissed'), reason: text }).strict(),
]);

/** Fed back to the unit, the authority or both by letters that are served, or by a talk or a message that is recorded here. */
export const feedback = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('letter'), to: z.enum(['unit', 'authority', 'both']) }).strict(),
  z
    .object({
      outcome: z.literal('recorded'),
      to: z.enum(['unit', 'authority', 'both']),
      on: calendarDate,
      method: shortText,
      recipient: shortText,
      note: text,
    })
    .strict(),
]);

/** What is said of the problem within the five working days. */
export const objection = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('objection'), grounds: text, evidence: evidences }).strict(),
  z.object({ outcome: z.literal('noObjection') }).strict(),
]);

export const determination = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('upheld'), reason: text }).strict(),
  z
    .object({
      outcome: z.literal('altered'),
      reason: text,
      severity: severity.optional(),
      category: shortText.optional(),
      description: text.optional(),
      responsible: z.enum(['unit', 'authority']).optional(),
    })
    .strict(),
  z.object({ outcome: z.literal('noFault'), reason: text }).strict(),
]);

export const assignment = z
  .object({
    outcome: z.literal('assigned'),
    responsible: z.enum(responsibles),
    /** 责任人. */
    person: shortText,
    /** Where it is an institution's to mend. */
    institution: shortText.nullable().default(null),
    measure: text,
    routes: z.array(z.enum(routes)).max(8).default([]),
  })
  .strict();

export const progress = z.object({ note: text, evidence: evidences }).strict();

/** 申请销号. */
export const application = z.object({ completedOn: calendarDate, note: text, evidence: evidences }).strict();
export const rectification = application.extend({ outcome: z.literal('applied') }).strict();

export const routed = z
  .object({ route: z.enum(routes), reason: text, falsified: z.boolean().default(false) })
  .strict();
export const linked = z.object({ route: z.enum(routes), caseId: shortText }).strict();
export const takenUp = z.object({ reason: text }).strict();
export const reopened = z.object({ reason: text }).strict();

export const verification = z
  .object({
    outcome: z.enum(['pass', 'return']),
    on: calendarDate,
    method: z.enum(methods),
    finding: text,
    /** The institution that whoever verifies belongs to, if any. */
    institution: shortText.nullable().default(null),
    record: contentId.optional(),
  })
  .strict();

export const closing = z.discriminatedUnion('outcome', [
  z
    .object({
      outcome: z.literal('close'),
      opinion: text,
      /** What the issue can do without: its case has ended without effect, or nobody can open one as the permit has ended. */
      without: z
        .array(z.object({ route: z.enum(routes), reason: text }).strict())
        .max(8)
        .optional(),
    })
    .strict(),
  z.object({ outcome: z.literal('return'), reason: text }).strict(),
]);

const ofIssue = { permitNo: true, unitId: true, area: true } as const;

/** An officer of the authority starts what the issue takes: the act's own form, about the issue's permit. */
export const routeStarted = z.discriminatedUnion('outcome', [
  authorityChange.omit(ofIssue).extend({ outcome: z.literal('authorityChange') }),
  urging.omit(ofIssue).extend({ outcome: z.literal('urging') }),
  annulment.omit(ofIssue).extend({ outcome: z.literal('annulment') }),
]);

export const supervision = z.object({ outcome: z.literal('supervised'), note: text }).strict();
