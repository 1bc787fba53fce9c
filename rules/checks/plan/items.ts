import type { MonitoringItem } from '../../content/fields.js';
import type { MonitoringPlan } from '../../content/plan.js';
import { article, norm } from '../basis.js';
import { tooSeldom } from '../monitoringFrequency.js';
import { entryOf } from '../reference/entryOf.js';
import { parseFrequency, timesInYear } from '../reference/frequency.js';
import { keyOf, pollutantOf } from '../reference/pollutants.js';
import { ambientMethods, guidesByIndustry, withdrawnMethods } from '../reference/standards.js';
import { both, type Found, nothing, place, type Rule, type RuleFacts, say } from '../rule.js';

const actOf = ({ outlet, pollutant }: MonitoringItem): string => `monitoring:${outlet}:${keyOf(pollutant)}`;

/** Findings on the items of a plan. */
const onItems = (
  plan: MonitoringPlan,
  judge: (item: MonitoringItem, at: (field: string) => string) => readonly Found[],
): Found[] => plan.items.flatMap((item, index) => judge(item, (field) => place('items', index, field)));

const facts = {
  basis: norm('HJ 819-2017'),
  remedy: 'change',
  suspicion: false,
} as const satisfies Partial<RuleFacts>;

/** The samples of one run: odour four, cooking fume five, everything else three when they are discontinuous. */
function samplesDue(item: MonitoringItem): number {
  const code = pollutantOf(item.pollutant)?.code;
  if (code === 'odour') return 4;
  if (code === 'fume') return 5;
  return item.sampling === 'continuous' ? 0 : 3;
}

/** SM-01 to SM-04 and SM-09 to SM-12: the items of a plan. */
export const itemRules: readonly Rule<MonitoringPlan>[] = [
  {
    ...facts,
    id: 'SM-01',
    reads: ['items[].frequency'],
    condition: say('监测频次不能识读', 'a frequency that can not be read'),
    category: 'format',
    severity: 3,
    test: 'conforming',
    standing: 'seen',
    find: (plan) =>
      onItems(plan, (item, at) =>
        item.frequency !== undefined && parseFrequency(item.frequency) === null
          ? [
              {
                at: at('frequency'),
                expected: say(
                  'n次/日、周、月、季、半年、年，或自动监测',
                  'n次/日, 周, 月, 季, 半年 or 年, or 自动监测',
                ),
                found: both(item.frequency),
                act: actOf(item),
              },
            ]
          : [],
      ),
  },
  ...(['air', 'water'] as const).map((medium): Rule<MonitoringPlan> => ({
    ...facts,
    id: medium === 'air' ? 'SM-02' : 'SM-03',
    reads: ['unit.keyUnit', 'items[].frequency', 'items[].outletType', 'items[].mainIndicator'],
    condition:
      medium === 'air'
        ? say('废气监测频次低于指南表1', 'air is monitored less often than table 1 of the guide asks')
        : say('废水监测频次低于指南表2', 'water is monitored less often than table 2 of the guide asks'),
    category: 'frequency',
    severity: 2,
    test: 'conforming',
    standing: 'recalled',
    find: (plan) =>
      onItems(plan, (item, at) =>
        item.medium === medium ? tooSeldom(item, plan.unit.keyUnit, at('frequency')) : [],
      ),
  })),
  {
    ...facts,
    id: 'SM-04',
    reads: ['guides', 'unit.industries'],
    condition: say(
      '行业有专门监测指南而未依据',
      'the industry has a guide of its own and the plan does not rest on it',
    ),
    category: 'frequency',
    severity: 2,
    test: 'conforming',
    standing: 'recalled',
    find: ({ guides, unit }) =>
      guidesByIndustry
        .filter(({ industry }) => unit.industries.some((code) => industry.test(code)))
        // A guide may be cited by another year of issue: that is for people to compare.
        .filter(({ guide }) => !guides.some((each) => each.split('-')[0] === guide.split('-')[0]))
        .map(({ guide }): Found => ({
          at: 'guides',
          expected: both(guide),
          found: guides.length === 0 ? nothing : both(guides.join('、')),
          act: `guide:${guide}`,
        })),
  },
  {
    ...facts,
    id: 'SM-09',
    basis: article('REG', '20'),
    reads: ['items[].automatic', 'items[].backup', 'outages'],
    condition: say(
      '自动监测无手工备用方案，或故障期间手工监测间隔超过 6 小时',
      'automatic without a manual backup, or more than 6 hours between manual readings in an outage',
    ),
    category: 'monitoring',
    severity: 2,
    test: 'complete',
    standing: 'recalled',
    find: (plan) => [
      ...onItems(plan, (item, at) =>
        item.automatic && item.backup === undefined
          ? [
              {
                at: at('backup'),
                expected: say(
                  '故障时手工监测，每日不少于 4 次，间隔不超过 6 小时',
                  'manual readings in outages, 4 a day, 6 hours apart at most',
                ),
                found: nothing,
                act: actOf(item),
              },
            ]
          : [],
      ),
      ...plan.outages.flatMap(({ outlet, pollutant, from, to, manual }, index): Found[] => {
        const moments = [from, ...manual.filter((each) => each >= from && each <= to), to]
          .map((each) => Date.parse(each))
          .sort((one, other) => one - other);
        const longest = moments.reduce(
          (most, each, at) => Math.max(most, each - (moments[at - 1] ?? each)),
          0,
        );
        return longest <= 6 * 3_600_000
          ? []
          : [
              {
                at: place('outages', index, 'manual'),
                expected: say('间隔不超过 6 小时', '6 hours apart at most'),
                found: say(`最长 ${hours(longest)} 小时`, `${hours(longest)} hours at the longest`),
                act: `outage:${outlet}:${keyOf(pollutant)}:${from}`,
              },
            ];
      }),
    ],
  },
  {
    ...facts,
    id: 'SM-10',
    reads: [
      'items[].automatic',
      'items[].instrument',
      'items[].place',
      'items[].networked',
      'items[].method',
    ],
    condition: say(
      '自动监测缺仪器、位置或联网情况，手工监测缺方法',
      'automatic without instrument, position or network, manual without method',
    ),
    category: 'format',
    severity: 3,
    test: 'complete',
    standing: 'seen',
    find: (plan) =>
      onItems(plan, (item, at) => {
        const automatic = [
          { field: 'instrument', blank: item.instrument === undefined, zh: '仪器', en: 'its instrument' },
          { field: 'place', blank: item.place === undefined, zh: '安装位置', en: 'its position' },
          {
            field: 'networked',
            blank: item.networked === undefined,
            zh: '是否联网',
            en: 'whether it is connected',
          },
        ];
        const manual = [
          { field: 'method', blank: item.method === undefined, zh: '监测方法', en: 'its method' },
        ];
        return (item.automatic ? automatic : manual)
          .filter(({ blank }) => blank)
          .map(({ field, zh, en }): Found => ({
            at: at(field),
            expected: say(zh, en),
            found: nothing,
            act: actOf(item),
          }));
      }),
  },
  {
    ...facts,
    id: 'SM-11',
    reads: ['items[].method', 'items[].medium'],
    condition: say(
      '监测方法已废止，或以环境空气方法测排气',
      'a withdrawn method, or one for ambient air at a stack',
    ),
    category: 'monitoring',
    severity: 3,
    test: 'conforming',
    suspicion: true,
    standing: 'recalled',
    find: (plan) =>
      onItems(plan, (item, at) => {
        const { method } = item;
        if (method === undefined) return [];
        const replaced = entryOf(withdrawnMethods, method);
        const ambient =
          item.medium === 'air' && item.outlet.startsWith('DA') && ambientMethods.includes(method);
        if (replaced === undefined && !ambient) return [];
        const expected =
          replaced === undefined ? say('固定污染源方法', 'a method for stationary sources') : both(replaced);
        return [{ at: at('method'), expected, found: both(method), act: actOf(item) }];
      }),
  },
  {
    ...facts,
    id: 'SM-12',
    reads: ['items[].samples', 'items[].sampling', 'items[].pollutant'],
    condition: say(
      '一次采样个数不足：非连续 3 个，臭气 4 个，油烟 5 个',
      'too few samples in a run: 3 discontinuous, odour 4, fume 5',
    ),
    category: 'sampling',
    severity: 3,
    test: 'conforming',
    standing: 'seen',
    find: (plan) =>
      onItems(plan, (item, at) =>
        !item.automatic && item.samples !== undefined && item.samples < samplesDue(item)
          ? [
              {
                at: at('samples'),
                expected: say(`不少于 ${samplesDue(item)} 个`, `at least ${samplesDue(item)}`),
                found: both(item.samples),
                act: actOf(item),
              },
            ]
          : [],
      ),
  },
  {
    ...facts,
    id: 'SM-13',
    basis: norm('HJ 1301-2023'),
    reads: ['noise'],
    condition: say(
      '厂界噪声少于每季一次，或夜间生产而无夜间监测',
      'noise less than once a quarter, or work at night without a value at night',
    ),
    category: 'frequency',
    severity: 2,
    test: 'conforming',
    standing: 'recalled',
    find: ({ noise }) => {
      if (noise === undefined) return [];
      const frequency = noise.frequency === undefined ? null : parseFrequency(noise.frequency);
      const act = 'noise';
      return [
        ...(frequency !== null && timesInYear(frequency) >= 4
          ? []
          : [
              {
                at: 'noise.frequency',
                expected: say('不少于 1次/季', 'at least once a quarter'),
                found: noise.frequency === undefined ? nothing : both(noise.frequency),
                act,
              },
            ]),
        ...(noise.nightOperation && !noise.nightMeasured
          ? [
              {
                at: 'noise.nightMeasured',
                expected: say('夜间监测', 'a value at night'),
                found: nothing,
                act,
              },
            ]
          : []),
      ];
    },
  },
];

const hours = (millis: number): string => String(Number((millis / 3_600_000).toFixed(1)));
