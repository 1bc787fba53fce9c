import { z } from 'zod';
import { type CalendarDate, parseDate } from './date.js';
import { DomainError, type ErrorDetail } from './errors.js';
import type { RulePack } from './pack.js';
import { inconsistencies } from './packConsistency.js';

const text = z.string().min(1);
const words = { zh: text, en: text };
const citation = z.strictObject({ short: text, ...words });
const standing = z.enum(['seen', 'recalled', 'derived']);
const area = z.string().regex(/^\d{6}$/, 'a six-digit division');

const dayOfYear = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day of a year, MM-DD');
/** A share as a decimal, such as `0.3`. */
const share = z.string().regex(/^(0(\.\d{1,9})?|1(\.0{1,9})?)$/, 'a decimal from 0 to 1');

const date = z.custom<CalendarDate>((value) => {
  try {
    return typeof value === 'string' && parseDate(value) === value;
  } catch {
    return false;
  }
}, 'a real day, YYYY-MM-DD');

const procedure = z.enum([
  'first',
  'reapplication',
  'renewal',
  'change',
  'replacement',
  'authorityChange',
  'cancellation',
  'annulment',
  'withdrawal',
  'revocation',
  'urging',
  'registration',
  'cleanUp',
  'issue',
  'sampling',
  'bulletin',
  'qualityReview',
  'sweep',
  'selfCheck',
]);

const confirmation = z.strictObject({ name: text, role: text, on: date });

const limit = z.strictObject({
  id: text,
  ...words,
  binds: z.enum(['organ', 'applicant', 'internal']),
  unit: z.enum(['workingDay', 'calendarDay', 'year']),
  length: z.int().min(0).max(366),
  direction: z.enum(['forward', 'back']),
  firstDayCounts: z.boolean(),
  roll: z.enum(['none', 'nextWorkingDay']),
  pausable: z.boolean(),
  pauseGrounds: z.array(text),
  extension: z
    .strictObject({
      times: z.literal(1),
      length: z.int().min(1).max(366),
      before: z.literal('dueDay'),
      approver: z.literal('organHead'),
      citation,
      standing,
      confirmedBy: confirmation.nullable(),
    })
    .nullable(),
  legalEffect: z.boolean(),
  citation,
  unitCitation: citation.nullable(),
  standing,
  confirmedBy: confirmation.nullable(),
  effectiveFrom: date,
  effectiveTo: date.nullable(),
  note: text.exactOptional(),
});

const distance = z.strictObject({
  length: z.int().min(0).max(366),
  unit: z.enum(['workingDay', 'calendarDay']),
});

const ladderStep = z.strictObject({
  name: text,
  before: distance.exactOptional(),
  after: distance.exactOptional(),
  every: z.literal('year').exactOptional(),
  basis: z.enum(['promised', 'statutory']),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day, HH:mm'),
  action: z.enum(['remind', 'warn', 'yellow', 'red', 'escalate', 'anniversary']),
  level: z.enum(['officer', 'sectionHead', 'deputyHead', 'applicant']).exactOptional(),
});

const condition = z.strictObject({
  procedures: z.array(procedure).min(1).exactOptional(),
  permitClass: z.enum(['key', 'simplified']).exactOptional(),
  causes: z
    .array(
      z.enum([
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
      ]),
    )
    .min(1)
    .exactOptional(),
  project: z
    .array(
      z.enum([
        'newOrAltered',
        'controlledPollutants',
        'sewageWorks',
        'riverOutfall',
        'specialPeriods',
        'soilOrNewPollutants',
      ]),
    )
    .exactOptional(),
  basicDataOnly: z.boolean().exactOptional(),
});

const conditional = z.strictObject({ id: text, ...words, applies: condition, citation });

const organ = z.strictObject({
  id: text,
  ...words,
  short: text,
  kind: z.enum(['government', 'province', 'ecologyBureau', 'approvalBureau', 'zoneBureau', 'countyBranch']),
  area,
  superior: text.nullable(),
  actsFor: text.nullable(),
  basis: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('statute'), citation }),
    z.strictObject({ kind: z.literal('dispatched'), document: text }),
    z.strictObject({ kind: z.literal('entrusted'), document: text, from: date, to: date }),
  ]),
});

const signingStep = z.strictObject({
  step: text,
  role: text,
  ...words,
  when: z.enum(['always', 'legalReviewDue']),
});

const document = z.strictObject({
  ...words,
  numberPattern: text.nullable(),
  sealed: z.boolean(),
  served: z.boolean(),
  startsClock: text.nullable(),
  grounds: z.array(citation),
  remedies: z.boolean(),
});

const remedy = z.strictObject({
  length: z.int().min(1).max(366),
  unit: z.enum(['calendarDay', 'month']),
  citation,
  standing,
  confirmedBy: confirmation.nullable(),
});

const pack = z.strictObject({
  id: text,
  version: text,
  region: area,
  ...words,
  effectiveFrom: date,
  effectiveTo: date.nullable(),
  limits: z.record(text, limit),
  counting: z.strictObject({ firstDay: citation, roll: citation }),
  pauseGrounds: z.array(z.strictObject({ id: text, ...words, citation })),
  promised: z.array(z.strictObject({ organ: text, procedure, limit: text, length: z.int().min(1) })),
  ladders: z.record(text, z.array(ladderStep)),
  gates: z.array(
    conditional.extend({ evidence: z.strictObject(words), missing: z.enum(['supplement', 'refuse']) }),
  ),
  visitTriggers: z.array(conditional),
  requiredFiles: z.array(conditional),
  signingChains: z.record(text, z.array(signingStep).min(1)),
  organs: z.array(organ).min(1),
  responsibilities: z.array(
    z.strictObject({
      area,
      procedures: z.array(procedure).min(1),
      accepting: text,
      reviewing: text,
      deciding: text,
      sealing: text,
      supervising: text,
    }),
  ),
  divisions: z.array(z.strictObject({ code: area, ...words })),
  documents: z.record(text, document),
  remedies: z.strictObject({ review: remedy, lawsuit: remedy }),
  settings: z.strictObject({
    cancellationCompletion: z.enum(['signed', 'automatic']),
    cancellationDocument: text.nullable(),
    classReviewFrom: dayOfYear,
    issueFinderVerifies: z.boolean(),
    sampling: z.strictObject({ first: share, reapplication: share, twice: share }),
    sweepCoverage: z.enum(['rolling', 'all']),
    sweepYears: z.int().min(1).max(10),
    selfCheckFrom: dayOfYear,
    selfCheckTerms: z.int().min(1).max(12),
  }),
}) satisfies z.ZodType<RulePack>;

/** Everything that is wrong with a pack, each with its place, what was expected and what was found; empty when it is sound. */
export function packProblems(value: unknown): readonly ErrorDetail[] {
  const parsed = pack.safeParse(value);
  if (parsed.success) return inconsistencies(parsed.data);
  return parsed.error.issues.map((issue) => ({
    what: 'the rule pack is not valid',
    where: issue.path.join('.') || 'the pack',
    expected: issue.message,
    found: shown(issue.path.reduce(inside, value)),
  }));
}

/** Reads a pack. Throws `input.invalid` with the first thing that is wrong, and how many more there are. */
export function parsePack(value: unknown): RulePack {
  const [first, ...more] = packProblems(value);
  if (first === undefined) return pack.parse(value);
  throw new DomainError(
    'input.invalid',
    more.length === 0 ? first : { ...first, what: `${first.what} (and ${more.length} more)` },
  );
}

function inside(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
