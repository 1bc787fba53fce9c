import {
  facilities,
  limit,
  limits,
  outlets,
  permit,
  totals,
  waterLimit,
  waterLimits,
  type PermitCase,
} from './permitCases.js';

/** See `PermitCase`: the rule, what it finds, where, and what it must not find. */
export const permitLimitCases: readonly PermitCase[] = [
  [
    'PQ-14',
    limits({ annual: undefined }),
    'limits.0.annual',
    { ...limits({ annual: undefined }), ...outlets({ type: 'general' }) },
    limits({ annual: undefined, pollutant: '氯化氢' }),
  ],
  [
    'PQ-15',
    waterLimits({ annual: [3] }),
    'limits.1.annual',
    { ...waterLimits({ annual: [3] }), ...permit({ norms: ['HJ 853-2017'] }) },
    waterLimits({ annual: [0] }),
  ],
  [
    'PQ-15',
    { fugitive: [{ place: '料场', pollutant: '颗粒物', annual: [1] }] },
    'fugitive.0.annual',
    { fugitive: [{ place: '料场', pollutant: '颗粒物' }] },
  ],
  ['PQ-16', outlets({}, { type: 'other' }), 'limits.1', outlets({}, { type: 'general' })],
  [
    'PQ-17',
    outlets({}, { domesticSewageOnly: true }),
    'limits.1',
    { ...outlets({}, { domesticSewageOnly: true }), limits: [limit] },
    outlets({}, { domesticSewageOnly: true, destination: 'surfaceWater' }),
  ],
  [
    'PQ-18',
    limits({ concentration: { value: 10.5, unit: 'mg/Nm3' } }),
    'limits.0.concentration.value',
    limits({ concentration: { value: 9, unit: 'mg/Nm3' } }),
    limits({ standards: [] }),
  ],
  [
    'PQ-18',
    limits({
      concentration: { value: 30, unit: 'mg/Nm3' },
      standards: [
        { number: 'GB 13271-2014', row: 'newCoal' },
        { number: 'GB 13271-2014', row: 'specialGas' },
      ],
    }),
    'limits.0.concentration.value',
    limits({
      concentration: { value: 30, unit: 'mg/Nm3' },
      standards: [{ number: 'GB 13271-2014', row: 'specialCoal' }],
    }),
  ],
  [
    'PQ-19',
    limits({ standards: [{ number: 'GB 13271-2001' }] }),
    'limits.0.standards.0',
    limits({ standards: [{ number: 'GB 13271-2014' }] }),
  ],
  [
    'TL-05',
    { ...limits({ standards: [{ number: 'GB 13271-2001' }] }), ...permit({ decidedOn: '2016-06-30' }) },
    'limits.0.standards.0',
    limits({ standards: [{ number: 'GB 13271-2001' }] }),
  ],
  [
    'PQ-20',
    {
      limits: [
        limit,
        {
          ...waterLimit,
          annual: [3.7],
          calculation: { by: 'flow', cubicMetresPerDay: 200, days: 365, milligramsPerLitre: 50 },
        },
      ],
    },
    'limits.1.annual',
    {
      limits: [
        limit,
        {
          ...waterLimit,
          annual: [3.65],
          calculation: { by: 'flow', cubicMetresPerDay: 200, days: 365, milligramsPerLitre: 50 },
        },
      ],
    },
  ],
  [
    'PQ-20',
    waterLimits({
      annual: [5.1],
      calculation: { by: 'product', tonnes: 10_000, cubicMetresPerTonne: 10, milligramsPerLitre: 50 },
    }),
    'limits.1.annual',
    waterLimits({
      annual: [5],
      calculation: { by: 'product', tonnes: 10_000, cubicMetresPerTonne: 10, milligramsPerLitre: 50 },
    }),
  ],
  [
    'PQ-21',
    limits({ annual: [7.3] }),
    'limits.0.annual',
    limits({ annual: [7.2] }),
    limits({ annual: [7.2004] }),
  ],
  [
    'PQ-22',
    totals({ plant: [7.3, 7.3, 7.3, 7.3, 7.3], main: [7.3, 7.3, 7.3, 7.3, 7.3] }),
    'totals.0.plant',
    totals({ plant: [7, 7, 7, 7, 7], main: [7, 7, 7, 7, 7] }),
  ],
  [
    'PQ-22',
    {
      basis: {
        eia: [{ number: 'E1', approvedOn: '2015-01-01', quotas: [{ pollutant: '颗粒物', tonnes: 5 }] }],
        totalControl: [],
      },
    },
    'totals.0.plant',
    {
      basis: {
        eia: [{ number: 'E1', approvedOn: '2014-12-31', quotas: [{ pollutant: '颗粒物', tonnes: 5 }] }],
        totalControl: [],
      },
    },
  ],
  [
    'PQ-23',
    totals({ main: [7, 7, 7, 7, 7] }),
    'totals.0.plant.0',
    totals({ main: [7, 7, 7, 7, 7], general: [0.2, 0.2, 0.2, 0.2, 0.2] }),
  ],
  [
    'PQ-23',
    totals({ main: [7.2, 7], plant: [7.2, 7] }),
    'totals.0.plant.1',
    totals({ main: [7.2, 7], plant: [7.2, 7], phasedPlan: true }),
  ],
  [
    'PQ-24',
    limits({ concentration: { unit: 'mg/Nm3', text: '/' } }),
    'limits.0.concentration',
    limits({ concentration: { text: '/' } }),
  ],
  [
    'PQ-24',
    limits({ concentration: { value: 10, text: '10/20', unit: 'mg/Nm3' } }),
    'limits.0.concentration',
    limits({ concentration: { value: 10, text: '10 mg/Nm3', unit: 'mg/Nm3' } }),
  ],
  [
    'PQ-24',
    limits({ concentration: { value: 10, unit: 'kg/h' } }),
    'limits.0.concentration',
    limits({ concentration: { value: 0.1, unit: 'ng/m3' } }),
  ],
  [
    'PQ-24',
    limits({ pollutant: '臭气浓度', concentration: { value: 2000, unit: 'mg/m3' } }),
    'limits.0.concentration',
    limits({ pollutant: '臭气浓度', concentration: { value: 2000, unit: '无量纲' } }),
  ],
  [
    'PQ-24',
    {
      limits: [
        limit,
        { ...limit, pollutant: 'SO2', concentration: { value: 50, unit: 'mg/m3' } },
        waterLimit,
      ],
    },
    'outlets.0',
    { limits: [limit, { ...limit, pollutant: 'SO2' }, waterLimit] },
  ],
  [
    'PQ-25',
    facilities({ kind: 'cementKiln' }),
    'facilities.0.outlets',
    facilities({}),
    facilities({ kind: 'anodising', outlets: ['DA001'] }),
  ],
];
