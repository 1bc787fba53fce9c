import { dateOf } from '../../date.js';
import type { MonitoringItem } from '../../content/fields.js';
import type { MonitoringPlan } from '../../content/plan.js';
import { article } from '../basis.js';
import { parseFrequency, slotNames, type Slot } from '../reference/frequency.js';
import { keyOf, samePollutant } from '../reference/pollutants.js';
import { type CheckContext, type Found, place, type Rule, type RuleFacts, say } from '../rule.js';
import { isCovered, wholeSlots } from './slots.js';

type Result = MonitoringPlan['results'][number];

/** Monitoring as the permit says, item 5 of the article on outlets and monitoring. */
const duty = article('REG', '19');

const actOf = (outlet: string, pollutant: string): string => `monitoring:${outlet}:${keyOf(pollutant)}`;

/** The results of an item that count: taken on site, with a value. */
const resultsOf = (
  plan: MonitoringPlan,
  item: { readonly outlet: string; readonly pollutant: string },
): Result[] =>
  plan.results.filter(
    (result) =>
      result.outlet === item.outlet &&
      samePollutant(result.pollutant, item.pollutant) &&
      result.value !== undefined &&
      result.source !== 'delivered',
  );

/** The slots that are short of results, of items measured by hand in slots of these kinds; shut-down and unheld slots owe none. */
function shortSlots(plan: MonitoringPlan, kinds: (slot: Slot) => boolean, { on }: CheckContext): Found[] {
  const { period } = plan;
  if (period === undefined) return [];
  const holders = period.holders.length === 0 ? [{ from: period.from, to: period.to }] : period.holders;
  return plan.items.flatMap((item: MonitoringItem, index): Found[] => {
    const frequency = item.frequency === undefined ? null : parseFrequency(item.frequency);
    if (frequency === null || frequency === 'automatic' || item.automatic || !kinds(frequency.per)) return [];
    const results = resultsOf(plan, item).map(({ start }) => dateOf(start));
    // Never measured at all is SM-06.
    if (results.length === 0) return [];
    const owed = holders
      .map((held) => ({
        from: held.from > period.from ? held.from : period.from,
        to: held.to < period.to ? held.to : period.to,
      }))
      .filter(({ from, to }) => from <= to)
      .flatMap((held) => wholeSlots(held, frequency.per))
      .filter((slot) => slot.to < on && !isCovered(slot, period.shutdowns));
    const short = owed.filter(
      (slot) => results.filter((day) => day >= slot.from && day <= slot.to).length < frequency.times,
    );
    if (short.length === 0) return [];
    const { zh, en } = slotNames[frequency.per];
    const named = short
      .slice(0, 4)
      .map(({ from, to }) => (from === to ? from : `${from}..${to}`))
      .join('、');
    return [
      {
        at: place('items', index, 'frequency'),
        expected: say(
          `${owed.length} 个${zh}各不少于 ${frequency.times} 次`,
          `at least ${frequency.times} in each of ${owed.length} ${en}s`,
        ),
        found: say(
          `共 ${results.length} 次，${short.length} 个${zh}不足：${named}${short.length > 4 ? '…' : ''}`,
          `${results.length} in all, ${short.length} ${en}s short: ${named}${short.length > 4 ? ' …' : ''}`,
        ),
        act: actOf(item.outlet, item.pollutant),
      },
    ];
  });
}

const facts = {
  basis: duty,
  category: 'notMonitored',
  severity: 1,
  test: 'timely',
  remedy: 'lead',
  suspicion: false,
  standing: 'seen',
} as const satisfies Partial<RuleFacts>;

/** SM-05 to SM-08 and SM-17: what was measured, against what was due. */
export const resultRules: readonly Rule<MonitoringPlan>[] = [
  {
    ...facts,
    id: 'SM-05',
    reads: ['items[].frequency', 'results', 'period'],
    condition: say(
      '某一周期内有效结果少于规定次数；其他周期的多余不能补足',
      'a slot with fewer valid results than due; a surplus in another does not cover it',
    ),
    find: (plan, context) => shortSlots(plan, (slot) => slot !== 'week', context),
  },
  {
    ...facts,
    id: 'SM-06',
    reads: ['required', 'results'],
    condition: say('许可证要求的指标从未监测', 'a pollutant that the permit demands was never measured'),
    find: (plan) =>
      plan.period === undefined
        ? []
        : plan.required.flatMap(({ outlet, pollutant }, index): Found[] => {
            const item = plan.items.find(
              (each) => each.outlet === outlet && samePollutant(each.pollutant, pollutant),
            );
            return item?.automatic === true || resultsOf(plan, { outlet, pollutant }).length > 0
              ? []
              : [
                  {
                    at: place('required', index),
                    expected: say(
                      `${outlet} ${pollutant} 的监测结果`,
                      `results for ${pollutant} at ${outlet}`,
                    ),
                    found: say('无', 'none'),
                    act: actOf(outlet, pollutant),
                  },
                ];
          }),
  },
  {
    ...facts,
    id: 'SM-07',
    reads: ['items[].frequency', 'results', 'period.shutdowns'],
    condition: say(
      '按周监测的项目，有生产的周无足够结果',
      'an item measured by the week, a week with production and too few results',
    ),
    find: (plan, context) => shortSlots(plan, (slot) => slot === 'week', context),
  },
  {
    ...facts,
    id: 'SM-08',
    category: 'sampling',
    test: 'conforming',
    reads: ['results[].source'],
    condition: say(
      '样品为送样而非现场采样，不计入',
      'a sample was delivered, not taken on site: it does not count',
    ),
    find: (plan) =>
      plan.results.flatMap(({ source, outlet, pollutant }, index): Found[] =>
        source === 'delivered'
          ? [
              {
                at: place('results', index, 'source'),
                expected: say('现场采样', 'taken on site'),
                found: say('送样', 'delivered'),
                act: actOf(outlet, pollutant),
              },
            ]
          : [],
      ),
  },
  {
    ...facts,
    id: 'SM-17',
    basis: article('REG', '34(1)'),
    category: 'overConcentration',
    test: 'conforming',
    reads: ['results[].value', 'results[].limit', 'results[].reported'],
    condition: say('监测结果大于许可浓度', 'a result above the permitted concentration'),
    find: (plan) =>
      plan.results.flatMap(({ value, limit, outlet, pollutant, reported, start }, index): Found[] => {
        if (value === undefined || limit === undefined || limit <= 0 || value <= limit) return [];
        const multiple = exceedanceMultiple(value, limit);
        const told =
          reported === true ? say('，已报告', ', reported') : say('，未见报告', ', no report seen');
        return [
          {
            at: place('results', index, 'value'),
            expected: say(`不大于 ${limit}`, `at most ${limit}`),
            found: say(
              `${value}，超标 ${multiple} 倍${told.zh}`,
              `${value}, ${multiple} times over${told.en}`,
            ),
            act: `exceedance:${outlet}:${keyOf(pollutant)}:${dateOf(start)}`,
          },
        ];
      }),
  },
];

/**
 * By how many times a value is over its limit: value ÷ limit − 1, half up to two decimals, in exact decimal arithmetic (154
 * over 30 is 4.13, 18.8 over 3 is 5.27). The limit must be positive.
 */
export function exceedanceMultiple(value: number, limit: number): string {
  const digits = Math.max(decimalsOf(value), decimalsOf(limit));
  // Beyond what decimals can hold: no measured value, but no reason to stop either.
  if (value >= 1e21 || limit < 1e-100) return (value / limit - 1).toPrecision(3);
  const [over, whole] = [
    BigInt(value.toFixed(digits).replace('.', '')),
    BigInt(limit.toFixed(digits).replace('.', '')),
  ];
  const hundredths = ((over - whole) * 200n + whole) / (whole * 2n);
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
}

/** How many decimals a number is written with; at most the hundred that `toFixed` can give. */
function decimalsOf(value: number): number {
  const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  return Math.min(100, Math.max(0, fraction.length - Number(exponent)));
}
