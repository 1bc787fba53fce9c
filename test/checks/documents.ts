import type { z } from 'zod';
import { calendarOf } from '../../rules/calendar.js';
import { calendarYearsFromPackage } from '../../rules/calendarYears.js';
import { permitRules } from '../../rules/checks/permit/index.js';
import { planRules } from '../../rules/checks/plan/index.js';
import { reportRules } from '../../rules/checks/report/index.js';
import type { CheckContext } from '../../rules/checks/rule.js';
import { type Finding, runChecks } from '../../rules/checks/run.js';
import { checkSettings } from '../../rules/checks/settings.js';
import { type PermitContent, permitContent } from '../../rules/content/permit.js';
import { monitoringPlan } from '../../rules/content/plan.js';
import { executionReport } from '../../rules/content/report.js';
import { parseDate } from '../../rules/date.js';
import { demonstration } from '../../rules/packs/demonstration/index.js';

/** Documents before the schema has read them: what a file holds. */
export type PermitInput = z.input<typeof permitContent>;
export type ReportInput = z.input<typeof executionReport>;
export type PlanInput = z.input<typeof monitoringPlan>;

/** The checks run on 24 November 2026. */
export const context: CheckContext = {
  on: parseDate('2026-11-24'),
  calendar: calendarOf(calendarYearsFromPackage(2020, 2027)),
  pack: demonstration,
  settings: checkSettings,
};

export const permitFindings = (input: PermitInput): readonly Finding[] =>
  runChecks(permitRules, permitContent.parse(input), context);
export const reportFindings = (input: ReportInput): readonly Finding[] =>
  runChecks(reportRules, executionReport.parse(input), context);
export const planFindings = (input: PlanInput): readonly Finding[] =>
  runChecks(planRules, monitoringPlan.parse(input), context);

export type Permit = PermitContent;

/** A permit without a fault: a key unit with one gas-fired kiln, its main stack, and a general water outlet. */
export const goodPermit: PermitInput = {
  unit: {
    name: '示范建材有限公司',
    industries: ['3039'],
    areas: ['heavyPollution'],
    boundary: [
      { lon: 100, lat: 30 },
      { lon: 100.01, lat: 30 },
      { lon: 100.01, lat: 30.01 },
      { lon: 100, lat: 30.01 },
    ],
    industrialSolidWaste: true,
  },
  permit: {
    number: '91990100MA0STEEL01001P',
    businessType: 'first',
    category: 'key',
    decidedOn: '2026-03-16',
    issuedOn: '2026-03-20',
    validFrom: '2026-03-20',
    validTo: '2031-03-19',
    norms: ['HJ 942-2018'],
  },
  lines: [{ name: '一号线', industry: '3039', steps: ['破碎', '烧成'], catalogueClass: 'key' }],
  products: [{ name: '板材', capacity: 100_000, unit: 't/a', eiaCapacity: 100_000 }],
  facilities: [
    {
      id: 'MF0001',
      name: '窑炉',
      outlets: ['DA001'],
      count: 1,
      eiaCount: 1,
      siteCount: 1,
      treatment: { name: '袋式除尘', pollutants: ['颗粒物'] },
    },
    { id: 'MF0002', name: '循环水', outlets: ['DW001'] },
  ],
  outlets: [
    {
      id: 'DA001',
      medium: 'air',
      type: 'main',
      position: { lon: 100.005, lat: 30.005 },
      heightMetres: 30,
      requiredHeightMetres: 15,
    },
    {
      id: 'DW001',
      medium: 'water',
      type: 'general',
      mode: 'indirect',
      destination: 'townSewageWorks',
      standardColumn: 'indirect',
    },
  ],
  limits: [
    {
      outlet: 'DA001',
      pollutant: '颗粒物',
      concentration: { value: 10, text: '10', unit: 'mg/Nm3' },
      annual: [7.2, 7.2, 7.2, 7.2, 7.2],
      standards: [{ number: 'GB 9078-1996', value: 10 }],
      calculation: { by: 'air', hours: 7200, cubicMetresPerHour: 100_000, milligramsPerCubicMetre: 10 },
    },
    {
      outlet: 'DW001',
      pollutant: '化学需氧量',
      concentration: { value: 500, text: '500', unit: 'mg/L' },
      standards: [{ number: 'GB 8978-1996', value: 500 }],
    },
  ],
  totals: [
    {
      pollutant: '颗粒物',
      medium: 'air',
      main: [7.2, 7.2, 7.2, 7.2, 7.2],
      plant: [7.2, 7.2, 7.2, 7.2, 7.2],
      normResult: 7.2,
    },
  ],
  specialPeriods: [{ kind: '重污染天气', measures: '按一厂一策减排' }],
  monitoring: [
    {
      outlet: 'DA001',
      medium: 'air',
      pollutant: '颗粒物',
      automatic: true,
      networked: true,
      instrument: 'CEMS',
      place: '烟囱 20 m',
      backup: '手工每日 4 次',
      frequency: '自动监测',
    },
    { outlet: 'DW001', medium: 'water', pollutant: '化学需氧量', frequency: '1次/月', method: 'HJ 828-2017' },
  ],
  ledger: { retentionYears: 5 },
  reports: [
    { type: 'year', dueText: '次年1月31日前' },
    { type: 'quarter', dueText: '季度结束后15日内' },
  ],
  noise: ['厂界 3 类'],
  solidWaste: ['除尘灰综合利用'],
  attachments: ['flowChart', 'layout', 'monitoringMap'],
  basis: {
    eia: [
      {
        number: '云环审〔2020〕1号',
        approvedOn: '2020-05-06',
        outlets: 2,
        quotas: [{ pollutant: '颗粒物', tonnes: 8 }],
      },
    ],
    totalControl: [{ pollutant: '颗粒物', tonnes: 7.2 }],
  },
  procedure: { acceptedOn: '2026-02-02', siteVisit: false },
};

/** A quarterly report without a fault, on the same plant. */
export const goodReport: ReportInput = {
  permit: {
    category: 'key',
    validFrom: '2025-03-20',
    industries: ['3039'],
    duties: [
      { type: 'year', dueText: '次年1月31日前' },
      { type: 'quarter', dueText: '季度结束后15日内' },
    ],
    limits: [
      { outlet: 'DA001', medium: 'air', pollutant: '颗粒物', concentration: 10, amount: 1.8 },
      { outlet: 'DA001', medium: 'air', pollutant: '二氧化硫', concentration: 50, amount: 9 },
    ],
    products: [{ name: '板材', capacity: 25_000, unit: 't' }],
  },
  type: 'quarter',
  year: 2026,
  index: 2,
  submittedOn: '2026-07-15',
  emissions: [
    {
      outlet: 'DA001',
      medium: 'air',
      pollutant: '颗粒物',
      validCount: 2000,
      min: 2,
      mean: 5,
      max: 9,
      exceedCount: 0,
      exceedRate: 0,
      actual: 0.9,
      parts: [0.3, 0.3, 0.3],
      hours: 1800,
      flow: 100_000,
      method: 'automatic',
      validAutomaticData: true,
      lastYear: 0.8,
      priorPeriod: 0.85,
    },
    { outlet: 'DA001', medium: 'air', pollutant: '二氧化硫', mean: 20, max: 40, actual: 3.5 },
  ],
  products: [{ name: '板材', amount: 22_000, unit: 't' }],
  hours: 1800,
  fuels: [{ name: 'coal', tonnes: 400, sulphurPercent: 0.6, ashPercent: 20, megajoulesPerKilogram: 22 }],
  balance: { rawSulphurTonnes: 0, ashInputTonnes: 80 },
  labResults: [{ outlet: 'DA001', pollutant: 'SO2', mean: 20, max: 40 }],
  monitoring: [{ outlet: 'DA001', pollutant: '二氧化硫', frequency: '1次/月', validResults: 3 }],
  commitmentSigned: true,
};

const quarterly = ['2026-02-10', '2026-05-12', '2026-08-11'].map((day) => `${day}T10:00:00+08:00`);

/** A plan without a fault: nothing but a quarterly item that was measured in each quarter of the period. */
export const goodPlan: PlanInput = {
  unit: { name: '示范建材有限公司', keyUnit: true, industries: ['3039'] },
  guides: ['HJ 819-2017'],
  items: [
    {
      outlet: 'DA001',
      outletType: 'main',
      medium: 'air',
      pollutant: '颗粒物',
      frequency: '1次/季',
      method: 'HJ 836-2017',
      samples: 3,
      sampling: 'discontinuous',
    },
  ],
  required: [{ outlet: 'DA001', pollutant: '颗粒物' }],
  noise: { frequency: '1次/季', nightOperation: true, nightMeasured: true },
  rawRecordYears: 5,
  period: { from: '2026-01-01', to: '2026-09-30' },
  results: quarterly.map((start) => ({
    outlet: 'DA001',
    pollutant: '颗粒物',
    start,
    value: 8,
    limit: 10,
    source: 'onSite' as const,
  })),
};
