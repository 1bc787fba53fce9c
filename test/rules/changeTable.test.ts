import { describe, expect, test } from 'vitest';
import { judgeChange } from '../../rules/changes/judge.js';
import { readPermitContent } from '../../rules/content/permit.js';
import { changeTable, codeOfRow, rowOfCode, unstructured } from '../../rules/changes/table.js';
import { groundOf } from '../../rules/instruments.js';
import { goodPermit, type PermitInput } from '../checks/documents.js';

const before: PermitInput = structuredClone({
  ...goodPermit,
  unit: { ...goodPermit.unit, creditCode: '91990100MA0STEEL01', address: '云川市工业路1号' },
  commonProcesses: { boilers: [{ id: 'GL1', fuel: 'gas' as const, tonnesPerHour: 10 }] },
  fugitive: [{ place: '料场', pollutant: '颗粒物', annual: [1, 1, 1, 1, 1] }],
});

/** The same permit with something else in it. */
function changed(change: (permit: PermitInput) => void): PermitInput {
  const copy = structuredClone(before);
  change(copy);
  return copy;
}

const judge = (one: unknown, other: unknown, ...more: [Parameters<typeof judgeChange>[2]?]) =>
  judgeChange(readPermitContent(one), readPermitContent(other), ...more);
const judged = (change: (permit: PermitInput) => void) => judge(before, changed(change));

/** The entry of a list that a test is about. */
function of<Entry>(list: readonly Entry[] | undefined, index: number): Entry {
  const entry = list?.[index];
  if (entry === undefined) throw new Error(`the good permit has no entry ${index}`);
  return entry;
}

type Row = readonly [row: string, what: string, change: (permit: PermitInput) => void, cause?: string];

const basicDataRows: readonly Row[] = [
  ['name', 'a new name', (p) => Object.assign(p.unit, { name: '新名建材有限公司' })],
  [
    'address',
    'a registered address that is said to be one',
    (p) => {
      Object.assign(p.unit, { address: '云川市新路2号' });
      p.procedure = { basicDataChanges: [{ what: 'address', changedOn: '2026-03-01' }] };
    },
  ],
  [
    'basicData',
    'another legal representative',
    (p) => {
      p.procedure = { basicDataChanges: [{ what: 'legalRepresentative', changedOn: '2026-03-01' }] };
    },
  ],
];

const reapplicationRows: readonly Row[] = [
  [
    'site',
    'an address that may be the site’s',
    (p) => Object.assign(p.unit, { address: '别处' }),
    'siteChanged',
  ],
  ['site', 'another boundary', (p) => p.unit.boundary?.pop(), 'siteChanged'],
  [
    'newEia',
    'a new EIA',
    (p) => p.basis?.eia?.push({ number: '云环审〔2026〕9号', approvedOn: '2026-02-01' }),
    'newProject',
  ],
  ['production', 'a new line', (p) => p.lines?.push({ name: '二号线', industry: '3039' }), 'expansion'],
  ['production', 'another industry', (p) => p.unit.industries.push('4411'), 'expansion'],
  [
    'production',
    'a new product',
    (p) => p.products?.push({ name: '砖', capacity: 1, unit: 't/a' }),
    'expansion',
  ],
  [
    'production',
    'more capacity',
    (p) => Object.assign(of(p.products, 0), { capacity: 100_001 }),
    'expansion',
  ],
  ['production', 'a new facility', (p) => p.facilities?.push({ id: 'MF0009', name: '磨机' }), 'expansion'],
  ['production', 'more of a facility', (p) => Object.assign(of(p.facilities, 0), { count: 2 }), 'expansion'],
  [
    'production',
    'a second boiler',
    (p) => p.commonProcesses?.boilers?.push({ id: 'GL2', fuel: 'gas' }),
    'expansion',
  ],
  [
    'production',
    'a larger boiler',
    (p) => Object.assign(of(p.commonProcesses?.boilers, 0), { tonnesPerHour: 20 }),
    'expansion',
  ],
  [
    'outletsAdded',
    'one outfall more',
    (p) => p.outlets?.push({ id: 'DW002', medium: 'water', type: 'general' }),
    'outletsAdded',
  ],
  [
    'outfallMoved',
    'an outfall elsewhere',
    (p) => Object.assign(of(p.outlets, 0), { position: { lon: 100.006, lat: 30.005 } }),
    'outfallMoved',
  ],
  [
    'dischargeMode',
    'direct discharge',
    (p) => Object.assign(of(p.outlets, 1), { mode: 'direct' }),
    'dischargeModeChanged',
  ],
  [
    'destination',
    'another destination',
    (p) => Object.assign(of(p.outlets, 1), { destination: 'parkSewageWorks' }),
    'destinationChanged',
  ],
  [
    'pollutantsAdded',
    'one pollutant more',
    (p) => p.limits?.push({ outlet: 'DA001', pollutant: 'SO2' }),
    'pollutantsAdded',
  ],
  [
    'pollutantsAdded',
    'a total of a pollutant that had no limit',
    (p) => p.totals?.push({ pollutant: 'SO2', medium: 'air', main: [1], plant: [1] }),
    'pollutantsAdded',
  ],
  [
    'pollutantsAdded',
    'fugitive emissions of another kind',
    (p) => p.fugitive?.push({ place: '料场', pollutant: '氨' }),
    'pollutantsAdded',
  ],
  [
    'quantityIncreased',
    'more in the third year',
    (p) => of(p.limits, 0).annual?.splice(2, 1, 7.3),
    'quantityIncreased',
  ],
  ['quantityIncreased', 'a bound dropped', (p) => delete of(p.limits, 0).annual, 'quantityIncreased'],
  [
    'quantityIncreased',
    'more of the plant',
    (p) => of(p.totals, 0).plant.splice(0, 1, 8),
    'quantityIncreased',
  ],
  ['quantityIncreased', 'a total dropped', (p) => p.totals?.pop(), 'quantityIncreased'],
  [
    'quantityIncreased',
    'more fugitive emissions',
    (p) => of(p.fugitive, 0).annual?.splice(0, 1, 2),
    'quantityIncreased',
  ],
  [
    'concentrationIncreased',
    'a higher concentration',
    (p) => Object.assign(of(p.limits, 0).concentration ?? {}, { value: 20 }),
    'concentrationIncreased',
  ],
  [
    'concentrationIncreased',
    'a concentration dropped',
    (p) => delete of(p.limits, 0).concentration?.value,
    'concentrationIncreased',
  ],
  [
    'limitDropped',
    'a limit dropped where the outfall stays',
    (p) => p.limits?.pop(),
    'concentrationIncreased',
  ],
  ['unknown', 'another fuel', (p) => Object.assign(of(p.commonProcesses?.boilers, 0), { fuel: 'coal' })],
  [
    'unknown',
    'a general outfall that was a main one',
    (p) => Object.assign(of(p.outlets, 0), { type: 'general' }),
  ],
  ['unknown', 'the class of a registration', (p) => Object.assign(p.permit, { category: 'registration' })],
];

const changeRows: readonly Row[] = [
  ['class', 'key to simplified', (p) => Object.assign(p.permit, { category: 'simplified' })],
  [
    'fewer',
    'one outfall less, with its limits',
    (p) => {
      p.outlets?.pop();
      p.limits?.pop();
    },
  ],
  ['fewer', 'a facility gone', (p) => p.facilities?.pop()],
  ['fewer', 'less in a year', (p) => of(p.limits, 0).annual?.splice(2, 1, 7)],
  ['fewer', 'a lower concentration', (p) => Object.assign(of(p.limits, 0).concentration ?? {}, { value: 8 })],
  ['fewer', 'less capacity', (p) => Object.assign(of(p.products, 0), { capacity: 90_000 })],
  [
    'fewer',
    'a smaller boiler',
    (p) => Object.assign(of(p.commonProcesses?.boilers, 0), { tonnesPerHour: 4 }),
  ],
  [
    'treatment',
    'a control facility that treats more',
    (p) => of(p.facilities, 0).treatment?.pollutants?.push('SO2'),
  ],
  [
    'treatment',
    'a control facility where there was none',
    (p) => Object.assign(of(p.facilities, 1), { treatment: { name: '沉淀' } }),
  ],
  [
    'management',
    'another frequency of monitoring',
    (p) => Object.assign(of(p.monitoring, 1), { frequency: '1次/周' }),
  ],
  ['management', 'one report more', (p) => p.reports?.push({ type: 'month' })],
  ['management', 'the ledger', (p) => Object.assign(p.ledger ?? {}, { retentionYears: 6 })],
  [
    'management',
    'another standard for the same limit',
    (p) => of(p.limits, 0).standards?.push({ number: 'DB 99/1-2026' }),
  ],
  [
    'management',
    'a listed key unit',
    (p) => Object.assign(p.unit, { keyLists: [{ medium: 'air', year: 2026 }] }),
  ],
];

describe('L8: the table, row by row', () => {
  for (const [row, what, change] of basicDataRows)
    test(`${row}: ${what} is a change of basic data (REG 14)`, () => {
      expect(judged(change)).toMatchObject({ verdict: 'basicData', uncertain: false, causes: [] });
      expect(judged(change).rows).toContain(row);
    });

  for (const [row, what, change, cause] of reapplicationRows)
    test(`${row}: ${what} needs a re-application (REG 15)`, () => {
      expect(judged(change)).toMatchObject({ verdict: 'reapplication', rows: [row] });
      expect(judged(change).causes).toEqual(cause === undefined ? [] : [cause]);
    });

  for (const [row, what, change] of changeRows)
    test(`${row}: ${what} is a change (M32)`, () => {
      expect(judged(change)).toMatchObject({ verdict: 'change', uncertain: false, rows: [row], causes: [] });
    });

  test('otherHolder: another legal subject applies for a permit of its own', () => {
    const verdict = judged((p) => Object.assign(p.unit, { creditCode: '91990100MA0OTHER01' }));
    expect(verdict).toMatchObject({ verdict: 'first', rows: ['otherHolder'] });
  });

  test('record: terms and the course of the procedure are no change of what is permitted', () => {
    const verdict = judged((p) => {
      Object.assign(p.permit, { businessType: 'change', validTo: '2031-03-20', version: 2 });
      p.procedure = { acceptedOn: '2026-03-01' };
    });
    expect(verdict).toMatchObject({ verdict: 'none', rows: [] });
  });

  test('every row is tried above', () => {
    const tried = [...basicDataRows, ...reapplicationRows, ...changeRows].map(([row]) => row);
    expect(new Set([...tried, 'otherHolder', 'record'])).toEqual(new Set(changeTable.map(({ id }) => id)));
  });
});

test('L8: of several differences the heaviest decides, and only its rows are named', () => {
  const verdict = judged((p) => {
    Object.assign(p.unit, { name: '新名' });
    p.facilities?.pop();
    p.outlets?.push({ id: 'DW002', medium: 'water', type: 'general' });
  });
  expect(verdict).toMatchObject({
    verdict: 'reapplication',
    rows: ['outletsAdded'],
    causes: ['outletsAdded'],
  });
  expect(verdict.items).toHaveLength(3);
});

test('L8: uncertain only where nothing certain leads to the same', () => {
  const unsure = (p: PermitInput) => Object.assign(of(p.commonProcesses?.boilers, 0), { fuel: 'coal' });
  expect(judged(unsure).uncertain).toBe(true);
  const alsoSure = judged((p) => {
    unsure(p);
    p.outlets?.push({ id: 'DW002', medium: 'water', type: 'general' });
  });
  expect(alsoSure.uncertain).toBe(false);
});

test('L8: contents that are not structured, or not there, are uncertain: re-application', () => {
  for (const content of [undefined, 'text', { outfalls: [] }, []]) {
    expect(judge(before, content)).toMatchObject({
      verdict: 'reapplication',
      uncertain: true,
      rows: ['unstructured'],
    });
    expect(judge(content, before)).toMatchObject({ verdict: 'reapplication', uncertain: true });
  }
});

test('L8: another class than the register’s is a change, also where the contents do not say it', () => {
  const classes = { before: 'simplified', after: 'key' } as const;
  expect(judge(before, before, classes)).toMatchObject({ verdict: 'change', rows: ['class'] });
  expect(judge(before, before, { before: 'key', after: 'key' })).toMatchObject({ verdict: 'none' });
});

test('L8: every row speaks both languages, cites what may be cited, and ledgers find it by its code', () => {
  for (const row of [...changeTable, unstructured]) {
    expect(row.zh, row.id).toMatch(/\p{Script=Han}/u);
    expect(row.en, row.id).not.toMatch(/\p{Script=Han}/u);
    expect(rowOfCode(codeOfRow(row.id))).toBe(row);
    if (row.verdict === 'reapplication') expect(groundOf(row.citation?.short ?? ''), row.id).toBeDefined();
    if (row.uncertain === true) expect(row.verdict, row.id).toBe('reapplication');
  }
});
