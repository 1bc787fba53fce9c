import type { EventText } from './eventText.js';

/** What a case is counted anew by: an edition of the working-day calendar, or another rule pack. */
export const calendarEvents = {
  'clock.promiseRetimed': {
    article: null,
    zh: '按现行工作日历（{edition}）重新计算 {clock}：承诺届满日由 {before} 变为 {after}。',
    en: '{clock} counted anew by the calendar in force ({edition}): the promised day was {before}, and is {after}.',
  },
  'pack.moved': {
    article: null,
    zh: '本案自即日起改用规则包 {to}（原为 {from}）：{reason}。',
    en: 'From this day on the case follows the rule pack {to} instead of {from}: {reason}.',
  },
  'clock.moved': {
    article: null,
    zh: '按规则包 {pack} 重新计算 {clock}：届满日由 {before} 变为 {after}。',
    en: '{clock} counted anew by the rule pack {pack}: its last day was {before}, and is {after}.',
  },
} as const satisfies Record<string, EventText>;
