import { parseDate } from '../../date.js';
import { cite } from '../../instruments.js';
import type { RulePack } from '../../pack.js';
import { gates, pauseGrounds, requiredFiles, visitTriggers } from './conditions.js';
import { documents } from './documents.js';
import { divisions, otherCities } from './divisions.js';
import { governments } from './governments.js';
import { ladders } from './ladders.js';
import { limits } from './limits.js';
import { remedies } from './remedies.js';
import { organs, promised, responsibilities, signingChains } from './organs.js';

/** The rules of a fictional autonomous region, with every choice that a real one would have to make. */
export const demonstration: RulePack = {
  id: 'demonstration-1',
  version: '1',
  region: '990000',
  zh: '示范自治区',
  en: 'Demonstration Autonomous Region',
  effectiveFrom: parseDate('2024-07-01'),
  effectiveTo: null,
  limits,
  counting: { firstDay: cite('CC', '201'), roll: cite('CC', '203') },
  pauseGrounds,
  promised,
  ladders,
  gates,
  visitTriggers,
  requiredFiles,
  signingChains,
  organs: [...organs, ...otherCities.organs, ...governments],
  responsibilities: [...responsibilities, ...otherCities.responsibilities],
  divisions,
  documents,
  remedies,
  settings: {
    ...{ cancellationCompletion: 'signed', cancellationDocument: null },
    classReviewFrom: '04-15',
    issueFinderVerifies: true,
    sampling: { first: '0.3', reapplication: '0.2', twice: '0.1' },
    ...{ sweepCoverage: 'rolling', sweepYears: 3 },
    ...{ selfCheckFrom: '11-15', selfCheckTerms: 3 },
  },
};
