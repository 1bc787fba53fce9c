import type { Citation, Standing } from './citation.js';
import type { CalendarDate } from './date.js';
import { DomainError } from './errors.js';
import type { Condition, Procedure } from './facts.js';
import type { Ladders, LadderStep } from './ladder.js';
import type { Confirmation, Limit, LimitId } from './limit.js';

/** A ground on which days are taken out of a limit. */
export interface PauseGround {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly citation: Citation;
}

/** A length that an organ has promised for a procedure (承诺时限), in the limit's unit; never longer than the limit. */
export interface PromisedLength {
  readonly organ: string;
  readonly procedure: Procedure;
  readonly limit: LimitId;
  readonly length: number;
}

/** A condition of the decision, with the evidence that shows it. */
export interface Gate {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly applies: Condition;
  /** What is looked at to find the gate met. */
  readonly evidence: { readonly zh: string; readonly en: string };
  /** What a missing paper leads to at first: it is asked for, or the application is refused outright. */
  readonly missing: 'supplement' | 'refuse';
  /** What a refusal cites. */
  readonly citation: Citation;
}

/** Why a visit to the site is needed. */
export interface VisitTrigger {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly applies: Condition;
  readonly citation: Citation;
}

/** An item of a complete file. */
export interface RequiredFile {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly applies: Condition;
  readonly citation: Citation;
}

/** One step of a signing chain. The seal is its last: an act, not a signature. */
export interface SigningStep {
  readonly step: string;
  readonly role: string;
  readonly zh: string;
  readonly en: string;
  readonly when: 'always' | 'legalReviewDue';
}

/** Why an organ may act: by statute, as a dispatched organ, or entrusted by a document for a term. */
export type OrganBasis =
  | { readonly kind: 'statute'; readonly citation: Citation }
  | { readonly kind: 'dispatched'; readonly document: string }
  | {
      readonly kind: 'entrusted';
      readonly document: string;
      readonly from: CalendarDate;
      readonly to: CalendarDate;
    };

/** An organ of the administration. */
export interface Organ {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** The head of its document numbers, such as 云 in 云环许〔2026〕12号. */
  readonly short: string;
  readonly kind:
    'government' | 'province' | 'ecologyBureau' | 'approvalBureau' | 'zoneBureau' | 'countyBranch';
  /** The six-digit division that it serves. */
  readonly area: string;
  /** The organ above it; of an entrusted one, the organ that entrusted it. */
  readonly superior: string | null;
  /** The organ in whose name it acts, and whose number and seal its documents bear; null when in its own. */
  readonly actsFor: string | null;
  readonly basis: OrganBasis;
}

/** A division of the region, by its six-digit code: the region itself, a city, or a county, district or zone of a city. */
export interface Division {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** Which organ does what in an area. */
export interface Responsibility {
  readonly area: string;
  readonly procedures: readonly Procedure[];
  readonly accepting: string;
  readonly reviewing: string;
  readonly deciding: string;
  readonly sealing: string;
  readonly supervising: string;
}

/** A kind of official document. */
export interface DocumentKind {
  readonly zh: string;
  readonly en: string;
  /** With `{organShort}`, `{year}` and `{number}`; null for a paper without a number. */
  readonly numberPattern: string | null;
  readonly sealed: boolean;
  readonly served: boolean;
  /** The limit that runs from its service (送达); null when none does. */
  readonly startsClock: LimitId | null;
  /** The articles that it rests on; none for a paper that decides and asks nothing. */
  readonly grounds: readonly Citation[];
  /** Whether it tells how it may be contested: by review and by lawsuit. */
  readonly remedies: boolean;
}

/** A way to contest a decision, with its term from the service. */
export interface Remedy {
  readonly length: number;
  readonly unit: 'calendarDay' | 'month';
  readonly citation: Citation;
  readonly standing: Standing;
  readonly confirmedBy: Confirmation | null;
}

/** The region's choices. */
export interface Settings {
  /** Who completes a cancellation: a signature, or the limit's lapse where the region's own document says so. */
  readonly cancellationCompletion: 'signed' | 'automatic';
  /** The region's document that allows the automatic completion; null when it is signed. */
  readonly cancellationDocument: string | null;
  /** `MM-DD`: from this day of a year on, its review of the classes is begun. After the year's lists of key units, which it reads. */
  readonly classReviewFrom: string;
  /** Whether who found an issue may be one of the two who verify that it is mended. */
  readonly issueFinderVerifies: boolean;
  /** The shares of a year's issuances that the region samples, and of the sample that two people review, blind. Decimals. */
  readonly sampling: { readonly first: string; readonly reapplication: string; readonly twice: string };
  /** What a city's sweep covers beside the year's first and re-applied permits: all others at once, or a part of them a year. */
  readonly sweepCoverage: 'rolling' | 'all';
  /** In so many years a rolling sweep comes round to every permit. */
  readonly sweepYears: number;
  /** `MM-DD`: from this day of a year on, each unit is asked for the year's self-check. Before the annual report is due. */
  readonly selfCheckFrom: string;
  /** So many terms a silent unit has for its self-check in all; then that it has done none is an issue, by rule. */
  readonly selfCheckTerms: number;
}

/** The law of a region from one day on, as plain JSON. A case pins the pack that it started under. */
export interface RulePack {
  readonly id: string;
  readonly version: string;
  /** The region's six-digit division. */
  readonly region: string;
  readonly zh: string;
  readonly en: string;
  readonly effectiveFrom: CalendarDate;
  readonly effectiveTo: CalendarDate | null;
  readonly limits: Readonly<Record<LimitId, Limit>>;
  /** Why a first day is not counted, and why a last day off gives way. */
  readonly counting: { readonly firstDay: Citation; readonly roll: Citation };
  readonly pauseGrounds: readonly PauseGround[];
  readonly promised: readonly PromisedLength[];
  readonly ladders: Ladders;
  readonly gates: readonly Gate[];
  readonly visitTriggers: readonly VisitTrigger[];
  readonly requiredFiles: readonly RequiredFile[];
  /** By organ; `default` serves every other. */
  readonly signingChains: Readonly<Record<string, readonly SigningStep[]>>;
  readonly organs: readonly Organ[];
  readonly responsibilities: readonly Responsibility[];
  /** The region's divisions by name: what other systems write where we write codes. */
  readonly divisions: readonly Division[];
  readonly documents: Readonly<Record<string, DocumentKind>>;
  /** 行政复议, 行政诉讼. */
  readonly remedies: { readonly review: Remedy; readonly lawsuit: Remedy };
  readonly settings: Settings;
}

/**
 * The limit of this name. A day before its first day in force takes it all the same: a pack holds no older law, and a
 * permit that is imported may be older than the Regulation. Throws `input.invalid` for an unknown limit and for a day on
 * which it is no longer in force.
 */
export function limitOf(pack: RulePack, id: LimitId, on: CalendarDate): Limit {
  const limit = Object.hasOwn(pack.limits, id) ? pack.limits[id] : undefined;
  if (limit === undefined) {
    throw new DomainError('input.invalid', {
      what: 'unknown time limit',
      expected: Object.keys(pack.limits).join(' | '),
      found: id,
    });
  }
  if (limit.effectiveTo !== null && on > limit.effectiveTo) {
    throw new DomainError('input.invalid', {
      what: `the time limit ${id} is no longer in force`,
      expected: `a day up to ${limit.effectiveTo}`,
      found: on,
    });
  }
  return limit;
}

/** The length that an organ has promised, in the limit's unit; undefined where nothing is promised. */
export function promisedLength(
  pack: RulePack,
  organ: string,
  procedure: Procedure,
  limit: LimitId,
): number | undefined {
  return pack.promised.find(
    (promise) => promise.organ === organ && promise.procedure === procedure && promise.limit === limit,
  )?.length;
}

/** The rungs of a limit; none where the pack has no ladder for it. */
export function ladderOf(pack: RulePack, limit: LimitId): readonly LadderStep[] {
  return pack.ladders[limit] ?? [];
}

/** The organ of this id. Throws `not.found`. */
export function organOf(pack: RulePack, id: string): Organ {
  const organ = pack.organs.find((candidate) => candidate.id === id);
  if (organ === undefined)
    throw new DomainError('not.found', { what: 'no such organ in the pack', found: id });
  return organ;
}

/** Which organs a pack names for an area; on which day each may act, `competentOn` tells. Throws `not.found` where the pack names none. */
export function responsibility(pack: RulePack, area: string, procedure: Procedure): Responsibility {
  const found = pack.responsibilities.find(
    (candidate) => candidate.area === area && candidate.procedures.includes(procedure),
  );
  if (found === undefined) {
    throw new DomainError('not.found', {
      what: `no organ is responsible for ${procedure} in this area`,
      expected: pack.responsibilities.map((candidate) => candidate.area).join(' | '),
      found: area,
    });
  }
  return found;
}

/** The signing chain of an organ, or the default one. Throws `internal` where the pack has neither. */
export function signingChainOf(pack: RulePack, organ: string): readonly SigningStep[] {
  const chain = pack.signingChains[organ] ?? pack.signingChains['default'];
  if (chain === undefined)
    throw new DomainError('internal', { what: 'no signing chain in the pack', found: organ });
  return chain;
}
