import { goodReport, type ReportInput } from './documents.js';
import type { RuleCase } from './ruleCase.js';

type Row = NonNullable<ReportInput['emissions']>[number];

const [dust, sulphur] = goodReport.emissions as [Row, Row];
const rows = (change: Partial<Row>, changeOfSulphur: Partial<Row> = {}): Partial<ReportInput> => ({
  emissions: [
    { ...dust, ...change },
    { ...sulphur, ...changeOfSulphur },
  ],
});
const permit = (change: Partial<ReportInput['permit']>): Partial<ReportInput> => ({
  permit: { ...goodReport.permit, ...change },
});
const annual = { type: 'year' as const, year: 2025, index: 1, submittedOn: '2026-01-31' };
const parts = [
  ...([
    'basics',
    'lawAbiding',
    'facilities',
    'monitoring',
    'ledger',
    'emissions',
    'tax',
    'disclosure',
  ] as const),
  ...(['internalSystem', 'otherDuties', 'notes', 'conclusion', 'attachments'] as const),
];
const shutDown = { products: [{ name: '板材', amount: 0, unit: 't' }], hours: 0 };
const coal = { name: 'coal', tonnes: 400, sulphurPercent: 0.6, ashPercent: 20 } as const;
const monitored = (validResults: number, frequency = '1次/月') => ({
  monitoring: [{ outlet: 'DA001', pollutant: '二氧化硫', frequency, validResults }],
});

/** A rule, a change of the good report that it finds, at a place, and neighbours of it that it must not find. */
export const reportCases: readonly RuleCase<ReportInput>[] = [
  ['ER-01', { submittedOn: '2026-07-16' }, 'submittedOn', { submittedOn: '2026-07-15' }],
  [
    'ER-01',
    { submittedOn: undefined },
    'submittedOn',
    { submittedOn: undefined, index: 4 },
    { submittedOn: undefined, index: 4, year: 2025 },
  ],
  // ER-03: the third month goes into the quarter, the second does not.
  [
    'ER-01',
    { type: 'month', index: 2, submittedOn: undefined },
    'submittedOn',
    { type: 'month', index: 3, submittedOn: undefined },
  ],
  // ER-02: held for nine days of the month, and for ten.
  [
    'ER-01',
    { type: 'month', index: 1, submittedOn: undefined, ...permit({ validFrom: '2026-01-22' }) },
    'submittedOn',
    { type: 'month', index: 1, submittedOn: undefined, ...permit({ validFrom: '2026-01-23' }) },
  ],
  [
    'ER-01',
    { ...annual, submittedOn: '2026-02-01' },
    'submittedOn',
    annual,
    { ...annual, submittedOn: '2026-02-01', ...permit({ validFrom: '2025-10-15' }) },
  ],
  [
    'ER-04',
    { blankCells: ['表5 氮氧化物'] },
    'blankCells.0',
    { blankCells: ['表5 氮氧化物'], submittedOn: undefined },
  ],
  ['ER-04', { ...annual, parts: parts.slice(1) }, 'parts', { ...annual, parts }],
  ['ER-05', { emissions: [dust] }, 'permit.limits.1', rows({}, { pollutant: 'SO2' })],
  ['ER-05', rows({}, { actual: undefined, mean: undefined, max: undefined }), 'permit.limits.1'],
  [
    'ER-05',
    { emissions: [dust, sulphur, { outlet: 'DA001', medium: 'air', pollutant: '氯化氢', actual: 1 }] },
    'emissions.2.pollutant',
  ],
  ['ER-06', rows({}, { pollutant: '烟气' }), 'emissions.1.pollutant', rows({}, { pollutant: 'SO₂' })],
  ['ER-07', rows({ min: -0.1 }), 'emissions.0.min', rows({ min: 0 })],
  ['ER-08', rows({ actual: 1.9 }), 'emissions.0.actual', rows({ actual: 1.8 }), permit({ limits: [] })],
  [
    'ER-09',
    rows({}, { actual: 4.9 }),
    'emissions.1.actual',
    rows({}, { actual: 4.8 }),
    { ...rows({}, { actual: 4.9 }), fuels: [{ ...coal, sulphurPercent: undefined }] },
  ],
  ['ER-09', { ...rows({ actual: 1 }), balance: { ashInputTonnes: 0.9 } }, 'emissions.0.actual'],
  [
    'ER-09',
    {
      emissions: [{ outlet: 'DW001', medium: 'water', pollutant: 'COD', actual: 3 }],
      balance: { codInletTonnes: 2 },
    },
    'emissions.0.actual',
    {
      emissions: [{ outlet: 'DW001', medium: 'water', pollutant: 'COD', actual: 2 }],
      balance: { codInletTonnes: 2 },
    },
  ],
  [
    'ER-10',
    rows({ actual: 1.09 }),
    'emissions.0.actual',
    rows({ actual: 1.07 }),
    rows({ actual: 1.09, flow: undefined }),
  ],
  [
    'ER-10',
    {
      emissions: [
        { outlet: 'DW001', medium: 'water', pollutant: 'COD', mean: 50, flow: 20_000, actual: 1.3 },
      ],
    },
    'emissions.0.actual',
    {
      emissions: [
        { outlet: 'DW001', medium: 'water', pollutant: 'COD', mean: 50, flow: 20_000, actual: 1.1 },
      ],
    },
  ],
  ['ER-11', rows({ min: 6 }), 'emissions.0.mean', rows({ min: 5 })],
  [
    'ER-11',
    rows({ max: 11 }),
    'emissions.0.exceedCount',
    rows({ max: 10 }),
    rows({ max: 11, exceedCount: 2, exceedRate: 0.001 }),
  ],
  ['ER-11', rows({ exceedCount: 2001, exceedRate: 1 }), 'emissions.0.exceedCount'],
  [
    'ER-11',
    rows({ max: 11, exceedCount: 100, exceedRate: 0.5 }),
    'emissions.0.exceedRate',
    rows({ max: 11, exceedCount: 100, exceedRate: 0.05 }),
  ],
  [
    'ER-12',
    { labResults: [{ outlet: 'DA001', pollutant: 'SO2', max: 43 }] },
    'emissions.1.max',
    { labResults: [{ outlet: 'DA002', pollutant: 'SO2', max: 43 }] },
  ],
  [
    'ER-13',
    { emissions: [{ ...dust, mean: 0, max: 0, actual: 0 }] },
    'emissions',
    { emissions: [{ ...dust, mean: 0, max: 0, actual: 0 }], ...shutDown, fuels: [], balance: {} },
  ],
  ['ER-14', shutDown, 'shutdown', { ...shutDown, shutdown: { marked: true, note: '检修' } }],
  ['ER-14', { ...shutDown, shutdown: { marked: true } }, 'shutdown'],
  [
    'ER-15',
    rows({ parts: [0.3, 0.3, 0.2] }),
    'emissions.0.actual',
    rows({ parts: [0.3, 0.3, null] }),
    rows({ parts: [0.3, 0.3, 0.3004] }),
  ],
  [
    'ER-16',
    { products: [{ name: '板材', amount: 25_001, unit: 't' }] },
    'products.0.amount',
    { products: [{ name: '板材', amount: 25_000, unit: 't' }] },
  ],
  ['ER-16', { ...annual, hours: 8761 }, 'hours', { ...annual, year: 2024, hours: 8784 }],
  [
    'ER-17',
    { fuels: [{ ...coal, sulphurPercent: 6.1 }] },
    'fuels.0.sulphurPercent',
    { fuels: [{ ...coal, sulphurPercent: 6 }] },
  ],
  [
    'ER-18',
    rows({ method: 'coefficient' }),
    'emissions.0.method',
    rows({ method: 'coefficient', validAutomaticData: false }),
  ],
  [
    'ER-18',
    { ...permit({ limits: goodReport.permit.limits?.map((limit) => ({ ...limit, method: 'manual' })) }) },
    'emissions.0.method',
    { ...permit({ limits: goodReport.permit.limits?.map((limit) => ({ ...limit, method: '自动监测' })) }) },
  ],
  [
    'ER-19',
    { knownAbnormalities: [{ outlet: 'DA001', on: '2026-05-06' }] },
    'knownAbnormalities.0',
    {
      knownAbnormalities: [{ outlet: 'DA001', on: '2026-05-06' }],
      abnormalities: [{ outlet: 'DA001', cause: '布袋破损', measure: '更换' }],
    },
  ],
  ['ER-19', { abnormalities: [{ outlet: 'DA001', cause: '布袋破损' }] }, 'abnormalities.0'],
  [
    'ER-20',
    monitored(2),
    'monitoring.0.validResults',
    monitored(3),
    monitored(0, '1次/周'),
    monitored(0, '1次/年'),
  ],
  [
    'ER-21',
    { ...annual, attachments: ['calculation'] },
    'attachments',
    { attachments: [] },
    { ...annual, attachments: ['calculation', 'monitoringMap'] },
  ],
  [
    'ER-22',
    rows({ lastYear: 0.59 }),
    'emissions.0.actual',
    rows({ lastYear: 0.6 }),
    rows({ lastYear: 0.59, note: '二季度增产' }),
  ],
  ['ER-22', rows({ priorPeriod: 0.9 }), 'emissions.0.actual', rows({ priorPeriod: 0.91 })],
  [
    'ER-23',
    { commitmentSigned: false },
    'commitmentSigned',
    { commitmentSigned: undefined, submittedOn: undefined },
  ],
  [
    'ER-24',
    permit({ staggeredProduction: true }),
    'staggeredStatement',
    { ...permit({ staggeredProduction: true }), staggeredStatement: '一月停窑' },
  ],
  ['ER-25', { undisclosed: ['2026年5月'] }, 'undisclosed.0', { undisclosed: [] }],
];
