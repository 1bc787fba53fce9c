import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { DomainError, type ErrorDetail } from '../rules/errors.js';
import { FaultyInput } from '../rules/faultyInput.js';

/** The JSON in a file. Throws `input.invalid`. */
export function jsonAt(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const found = error instanceof Error && 'code' in error ? String(error.code) : 'an error';
    throw new DomainError('input.invalid', {
      what: 'the file can not be read',
      where: path,
      expected: 'a JSON file',
      found,
    });
  }
  return jsonOf(text, path);
}

/** JSON from text, with or without a byte-order mark. Throws `input.invalid`; `where` names the place for the reader. */
export function jsonOf(text: string, where: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch (error) {
    const found = error instanceof Error ? error.message : 'an error';
    throw new DomainError('input.invalid', { what: 'not JSON', where, expected: 'one JSON object', found });
  }
}

/** A document by its schema. Throws `FaultyInput` with the path, the expected and the found of every fault. */
export function parsed<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [first, ...rest] = result.error.issues.flatMap((issue) => faultsOf(issue, value, where));
  throw new FaultyInput([first ?? { what: 'not accepted', where }, ...rest]);
}

function faultsOf(issue: z.core.$ZodIssue, value: unknown, file: string): ErrorDetail[] {
  const at = (path: readonly PropertyKey[]): string => `${file} ${path.map(String).join('.') || '(root)'}`;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      what: 'unknown field',
      where: at([...issue.path, key]),
      expected: 'no such field (see --schema)',
    }));
  return [
    { what: issue.message, where: at(issue.path), ...expectedOf(issue), found: foundAt(issue.path, value) },
  ];
}

function expectedOf(issue: z.core.$ZodIssue): { expected?: string } {
  if (issue.code === 'invalid_type') return { expected: issue.expected };
  if (issue.code === 'invalid_value') return { expected: issue.values.map(String).join(' | ') };
  if (issue.code === 'invalid_format') return { expected: issue.pattern ?? issue.format };
  if (issue.code === 'too_small') return { expected: `at least ${issue.minimum}` };
  if (issue.code === 'too_big') return { expected: `at most ${issue.maximum}` };
  return {};
}

/** What stands at a path, shortly. */
function foundAt(path: readonly PropertyKey[], value: unknown): string {
  const found = path.reduce<unknown>(
    (inner, key) =>
      inner !== null && typeof inner === 'object' ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
  if (found === undefined) return 'nothing';
  if (Array.isArray(found)) return `a list of ${found.length}`;
  if (found !== null && typeof found === 'object') return 'an object';
  return JSON.stringify(found).slice(0, 100);
}
