import { expect, test } from 'vitest';
import type { Finding } from '../../rules/checks/run.js';
import {
  goodPermit,
  goodPlan,
  goodReport,
  permitFindings,
  planFindings,
  reportFindings,
} from './documents.js';
import type { RuleCase } from './ruleCase.js';
import { ruleCases } from './ruleCases.js';

/** Proves each case by a test of its own. */
function prove<Input>(
  cases: readonly RuleCase<Input>[],
  good: Input,
  check: (input: Input) => readonly Finding[],
): void {
  const atOf = (rule: string, change: Partial<Input>): readonly string[] =>
    check({ ...good, ...change })
      .filter((finding) => finding.rule === rule)
      .map(({ at }) => at);
  test.each(cases.map((each) => ({ rule: each[0], place: each[2], each })))(
    'Q5: $rule finds it at $place, and not its neighbours',
    ({ each: [rule, finds, at, ...passes] }) => {
      expect(atOf(rule, finds)).toContain(at);
      for (const change of passes) expect(atOf(rule, change)).toEqual([]);
    },
  );
}

prove(ruleCases.permit, goodPermit, permitFindings);
prove(ruleCases.report, goodReport, reportFindings);
prove(ruleCases.plan, goodPlan, planFindings);
