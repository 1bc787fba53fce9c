import type { PermitCategory } from '../content/fields.js';
import { type PermitContent, permitContent } from '../content/permit.js';
import { classRules } from './permit/class.js';
import type { CheckContext, Words } from './rule.js';
import { runChecks } from './run.js';

/** What the class rules say of a holder: his class fits, another is given, or his content can not be judged. */
export type ClassOfHolder =
  | { readonly type: 'fits' | 'unreadable' }
  | { readonly type: 'mismatch'; readonly expected: Words; readonly rules: readonly string[] };

/**
 * Judges a holder's class by the content of his permit or registration form, as it is stored. Only a structured content
 * (`rules/content/permit.ts`) can be judged; whatever class it names, the one that is held counts.
 */
export function classOfHolder(content: unknown, held: PermitCategory, context: CheckContext): ClassOfHolder {
  const parsed = permitContent.safeParse(content);
  if (!parsed.success) return { type: 'unreadable' };
  const { permit } = parsed.data;
  const subject: PermitContent = { ...parsed.data, permit: { ...permit, category: held } };
  const findings = runChecks(classRules, subject, context);
  // The gravest speaks: too low a class comes before too high a one.
  const [first] = [...findings].sort((one, other) => one.severity - other.severity);
  if (first === undefined) return { type: 'fits' };
  return {
    type: 'mismatch',
    expected: first.expected,
    rules: [...new Set(findings.map(({ rule }) => rule))],
  };
}
