import { expect, test } from 'vitest';
import {
  goodPermit,
  goodPlan,
  goodReport,
  permitFindings,
  planFindings,
  reportFindings,
} from './documents.js';

/** What stands in a finding, shortly. */
const short = (findings: ReturnType<typeof permitFindings>) =>
  findings.map(({ rule, at }) => `${rule} ${at}`);

test('Q5: nothing is found in a permit, a report and a plan without a fault', () => {
  expect(short(permitFindings(goodPermit))).toEqual([]);
  expect(short(reportFindings(goodReport))).toEqual([]);
  expect(short(planFindings(goodPlan))).toEqual([]);
});
