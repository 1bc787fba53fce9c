import { cite } from '../../instruments.js';
import type { RulePack } from '../../pack.js';
import { confirmedBy } from './limitBuilder.js';

/** How a decision may be contested. The six months are recalled; the region's legal officer has confirmed them. */
export const remedies: RulePack['remedies'] = {
  review: {
    length: 60,
    unit: 'calendarDay',
    citation: cite('ARL', '20'),
    standing: 'seen',
    confirmedBy: null,
  },
  lawsuit: { length: 6, unit: 'month', citation: cite('ACL', '46'), standing: 'recalled', confirmedBy },
};
