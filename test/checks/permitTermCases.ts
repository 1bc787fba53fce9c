import { permit, procedure, registered, unit, type PermitCase } from './permitCases.js';

/** See `PermitCase`: the rule, what it finds, where, and what it must not find. */
export const permitTermCases: readonly PermitCase[] = [
  [
    'PQ-38',
    permit({ validTo: '2031-03-20' }),
    'permit.validTo',
    permit({ businessType: 'change', validTo: '2030-01-01' }),
  ],
  [
    'PQ-38',
    permit({
      decidedOn: '2020-06-01',
      issuedOn: '2020-06-05',
      validFrom: '2020-06-05',
      validTo: '2025-06-04',
    }),
    'permit.validTo',
    permit({
      decidedOn: '2020-06-01',
      issuedOn: '2020-06-05',
      validFrom: '2020-06-05',
      validTo: '2023-06-04',
    }),
    permit({
      businessType: 'renewal',
      decidedOn: '2020-06-01',
      validFrom: '2020-06-05',
      validTo: '2025-06-04',
    }),
  ],
  [
    'PQ-38',
    { ...permit({ businessType: 'change' }), ...procedure({ previousValidTo: '2030-03-19' }) },
    'permit.validTo',
    { ...permit({ businessType: 'change' }), ...procedure({ previousValidTo: '2031-03-19' }) },
  ],
  [
    'PQ-39',
    { changes: ['2026-01-05', '2026-07-03', '2026-03-01'] },
    'changes',
    { changes: ['2026-01-05', '2026-03-01', '2026-07-04'] },
    { changes: ['2026-01-05', '2026-01-06'] },
  ],
  // 30 working days from Monday 2 February 2026: 15 to 23 February are off, 14 and 28 are worked: 20 March.
  [
    'TL-01',
    permit({ decidedOn: '2026-03-21' }),
    'permit.decidedOn',
    permit({ decidedOn: '2026-03-20' }),
    { ...permit({ decidedOn: '2026-03-21' }), ...procedure({ acceptedOn: '2026-02-02', siteVisit: true }) },
  ],
  [
    'TL-02',
    permit({ validFrom: '2022-01-10', validTo: '2027-01-09' }),
    'permit.validTo',
    permit({ validFrom: '2022-01-24', validTo: '2027-01-23' }),
    {
      ...permit({ validFrom: '2022-01-10', validTo: '2027-01-09' }),
      ...procedure({ renewalFiledOn: '2026-11-10' }),
    },
  ],
  [
    'TL-02',
    {
      ...permit({ businessType: 'renewal' }),
      ...procedure({ renewalFiledOn: '2026-01-19', previousValidTo: '2026-03-19' }),
    },
    'procedure.renewalFiledOn',
    {
      ...permit({ businessType: 'renewal' }),
      ...procedure({ renewalFiledOn: '2026-01-18', previousValidTo: '2026-03-19' }),
    },
  ],
  [
    'TL-03',
    procedure({ basicDataChanges: [{ what: 'name', changedOn: '2026-09-01', appliedOn: '2026-10-09' }] }),
    'procedure.basicDataChanges.0',
    procedure({ basicDataChanges: [{ what: 'name', changedOn: '2026-11-01' }] }),
  ],
  [
    'TL-04',
    {
      ...permit({ businessType: 'change' }),
      previous: {
        outlets: [{ id: 'DA001' }],
        limits: [
          { outlet: 'DA001', pollutant: '颗粒物', value: 10 },
          { outlet: 'DW001', pollutant: 'COD' },
        ],
      },
    },
    'outlets.1',
    { previous: { outlets: [], limits: [] } },
  ],
  [
    'TL-04',
    {
      ...permit({ businessType: 'change' }),
      previous: {
        outlets: [{ id: 'DA001' }, { id: 'DW001', mode: 'direct' }],
        limits: [
          { outlet: 'DA001', pollutant: '颗粒物', value: 8, annual: 7.2 },
          { outlet: 'DW001', pollutant: 'COD' },
        ],
      },
    },
    'outlets.1.mode',
    {
      ...permit({ businessType: 'change' }),
      previous: {
        outlets: [{ id: 'DA001' }, { id: 'DW001' }],
        limits: [
          { outlet: 'DA001', pollutant: '颗粒物', value: 12, annual: 8 },
          { outlet: 'DW001', pollutant: 'COD' },
        ],
      },
    },
  ],
  [
    'TL-06',
    permit({ decidedOn: '2021-10-20', validFrom: '2021-11-24', validTo: '2026-11-23' }),
    'permit.validTo',
    permit({ decidedOn: '2021-10-20', validFrom: '2021-11-25', validTo: '2026-11-24' }),
  ],
  [
    'TL-07',
    unit({ registration: { number: 'R1', filedOn: '2021-05-10', validTo: '2026-05-09' } }),
    'unit.registration.validTo',
    unit({ registration: { number: 'R1', filedOn: '2022-05-10', validTo: '2027-05-10' } }),
  ],
  [
    'TL-08',
    {
      ...registered,
      ...unit({ registration: { number: 'R1', filedOn: '2024-05-10', validTo: '2029-05-09' } }),
    },
    'lines.0.catalogueClass',
    unit({ registration: { number: 'R1', filedOn: '2024-05-10', validTo: '2029-05-09' } }),
  ],
  [
    'TL-09',
    procedure({ rectification: { from: '2026-01-01', to: '2026-03-15', reason: 'papers' } }),
    'procedure.rectification.to',
    procedure({ rectification: { from: '2026-01-01', to: '2026-03-31', reason: 'papers' } }),
    procedure({ rectification: { from: '2026-01-01', to: '2026-12-31', reason: 'papers' } }),
  ],
  [
    'TL-09',
    procedure({ rectification: { from: '2026-01-01', to: '2026-06-30' } }),
    'procedure.rectification.reason',
  ],
  [
    'TL-10',
    procedure({ productionStartedOn: '2026-03-19' }),
    'procedure.productionStartedOn',
    procedure({ productionStartedOn: '2026-03-20' }),
  ],
];
