import type { ErrorDetail } from './errors.js';

/** One thing that contradicts itself: its place in the pack, what was expected there, what was found. */
export function problem(where: string, expected: string, found: unknown): ErrorDetail {
  return {
    what: 'the rule pack contradicts itself',
    where,
    expected,
    found: found === undefined ? 'nothing' : JSON.stringify(found),
  };
}

/** Problems in the order of the checks; a check that holds is left out. */
export function failing(
  ...checks: readonly (readonly [holds: boolean, where: string, expected: string, found: unknown])[]
): ErrorDetail[] {
  return checks.flatMap(([holds, where, expected, found]) =>
    holds ? [] : [problem(where, expected, found)],
  );
}

/** The names that occur more than once. */
export function twice(where: string, items: readonly { readonly id: string }[]): ErrorDetail[] {
  const ids = items.map((item) => item.id);
  return ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => problem(where, 'every name once', id));
}
