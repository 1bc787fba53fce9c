import { parseDate } from '../../date.js';
import type { PermitContent } from '../../content/permit.js';
import { article, norm } from '../basis.js';
import { dueFromText, periodOf } from '../reference/dueDates.js';
import { both, type Found, nothing, place, type Rule, say } from '../rule.js';

/** HJ 1301 is in force from this day on. */
const noiseFrom = parseDate('2023-10-01');
/** HJ 1200 is in force from this day on. */
const solidWasteFrom = parseDate('2022-01-01');
/** The years that ledgers and raw records are kept (REG 19, 21). */
const retentionYears = 5;

const required = { flowChart: '工艺流程图', layout: '平面布置图', monitoringMap: '监测点位图' } as const;
const english = {
  flowChart: 'flow chart',
  layout: 'layout',
  monitoringMap: 'map of monitoring points',
} as const;

const isEmpty = (list: readonly unknown[] | undefined): boolean => (list?.length ?? 0) === 0;

const decidedOn = (permit: PermitContent): string => permit.permit.issuedOn ?? permit.permit.decidedOn;

const missing = (at: string, zh: string, en: string): Found => ({
  at,
  expected: say(zh, en),
  found: nothing,
  act: `block:${at}`,
});

const reportNames = { year: '年报', halfYear: '半年报', quarter: '季报', month: '月报' } as const;

/** PQ-31 to 33, 35, 36 and 40: blocks that must be there, and what they must say. */
export const blockRules: readonly Rule<PermitContent>[] = [
  {
    id: 'PQ-31',
    basis: article('REG', '13(7)'),
    reads: ['unit.areas', 'specialPeriods'],
    condition: say(
      '所在区域有重污染应急或错峰生产要求而特殊时段为空',
      'the area has heavy-pollution or staggered-production plans and special periods are empty',
    ),
    category: 'specialPeriods',
    severity: 2,
    test: 'complete',
    remedy: 'change',
    suspicion: false,
    standing: 'seen',
    find: ({ unit, specialPeriods }) =>
      unit.areas.some((area) => area !== 'specialLimits') && isEmpty(specialPeriods)
        ? [missing('specialPeriods', '特殊时段要求', 'demands for special periods')]
        : [],
  },
  {
    id: 'PQ-32',
    basis: norm('HJ 1301-2023'),
    reads: ['permit.issuedOn', 'permit.decidedOn', 'noise'],
    condition: say(
      '2023 年 10 月 1 日以后核发或变更而无工业噪声内容',
      'issued or changed since 1 October 2023 without a part on noise',
    ),
    category: 'element',
    severity: 2,
    test: 'complete',
    remedy: 'change',
    suspicion: false,
    standing: 'seen',
    find: (permit) =>
      decidedOn(permit) >= noiseFrom && isEmpty(permit.noise)
        ? [missing('noise', '工业噪声内容', 'a part on noise')]
        : [],
  },
  {
    id: 'PQ-33',
    basis: norm('HJ 1200-2021'),
    reads: ['unit.industrialSolidWaste', 'solidWaste'],
    condition: say(
      '产生工业固体废物而无固体废物内容',
      'the unit has industrial solid waste and no part on it',
    ),
    category: 'element',
    severity: 2,
    test: 'complete',
    remedy: 'change',
    suspicion: false,
    standing: 'recalled',
    find: (permit) =>
      permit.unit.industrialSolidWaste === true &&
      decidedOn(permit) >= solidWasteFrom &&
      isEmpty(permit.solidWaste)
        ? [missing('solidWaste', '工业固体废物内容', 'a part on solid waste')]
        : [],
  },
  {
    id: 'PQ-35',
    basis: article('REG', '21'),
    reads: ['ledger.retentionYears'],
    condition: say(
      '台账保存期限少于五年或未写明',
      'ledgers are kept for less than five years, or nothing is said',
    ),
    category: 'ledger',
    severity: 2,
    test: 'conforming',
    remedy: 'change',
    suspicion: false,
    standing: 'seen',
    find: ({ ledger }) => {
      const years = ledger?.retentionYears;
      return years !== undefined && years >= retentionYears
        ? []
        : [
            {
              at: 'ledger.retentionYears',
              expected: say('不少于 5 年', 'at least 5 years'),
              found: years === undefined ? nothing : say(`${years} 年`, `${years} years`),
              act: 'block:ledger',
            },
          ];
    },
  },
  {
    id: 'PQ-36',
    basis: article('REG', '22'),
    reads: ['permit.category', 'reports[].type', 'reports[].dueText'],
    condition: say(
      '重点无季报、无年报，简化无年报，或上报时限不能识读',
      'key without quarterly or annual reports, simplified without annual ones, or a due text that can not be read',
    ),
    category: 'reportDuty',
    severity: 2,
    test: 'conforming',
    remedy: 'change',
    suspicion: false,
    standing: 'recalled',
    find: ({ permit, reports = [] }) => {
      if (permit.category === 'registration') return [];
      const due = permit.category === 'key' ? (['year', 'quarter'] as const) : (['year'] as const);
      const lacking = due
        .filter((type) => !reports.some((duty) => duty.type === type))
        .map((type): Found => ({
          at: 'reports',
          expected: say(reportNames[type], `a report for each ${type}`),
          found: isEmpty(reports) ? nothing : both(reports.map((duty) => reportNames[duty.type]).join('、')),
          act: `duty:${type}`,
        }));
      const unreadable = reports.flatMap(({ type, dueText }, index): Found[] => {
        const period = periodOf(type, 2026, 1);
        return period === null || (dueText !== undefined && dueFromText(dueText, period) !== null)
          ? []
          : [
              {
                at: place('reports', index, 'dueText'),
                expected: say(
                  '可识读的上报时限，如次年1月31日前',
                  'a due day that can be read, such as 次年1月31日前',
                ),
                found: dueText === undefined ? nothing : both(dueText),
                act: `duty:${type}`,
              },
            ];
      });
      return [...lacking, ...unreadable];
    },
  },
  {
    id: 'PQ-40',
    basis: norm('HJ 1299-2023'),
    reads: ['attachments'],
    condition: say(
      '缺少工艺流程图、平面布置图或监测点位图',
      'flow chart, layout or map of monitoring points missing',
    ),
    category: 'attachments',
    severity: 3,
    test: 'complete',
    remedy: 'supplement',
    suspicion: false,
    standing: 'seen',
    find: ({ attachments = [] }) =>
      (Object.keys(required) as (keyof typeof required)[])
        .filter((each) => !attachments.includes(each))
        .map((each) => ({
          ...missing('attachments', required[each], english[each]),
          act: `attachment:${each}`,
        })),
  },
];
