import {
  facilities,
  lines,
  outlets,
  permit,
  registered,
  simplified,
  totals,
  unit,
  without,
  type PermitCase,
} from './permitCases.js';

/** See `PermitCase`: the rule, what it finds, where, and what it must not find. */
export const permitClassCases: readonly PermitCase[] = [
  [
    'PQ-01',
    simplified,
    'lines.0.catalogueClass',
    { ...simplified, ...lines({ catalogueClass: 'simplified' }) },
    permit({ category: 'simplified', decidedOn: '2019-12-19' }),
  ],
  [
    'PQ-01',
    { ...simplified, ...lines({ catalogueClass: 'registration', localClass: 'key' }) },
    'lines.0.catalogueClass',
    { ...simplified, ...lines({ catalogueClass: 'simplified', localClass: 'registration' }) },
  ],
  [
    'PQ-02',
    lines({ catalogueClass: 'simplified' }),
    'permit.category',
    lines({ catalogueClass: 'key' }),
    without,
  ],
  [
    'PQ-03',
    { ...simplified, ...lines({ industry: '2663', steps: ['备料', '木炭炭化'], catalogueClass: undefined }) },
    'lines.0.steps',
    { ...simplified, ...lines({ industry: '2663', steps: ['粉碎'], catalogueClass: undefined }) },
    lines({ industry: '2663', steps: ['炭化'] }),
  ],
  [
    'PQ-03',
    { ...registered, ...lines({ industry: '2663', steps: ['粉碎'], catalogueClass: undefined }) },
    'lines.0.steps',
    { ...registered, ...lines({ industry: '2663', steps: ['混合', '分装'], catalogueClass: undefined }) },
  ],
  [
    'PQ-04',
    { ...simplified, ...unit({ catalogue108: true, keyLists: [{ medium: 'water', year: 2026 }] }) },
    'unit.keyLists.0',
    { ...simplified, ...unit({ catalogue108: true, keyLists: [{ medium: 'soil', year: 2026 }] }) },
    { ...simplified, ...unit({ keyLists: [{ medium: 'air', year: 2026 }] }) },
  ],
  [
    'PQ-05',
    {
      ...registered,
      ...without,
      commonProcesses: {
        boilers: [
          { id: 'B1', fuel: 'coal', tonnesPerHour: 10 },
          { id: 'B2', fuel: 'gas', megawatts: 7 },
        ],
      },
    },
    'commonProcesses.boilers',
    {
      ...registered,
      commonProcesses: {
        boilers: [
          { id: 'B1', fuel: 'coal', tonnesPerHour: 19.9 },
          { id: 'B2', fuel: 'electric', tonnesPerHour: 30 },
        ],
      },
    },
  ],
  [
    'PQ-06',
    {
      ...registered,
      ...without,
      commonProcesses: { furnaces: [{ id: 'F1', heating: 'gas', use: 'melting' }] },
    },
    'commonProcesses.furnaces.0',
    { ...registered, commonProcesses: { furnaces: [{ id: 'F1', heating: 'electric', use: 'drying' }] } },
  ],
  [
    'PQ-07',
    { ...registered, ...without, commonProcesses: { surfaceTreatment: { steps: ['酸洗'] } } },
    'commonProcesses.surfaceTreatment',
    { ...registered, commonProcesses: { surfaceTreatment: { steps: ['喷涂'], solventTonnes: 9.9 } } },
  ],
  [
    'PQ-07',
    { ...registered, ...without, commonProcesses: { surfaceTreatment: { solventTonnes: 10 } } },
    'commonProcesses.surfaceTreatment',
  ],
  [
    'PQ-08',
    {
      ...registered,
      ...without,
      commonProcesses: { waterTreatment: { works: 'own', cubicMetresPerDay: 20_000 } },
    },
    'commonProcesses.waterTreatment',
    { ...registered, commonProcesses: { waterTreatment: { works: 'own', cubicMetresPerDay: 19_999 } } },
  ],
  [
    'PQ-08',
    {
      ...simplified,
      ...without,
      commonProcesses: { waterTreatment: { works: 'industrialPark', cubicMetresPerDay: 100 } },
    },
    'commonProcesses.waterTreatment',
    { ...simplified, commonProcesses: { waterTreatment: { works: 'town', cubicMetresPerDay: 19_999 } } },
  ],
  [
    'PQ-09',
    {
      ...simplified,
      ...without,
      ...unit({ catalogue108: true }),
      ...totals({ pollutant: 'SO2', plant: [250.1], main: [250.1] }),
    },
    'totals.0.plant',
    {
      ...simplified,
      ...unit({ catalogue108: true }),
      ...totals({ pollutant: 'SO2', plant: [250], main: [250] }),
    },
    { ...simplified, ...totals({ pollutant: 'SO2', plant: [300], main: [300] }) },
  ],
  [
    'PQ-11',
    lines({ industry: '462' }),
    'lines.0',
    { ...lines({ industry: '462' }), ...permit({ norms: ['HJ 978-2018'] }) },
  ],
  [
    'PQ-12',
    facilities({ kind: 'cementKiln', outlets: ['DW001'] }),
    'facilities.0.outlets',
    facilities({ kind: 'cementKiln' }),
    facilities({ kind: 'cementKiln', outlets: [], noDischarge: true }),
  ],
  [
    'PQ-13',
    { ...facilities({ kind: 'cementKiln' }), ...outlets({ type: 'general' }) },
    'outlets.0.type',
    facilities({ kind: 'cementKiln' }),
    outlets({ type: 'general' }),
  ],
];
