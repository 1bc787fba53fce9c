import type { EmissionRow, ExecutionReport } from '../../content/report.js';
import { norm } from '../basis.js';
import { shown } from '../permit/lookup.js';
import { type PollutantCode, pollutantOf } from '../reference/pollutants.js';
import { both, type Found, place, type Rule, type RuleFacts, say } from '../rule.js';
import { differ } from '../settings.js';
import { quantityAct } from './rows.js';

const facts = {
  basis: norm('HJ 944-2018'),
  severity: 2,
  test: 'consistent',
  remedy: 'returnReport',
  suspicion: false,
  standing: 'recalled',
} as const satisfies Partial<RuleFacts>;

/** The sum of a pollutant's reported amounts over all outlets; null when none is reported. */
function totalOf({ emissions }: ExecutionReport, code: PollutantCode): number | null {
  const amounts = emissions.flatMap(({ pollutant, actual }) =>
    pollutantOf(pollutant)?.code === code && actual !== undefined ? [actual] : [],
  );
  return amounts.length === 0 ? null : amounts.reduce((sum, each) => sum + each, 0);
}

/** The most that can come out, by what went in: sulphur burnt to SO2 doubles its mass. */
function ceilings({ fuels, balance }: ExecutionReport) {
  const burnt = fuels.map(({ tonnes, sulphurPercent }) =>
    sulphurPercent === undefined ? null : (tonnes * sulphurPercent) / 100,
  );
  const sulphur = burnt.some((each) => each === null)
    ? null
    : burnt.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  return [
    {
      code: 'so2' as const,
      most: fuels.length === 0 || sulphur === null ? null : 2 * (sulphur + (balance?.rawSulphurTonnes ?? 0)),
      zh: '燃料与原料含硫',
      en: 'sulphur in fuel and raw material',
    },
    {
      code: 'particulates' as const,
      most: balance?.ashInputTonnes ?? null,
      zh: '灰分投入',
      en: 'ash put in',
    },
    { code: 'cod' as const, most: balance?.codInletTonnes ?? null, zh: '进水负荷', en: 'load of the inlet' },
  ];
}

/** Mean concentration × flow: air in Nm³/h over hours, water in m³ of the period; in tonnes. */
function recomputed({ medium, mean, flow, hours }: EmissionRow): number | null {
  if (mean === undefined || flow === undefined) return null;
  if (medium === 'water') return mean * flow * 1e-6;
  return hours === undefined ? null : mean * flow * hours * 1e-9;
}

/** Plausible fuels: percentages of sulphur and ash, and the calorific value in MJ/kg. Recalled. */
const fuelBands = {
  coal: { sulphurPercent: [0.05, 6], ashPercent: [2, 60], megajoulesPerKilogram: [8, 33] },
  oil: { sulphurPercent: [0, 5], ashPercent: [0, 1], megajoulesPerKilogram: [35, 47] },
  gas: { sulphurPercent: [0, 1], ashPercent: [0, 0], megajoulesPerKilogram: [5, 56] },
  biomass: { sulphurPercent: [0, 1], ashPercent: [0, 30], megajoulesPerKilogram: [6, 22] },
  other: { sulphurPercent: [0, 10], ashPercent: [0, 100], megajoulesPerKilogram: [0, 60] },
} as const;

const fuelWords = {
  sulphurPercent: { zh: '硫分 %', en: 'sulphur %' },
  ashPercent: { zh: '灰分 %', en: 'ash %' },
  megajoulesPerKilogram: { zh: '热值 MJ/kg', en: 'calorific value MJ/kg' },
} as const;

/** ER-09, 10 and 17: the report against what was burnt, put in and measured. */
export const materialRules: readonly Rule<ExecutionReport>[] = [
  {
    ...facts,
    id: 'ER-09',
    reads: ['emissions[].actual', 'fuels', 'balance'],
    condition: say('排放量大于物料投入所能产生的量', 'more emitted than what went in can give'),
    category: 'balance',
    find: (report, { settings }) =>
      ceilings(report).flatMap(({ code, most, zh, en }): Found[] => {
        const actual = totalOf(report, code);
        if (most === null || actual === null || actual <= most || !differ(actual, most, settings)) return [];
        const at = place(
          'emissions',
          report.emissions.findIndex(({ pollutant }) => pollutantOf(pollutant)?.code === code),
          'actual',
        );
        return [
          {
            at,
            expected: say(`不大于 ${shown(most)} t（${zh}）`, `at most ${shown(most)} t (${en})`),
            found: both(`${shown(actual)} t`),
            act: `balance:${code}`,
          },
        ];
      }),
  },
  {
    ...facts,
    id: 'ER-10',
    reads: ['emissions[].mean', 'emissions[].flow', 'emissions[].hours', 'emissions[].actual'],
    condition: say(
      '排放量与平均浓度×流量×时间相差过大',
      'the amount is far from mean concentration × flow × hours',
    ),
    category: 'calculation',
    find: ({ emissions }, { settings }) =>
      emissions.flatMap((row, index): Found[] => {
        const result = recomputed(row);
        if (result === null || row.actual === undefined) return [];
        const allowed = Math.max(Math.abs(result) * settings.recalculationShare, settings.roundingTonnes);
        return Math.abs(row.actual - result) <= allowed
          ? []
          : [
              {
                at: place('emissions', index, 'actual'),
                expected: say(
                  `${shown(result)} t ±${settings.recalculationShare * 100}%`,
                  `${shown(result)} t ±${settings.recalculationShare * 100}%`,
                ),
                found: both(`${row.actual} t`),
                act: quantityAct(row),
              },
            ];
      }),
  },
  {
    ...facts,
    id: 'ER-17',
    reads: ['fuels[].sulphurPercent', 'fuels[].ashPercent', 'fuels[].megajoulesPerKilogram'],
    condition: say(
      '燃料硫分、灰分或热值超出合理范围',
      'sulphur, ash or calorific value of a fuel out of its plausible band',
    ),
    category: 'implausible',
    severity: 3,
    test: 'conforming',
    find: ({ fuels }) =>
      fuels.flatMap((fuel, index) =>
        (['sulphurPercent', 'ashPercent', 'megajoulesPerKilogram'] as const).flatMap((field): Found[] => {
          const value = fuel[field];
          const [least, most] = fuelBands[fuel.name][field];
          if (value === undefined || (value >= least && value <= most)) return [];
          const { zh, en } = fuelWords[field];
          return [
            {
              at: place('fuels', index, field),
              expected: say(`${zh} ${least}–${most}`, `${en} ${least}–${most}`),
              found: both(value),
              act: `fuel:${index}`,
            },
          ];
        }),
      ),
  },
];
