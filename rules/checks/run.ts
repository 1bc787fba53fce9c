import { categories } from './categories.js';
import type { CheckContext, Remedy, Rule, RuleFacts, Severity, Words } from './rule.js';

/** A problem found, or suspected, with all that a reader needs to judge it. */
export interface Finding extends Omit<RuleFacts, 'id' | 'category' | 'suspicion'> {
  readonly rule: string;
  readonly category: Words & { readonly id: string; readonly official: boolean };
  readonly at: string;
  readonly expected: Words;
  readonly found: Words;
  readonly act: string;
  /** To be confirmed by a person. A machine decides only what rests on a provision that was read. */
  readonly suspicion: boolean;
  /** Said where the rule rests on a value that was recalled or derived; null where it was read. */
  readonly caution: Words | null;
}

/** All that was found about one act: what is proposed once, and punished at most once. */
export interface Act {
  readonly act: string;
  /** The gravest of its findings. */
  readonly severity: Severity;
  /** The farthest-reaching of their remedies. */
  readonly remedy: Remedy;
  /** No finding decides by itself. */
  readonly suspicion: boolean;
  readonly rules: readonly string[];
}

const cautions = {
  recalled: {
    zh: '所依据的数值凭一般知识填写，未核对原文，须先由法制人员确认',
    en: 'rests on a value from general knowledge that was not read again; a legal officer confirms it first',
  },
  derived: {
    zh: '所依据的标准为本系统推定，须先由法制人员确认',
    en: 'rests on a choice of this system; a legal officer confirms it first',
  },
} as const;

/** What each remedy reaches, the farthest first: the order in which merged findings choose. */
const reach: readonly Remedy[] = [
  'lead',
  'reapplication',
  'rectificationOpinion',
  'cancellation',
  'authorityChange',
  'change',
  'returnReport',
  'supplement',
  'bulletin',
];

/** Runs rules over a document, in the rules' order. Pure; throws nothing for a document that its schema accepts. */
export function runChecks<Subject>(
  rules: readonly Rule<Subject>[],
  subject: Subject,
  context: CheckContext,
): readonly Finding[] {
  return rules.flatMap((rule) => {
    const { id, find, category, suspicion, ...facts } = rule;
    return find(subject, context).map((found): Finding => {
      const standing = found.standing ?? facts.standing;
      return {
        rule: id,
        ...facts,
        category: { id: category, ...categories[category] },
        at: found.at,
        expected: found.expected,
        found: found.found,
        act: found.act,
        suspicion: suspicion || found.suspicion === true,
        standing,
        caution: standing === 'seen' ? null : cautions[standing],
      };
    });
  });
}

/** Merges findings about one act, in the order in which the acts were first found. */
export function mergeFindings(findings: readonly Finding[]): readonly Act[] {
  const acts = new Map<string, Finding[]>();
  for (const finding of findings) acts.set(finding.act, [...(acts.get(finding.act) ?? []), finding]);
  return [...acts].map(([act, about]): Act => ({
    act,
    severity: about.reduce<Severity>((gravest, { severity }) => (severity < gravest ? severity : gravest), 3),
    remedy: reach.find((remedy) => about.some((finding) => finding.remedy === remedy)) ?? 'bulletin',
    suspicion: about.every(({ suspicion }) => suspicion),
    rules: [...new Set(about.map(({ rule }) => rule))],
  }));
}
