import { type CalendarDate, daysBetween } from '../../date.js';
import type { ExecutionReport } from '../../content/report.js';
import type { ReportType } from '../../content/fields.js';
import { annualParts } from '../reference/annualParts.js';
import { article, norm } from '../basis.js';
import { announcedDue, dueFromText, fallbackDue, type Period, periodOf } from '../reference/dueDates.js';
import { both, type Found, nothing, place, type Rule, say } from '../rule.js';

const partNames: Readonly<Record<(typeof annualParts)[number], string>> = {
  basics: '基本信息',
  lawAbiding: '遵守法律法规情况',
  facilities: '污染治理设施运行',
  monitoring: '自行监测',
  ledger: '台账管理',
  emissions: '实际排放及达标',
  tax: '环境保护税',
  disclosure: '信息公开',
  internalSystem: '内部管理体系',
  otherDuties: '其他许可内容',
  notes: '其他说明',
  conclusion: '结论',
  attachments: '附图附件',
};

/** Below so many days, or months, of holding the permit a report goes into the next one (ER-02). */
function isTooYoung(type: ReportType, validFrom: CalendarDate, period: Period): boolean {
  if (validFrom > period.to) return true;
  const held = daysBetween(validFrom > period.from ? validFrom : period.from, period.to) + 1;
  // Months of holding, by their shortest: under 10 days, one month, three months.
  return held < { month: 10, quarter: 28, halfYear: 89, year: 89 }[type];
}

/** Whether a filed report of a longer period takes the place of this one (ER-03): the last one of each longer period. */
function isMerged({ permit, type, index, filed }: ExecutionReport): boolean {
  const covers = (longer: ReportType, number: number): boolean =>
    permit.duties.some((duty) => duty.type === longer) ||
    filed.some((other) => other.type === longer && (longer === 'year' || other.index === number));
  if (type === 'month') return index % 3 === 0 && covers('quarter', index / 3);
  return type === 'quarter' && index === 4 && covers('year', 1);
}

interface Due {
  readonly due: CalendarDate;
  readonly source: { readonly zh: string; readonly en: string };
  readonly standing: 'seen' | 'derived';
}

/** The last day to file: an announcement goes before the permit's text, and that before our fallback. */
function dueOfReport(report: ExecutionReport): Due | null {
  const period = periodOf(report.type, report.year, report.index);
  if (period === null) return null;
  const text = report.permit.duties.find((duty) => duty.type === report.type)?.dueText;
  const announced =
    report.dueOverride ??
    (report.type === 'year' ? announcedDue(report.year, report.permit.industries) : null);
  if (announced !== null) return { due: announced, source: say('公告', 'an announcement'), standing: 'seen' };
  const written = text === undefined ? null : dueFromText(text, period);
  return written === null
    ? { due: fallbackDue(report.type, period), source: say('缺省', 'by default'), standing: 'derived' }
    : { due: written, source: say('许可证', 'the permit'), standing: 'seen' };
}

/** ER-01 to 04, 14, 21, 23 to 25: filed in time, complete, with what belongs to it. */
export const filingRules: readonly Rule<ExecutionReport>[] = [
  {
    id: 'ER-01',
    basis: article('REG', '22'),
    reads: [
      'type',
      'year',
      'index',
      'submittedOn',
      'permit.duties',
      'permit.validFrom',
      'filed',
      'dueOverride',
    ],
    condition: say(
      '未在上报时限内提交（持证不足或已合并的除外）',
      'not filed by the due day (save when held too short, or merged)',
    ),
    category: 'notFiled',
    severity: 1,
    test: 'timely',
    remedy: 'lead',
    suspicion: false,
    standing: 'seen',
    find: (report, { on }) => {
      const { type, year, index, submittedOn } = report;
      const period = periodOf(type, year, index);
      const known = dueOfReport(report);
      if (period === null || known === null) return [];
      if (isTooYoung(type, report.permit.validFrom, period) || isMerged(report)) return [];
      if ((submittedOn ?? on) <= known.due) return [];
      return [
        {
          at: 'submittedOn',
          expected: say(
            `不晚于 ${known.due}（${known.source.zh}）`,
            `on ${known.due} at the latest (${known.source.en})`,
          ),
          found: submittedOn === undefined ? say('未提交', 'not filed') : both(submittedOn),
          act: `filing:${type}:${year}:${index}`,
          standing: known.standing,
        },
      ];
    },
  },
  {
    id: 'ER-04',
    basis: norm('HJ 944-2018'),
    reads: ['parts', 'blankCells', 'type'],
    condition: say(
      '必填内容空白，或年报缺少规定的部分',
      'a required cell is blank, or an annual report lacks a part',
    ),
    category: 'incomplete',
    severity: 3,
    test: 'complete',
    remedy: 'returnReport',
    suspicion: false,
    standing: 'seen',
    find: ({ type, parts, blankCells, submittedOn }) =>
      submittedOn === undefined
        ? []
        : [
            ...blankCells.map((cell, index): Found => ({
              at: place('blankCells', index),
              expected: say(`填写 ${cell}`, `${cell} filled in`),
              found: nothing,
              act: `cell:${cell}`,
            })),
            ...(type === 'year'
              ? annualParts
                  .filter((part) => parts?.includes(part) !== true)
                  .map((part): Found => ({
                    at: 'parts',
                    expected: say(partNames[part], part),
                    found: nothing,
                    act: `part:${part}`,
                  }))
              : []),
          ],
  },
  {
    id: 'ER-14',
    basis: article('REG', '22'),
    reads: ['products[].amount', 'hours', 'shutdown'],
    condition: say('产量为零而无停产标记或说明', 'no production and neither a shutdown mark nor its reason'),
    category: 'incomplete',
    severity: 2,
    test: 'complete',
    remedy: 'returnReport',
    suspicion: false,
    standing: 'seen',
    find: ({ products, hours, shutdown, submittedOn }) => {
      const none = products.length > 0 ? products.every(({ amount }) => amount === 0) : hours === 0;
      return submittedOn === undefined || !none || (shutdown?.marked === true && shutdown.note !== undefined)
        ? []
        : [
            {
              at: 'shutdown',
              expected: say('停产标记与原因', 'a shutdown mark with the reason'),
              found: shutdown?.marked === true ? say('有标记无说明', 'a mark without reason') : nothing,
              act: 'shutdown',
            },
          ];
    },
  },
  ...missingRules(),
  {
    id: 'ER-24',
    basis: norm('HJ 944-2018'),
    reads: ['permit.staggeredProduction', 'staggeredStatement', 'type'],
    condition: say(
      '有错峰生产要求而缺专项说明（停产也须有）',
      'staggered production is demanded and its statement is missing, shut down or not',
    ),
    category: 'incomplete',
    severity: 2,
    test: 'complete',
    remedy: 'returnReport',
    suspicion: false,
    standing: 'seen',
    find: ({ permit, staggeredStatement, submittedOn }) =>
      permit.staggeredProduction && submittedOn !== undefined && staggeredStatement === undefined
        ? [
            {
              at: 'staggeredStatement',
              expected: say('错峰生产专项说明', 'a statement on staggered production'),
              found: nothing,
              act: 'staggered',
            },
          ]
        : [],
  },
  {
    id: 'ER-25',
    basis: article('REG', '23'),
    reads: ['undisclosed'],
    condition: say(
      '某月、季的监测数据未在平台公开',
      'monitoring data of a month or quarter is not public on the platform',
    ),
    category: 'undisclosed',
    severity: 1,
    test: 'complete',
    remedy: 'lead',
    suspicion: false,
    standing: 'seen',
    find: ({ undisclosed }) =>
      undisclosed.map((period, index): Found => ({
        at: place('undisclosed', index),
        expected: say('已公开', 'public'),
        found: say(`${period} 未公开`, `${period} not public`),
        act: `disclosure:${period}`,
      })),
  },
];

/** ER-21 and ER-23: papers that belong to the report. */
function missingRules(): readonly Rule<ExecutionReport>[] {
  return [
    {
      id: 'ER-21',
      basis: norm('HJ 944-2018'),
      reads: ['attachments', 'type'],
      condition: say(
        '年报缺计算表或监测点位图',
        'an annual report without calculation sheet or map of monitoring points',
      ),
      category: 'attachments',
      severity: 3,
      test: 'complete',
      remedy: 'returnReport',
      suspicion: false,
      standing: 'seen',
      find: ({ type, attachments, submittedOn }) =>
        type !== 'year' || submittedOn === undefined
          ? []
          : (
              [
                ['calculation', '实际排放量计算表', 'calculation sheet'],
                ['monitoringMap', '监测点位图', 'map of monitoring points'],
              ] as const
            )
              .filter(([name]) => !attachments.includes(name))
              .map(([name, zh, en]): Found => ({
                at: 'attachments',
                expected: say(zh, en),
                found: nothing,
                act: `attachment:${name}`,
              })),
    },
    {
      id: 'ER-23',
      basis: norm('HJ 944-2018'),
      reads: ['commitmentSigned'],
      condition: say('缺承诺书或签章', 'letter of commitment or signature missing'),
      category: 'attachments',
      severity: 3,
      test: 'complete',
      remedy: 'returnReport',
      suspicion: false,
      standing: 'seen',
      find: ({ commitmentSigned, submittedOn }) =>
        submittedOn === undefined || commitmentSigned === true
          ? []
          : [
              {
                at: 'commitmentSigned',
                expected: say('签章的承诺书', 'a signed letter of commitment'),
                found: nothing,
                act: 'commitment',
              },
            ],
    },
  ];
}
