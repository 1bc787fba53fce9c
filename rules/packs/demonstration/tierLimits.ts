import { cite } from '../../instruments.js';
import type { Extension, Limit } from '../../limit.js';
import { byPack, confirmedBy } from './limitBuilder.js';

const extension = (length: number): Extension => ({
  ...{ times: 1, length, before: 'dueDay', approver: 'organHead' },
  ...{ citation: cite('PACK'), standing: 'derived', confirmedBy },
});

/** The limits of the three tiers: all of them the region's choice. */
export const tierLimits: readonly Limit[] = [
  byPack({
    id: 'qualityReview',
    zh: '质量核查',
    en: 'review of a permit',
    binds: 'internal',
    unit: 'workingDay',
    length: 20,
  }),
  byPack({
    id: 'sweep',
    zh: '地市排查',
    en: 'sweep by a city',
    binds: 'internal',
    unit: 'calendarDay',
    length: 180,
    extension: extension(60),
  }),
  byPack({
    id: 'selfCheck',
    zh: '企业自查',
    en: 'self-check by the unit',
    binds: 'applicant',
    unit: 'calendarDay',
    length: 45,
    extension: extension(15),
  }),
  byPack({
    id: 'selfCheck.again',
    zh: '逾期后限期自查',
    en: 'self-check within a last term',
    binds: 'applicant',
    unit: 'calendarDay',
    length: 15,
  }),
  byPack({
    id: 'selfCheck.mending',
    zh: '自查问题整改',
    en: 'mending of what a self-check found',
    binds: 'applicant',
    unit: 'calendarDay',
    length: 30,
    extension: extension(15),
  }),
];
