import { describe, expect, test } from 'vitest';
import { exceedanceMultiple } from '../../rules/checks/plan/results.js';
import { mergeFindings } from '../../rules/checks/run.js';
import {
  goodPermit,
  goodPlan,
  goodReport,
  type PlanInput,
  permitFindings,
  planFindings,
  type ReportInput,
  reportFindings,
} from './documents.js';

const rules = (findings: readonly { readonly rule: string }[]) => findings.map(({ rule }) => rule);

describe('Q5: the published cases of permits', () => {
  test('charcoal (2663) by carbonising under simplified management: a key unit was issued too low', () => {
    const findings = permitFindings({
      ...goodPermit,
      permit: { ...goodPermit.permit, category: 'simplified', norms: ['HJ 1103-2020'] },
      lines: [{ name: '活性炭线', industry: '2663', steps: ['粉碎', '炭化', '活化'] }],
    });
    expect(findings.filter(({ act }) => act === 'class')).toMatchObject([
      {
        rule: 'PQ-03',
        category: { zh: '管理类别错误（降级管理）', official: true },
        severity: 1,
        expected: { zh: '重点管理（2663 含热解或水解工序“炭化”）' },
        found: { zh: '简化管理' },
        remedy: 'authorityChange',
        suspicion: false,
        standing: 'seen',
        caution: null,
      },
    ]);
  });

  test('kitchen-waste treatment (782) that presses animal fat needs two norms, and had one', () => {
    const findings = permitFindings({
      ...goodPermit,
      permit: { ...goodPermit.permit, norms: ['HJ 1106-2020'] },
      lines: [{ name: '餐厨线', industry: '782', steps: ['分选', '动物油脂压滤'] }],
    });
    expect(findings).toMatchObject([
      { rule: 'PQ-11', standing: 'seen', expected: { en: 'line “餐厨线” falls under HJ 860.3-2018' } },
    ]);
  });

  test('anodised aluminium without nickel among its pollutants: a suspicion, for a person to confirm', () => {
    const [, water] = goodPermit.facilities ?? [];
    const findings = permitFindings({
      ...goodPermit,
      facilities: [
        ...(goodPermit.facilities ?? []).slice(0, 1),
        { id: 'MF0002', name: '氧化线', outlets: [], ...water, kind: 'anodising' },
      ],
    });
    expect(findings).toMatchObject([
      {
        rule: 'PQ-25',
        expected: { zh: '总镍（铝氧化（封孔）线）' },
        suspicion: true,
        remedy: 'reapplication',
      },
    ]);
  });

  test('fourteen machines permitted, twenty on site', () => {
    const [first, ...others] = goodPermit.facilities ?? [];
    const findings = permitFindings({
      ...goodPermit,
      facilities: [
        { id: 'MF0001', name: '注塑机', outlets: [], ...first, count: 14, eiaCount: 14, siteCount: 20 },
        ...others,
      ],
    });
    expect(findings).toMatchObject([
      { rule: 'PQ-26', found: { zh: '14' }, expected: { en: '窑炉 20 (site)' }, remedy: 'reapplication' },
    ]);
  });

  test('several grounds for one class are one act, and one proposal', () => {
    const findings = permitFindings({
      ...goodPermit,
      permit: { ...goodPermit.permit, category: 'simplified' },
      unit: { ...goodPermit.unit, catalogue108: true, keyLists: [{ medium: 'air', year: 2026 }] },
      procedure: {},
    });
    expect(rules(findings)).toEqual(['PQ-01', 'PQ-04']);
    expect(mergeFindings(findings)).toEqual([
      // PQ-01 is a suspicion, PQ-04 decides: together they are more than a suspicion.
      { act: 'class', severity: 1, remedy: 'authorityChange', suspicion: false, rules: ['PQ-01', 'PQ-04'] },
    ]);
  });

  test('a rule on a recalled value says so', () => {
    const [finding] = permitFindings({ ...goodPermit, solidWaste: [] });
    expect(finding).toMatchObject({ rule: 'PQ-33', standing: 'recalled' });
    expect(finding?.caution?.zh).toContain('未核对原文');
  });
});

describe('Q5: the published cases of execution reports', () => {
  const [dust, sulphur] = goodReport.emissions ?? [];
  const report = (change: Partial<ReportInput>) => reportFindings({ ...goodReport, ...change });

  test('the annual reports of 2023 and 2024 were due by announcement, not by the permit’s own text', () => {
    const due = (year: number, industries: string[], submittedOn: string) =>
      report({
        type: 'year',
        year,
        index: 1,
        submittedOn,
        permit: { ...goodReport.permit, industries, validFrom: '2020-01-01' },
      })
        .filter(({ rule }) => rule === 'ER-01')
        .map(({ expected }) => expected.en);
    expect(due(2023, ['3039'], '2024-02-29')).toEqual([]);
    expect(due(2023, ['3039'], '2024-03-01')).toEqual(['on 2024-02-29 at the latest (an announcement)']);
    expect(due(2024, ['4411'], '2025-02-01')).toEqual(['on 2025-01-31 at the latest (an announcement)']);
    expect(due(2024, ['3039'], '2025-02-28')).toEqual([]);
    expect(due(2025, ['3039'], '2026-02-01')).toEqual(['on 2026-01-31 at the latest (the permit)']);
  });

  test('0.43 in the laboratory’s report was written as 0.13', () => {
    const findings = report({
      emissions: [dust, { ...sulphur, mean: 0.13 }] as NonNullable<ReportInput['emissions']>,
      labResults: [{ outlet: 'DA001', pollutant: '二氧化硫', mean: 0.43 }],
    });
    expect(findings).toMatchObject([
      { rule: 'ER-12', expected: { en: '0.43 (laboratory)' }, found: { en: '0.13' }, remedy: 'lead' },
    ]);
  });

  test('non-methane hydrocarbons are in the permit and not in the report', () => {
    const limits = [
      ...(goodReport.permit.limits ?? []),
      { outlet: 'DA002', medium: 'air' as const, pollutant: '非甲烷总烃' },
    ];
    expect(report({ permit: { ...goodReport.permit, limits } })).toMatchObject([
      { rule: 'ER-05', at: 'permit.limits.2', found: { zh: '无此行' } },
    ]);
  });

  test('NO2 was written for SO2: one wrong name, not a missing pollutant and a surplus one', () => {
    const findings = report({
      emissions: [dust, { ...sulphur, pollutant: 'NO2' }] as NonNullable<ReportInput['emissions']>,
    });
    expect(findings.filter(({ at }) => at === 'emissions.1.pollutant')).toMatchObject([
      { rule: 'ER-06', expected: { zh: '二氧化硫' }, found: { zh: 'NO2' } },
    ]);
  });

  test('all zeros beside production, fuel, water and tax', () => {
    const emissions = (goodReport.emissions ?? []).map((row) => ({
      ...row,
      mean: 0,
      max: 0,
      min: 0,
      actual: 0,
      parts: [],
      flow: 0,
    }));
    const findings = report({ emissions, balance: { waterUsed: 900, taxPaid: 1200 }, labResults: [] });
    expect(findings.map(({ rule }) => rule)).toContain('ER-13');
    expect(findings.find(({ rule }) => rule === 'ER-13')?.expected.en).toBe(
      'above 0 (板材 22000, coal 400 t, 用水 water 900 m³, 税款 tax 1200)',
    );
  });

  test('tenfold suggests a wrong unit, a thousandfold is impossible, and both are one act with the sums', () => {
    const found = (actual: number) =>
      report({ emissions: [{ ...dust, actual }, sulphur] as NonNullable<ReportInput['emissions']> });
    const over = (actual: number) => found(actual).find(({ rule }) => rule === 'ER-08');
    expect(over(17.9)).toMatchObject({ suspicion: false, found: { en: '17.9 t' } });
    expect(over(18)).toMatchObject({ suspicion: true, found: { en: '18 t, perhaps a wrong unit' } });
    expect(over(1800)).toMatchObject({ suspicion: true, found: { en: '1800 t, impossible: a wrong unit' } });
    const act = mergeFindings(found(17.9)).find((each) => each.act === 'quantity:DA001:颗粒物');
    expect(act).toMatchObject({ severity: 1, remedy: 'lead', rules: ['ER-08', 'ER-15', 'ER-10', 'ER-22'] });
  });
});

describe('Q5: the published cases of self-monitoring', () => {
  const [result] = goodPlan.results ?? [];
  const plan = (change: Partial<PlanInput>) => planFindings({ ...goodPlan, ...change });
  const on = (...days: readonly string[]) =>
    days.map((day) => ({
      outlet: 'DA001',
      pollutant: '颗粒物',
      value: 8,
      ...result,
      start: `${day}T10:00:00+08:00`,
    }));

  test('four results a year with none in the second quarter are short', () => {
    const findings = plan({
      period: { from: '2025-01-01', to: '2025-12-31' },
      results: on('2025-02-10', '2025-03-10', '2025-08-10', '2025-11-10'),
    });
    expect(findings).toMatchObject([
      {
        rule: 'SM-05',
        expected: { en: 'at least 1 in each of 4 quarters' },
        found: { en: '4 in all, 1 quarters short: 2025-04-01..2025-06-30' },
      },
    ]);
  });

  test('CO was never measured at two stacks', () => {
    const required = ['DA001', 'DA002'].map((outlet) => ({ outlet, pollutant: '一氧化碳' }));
    expect(rules(plan({ required }))).toEqual(['SM-06', 'SM-06']);
  });

  test('23 results in a year of weeks are short of 51 whole weeks', () => {
    const weekly = (goodPlan.items ?? []).map((item) => ({ ...item, frequency: '1次/周' }));
    // Every second Monday: 2025 has 52 Mondays, the first on 6 January; the week of 29 December ends in the next year.
    const days = Array.from({ length: 23 }, (_, index) =>
      new Date(Date.UTC(2025, 0, 6 + 14 * index)).toISOString().slice(0, 10),
    );
    expect(
      plan({ items: weekly, period: { from: '2025-01-01', to: '2025-12-31' }, results: on(...days) }),
    ).toMatchObject([{ rule: 'SM-07', expected: { en: 'at least 1 in each of 51 weeks' } }]);
  });

  test('one sampler at two factories at one time', () => {
    const record = { person: 'S7', start: '2026-05-01T09:00:00+08:00', end: '2026-05-01T10:30:00+08:00' };
    const findings = plan({
      labRecords: [
        { ...record, place: '甲厂' },
        { ...record, place: '乙厂', start: '2026-05-01T10:00:00+08:00' },
      ],
    });
    expect(findings).toMatchObject([{ rule: 'SM-14', at: 'labRecords.1', remedy: 'lead' }]);
  });

  test.each([
    [154, 30, '4.13'],
    [18.8, 3, '5.27'],
    // 2.01 ÷ 2 − 1 is 0.005 exactly; in binary fractions it is less.
    [2.01, 2, '0.01'],
    [1.5, 1, '0.50'],
  ])('%d against %d is %s times over, half up', (value, limit, expected) => {
    expect(exceedanceMultiple(value, limit)).toBe(expected);
  });
});
