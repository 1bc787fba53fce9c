import type { Words } from './rule.js';

/** Rows of the check catalogue that raise nothing themselves: they say when, and to whom, other rules apply. */
export const modifiers: readonly (Words & { readonly id: string; readonly of: readonly string[] })[] = [
  {
    id: 'PQ-10',
    of: ['PQ-01', 'PQ-02', 'PQ-03', 'PQ-04', 'PQ-05', 'PQ-06', 'PQ-07', 'PQ-08', 'PQ-09'],
    zh: '按决定日期选用名录版本；地方名录只可更严',
    en: 'the catalogue’s edition goes by the day of the decision; a local one may only be stricter',
  },
  {
    id: 'ER-02',
    of: ['ER-01'],
    zh: '持证不足十日免月报、不足一个月免季报、不足三个月免年报和半年报，并入下期',
    en: 'held for less than ten days, a month, three months: no monthly, quarterly, annual or half-year report yet',
  },
  {
    id: 'ER-03',
    of: ['ER-01'],
    zh: '三、六、九、十二月并入季报，四季度并入年报',
    en: 'months 3, 6, 9 and 12 go into the quarter, the fourth quarter into the year',
  },
  {
    id: 'SM-16',
    of: ['SM-05', 'SM-07'],
    zh: '义务随各持证人的持证期间划分',
    en: 'duties follow the period in which each holder held the permit',
  },
];
