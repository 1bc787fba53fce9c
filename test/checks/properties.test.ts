import fc from 'fast-check';
import { expect, test } from 'vitest';
import { permitContent } from '../../rules/content/permit.js';
import { monitoringPlan } from '../../rules/content/plan.js';
import { executionReport } from '../../rules/content/report.js';
import { permitRules } from '../../rules/checks/permit/index.js';
import { planRules } from '../../rules/checks/plan/index.js';
import { reportRules } from '../../rules/checks/report/index.js';
import { mergeFindings, runChecks } from '../../rules/checks/run.js';
import { arbitraryOf } from './arbitrary.js';
import { context } from './documents.js';

const runs = { seed: 20260101, numRuns: 400 };

test('Q5: no rule throws on any permit that the schema accepts, and every finding is about an act', () => {
  fc.assert(
    fc.property(arbitraryOf(permitContent), (input) => {
      const findings = runChecks(permitRules, permitContent.parse(input), context);
      expect(findings.every(({ act, at }) => act !== '' && at !== '')).toBe(true);
      expect(
        mergeFindings(findings)
          .flatMap(({ rules }) => rules)
          .sort(),
      ).toEqual(
        [...new Set(findings.map(({ act, rule }) => `${act}\n${rule}`))]
          .map((each) => each.split('\n').at(-1))
          .sort(),
      );
    }),
    runs,
  );
});

test('Q5: no rule throws on any report that the schema accepts', () => {
  fc.assert(
    fc.property(arbitraryOf(executionReport), (input) => {
      runChecks(reportRules, executionReport.parse(input), context);
    }),
    runs,
  );
});

test('Q5: no rule throws on any plan that the schema accepts', () => {
  fc.assert(
    fc.property(arbitraryOf(monitoringPlan), (input) => {
      runChecks(planRules, monitoringPlan.parse(input), context);
    }),
    runs,
  );
});
