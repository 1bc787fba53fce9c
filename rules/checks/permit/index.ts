import type { PermitContent } from '../../content/permit.js';
import type { Rule } from '../rule.js';
import { amountRules } from './amounts.js';
import { blockRules } from './blocks.js';
import { classRules } from './class.js';
import { computedAmountRules } from './computedAmounts.js';
import { concentrationRules } from './concentrations.js';
import { facilityRules } from './facilities.js';
import { monitoringRules } from './monitoring.js';
import { normRules } from './norms.js';
import { procedureRules } from './procedure.js';
import { termRules } from './term.js';

/** Every rule over a permit version: PQ and TL of the check catalogue. */
export const permitRules: readonly Rule<PermitContent>[] = [
  ...classRules,
  ...normRules,
  ...amountRules,
  ...computedAmountRules,
  ...concentrationRules,
  ...facilityRules,
  ...blockRules,
  ...monitoringRules,
  ...termRules,
  ...procedureRules,
];
