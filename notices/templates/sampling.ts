import type { Template } from './template.js';

/** What the region's people are told of its sampling. */
export const samplingTemplates = {
  'sampling.overdue': {
    article: null,
    zh: {
      subject: '省级抽查本季度未按期抽取',
      text: '{year} 年省级抽查本季度的抽取已过季度末，尚未公布结果。',
      act: '请督办下列抽查。',
    },
    en: {
      subject: 'The quarter was not sampled in time',
      text: 'The quarter of the {year} sampling is over, and its draw is not published.',
      act: 'Please see to the sampling below.',
    },
  },
  'sampling.forecast': {
    article: null,
    zh: {
      subject: '省级抽查年末预测：比例尚有缺额',
      text: '按在办件测算，{year} 年 12 月 31 日前部分市的抽查比例尚有缺额。',
      act: '请登录系统查看预测，并组织补抽。',
    },
    en: {
      subject: 'Sampling: something is missing to the year’s shares',
      text: 'Counting what is under way, shares of some cities will not hold on 31 December {year}.',
      act: 'Please sign in, look at the forecast, and draw a further round.',
    },
  },
} as const satisfies Readonly<Record<string, Template>>;
