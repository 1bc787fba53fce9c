import type { Limit } from '../../limit.js';
import { byPack } from './limitBuilder.js';

/** The limits of the provincial sampling and its bulletins: the work plan names the year's shares, the region its rounds. */
export const samplingLimits: readonly Limit[] = [
  byPack({
    id: 'sampling.round',
    zh: '省级抽查季度抽取',
    en: 'the quarter’s draw of the provincial sampling',
    binds: 'internal',
    unit: 'calendarDay',
    length: 0,
  }),
  byPack({
    id: 'sampling.yearEnd',
    zh: '省级抽查年度比例',
    en: 'the year’s shares of the provincial sampling',
    binds: 'internal',
    unit: 'calendarDay',
    length: 0,
  }),
  byPack({
    id: 'sampling.handling',
    zh: '省级抽查办理环节',
    en: 'a step of the provincial sampling',
    binds: 'internal',
    unit: 'workingDay',
    length: 5,
  }),
  byPack({
    id: 'sampling.proof',
    zh: '省级抽查年度核算',
    en: 'proof of the year’s shares',
    binds: 'internal',
    unit: 'workingDay',
    length: 15,
  }),
  byPack({
    id: 'bulletin.handling',
    zh: '通报办理环节',
    en: 'a step of a bulletin',
    binds: 'internal',
    unit: 'workingDay',
    length: 5,
  }),
  byPack({
    id: 'bulletin.comment',
    zh: '对通报稿提出意见',
    en: 'comments on the draft of a bulletin',
    binds: 'internal',
    unit: 'workingDay',
    length: 5,
  }),
];
