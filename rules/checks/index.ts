import { permitRules } from './permit/index.js';
import { planRules } from './plan/index.js';
import { reportRules } from './report/index.js';

/** The rules by the document that they read. */
export const checkRules = { permit: permitRules, report: reportRules, plan: planRules } as const;

/** A kind of document that can be checked. */
export type Checked = keyof typeof checkRules;
