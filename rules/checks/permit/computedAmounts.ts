import { parseDate } from '../../date.js';
import type { PermitContent } from '../../content/permit.js';
import { article, norm } from '../basis.js';
import { keyOf, samePollutant } from '../reference/pollutants.js';
import { type Found, place, type Rule, say } from '../rule.js';
import { type CheckSettings, differ } from '../settings.js';
import { shown, tonnes } from './lookup.js';

type Calculation = NonNullable<PermitContent['limits'][number]['calculation']>;

/** Since this day an EIA's amount binds the permit. */
const eiaBindsFrom = parseDate('2015-01-01');

/** The amount in tonnes a year that a calculation comes to. Milligrams to tonnes is 10⁻⁹; with m³ and mg/L, 10⁻⁶. */
function computed(calculation: Calculation): { readonly result: number; readonly formula: string } {
  switch (calculation.by) {
    case 'product': {
      const { tonnes: made, cubicMetresPerTonne, milligramsPerLitre } = calculation;
      return {
        result: made * cubicMetresPerTonne * milligramsPerLitre * 1e-6,
        formula: `${made} t/a × ${cubicMetresPerTonne} m³/t × ${milligramsPerLitre} mg/L × 10⁻⁶`,
      };
    }
    case 'flow': {
      const { cubicMetresPerDay, days, milligramsPerLitre } = calculation;
      return {
        result: cubicMetresPerDay * days * milligramsPerLitre * 1e-6,
        formula: `${cubicMetresPerDay} m³/d × ${days} d × ${milligramsPerLitre} mg/L × 10⁻⁶`,
      };
    }
    case 'air': {
      const { hours, cubicMetresPerHour, milligramsPerCubicMetre } = calculation;
      return {
        result: hours * cubicMetresPerHour * milligramsPerCubicMetre * 1e-9,
        formula: `${hours} h/a × ${cubicMetresPerHour} Nm³/h × ${milligramsPerCubicMetre} mg/Nm³ × 10⁻⁹`,
      };
    }
  }
}

const isAbove = (one: number, other: number, settings: CheckSettings): boolean =>
  one > other && differ(one, other, settings);

function recomputed(id: 'PQ-20' | 'PQ-21', medium: 'water' | 'air'): Rule<PermitContent> {
  return {
    id,
    basis: norm('HJ 942-2018'),
    reads: ['limits[].annual', 'limits[].calculation'],
    condition:
      medium === 'water'
        ? say('废水许可排放量大于按公式重算的结果', 'a water amount is above what its formula gives')
        : say('废气许可排放量大于按公式重算的结果', 'an air amount is above what its formula gives'),
    category: 'amount',
    severity: 1,
    test: 'conforming',
    remedy: 'change',
    suspicion: false,
    standing: 'recalled',
    find: (permit, { settings }) =>
      permit.limits.flatMap(({ annual, calculation, outlet, pollutant }, index): Found[] => {
        if (annual === undefined || calculation === undefined) return [];
        if ((calculation.by === 'air') !== (medium === 'air')) return [];
        const { result, formula } = computed(calculation);
        const most = Math.max(...annual);
        if (!isAbove(most, result, settings)) return [];
        return [
          {
            at: place('limits', index, 'annual'),
            expected: say(
              `不大于 ${shown(result)} t（${formula}）`,
              `at most ${shown(result)} t (${formula})`,
            ),
            found: tonnes(most),
            act: `amount:${outlet}:${keyOf(pollutant)}`,
          },
        ];
      }),
  };
}

/** PQ-20 to PQ-23: amounts computed again, the strictest source, the totals. */
export const computedAmountRules: readonly Rule<PermitContent>[] = [
  recomputed('PQ-20', 'water'),
  recomputed('PQ-21', 'air'),
  {
    id: 'PQ-22',
    basis: article('REG', '11(2)'),
    reads: ['totals[].plant', 'totals[].normResult', 'basis.totalControl', 'basis.eia[].quotas'],
    condition: say(
      '全厂许可排放量大于规范核算、总量指标与 2015 年以后环评批复中的最小值',
      'a plant’s amount is above the least of norm result, total-control index and the amounts of EIAs since 2015',
    ),
    category: 'notStrictest',
    severity: 1,
    test: 'conforming',
    remedy: 'change',
    suspicion: false,
    standing: 'recalled',
    find: ({ totals, basis }, { settings }) =>
      totals.flatMap(({ pollutant, plant, normResult }, index): Found[] => {
        const amounts = (list: readonly { readonly pollutant: string; readonly tonnes: number }[]) =>
          list.filter((each) => samePollutant(each.pollutant, pollutant)).map((each) => each.tonnes);
        // Several EIAs of one site approve parts of it: their amounts add up.
        const eia = (basis?.eia ?? [])
          .filter(({ approvedOn }) => approvedOn >= eiaBindsFrom)
          .flatMap(({ quotas }) => amounts(quotas));
        const sources = [
          ...(normResult === undefined ? [] : [{ zh: '规范核算', en: 'norm', tonnes: normResult }]),
          ...amounts(basis?.totalControl ?? []).map((each) => ({
            zh: '总量指标',
            en: 'index',
            tonnes: each,
          })),
          ...(eia.length === 0
            ? []
            : [{ zh: '环评', en: 'EIA', tonnes: eia.reduce((sum, each) => sum + each, 0) }]),
        ].sort((one, other) => one.tonnes - other.tonnes);
        const [least] = sources;
        const most = Math.max(...plant);
        if (least === undefined || !isAbove(most, least.tonnes, settings)) return [];
        return [
          {
            at: place('totals', index, 'plant'),
            expected: say(
              `不大于 ${shown(least.tonnes)} t（${least.zh}）`,
              `at most ${shown(least.tonnes)} t (${least.en})`,
            ),
            found: tonnes(most),
            act: `total:${keyOf(pollutant)}`,
          },
        ];
      }),
  },
  {
    id: 'PQ-23',
    basis: norm('HJ 942-2018'),
    reads: ['totals[].plant', 'totals[].main', 'totals[].general', 'totals[].phasedPlan'],
    condition: say(
      '全厂合计不等于主要与一般排放口之和，或各年不同而无分期计划',
      'a plant’s total is not main plus general, or its years differ without a phased plan',
    ),
    category: 'totals',
    severity: 2,
    test: 'consistent',
    remedy: 'change',
    suspicion: false,
    standing: 'seen',
    find: ({ totals }, { settings }) =>
      totals.flatMap(({ pollutant, main, general, plant, phasedPlan }, index) => {
        const act = `total:${keyOf(pollutant)}`;
        const sums = plant.flatMap((total, year): Found[] => {
          const sum = (main[year] ?? 0) + (general?.[year] ?? 0);
          return differ(total, sum, settings)
            ? [
                {
                  at: place('totals', index, 'plant', year),
                  expected: tonnes(sum),
                  found: tonnes(total),
                  act,
                },
              ]
            : [];
        });
        const [first = 0] = plant;
        const other = plant.findIndex((each) => differ(each, first, settings));
        if (other === -1 || phasedPlan === true) return sums;
        return [
          ...sums,
          {
            at: place('totals', index, 'plant', other),
            expected: say(`与第一年相同（${shown(first)} t）`, `as in year 1 (${shown(first)} t)`),
            found: tonnes(plant[other] ?? 0),
            act,
          },
        ];
      }),
  },
];
