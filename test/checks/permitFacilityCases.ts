import {
  facilities,
  monitoring,
  outlet,
  outlets,
  permit,
  simplified,
  unit,
  water,
  type PermitCase,
} from './permitCases.js';

/** See `PermitCase`: the rule, what it finds, where, and what it must not find. */
export const permitFacilityCases: readonly PermitCase[] = [
  ['PQ-26', facilities({ siteCount: 2 }), 'facilities.0.count', facilities({ siteCount: 1 })],
  [
    'PQ-26',
    { basis: { eia: [{ number: 'E1', approvedOn: '2014-01-01', outlets: 1 }] } },
    'outlets',
    {
      basis: {
        eia: [
          { number: 'E1', approvedOn: '2014-01-01', outlets: 1 },
          { number: 'E2', approvedOn: '2014-01-01', outlets: 1 },
        ],
      },
    },
  ],
  [
    'PQ-27',
    { products: [{ name: '板材', capacity: 100_001, unit: 't/a', eiaCapacity: 100_000 }] },
    'products.0.capacity',
    { products: [{ name: '板材', capacity: 100_000, unit: 't/a', eiaCapacity: 100_000 }] },
  ],
  [
    'PQ-28',
    facilities({ outlets: [] }),
    'facilities.0.outlets',
    facilities({ outlets: ['DA001'], noDischarge: true }),
  ],
  ['PQ-28', facilities({ outlets: ['DA001', 'DA002'] }), 'facilities.0.outlets'],
  ['PQ-28', { outlets: [outlet, water, { id: 'DA003', medium: 'air', type: 'general' }] }, 'outlets.2'],
  ['PQ-28', facilities({ treatment: { name: '除尘' } }), 'facilities.0.treatment'],
  ['PQ-28', { ...outlets({ id: 'P1' }), ...facilities({ outlets: ['P1'] }) }, 'outlets.0.id'],
  [
    'PQ-29',
    outlets({ position: { lon: 100.02, lat: 30.005 } }),
    'outlets.0.position',
    outlets({ position: { lon: 100.01, lat: 30.005 } }),
    { ...outlets({ position: { lon: 1, lat: 1 } }), ...unit({ boundary: [] }) },
  ],
  ['PQ-29', outlets({ heightMetres: 14.9 }), 'outlets.0.heightMetres', outlets({ heightMetres: 15 })],
  [
    'PQ-30',
    outlets({}, { destination: 'surfaceWater' }),
    'outlets.1.mode',
    outlets({}, { destination: 'other' }),
    outlets({}, { mode: 'none', destination: 'surfaceWater' }),
  ],
  ['PQ-30', outlets({}, { standardColumn: 'direct' }), 'outlets.1.standardColumn'],
  [
    'PQ-31',
    { specialPeriods: [] },
    'specialPeriods',
    { ...unit({ areas: ['specialLimits'] }), specialPeriods: [] },
  ],
  [
    'PQ-32',
    { noise: undefined },
    'noise',
    { noise: undefined, ...permit({ decidedOn: '2023-09-28', issuedOn: '2023-09-30' }) },
  ],
  [
    'PQ-33',
    { solidWaste: undefined },
    'solidWaste',
    { solidWaste: undefined, ...unit({ industrialSolidWaste: false }) },
  ],
  ['PQ-34', monitoring({ pollutant: '二氧化硫' }), 'limits.0', monitoring({ pollutant: 'PM' })],
  [
    'PQ-34',
    monitoring({}, { frequency: '1次/季' }),
    'monitoring.1.frequency',
    monitoring({}, { frequency: '1次/半年', mainIndicator: false }),
    { ...simplified, ...monitoring({}, { frequency: '1次/季' }) },
  ],
  ['PQ-35', { ledger: { retentionYears: 3 } }, 'ledger.retentionYears', { ledger: { retentionYears: 5 } }],
  ['PQ-35', { ledger: undefined }, 'ledger.retentionYears'],
  [
    'PQ-36',
    { reports: [{ type: 'year', dueText: '次年1月31日前' }] },
    'reports',
    { ...simplified, reports: [{ type: 'year', dueText: '次年1月31日前' }] },
  ],
  [
    'PQ-36',
    {
      reports: [
        { type: 'year', dueText: '按要求上报' },
        { type: 'quarter', dueText: '次月15日前' },
      ],
    },
    'reports.0.dueText',
  ],
  [
    'PQ-37',
    monitoring({ networked: false }),
    'limits.0',
    { ...simplified, ...monitoring({ networked: false }) },
    { ...monitoring({ automatic: false }), ...outlets({ type: 'general' }) },
  ],
  [
    'PQ-40',
    { attachments: ['flowChart', 'layout'] },
    'attachments',
    { attachments: ['flowChart', 'layout', 'monitoringMap'] },
  ],
];
