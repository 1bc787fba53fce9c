import type { ExecutionReport } from '../../content/report.js';
import { article, norm } from '../basis.js';
import { parseFrequency, timesInYear } from '../reference/frequency.js';
import { keyOf, samePollutant } from '../reference/pollutants.js';
import { both, type Found, nothing, place, type Rule, type RuleFacts, say } from '../rule.js';
import { differ } from '../settings.js';
import { limitOf } from './lookup.js';
import { quantityAct } from './rows.js';

const facts = {
  basis: norm('HJ 944-2018'),
  severity: 2,
  test: 'consistent',
  remedy: 'returnReport',
  suspicion: false,
  standing: 'recalled',
} as const satisfies Partial<RuleFacts>;

/** Better methods first: valid automatic data, then manual, then balances and coefficients. */
const methodNames = {
  automatic: say('自动监测', 'automatic'),
  manual: say('手工监测', 'manual'),
  massBalance: say('物料衡算', 'mass balance'),
  coefficient: say('产排污系数', 'coefficient'),
} as const;

/** ER-12, 16, 18 to 20 and 22: the report against the laboratory, the capacity, the ledger and the year before. */
export const comparisonRules: readonly Rule<ExecutionReport>[] = [
  {
    ...facts,
    id: 'ER-12',
    basis: article('REG', '22'),
    reads: ['emissions[].mean', 'emissions[].max', 'labResults'],
    condition: say('报告的数值与检测报告不一致', 'a value differs from that of the laboratory'),
    category: 'untrue',
    severity: 1,
    remedy: 'lead',
    standing: 'seen',
    find: ({ emissions, labResults }) =>
      emissions.flatMap((row, index) =>
        labResults
          .filter((lab) => lab.outlet === row.outlet && samePollutant(lab.pollutant, row.pollutant))
          .flatMap((lab) =>
            (['mean', 'max'] as const).flatMap((field): Found[] =>
              lab[field] === undefined || row[field] === undefined || lab[field] === row[field]
                ? []
                : [
                    {
                      at: place('emissions', index, field),
                      expected: say(`${lab[field]}（检测报告）`, `${lab[field]} (laboratory)`),
                      found: both(row[field]),
                      act: `values:${row.outlet}:${keyOf(row.pollutant)}`,
                    },
                  ],
            ),
          ),
      ),
  },
  {
    ...facts,
    id: 'ER-16',
    reads: ['products[].amount', 'permit.products[].capacity', 'hours', 'year'],
    condition: say(
      '产量大于设计产能，或运行小时多于全年',
      'more made than the design capacity, or more hours than the year has',
    ),
    category: 'overCapacity',
    severity: 1,
    remedy: 'lead',
    suspicion: true,
    find: ({ products, permit, hours, year }, { settings }) => {
      const most = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 8784 : 8760;
      return [
        ...products.flatMap(({ name, amount, unit }, index): Found[] => {
          const design = permit.products.find((each) => each.name === name && each.unit === unit)?.capacity;
          if (design === undefined || amount <= design) return [];
          const major = amount >= design * settings.majorChangeRatio;
          return [
            {
              at: place('products', index, 'amount'),
              expected: say(`${name} 不大于 ${design} ${unit}`, `${name} at most ${design} ${unit}`),
              found: major
                ? say(
                    `${amount} ${unit}，达 1.3 倍，可能须重新申请`,
                    `${amount} ${unit}, 1.3 times: perhaps due for re-application`,
                  )
                : both(`${amount} ${unit}`),
              act: `production:${name}`,
            },
          ];
        }),
        ...(hours !== undefined && hours > most
          ? [
              {
                at: 'hours',
                expected: say(`不多于 ${most}`, `at most ${most}`),
                found: both(hours),
                act: 'hours',
              },
            ]
          : []),
      ];
    },
  },
  {
    ...facts,
    id: 'ER-18',
    reads: [
      'emissions[].method',
      'emissions[].validAutomaticData',
      'emissions[].validManualData',
      'permit.limits[].method',
    ],
    condition: say(
      '核算方法未按次序采用，或与许可证不同',
      'the method of calculation is not the first that data allow, or not the permit’s',
    ),
    category: 'calculation',
    test: 'conforming',
    suspicion: true,
    find: (report) =>
      report.emissions.flatMap((row, index): Found[] => {
        const { method } = row;
        if (method === undefined) return [];
        const best =
          row.validAutomaticData === true ? 'automatic' : row.validManualData === true ? 'manual' : null;
        const calculated = method === 'massBalance' || method === 'coefficient';
        const worse = best === 'automatic' ? method !== 'automatic' : best === 'manual' && calculated;
        const written = limitOf(report, row.outlet, row.pollutant)?.method;
        const other = written !== undefined && written !== method && written !== methodNames[method].zh;
        const at = place('emissions', index, 'method');
        return [
          ...(worse && best !== null
            ? [{ at, expected: methodNames[best], found: methodNames[method], act: quantityAct(row) }]
            : []),
          ...(other
            ? [
                {
                  at,
                  expected: say(`许可证：${written}`, `the permit: ${written}`),
                  found: methodNames[method],
                  act: quantityAct(row),
                },
              ]
            : []),
        ];
      }),
  },
  {
    ...facts,
    id: 'ER-19',
    basis: article('REG', '21'),
    reads: ['knownAbnormalities', 'abnormalities'],
    condition: say(
      '台账或自动监测有异常而未报告，或报告缺原因、措施',
      'an abnormality in ledger or automatic data not reported, or reported without cause or measure',
    ),
    category: 'abnormality',
    severity: 1,
    test: 'complete',
    remedy: 'lead',
    suspicion: true,
    standing: 'seen',
    find: ({ knownAbnormalities, abnormalities }) => [
      ...knownAbnormalities.flatMap(({ outlet, on }, index): Found[] =>
        abnormalities.some(
          (each) => each.outlet === undefined || outlet === undefined || each.outlet === outlet,
        )
          ? []
          : [
              {
                at: place('knownAbnormalities', index),
                expected: say(`报告 ${on} 的异常`, `a report of the abnormality of ${on}`),
                found: nothing,
                act: `abnormality:${outlet ?? ''}:${on}`,
              },
            ],
      ),
      ...abnormalities.flatMap(({ cause, measure }, index): Found[] =>
        cause !== undefined && measure !== undefined
          ? []
          : [
              {
                at: place('abnormalities', index),
                expected: say('原因与措施', 'cause and measure'),
                found: cause === undefined ? say('缺原因', 'no cause') : say('缺措施', 'no measure'),
                act: `abnormality:${index}`,
              },
            ],
      ),
    ],
  },
  {
    ...facts,
    id: 'ER-20',
    basis: article('REG', '19'),
    reads: ['monitoring[].frequency', 'monitoring[].validResults', 'type'],
    condition: say(
      '本期有效监测次数少于许可频次',
      'fewer valid results in the period than the permit’s frequency gives',
    ),
    category: 'notMonitored',
    severity: 1,
    test: 'conforming',
    remedy: 'lead',
    standing: 'seen',
    find: ({ monitoring, type, shutdown }) =>
      monitoring.flatMap(({ outlet, pollutant, frequency, validResults }, index): Found[] => {
        const parsed = parseFrequency(frequency);
        if (parsed === null || parsed === 'automatic' || shutdown?.marked === true) return [];
        // Weeks and days depend on the days of production: they are counted from the results (SM-05, SM-07).
        if (parsed.per === 'day' || parsed.per === 'week') return [];
        const share = { year: 1, halfYear: 2, quarter: 4, month: 12 }[type];
        const due = Math.floor(timesInYear(parsed) / share);
        return validResults >= due
          ? []
          : [
              {
                at: place('monitoring', index, 'validResults'),
                expected: say(`不少于 ${due}（${frequency}）`, `at least ${due} (${frequency})`),
                found: both(validResults),
                act: `monitoring:${outlet}:${keyOf(pollutant)}`,
              },
            ];
      }),
  },
  {
    ...facts,
    id: 'ER-22',
    reads: ['emissions[].actual', 'emissions[].lastYear', 'emissions[].priorPeriod', 'emissions[].note'],
    condition: say(
      '与上年同期相差过半而无说明，或两期数据雷同',
      'more than half off last year without a note, or the same figures for two periods',
    ),
    category: 'implausible',
    severity: 3,
    suspicion: true,
    standing: 'derived',
    find: ({ emissions }, { settings }) =>
      emissions.flatMap((row, index): Found[] => {
        const { actual, lastYear, priorPeriod, note } = row;
        if (actual === undefined || note !== undefined) return [];
        const at = place('emissions', index, 'actual');
        const moved = Math.abs(actual - (lastYear ?? actual));
        const allowed = (lastYear ?? 0) * settings.jumpShare;
        const jumped = allowed > 0 && moved > allowed && differ(moved, allowed, settings);
        return [
          ...(jumped
            ? [
                {
                  at,
                  expected: say(
                    `${lastYear} t ±${settings.jumpShare * 100}%，或有说明`,
                    `${lastYear} t ±${settings.jumpShare * 100}%, or a note`,
                  ),
                  found: both(`${actual} t`),
                  act: quantityAct(row),
                },
              ]
            : []),
          ...(priorPeriod !== undefined && actual !== 0 && priorPeriod === actual
            ? [
                {
                  at,
                  expected: say('与上期不同，或有说明', 'not that of the period before, or a note'),
                  found: both(`${actual} t`),
                  act: quantityAct(row),
                },
              ]
            : []),
        ];
      }),
  },
];
