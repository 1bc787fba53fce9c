import { goodPlan, type PlanInput } from './documents.js';
import type { RuleCase } from './ruleCase.js';

type Item = NonNullable<PlanInput['items']>[number];
type Result = NonNullable<PlanInput['results']>[number];

const [item] = goodPlan.items as [Item];
const [result] = goodPlan.results as [Result];
const items = (change: Partial<Item>): Partial<PlanInput> => ({ items: [{ ...item, ...change }] });
const measuredOn = (...days: readonly string[]): Partial<PlanInput> => ({
  results: days.map((day) => ({ ...result, start: `${day}T10:00:00+08:00` })),
});
const period = (change: Partial<NonNullable<PlanInput['period']>>): Partial<PlanInput> => ({
  period: { from: '2026-01-01', to: '2026-09-30', ...change },
});
const automatic = { automatic: true, instrument: 'CEMS', place: '20 m', networked: true, backup: '手工' };
const outage = (...manual: readonly string[]): Partial<PlanInput> => ({
  outages: [
    {
      outlet: 'DA001',
      pollutant: '颗粒物',
      from: '2026-05-01T00:00:00+08:00',
      to: '2026-05-01T18:00:00+08:00',
      manual: manual.map((time) => `2026-05-01T${time}:00+08:00`),
    },
  ],
});
const record = {
  person: 'S1',
  place: '甲厂',
  start: '2026-05-01T09:00:00+08:00',
  end: '2026-05-01T10:00:00+08:00',
};
const hoursOf = (
  count: number,
  of: (hour: number) => { flow: number; concentration: number },
): Partial<PlanInput> => ({
  streams: [
    {
      outlet: 'DA001',
      pollutant: '颗粒物',
      hours: Array.from({ length: count }, (_, hour) => ({
        at: `2026-05-0${1 + Math.floor(hour / 24)}T${String(hour % 24).padStart(2, '0')}:00:00+08:00`,
        ...of(hour),
      })),
    },
  ],
});
const weekly = { ...items({ frequency: '1次/周' }), ...period({ from: '2026-01-05', to: '2026-01-25' }) };

/** A rule, a change of the good plan that it finds, at a place, and neighbours of it that it must not find. */
export const planCases: readonly RuleCase<PlanInput>[] = [
  [
    'SM-01',
    items({ frequency: '每季度一次' }),
    'items.0.frequency',
    items({ frequency: '2次/半年' }),
    items({ frequency: '自动监测', ...automatic }),
  ],
  [
    'SM-02',
    items({ frequency: '1次/半年' }),
    'items.0.frequency',
    items({ frequency: '1次/半年', mainIndicator: false }),
    { ...items({ frequency: '1次/年' }), unit: { ...goodPlan.unit, keyUnit: false } },
    items({ frequency: '1次/年', outletType: 'general' }),
  ],
  [
    'SM-03',
    items({ medium: 'water', pollutant: '氨氮', frequency: '1次/季' }),
    'items.0.frequency',
    items({ medium: 'water', pollutant: '氨氮', frequency: '1次/月' }),
    {
      ...items({ medium: 'water', pollutant: '氨氮', frequency: '1次/季' }),
      unit: { ...goodPlan.unit, keyUnit: false },
    },
  ],
  [
    'SM-04',
    { unit: { ...goodPlan.unit, industries: ['4620'] } },
    'guides',
    { unit: { ...goodPlan.unit, industries: ['4620'] }, guides: ['HJ 1083-2020', 'HJ 819-2017'] },
  ],
  [
    'SM-05',
    measuredOn('2026-02-10', '2026-02-11', '2026-08-11'),
    'items.0.frequency',
    {
      ...measuredOn('2026-02-10', '2026-08-11'),
      ...period({ shutdowns: [{ from: '2026-04-01', to: '2026-06-30' }] }),
    },
  ],
  // SM-16: the unit held the permit until May; of the second quarter it owes no whole result.
  [
    'SM-05',
    { ...measuredOn('2026-08-11'), ...period({}) },
    'items.0.frequency',
    { ...measuredOn('2026-02-10'), ...period({ holders: [{ from: '2026-01-01', to: '2026-05-20' }] }) },
  ],
  [
    'SM-06',
    { results: [] },
    'required.0',
    { results: [], period: undefined },
    { ...items(automatic), results: [] },
  ],
  [
    'SM-07',
    { ...weekly, ...measuredOn('2026-01-06', '2026-01-07', '2026-01-20') },
    'items.0.frequency',
    { ...weekly, ...measuredOn('2026-01-11', '2026-01-12', '2026-01-19') },
  ],
  [
    'SM-08',
    { results: [...(goodPlan.results ?? []), { ...result, source: 'delivered' }] },
    'results.3.source',
    { results: [...(goodPlan.results ?? []), { ...result, source: undefined }] },
  ],
  ['SM-09', items({ ...automatic, backup: undefined }), 'items.0.backup', items(automatic)],
  ['SM-09', outage('06:00', '12:01'), 'outages.0.manual', outage('06:00', '12:00')],
  ['SM-10', items({ ...automatic, instrument: undefined }), 'items.0.instrument', items(automatic)],
  ['SM-10', items({ method: undefined }), 'items.0.method', items({ ...automatic, method: undefined })],
  [
    'SM-11',
    items({ method: 'HJ 604-2017' }),
    'items.0.method',
    items({ method: 'HJ 604-2017', outlet: '厂界' }),
  ],
  ['SM-11', items({ method: 'HJ/T 57-2000' }), 'items.0.method', items({ method: 'HJ 57-2017' })],
  ['SM-12', items({ samples: 2 }), 'items.0.samples', items({ samples: 1, sampling: 'continuous' })],
  [
    'SM-12',
    items({ pollutant: '臭气浓度', samples: 3 }),
    'items.0.samples',
    items({ pollutant: '臭气浓度', samples: 4 }),
  ],
  [
    'SM-12',
    items({ pollutant: '油烟', samples: 4, sampling: 'continuous' }),
    'items.0.samples',
    items({ pollutant: '油烟', samples: 5 }),
  ],
  [
    'SM-13',
    { noise: { frequency: '1次/年', nightOperation: false, nightMeasured: false } },
    'noise.frequency',
    { noise: { frequency: '1次/月', nightOperation: false, nightMeasured: false } },
  ],
  [
    'SM-13',
    { noise: { frequency: '1次/季', nightOperation: true, nightMeasured: false } },
    'noise.nightMeasured',
  ],
  [
    'SM-14',
    {
      labRecords: [
        record,
        { ...record, place: '乙厂', start: '2026-05-01T09:59:00+08:00', end: '2026-05-01T11:00:00+08:00' },
      ],
    },
    'labRecords.1',
    {
      labRecords: [
        record,
        { ...record, place: '乙厂', start: record.end, end: '2026-05-01T11:00:00+08:00' },
        { ...record, person: 'S2', place: '丙厂' },
      ],
    },
  ],
  [
    'SM-14',
    { labRecords: [{ ...record, printedVolume: 20.1, recordedVolume: 21 }] },
    'labRecords.0.recordedVolume',
    { labRecords: [{ ...record, printedVolume: 20.1, recordedVolume: 20.1 }] },
  ],
  [
    'SM-15',
    hoursOf(3, (hour) => ({ flow: 0, concentration: hour })),
    'streams.0.hours',
    hoursOf(3, () => ({ flow: 0, concentration: 1 })),
    hoursOf(3, (hour) => ({ flow: 5, concentration: hour })),
  ],
  [
    'SM-15',
    hoursOf(48, () => ({ flow: 5, concentration: 3 })),
    'streams.0.hours',
    hoursOf(47, () => ({ flow: 5, concentration: 3 })),
    hoursOf(60, (hour) => ({ flow: 5, concentration: hour === 30 ? 4 : 3 })),
  ],
  [
    'SM-17',
    { results: [{ ...result, value: 10.1 }] },
    'results.0.value',
    { results: [{ ...result, value: 10 }] },
    { results: [{ ...result, value: 11, limit: undefined }] },
  ],
  ['SM-18', { rawRecordYears: 4.9 }, 'rawRecordYears', { rawRecordYears: 5 }, { rawRecordYears: undefined }],
];
