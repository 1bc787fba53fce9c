import { z } from 'zod';
import type { Cause } from '../../rules/facts.js';
import {
  calendarDate,
  contentId,
  element,
  evidence,
  permitNo,
  platformAct,
  shortText,
  text,
} from './fields.js';

/** What is asked of an application, and the forms of its tasks. */

const causes = [
  'newProject',
  'alteration',
  'expansion',
  'technicalRenovation',
  'siteChanged',
  'outfallMoved',
  'dischargeModeChanged',
  'destinationChanged',
  'outletsAdded',
  'pollutantsAdded',
  'quantityIncreased',
  'concentrationIncreased',
] as const satisfies readonly Cause[];

/** What may be applied for: a permit, and everything that its holder may ask of it later. */
const applicationKinds = ['first', 'renewal', 'reapplication', 'change', 'replacement'] as const;

/** Facts about the project that gates, files and visits are judged by. */
const projectFacts = z
  .object({
    /** 新建、改建、扩建 (or technical renovation). */
    newOrAltered: z.boolean(),
    /** Emits pollutants under total-quantity control. */
    controlledPollutants: z.boolean(),
    sewageWorks: z.boolean(),
    /** Holds a decision on a river outfall. */
    riverOutfall: z.boolean(),
    /** Lies in an area with special-period limits or emergency reductions. */
    specialPeriods: z.boolean(),
    /** A key soil unit, or has groundwater or new-pollutant duties. */
    soilOrNewPollutants: z.boolean(),
  })
  .strict();

/** A file handed in: which item of the list it is, and its content. */
export const handedIn = z.object({ item: shortText, contentId }).strict();

export const submit = z
  .object({
    kind: z.enum(applicationKinds),
    permitClass: z.enum(['key', 'simplified']),
    /** The county or zone of the place of operation. */
    area: shortText,
    unitId: shortText,
    contentId,
    files: z.array(handedIn).max(200),
    project: projectFacts,
    /** Why it is applied for: what is new, altered or moved. */
    causes: z.array(z.enum(causes)).max(12).default([]),
    /** 自我承诺: the unit answers for its file. */
    commitment: z.literal(true),
    /** The submission on the national platform: its time is the receipt. Without it, the receipt is ours. */
    platform: platformAct.optional(),
    permitNo: permitNo.optional(),
    /** A change: the day on which what it records has changed (REG 14: thirty days to apply). */
    changedOn: calendarDate.optional(),
    /** A first application of a new holder: the permit of the holder before, which ends once this one is issued. */
    formerPermitNo: permitNo.optional(),
    /** A first application: the registration form whose place the permit is to take. */
    registrationNo: permitNo.optional(),
  })
  .strict()
  .refine((body) => body.kind === 'first' || body.registrationNo === undefined, {
    message: 'only a first application takes the place of a registration form',
    path: ['registrationNo'],
  })
  .refine((body) => (body.kind !== 'first') === (body.permitNo !== undefined), {
    message: 'a first application names no permit, every other one names its own',
    path: ['permitNo'],
  })
  .refine((body) => (body.kind === 'change') === (body.changedOn !== undefined), {
    message: 'a change, and nothing else, says on which day it happened',
    path: ['changedOn'],
  })
  .refine((body) => body.kind === 'first' || body.formerPermitNo === undefined, {
    message: 'only a first application takes over from another holder',
    path: ['formerPermitNo'],
  });

const defect = z
  .object({
    item: shortText,
    what: text,
    /** In a second notice: the item is still unmet, or the supplement itself made the defect. */
    ground: z.enum(['unmet', 'madeBySupplement']).optional(),
  })
  .strict();

export const completeness = z.discriminatedUnion('outcome', [
  z
    .object({
      outcome: z.literal('accept'),
      note: text.optional(),
      /** What the applicant put right on the spot (REG 9(3)): the items with their new contents. */
      corrected: z.array(handedIn).max(50).default([]),
      /** Why it is a change although the table of REG 14 and 15 says otherwise. */
      override: text.optional(),
    })
    .strict(),
  /** It is handled as the other of the two, which the holder has agreed to; the completeness check goes on. */
  z
    .object({
      outcome: z.literal('convert'),
      to: z.enum(['reapplication', 'change']),
      reason: text,
      agreement: evidence,
      changedOn: calendarDate.optional(),
    })
    .strict()
    .refine((form) => (form.to === 'change') === (form.changedOn !== undefined), {
      message: 'a change, and nothing else, says on which day it happened',
      path: ['changedOn'],
    }),
  z
    .object({
      outcome: z.literal('supplement'),
      defects: z.array(defect).min(1).max(100),
      /** Why a second notice names something new: who allowed it, and the reason. */
      override: z.object({ by: shortText, reason: text }).strict().optional(),
    })
    .strict(),
  z.object({ outcome: z.literal('notNeeded'), reason: text }).strict(),
  z.object({ outcome: z.literal('notCompetent'), reason: text, rightAuthority: shortText }).strict(),
  z.object({ outcome: z.literal('refuse'), reason: text }).strict(),
]);

export const supplement = z
  .object({
    files: z.array(handedIn).min(1).max(200),
    contentId: contentId.optional(),
    platform: platformAct.optional(),
  })
  .strict();

/** One demand of an element on one thing of the permit, so that conflicting demands can be seen. */
const demand = z.object({ subject: shortText, value: shortText, reason: text }).strict();

export const opinion = z
  .object({
    outcome: z.enum(['agree', 'revise', 'disagree']),
    opinion: text,
    demands: z.array(demand).max(50).default([]),
  })
  .strict();

/** What was found about a condition, with the papers that show it. */
const gateResult = z
  .object({ gate: shortText, met: z.boolean(), evidence: z.array(evidence).max(20) })
  .strict();

export const merge = z.discriminatedUnion('outcome', [
  z
    .object({
      outcome: z.literal('revise'),
      /** One merged notice a round: what each element wants revised. Only these review again. */
      elements: z.array(element).min(1),
      demands: text,
      /** The conditions whose papers are missing and asked for. */
      papers: z.array(shortText).max(50).default([]),
    })
    .strict(),
  z
    .object({
      outcome: z.literal('draft'),
      conclusion: z.enum(['grant', 'deny']),
      opinion: text,
      gates: z.array(gateResult).max(50),
      /** How each conflict between the elements was settled, by its subject. */
      settled: z.record(z.string(), text).default({}),
      /** The grounds of a denial: the article of each. */
      grounds: z.array(z.object({ article: shortText, reason: text }).strict()).default([]),
      /** Why a change is granted although the table of REG 14 and 15 wants a re-application. */
      override: text.optional(),
    })
    .strict(),
]);

export const revision = z
  .object({ contentId, note: text, files: z.array(handedIn).max(200).default([]) })
  .strict();

export const visitDecision = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('needed'), reason: text }).strict(),
  z.object({ outcome: z.literal('notNeeded'), reason: text }).strict(),
]);

/** The facts that a visit verifies: standards, concentrations, quantities, facilities, outlets. */
const finding = z
  .object({
    fact: z.enum(['standards', 'concentrations', 'quantities', 'facilities', 'outlets']),
    consistent: z.boolean(),
    note: text,
  })
  .strict();

export const verification = z.discriminatedUnion('outcome', [
  z
    .object({
      outcome: z.literal('verified'),
      on: calendarDate,
      /** ALL 34: at least two officers. */
      officers: z.array(shortText).min(2),
      findings: z.array(finding).min(1),
      record: contentId.optional(),
    })
    .strict(),
  z
    .object({
      outcome: z.literal('revisit'),
      on: calendarDate,
      officers: z.array(shortText).min(2),
      reason: text,
    })
    .strict(),
]);

/** A check without going there (video, photos): recorded beside the visit, never instead of it. */
export const offSiteCheck = z
  .object({ method: z.enum(['video', 'photos', 'data']), on: calendarDate, findings: text })
  .strict();

/** What the national platform answered once the decision was entered there. */
export const platformRecord = z
  .object({
    outcome: z.literal('recorded'),
    permitNo,
    platform: platformAct,
    validFrom: calendarDate,
    validTo: calendarDate,
  })
  .strict();

export const done = z.object({ outcome: z.literal('done'), on: calendarDate, note: text }).strict();

/** A difference between the platform's record and ours, looked into by a person. */
export const reconciliation = z
  .object({ outcome: z.enum(['platformCorrected', 'oursCorrected', 'explained']), note: text })
  .strict();

export const withdrawal = z.object({ reason: text }).strict();

export const hearingNotice = z.object({ parties: z.array(shortText).min(1).max(50), matter: text }).strict();
export const hearingRequest = z.object({ party: shortText, note: text.optional() }).strict();
/** The hearing's day is set, so that its notice can be served seven working days before; then it is held. */
export const hearing = z.discriminatedUnion('outcome', [
  z
    .object({ outcome: z.literal('scheduled'), on: calendarDate, place: shortText, chair: shortText })
    .strict(),
  z.object({ outcome: z.literal('held'), on: calendarDate, chair: shortText, record: text }).strict(),
]);
