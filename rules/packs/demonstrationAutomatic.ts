import type { RulePack } from '../pack.js';
import { demonstration } from './demonstration/index.js';

const moveArea = (area: string): string => area.replace(/^99/, '98');

/**
 * The neighbour of the demonstration region, fictional too: alike in everything, but that a document of its own lets a
 * cancellation complete by itself once the notice was served and its term went by without a statement.
 */
export const demonstrationAutomatic: RulePack = {
  ...demonstration,
  id: 'demonstration-automatic-1',
  region: '980000',
  zh: '示范自治区（自动注销试点）',
  en: 'Demonstration Autonomous Region with automatic cancellation',
  organs: demonstration.organs.map((organ) => ({ ...organ, area: moveArea(organ.area) })),
  responsibilities: demonstration.responsibilities.map((each) => ({ ...each, area: moveArea(each.area) })),
  // The region itself goes by its own name, so that a list that names it is not taken for its neighbour's.
  divisions: demonstration.divisions
    .filter(({ code }) => code !== demonstration.region)
    .map((each) => ({ ...each, code: moveArea(each.code) })),
  settings: {
    ...demonstration.settings,
    cancellationCompletion: 'automatic',
    cancellationDocument: '示环规〔2024〕2号',
    // Stricter than its neighbour: who found an issue does not verify that it is mended.
    issueFinderVerifies: false,
    // And its cities sweep every permit every year.
    sweepCoverage: 'all',
  },
};
