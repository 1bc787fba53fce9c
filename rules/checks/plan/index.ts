import type { MonitoringPlan } from '../../content/plan.js';
import type { Rule } from '../rule.js';
import { itemRules } from './items.js';
import { recordRules } from './records.js';
import { resultRules } from './results.js';

/** Every rule over a self-monitoring plan and its results: SM of the check catalogue. */
export const planRules: readonly Rule<MonitoringPlan>[] = [...itemRules, ...resultRules, ...recordRules];
