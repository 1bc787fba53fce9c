import { type Calendar } from '../../calendar.js';
import { resolve } from '../../clock.js';
import { addDays, addYears, type CalendarDate, daysBetween, parseDate } from '../../date.js';
import type { PermitContent } from '../../content/permit.js';
import type { RulePack } from '../../pack.js';
import { article, norm } from '../basis.js';
import { both, type Found, place, type Rule, say } from '../rule.js';

/** The Regulation is in force from this day on; before, a first permit was for three years and a renewed one for five. */
const regulationFrom = parseDate('2021-03-01');

/** The last lawful day of a limit of the pack, counted from a day. */
function dueOf(
  limit: string,
  on: CalendarDate,
  rules: { readonly pack: RulePack; readonly calendar: Calendar },
) {
  return resolve([{ type: 'started', limit, on }], rules.pack, rules.calendar).due ?? on;
}

const by = (due: CalendarDate) => say(`不晚于 ${due}`, `on ${due} at the latest`);

/** PQ-38 and 39, TL-01 to 03, 06, 07, 09 and 10: days and terms. */
export const termRules: readonly Rule<PermitContent>[] = [
  {
    id: 'PQ-38',
    basis: article('REG', '14'),
    reads: [
      'permit.validFrom',
      'permit.validTo',
      'permit.decidedOn',
      'permit.businessType',
      'procedure.previousValidTo',
    ],
    condition: say(
      '有效期不是五年（2021年3月1日前首次为三年），或变更改动了届满日',
      'the term is not five years (a first one before 1 March 2021: three), or a change moved its last day',
    ),
    category: 'validity',
    severity: 1,
    test: 'conforming',
    remedy: 'change',
    suspicion: false,
    standing: 'seen',
    find: ({ permit, procedure }) => {
      const { decidedOn, businessType, validFrom, validTo } = permit;
      const previous = procedure?.previousValidTo;
      const act = 'validity';
      if (permit.category === 'registration') return [];
      if (businessType === 'change')
        return previous === undefined || previous === validTo
          ? []
          : [
              {
                at: 'permit.validTo',
                expected: say(`${previous}（变更不改届满日）`, `${previous} (a change keeps it)`),
                found: both(validTo),
                act,
              },
            ];
      const years = decidedOn < regulationFrom && businessType !== 'renewal' ? 3 : 5;
      const expected = addDays(addYears(validFrom, years), -1);
      return validTo === expected
        ? []
        : [
            {
              at: 'permit.validTo',
              expected: say(`${expected}（${years} 年）`, `${expected} (${years} years)`),
              found: both(validTo),
              act,
            },
          ];
    },
  },
  {
    id: 'PQ-39',
    basis: norm('HJ 1299-2023'),
    reads: ['changes'],
    condition: say('短期内反复变更', 'changed again and again within a short time'),
    category: 'repeatedChange',
    severity: 2,
    test: 'conforming',
    remedy: 'bulletin',
    suspicion: false,
    standing: 'derived',
    find: ({ changes }, { settings }) => {
      const { repeatedChanges: most, repeatedChangeDays: within } = settings;
      const days = [...changes].sort();
      const repeated = days.some((first, index) => {
        const last = days[index + most - 1];
        return last !== undefined && daysBetween(first, last) < within;
      });
      return repeated
        ? [
            {
              at: 'changes',
              expected: say(`${within} 日内少于 ${most} 次`, `fewer than ${most} in ${within} days`),
              found: both(days.join('、')),
              act: 'changes',
            },
          ]
        : [];
    },
  },
  {
    id: 'TL-01',
    basis: article('REG', '12'),
    reads: ['procedure.acceptedOn', 'procedure.siteVisit', 'permit.category', 'permit.decidedOn'],
    condition: say(
      '决定晚于法定期限（未计依法扣除的时间）',
      'decided after the statutory limit (lawful pauses not counted)',
    ),
    category: 'overdue',
    severity: 2,
    test: 'timely',
    remedy: 'bulletin',
    suspicion: true,
    standing: 'seen',
    find: ({ permit, procedure }, context) => {
      const accepted = procedure?.acceptedOn;
      const limited = permit.businessType === 'first' || permit.businessType === 'reapplication';
      if (accepted === undefined || !limited || permit.category === 'registration') return [];
      const visited = permit.category === 'key' && procedure?.siteVisit === true ? '.visit' : '';
      const due = dueOf(`decision.${permit.category}${visited}`, accepted, context);
      return permit.decidedOn <= due
        ? []
        : [{ at: 'permit.decidedOn', expected: by(due), found: both(permit.decidedOn), act: 'decision' }];
    },
  },
  {
    id: 'TL-02',
    basis: article('REG', '14'),
    reads: ['procedure.renewalFiledOn', 'procedure.previousValidTo', 'permit.validTo'],
    condition: say(
      '延续申请晚于届满前六十日，或已过此日而未申请',
      'a renewal filed later than sixty days before the end, or that day is over and none filed',
    ),
    category: 'overdue',
    severity: 2,
    test: 'timely',
    remedy: 'rectificationOpinion',
    suspicion: false,
    standing: 'seen',
    find: ({ permit, procedure }, context) => {
      if (permit.category === 'registration') return [];
      const filed = procedure?.renewalFiledOn;
      const renewed = permit.businessType === 'renewal' ? procedure?.previousValidTo : undefined;
      const end = filed === undefined ? permit.validTo : (renewed ?? permit.validTo);
      const due = dueOf('renewal.apply', end, context);
      const act = `renewal:${end}`;
      if (filed !== undefined)
        return filed <= due
          ? []
          : [{ at: 'procedure.renewalFiledOn', expected: by(due), found: both(filed), act }];
      return context.on > due && context.on <= permit.validTo
        ? [{ at: 'permit.validTo', expected: by(due), found: say('未申请延续', 'no renewal filed'), act }]
        : [];
    },
  },
  {
    id: 'TL-03',
    basis: article('REG', '14'),
    reads: ['procedure.basicDataChanges'],
    condition: say(
      '基本信息变更后三十日内未申请变更',
      'basic data changed and no change applied for within thirty days',
    ),
    category: 'overdue',
    severity: 2,
    test: 'timely',
    remedy: 'change',
    suspicion: false,
    standing: 'seen',
    find: ({ procedure }, context) =>
      (procedure?.basicDataChanges ?? []).flatMap(({ what, changedOn, appliedOn }, index): Found[] => {
        const due = dueOf('change.apply', changedOn, context);
        return (appliedOn ?? context.on) <= due
          ? []
          : [
              {
                at: place('procedure.basicDataChanges', index),
                expected: by(due),
                found: appliedOn === undefined ? say('未申请', 'not applied for') : both(appliedOn),
                act: `basicData:${what}:${changedOn}`,
              },
            ];
      }),
  },
  {
    id: 'TL-06',
    basis: article('ALL', '70'),
    reads: ['permit.validTo', 'procedure.renewalFiledOn'],
    condition: say(
      '已届满而未申请延续，应催告后注销',
      'past its last day without a renewal: to be cancelled after a reminder',
    ),
    category: 'validity',
    severity: 1,
    test: 'timely',
    remedy: 'cancellation',
    suspicion: false,
    standing: 'seen',
    find: ({ permit, procedure }, { on }) =>
      permit.category !== 'registration' && on > permit.validTo && procedure?.renewalFiledOn === undefined
        ? [
            {
              at: 'permit.validTo',
              expected: say('在有效期内', 'within its term'),
              found: both(permit.validTo),
              act: `renewal:${permit.validTo}`,
            },
          ]
        : [],
  },
  {
    id: 'TL-07',
    basis: article('REG', '24'),
    reads: ['unit.registration'],
    condition: say(
      '排污登记有效期不是五年或已届满',
      'a registration whose term is not five years, or is over',
    ),
    category: 'validity',
    severity: 3,
    test: 'timely',
    remedy: 'rectificationOpinion',
    suspicion: false,
    standing: 'seen',
    find: ({ unit }, { on }) => {
      if (unit.registration === undefined) return [];
      const { filedOn, validTo } = unit.registration;
      const end = addDays(addYears(filedOn, 5), -1);
      const at = 'unit.registration.validTo';
      return [
        // Local guides count the five years to the day before or to the day itself.
        ...(validTo === end || validTo === addDays(end, 1)
          ? []
          : [{ at, expected: both(end), found: both(validTo), act: 'registration' }]),
        ...(on > validTo
          ? [
              {
                at,
                expected: say('在有效期内', 'within its term'),
                found: both(validTo),
                act: 'registration',
              },
            ]
          : []),
      ];
    },
  },
  {
    id: 'TL-09',
    basis: article('REG', '46'),
    reads: ['procedure.rectification'],
    condition: say(
      '限期整改期限不在三个月至一年之间，或未写理由',
      'a rectification term outside three months to a year, or without its reason',
    ),
    category: 'overdue',
    severity: 2,
    test: 'conforming',
    remedy: 'rectificationOpinion',
    suspicion: false,
    standing: 'seen',
    find: ({ procedure }) => {
      const notice = procedure?.rectification;
      if (notice === undefined) return [];
      const days = daysBetween(notice.from, notice.to) + 1;
      const act = `rectification:${notice.from}`;
      return [
        // Three months are 89 days at least, a year 366 at most.
        ...(days < 89 || days > 366
          ? [
              {
                at: 'procedure.rectification.to',
                expected: say('三个月至一年', 'three months to a year'),
                found: say(`${days} 日`, `${days} days`),
                act,
              },
            ]
          : []),
        ...(notice.reason === undefined
          ? [
              {
                at: 'procedure.rectification.reason',
                expected: say('整改理由', 'its reason'),
                found: say('无', 'nothing'),
                act,
              },
            ]
          : []),
      ];
    },
  },
  {
    id: 'TL-10',
    basis: article('REG', '33(1)'),
    reads: ['procedure.productionStartedOn', 'permit.validFrom', 'permit.businessType'],
    condition: say(
      '首次申请的单位在取证前启动生产设施或排污',
      'a unit of a first permit started its facilities or discharge before it',
    ),
    category: 'unlicensed',
    severity: 1,
    test: 'timely',
    remedy: 'lead',
    suspicion: true,
    standing: 'recalled',
    find: ({ permit, procedure }) => {
      const started = procedure?.productionStartedOn;
      return permit.businessType === 'first' && started !== undefined && started < permit.validFrom
        ? [
            {
              at: 'procedure.productionStartedOn',
              expected: say(`不早于 ${permit.validFrom}`, `not before ${permit.validFrom}`),
              found: both(started),
              act: 'unlicensed',
            },
          ]
        : [];
    },
  },
];
