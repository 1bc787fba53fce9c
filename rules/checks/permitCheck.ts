import type { PermitContent } from '../content/permit.js';
import type { IssueSeverity } from '../issueWords.js';
import { permitRules } from './permit/index.js';
import type { CheckContext, Remedy, Yardstick } from './rule.js';
import { type Act, type Finding, mergeFindings, runChecks } from './run.js';

/** What the automatic checks say of a permit's content. One that is not structured is not readable: people check all of it. */
export interface PermitCheck {
  readonly readable: boolean;
  readonly findings: readonly Finding[];
  readonly acts: readonly Act[];
}

/** Checks a permit's content; undefined stands for one that is not structured. Pure, and throws nothing. */
export function checkPermit(content: PermitContent | undefined, context: CheckContext): PermitCheck {
  if (content === undefined) return { readable: false, findings: [], acts: [] };
  const findings = runChecks(permitRules, content, context);
  return { readable: true, findings, acts: mergeFindings(findings) };
}

/** All that was found about one act, as a reviewer confirms or dismisses it, and as it goes into the ledger. */
export type ActToJudge = {
  readonly act: string;
  /** The rule and the place of its gravest finding: with the permit, what makes it the same problem. */
  readonly rule: string;
  readonly place: string;
  readonly category: string;
  readonly severity: IssueSeverity;
  readonly test: Yardstick;
  readonly remedy: Remedy;
  /** A person confirms it first, or it is dismissed. */
  readonly suspicion: boolean;
  readonly description: string;
  readonly basis: string;
};

/** A ledger's description is a sentence or two; the rest is read with the findings. */
const longest = 500;
const longestName = 200;

/** The acts with what a ledger says of each: merged, so that one act is proposed once. */
export function actsToJudge({ findings, acts }: PermitCheck): readonly ActToJudge[] {
  return acts.flatMap(({ act, severity, remedy, suspicion, rules }) => {
    const about = findings.filter((finding) => finding.act === act);
    const gravest = about.find((finding) => finding.severity === severity) ?? about[0];
    if (gravest === undefined) return [];
    const also = rules.filter((rule) => rule !== gravest.rule);
    const { condition, expected, found, basis } = gravest;
    const more = also.length === 0 ? '' : `（并见 ${also.join('、')}）`;
    const said = `${condition.zh}：应为${expected.zh}，实为${found.zh}${more}`;
    return [
      {
        ...{ act, remedy, suspicion, rule: gravest.rule, place: gravest.at.slice(0, longestName) },
        ...{ category: gravest.category.id, test: gravest.test, basis: basis.zh.slice(0, longest) },
        severity: severity === 1 ? 'serious' : 'general',
        description: said.slice(0, longest),
      },
    ];
  });
}
