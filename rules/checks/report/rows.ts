import type { EmissionRow, ExecutionReport } from '../../content/report.js';
import { article, norm } from '../basis.js';
import { shown } from '../permit/lookup.js';
import { entryOf } from '../reference/entryOf.js';
import { keyOf, nameOf, pollutantOf, samePollutant, swappedNames } from '../reference/pollutants.js';
import { both, type CheckContext, type Found, place, type Rule, type RuleFacts, say } from '../rule.js';
import { differ } from '../settings.js';
import { limitOf } from './lookup.js';

type Row = EmissionRow;

export const quantityAct = ({ outlet, pollutant }: { readonly outlet: string; readonly pollutant: string }) =>
  `quantity:${outlet}:${keyOf(pollutant)}`;
const valueAct = ({ outlet, pollutant }: Row): string => `values:${outlet}:${keyOf(pollutant)}`;

const onRows = (
  report: ExecutionReport,
  judge: (row: Row, at: (field: string) => string) => readonly Found[],
): Found[] =>
  report.emissions.flatMap((row, index) => judge(row, (field) => place('emissions', index, field)));

const facts = {
  basis: norm('HJ 944-2018'),
  severity: 2,
  test: 'conforming',
  remedy: 'returnReport',
  suspicion: false,
  standing: 'seen',
} as const satisfies Partial<RuleFacts>;

/** A name that reports write by mistake for a pollutant whose row is missing at the same outlet. */
function swappedFor(report: ExecutionReport, { outlet, pollutant }: Row): string | null {
  const missing = (entryOf(swappedNames, pollutant.trim()) ?? []).find(
    (code) =>
      limitOf(report, outlet, nameOf(code)) !== undefined &&
      !report.emissions.some((row) => row.outlet === outlet && samePollutant(row.pollutant, nameOf(code))),
  );
  return missing === undefined ? null : nameOf(missing);
}

/** ER-05 to ER-08, ER-11, ER-13 and ER-15: the rows by themselves and against the permit. */
export const rowRules: readonly Rule<ExecutionReport>[] = [
  {
    ...facts,
    id: 'ER-05',
    basis: article('REG', '22'),
    reads: ['permit.limits', 'emissions'],
    condition: say(
      '许可污染物无行或空白，或填报了许可证没有的污染物',
      'a permitted pollutant has no row or a blank one, or a row has a pollutant not in the permit',
    ),
    category: 'untrue',
    severity: 1,
    test: 'complete',
    remedy: 'lead',
    find: (report) => {
      if (report.submittedOn === undefined) return [];
      const missing = report.permit.limits.flatMap(({ outlet, pollutant }, index): Found[] => {
        const rows = report.emissions.filter(
          (row) => row.outlet === outlet && samePollutant(row.pollutant, pollutant),
        );
        return rows.some(({ actual, mean, max }) => (actual ?? mean ?? max) !== undefined)
          ? []
          : [
              {
                at: place('permit.limits', index),
                expected: say(`${outlet} ${pollutant} 的数据`, `data of ${pollutant} at ${outlet}`),
                found: rows.length === 0 ? say('无此行', 'no row') : say('空白', 'blank'),
                act: quantityAct({ outlet, pollutant }),
              },
            ];
      });
      const surplus = onRows(report, (row, at) =>
        limitOf(report, row.outlet, row.pollutant) === undefined && swappedFor(report, row) === null
          ? [
              {
                at: at('pollutant'),
                expected: say('许可证所列污染物', 'a pollutant that the permit has'),
                found: both(`${row.outlet} ${row.pollutant}`),
                act: quantityAct(row),
              },
            ]
          : [],
      );
      return [...missing, ...surplus];
    },
  },
  {
    ...facts,
    id: 'ER-06',
    reads: ['emissions[].pollutant'],
    condition: say(
      '污染物名称不在字典中，或以 NO2 误填其他污染物',
      'a name that is not in the dictionary, or NO2 written for another pollutant',
    ),
    category: 'name',
    find: (report) =>
      onRows(report, (row, at) => {
        const meant = swappedFor(report, row);
        // The permit's own word is right for this report, whether our dictionary holds it or not.
        const known =
          pollutantOf(row.pollutant) !== null || limitOf(report, row.outlet, row.pollutant) !== undefined;
        if (meant === null && known) return [];
        const expected = meant === null ? say('字典中的名称', 'a name of the dictionary') : both(meant);
        return [{ at: at('pollutant'), expected, found: both(row.pollutant), act: valueAct(row) }];
      }),
  },
  {
    ...facts,
    id: 'ER-07',
    reads: ['emissions[].actual', 'emissions[].min', 'emissions[].mean', 'emissions[].max'],
    condition: say('排放量或浓度为负', 'a negative amount or concentration'),
    category: 'implausible',
    find: (report) =>
      onRows(report, (row, at) =>
        (['actual', 'min', 'mean', 'max'] as const).flatMap((field): Found[] => {
          const value = row[field];
          return value !== undefined && value < 0
            ? [
                {
                  at: at(field),
                  expected: say('不小于 0', 'not below 0'),
                  found: both(value),
                  act: valueAct(row),
                },
              ]
            : [];
        }),
      ),
  },
  {
    ...facts,
    id: 'ER-08',
    basis: article('REG', '34(1)'),
    reads: ['emissions[].actual', 'permit.limits[].amount'],
    condition: say(
      '实际排放量大于本期许可排放量；达十倍疑为单位错误，达千倍不可能',
      'more than permitted in the period; tenfold suggests a wrong unit, a thousandfold is impossible',
    ),
    category: 'overAmount',
    severity: 1,
    remedy: 'lead',
    find: (report, context) => onRows(report, (row, at) => overPermitted(report, row, at('actual'), context)),
  },
  {
    ...facts,
    id: 'ER-11',
    reads: [
      'emissions[].min',
      'emissions[].mean',
      'emissions[].max',
      'emissions[].exceedCount',
      'emissions[].exceedRate',
      'emissions[].validCount',
    ],
    condition: say(
      '最小、平均、最大值次序不对，或超标数、率与数据矛盾',
      'min, mean and max out of order, or exceedances that contradict the data',
    ),
    category: 'logic',
    test: 'consistent',
    standing: 'derived',
    find: (report) => onRows(report, (row, at) => contradictions(report, row, at)),
  },
  {
    ...facts,
    id: 'ER-13',
    basis: article('REG', '22'),
    reads: ['emissions[].actual', 'products[].amount', 'fuels[].tonnes', 'balance'],
    condition: say(
      '污染物全部为零而有产量、燃料、用水或税款',
      'all pollutants zero with production, fuel, water or tax',
    ),
    category: 'untrue',
    severity: 1,
    test: 'consistent',
    remedy: 'lead',
    find: ({ emissions, products, fuels, balance }) => {
      const values = emissions.flatMap(({ actual, mean, max }) => [actual, mean, max]);
      const given = values.filter((value) => value !== undefined);
      if (given.length === 0 || given.some((value) => value !== 0)) return [];
      const active = [
        ...products.filter(({ amount }) => amount > 0).map(({ name, amount }) => `${name} ${amount}`),
        ...fuels.filter(({ tonnes }) => tonnes > 0).map(({ name, tonnes }) => `${name} ${tonnes} t`),
        ...((balance?.waterUsed ?? 0) > 0 ? [`用水 water ${balance?.waterUsed ?? 0} m³`] : []),
        ...((balance?.taxPaid ?? 0) > 0 ? [`税款 tax ${balance?.taxPaid ?? 0}`] : []),
      ];
      return active.length === 0
        ? []
        : [
            {
              at: 'emissions',
              expected: say(`大于 0（${active.join('、')}）`, `above 0 (${active.join(', ')})`),
              found: say('全部为 0', 'all 0'),
              act: 'zeros',
            },
          ];
    },
  },
  {
    ...facts,
    id: 'ER-15',
    reads: ['emissions[].parts', 'emissions[].actual'],
    condition: say('各月或各季之和不等于本期合计', 'months or quarters do not add up to the period'),
    category: 'logic',
    test: 'consistent',
    standing: 'derived',
    find: (report, { settings }) =>
      onRows(report, (row, at) => {
        const parts = row.parts.filter((part) => part !== null);
        // With a part missing nothing can be added up.
        if (row.actual === undefined || parts.length === 0 || parts.length < row.parts.length) return [];
        const sum = parts.reduce((total, part) => total + part, 0);
        return differ(sum, row.actual, settings)
          ? [
              {
                at: at('actual'),
                expected: both(`${shown(sum)} t`),
                found: both(`${row.actual} t`),
                act: quantityAct(row),
              },
            ]
          : [];
      }),
  },
];

function overPermitted(report: ExecutionReport, row: Row, at: string, { settings }: CheckContext): Found[] {
  const permitted = limitOf(report, row.outlet, row.pollutant)?.amount;
  const { actual } = row;
  if (permitted === undefined || permitted <= 0 || actual === undefined) return [];
  if (actual <= permitted || !differ(actual, permitted, settings)) return [];
  const ratio = actual / permitted;
  const expected = say(`不大于 ${permitted} t`, `at most ${permitted} t`);
  if (ratio < settings.unitErrorRatio)
    return [{ at, expected, found: both(`${actual} t`), act: quantityAct(row) }];
  const impossible = ratio >= settings.impossibleRatio;
  return [
    {
      at,
      expected,
      found: impossible
        ? say(`${actual} t，不可能，应为单位错误`, `${actual} t, impossible: a wrong unit`)
        : say(`${actual} t，疑为单位错误`, `${actual} t, perhaps a wrong unit`),
      act: quantityAct(row),
      suspicion: true,
      standing: 'derived',
    },
  ];
}

function contradictions(report: ExecutionReport, row: Row, at: (field: string) => string): Found[] {
  const { min, mean, max, exceedCount, exceedRate, validCount } = row;
  const limit = limitOf(report, row.outlet, row.pollutant)?.concentration;
  const act = valueAct(row);
  const found: Found[] = [];
  if ((min ?? -Infinity) > (mean ?? max ?? Infinity) || (mean ?? -Infinity) > (max ?? Infinity))
    found.push({
      at: at('mean'),
      expected: say('最小 ≤ 平均 ≤ 最大', 'min ≤ mean ≤ max'),
      found: both([min, mean, max].map((value) => value ?? '–').join(' / ')),
      act,
    });
  if (max !== undefined && limit !== undefined && max > limit && exceedCount === 0)
    found.push({
      at: at('exceedCount'),
      expected: say(`大于 0（最大 ${max}，限值 ${limit}）`, `above 0 (max ${max}, limit ${limit})`),
      found: both(0),
      act,
    });
  if (exceedCount === undefined || validCount === undefined) return found;
  if (exceedCount > validCount)
    found.push({
      at: at('exceedCount'),
      expected: say(`不大于 ${validCount}`, `at most ${validCount}`),
      found: both(exceedCount),
      act,
    });
  else if (
    exceedRate !== undefined &&
    validCount > 0 &&
    Math.abs(exceedRate - exceedCount / validCount) > 0.0051
  )
    found.push({
      at: at('exceedRate'),
      expected: both(shown(exceedCount / validCount)),
      found: both(exceedRate),
      act,
    });
  return found;
}
