import { DomainError } from '../../rules/errors.js';

/** The kinds of case, each a workflow type of the same name. */
export const caseKinds = [
  'application',
  'permit',
  'cancellation',
  'authorityChange',
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
] as const;

/** What the authority does of its own accord about a permit. */
export const aboutPermits = [
  'authorityChange',
  'annulment',
  'withdrawal',
  'revocation',
  'urging',
] as const satisfies readonly CaseKind[];

/** A kind of case. */
export type CaseKind = (typeof caseKinds)[number];

/**
 * The kinds of which there are hundreds of thousands with a step or two a year: between their steps no workflow of theirs is
 * open, and the relay wakes them for their requests and moments.
 */
export const restingKinds: readonly CaseKind[] = ['registration'];

/** Whether cases of this kind rest between their steps. */
export const isResting = (kind: CaseKind): boolean => restingKinds.includes(kind);

/** A case's id is its workflow's id: `<kind>/<number>`. */
export type CaseId = `${CaseKind}/${string}`;

/** The kind that an id names. Throws `input.invalid` when it names none. */
export function caseKindOf(id: string): CaseKind {
  const kind = caseKinds.find(
    (candidate) => id.startsWith(`${candidate}/`) && id.length > candidate.length + 1,
  );
  if (kind === undefined) {
    throw new DomainError('input.invalid', {
      what: 'not a case id',
      expected: caseKinds.map((candidate) => `${candidate}/<number>`).join(' | '),
      found: id,
    });
  }
  return kind;
}

/** The id of a registration form's case. */
export const registrationCaseId = (registrationNo: string): CaseId => `registration/${registrationNo}`;

/** The id of a permit's case. */
export const permitCaseId = (permitNo: string): CaseId => `permit/${permitNo}`;

/** The id of a permit's self-check of a year, or of a campaign. */
export const selfCheckCaseId = (period: string, permitNo: string): CaseId =>
  `selfCheck/${period}-${permitNo}`;
