import { z } from 'zod';
import { DomainError, type ErrorDetail } from '../rules/errors.js';

/** One thing that is wrong with an input. */
export const faultSchema = z.object({
  path: z
    .string()
    .meta({ description: 'body.files.0.item, query.limit, path.number, header.Idempotency-Key' }),
  what: z.string(),
  expected: z.string().optional(),
  found: z.string().optional(),
});

export type Fault = z.infer<typeof faultSchema>;

/** An input with faults, told all at once. */
export class InvalidInput extends DomainError {
  constructor(readonly faults: readonly Fault[]) {
    super('input.invalid', { what: 'the input is not valid', ...onlyFault(faults) });
  }
}

/** Parses a part of a request. Throws `InvalidInput` with the path, the expected and the found of every fault. */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  part: string,
): z.output<Schema> {
  const parsed = schema.safeParse(value, { reportInput: false });
  if (parsed.success) return parsed.data;
  throw new InvalidInput(parsed.error.issues.flatMap((issue) => faultsOf(issue, value, part)));
}

function faultsOf(issue: z.core.$ZodIssue, value: unknown, part: string): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathOf(part, [...issue.path, key]),
      what: 'unknown field',
      expected: 'no such field',
    }));
  }
  return [
    {
      path: pathOf(part, issue.path),
      what: issue.message,
      ...expectedOf(issue),
      found: foundAt(issue.path, value),
    },
  ];
}

function expectedOf(issue: z.core.$ZodIssue): { expected?: string } {
  if (issue.code === 'invalid_type') return { expected: issue.expected };
  if (issue.code === 'invalid_value') return { expected: issue.values.map(String).join(' | ') };
  if (issue.code === 'too_small') return { expected: `at least ${issue.minimum}` };
  if (issue.code === 'too_big') return { expected: `at most ${issue.maximum}` };
  if (issue.code === 'invalid_format') return { expected: issue.pattern ?? issue.format };
  if (issue.code === 'invalid_union' && 'options' in issue)
    return { expected: issue.options.map(String).join(' | ') };
  return {};
}

const pathOf = (part: string, path: readonly PropertyKey[]): string => [part, ...path.map(String)].join('.');

/** What stands at the path, shortly. A password is never repeated. */
function foundAt(path: readonly PropertyKey[], value: unknown): string {
  if (path.some((key) => /password/i.test(String(key)))) return '…';
  const found = path.reduce<unknown>(
    (inner, key) =>
      inner !== null && typeof inner === 'object' ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
  if (found === undefined) return 'nothing';
  if (Array.isArray(found)) return `a list of ${found.length}`;
  if (found !== null && typeof found === 'object') return 'an object';
  return (typeof found === 'string' ? found : JSON.stringify(found)).slice(0, 100);
}

const onlyFault = (faults: readonly Fault[]): Partial<ErrorDetail> => {
  const [first] = faults;
  if (first === undefined) return {};
  const { path: where, what, expected, found } = first;
  return {
    what,
    where,
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
  };
};
