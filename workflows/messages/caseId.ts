import { DomainError } from '../../rules/errors.js';

/** The kinds of case, each a workflow type of the same name. */
export const caseKinds = ['application', 'permit', 'cancellation', 'issue'] as const;

/** A kind of case. */
export type CaseKind = (typeof caseKinds)[number];

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

/** The id of a permit's case. */
export const permitCaseId = (permitNo: string): CaseId => `permit/${permitNo}`;
