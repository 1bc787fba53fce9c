import { parseDate } from '../../date.js';
import { type InstrumentId, cite, instruments } from '../../instruments.js';
import type { Confirmation, Limit } from '../../limit.js';

/** The legal officer of the fictional region who has confirmed the values that no provision read by us states. */
export const confirmedBy: Confirmation = {
  name: '林若川',
  role: '示范自治区生态环境厅法制专员',
  on: parseDate('2024-06-20'),
};

/** The grounds of ALL 45. */
const licensingGrounds = ['hearing', 'inspection', 'testing', 'quarantine', 'appraisal', 'expertReview'];
/** The grounds of the penalty procedure. */
export const penaltyGrounds = [
  'penaltyHearing',
  'publicNotice',
  'monitoring',
  'penaltyAppraisal',
  'penaltyService',
];

const licensingDays = cite('ALL', '82');
export const penaltyDays = cite('APL', '85');

/** What most limits are: forward, without roll, pause or extension, and without an effect of their own. */
const plain = {
  direction: 'forward',
  firstDayCounts: false,
  roll: 'none',
  pausable: false,
  pauseGrounds: [],
  extension: null,
  legalEffect: false,
  unitCitation: null,
  effectiveTo: null,
} as const;

/** A decision limit, which the grounds of ALL 45 take days out of. */
export const pausable = { pausable: true, pauseGrounds: licensingGrounds } as const;

/** What is particular about a limit. */
type Choice = Pick<Limit, 'id' | 'zh' | 'en' | 'binds' | 'unit' | 'length'> & Partial<Limit>;

/** A limit that a provision sets. */
export function byLaw(
  instrument: InstrumentId,
  article: string | undefined,
  standing: Limit['standing'],
  choice: Choice,
): Limit {
  return {
    ...plain,
    citation: cite(instrument, article),
    unitCitation: choice.unit === 'workingDay' ? licensingDays : null,
    standing,
    confirmedBy: standing === 'seen' ? null : confirmedBy,
    effectiveFrom: instruments[instrument].from,
    ...choice,
  };
}

/** A limit that the pack sets because the law is silent. */
export function byPack(choice: Choice): Limit {
  return { ...byLaw('PACK', undefined, 'derived', choice), unitCitation: null };
}
