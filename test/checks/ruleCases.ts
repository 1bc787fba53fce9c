import { permitClassCases } from './permitClassCases.js';
import { permitFacilityCases } from './permitFacilityCases.js';
import { permitLimitCases } from './permitLimitCases.js';
import { permitTermCases } from './permitTermCases.js';
import { planCases } from './planCases.js';
import { reportCases } from './reportCases.js';

/** The cases of every rule, by the document that they are changes of. */
export const ruleCases = {
  permit: [...permitClassCases, ...permitFacilityCases, ...permitLimitCases, ...permitTermCases],
  report: reportCases,
  plan: planCases,
} as const;
