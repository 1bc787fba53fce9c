import type { ExecutionReport } from '../../content/report.js';
import type { Rule } from '../rule.js';
import { comparisonRules } from './comparisons.js';
import { filingRules } from './filing.js';
import { materialRules } from './materials.js';
import { rowRules } from './rows.js';

/** Every rule over an execution report: ER of the check catalogue. */
export const reportRules: readonly Rule<ExecutionReport>[] = [
  ...filingRules,
  ...rowRules,
  ...materialRules,
  ...comparisonRules,
];
