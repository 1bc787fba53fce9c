import { parseDate } from '../../date.js';
import type { PermitContent } from '../../content/permit.js';
import { catalogue } from '../basis.js';
import type { Found, Rule, RuleFacts, Words } from '../rule.js';
import { say } from '../rule.js';
import { classNames, classSources, type ClassSource, isHigher } from './classSources.js';

/** The catalogue of 2019 decides on permits from its first day on (PQ-10); older decisions are left to people. */
const catalogueFrom = parseDate('2019-12-20');

const reasoned = (source: ClassSource): Words =>
  say(
    `${classNames[source.class].zh}（${source.why.zh}）`,
    `${classNames[source.class].en} (${source.why.en})`,
  );

/** The rule that compares the class with one ground for it. All speak of one act: there is but one class. */
function tooLow(
  id: ClassSource['rule'],
  facts: Pick<RuleFacts, 'basis' | 'reads' | 'condition' | 'standing' | 'suspicion'> &
    Partial<Pick<RuleFacts, 'remedy'>>,
): Rule<PermitContent> {
  return {
    id,
    category: 'classTooLow',
    severity: 1,
    test: 'conforming',
    remedy: 'authorityChange',
    ...facts,
    find: (permit) =>
      permit.permit.decidedOn < catalogueFrom
        ? []
        : classSources(permit)
            .filter((source) => source.rule === id && isHigher(source.class, permit.permit.category))
            .map((source): Found => ({
              at: source.at,
              expected: reasoned(source),
              found: classNames[permit.permit.category],
              act: 'class',
            })),
  };
}

/** PQ-01 to PQ-10: the class of management. */
export const classRules: readonly Rule<PermitContent>[] = [
  tooLow('PQ-01', {
    basis: catalogue('第五条（article 5）'),
    reads: ['permit.category', 'lines[].catalogueClass', 'lines[].localClass'],
    condition: say(
      '管理类别低于任一生产线按名录应有的类别',
      'the class is lower than the catalogue gives for a line',
    ),
    standing: 'seen',
    suspicion: true,
  }),
  {
    id: 'PQ-02',
    basis: catalogue('第五条（article 5）'),
    reads: ['permit.category', 'lines', 'commonProcesses', 'unit.keyLists'],
    condition: say('管理类别高于各项依据', 'the class is higher than every ground for it'),
    category: 'classTooHigh',
    severity: 2,
    test: 'conforming',
    remedy: 'authorityChange',
    suspicion: true,
    standing: 'derived',
    find: (permit) => {
      const sources = classSources(permit);
      const [first] = sources;
      if (first === undefined || permit.permit.decidedOn < catalogueFrom) return [];
      const heaviest = sources.reduce(
        (found, each) => (isHigher(each.class, found.class) ? each : found),
        first,
      );
      if (!isHigher(permit.permit.category, heaviest.class)) return [];
      return [
        {
          at: 'permit.category',
          expected: reasoned(heaviest),
          found: classNames[permit.permit.category],
          act: 'class',
        },
      ];
    },
  },
  tooLow('PQ-03', {
    basis: catalogue('2663'),
    reads: ['lines[].industry', 'lines[].steps', 'permit.category'],
    condition: say(
      '2663 有热解或水解工序（含炭化）而非重点；无此工序且非单纯混合分装而低于简化',
      '2663 with decomposition or hydrolysis (carbonising counts) and not key; or without, not mixing alone, below simplified',
    ),
    standing: 'seen',
    suspicion: false,
  }),
  tooLow('PQ-04', {
    basis: catalogue('108–112'),
    reads: ['unit.keyLists', 'unit.catalogue108', 'commonProcesses', 'permit.category'],
    condition: say(
      '通用工序或第108类单位列入水、气重点排污单位名录而非重点',
      'a unit of common processes or of no. 108 on the list of key units (air, water) is not key',
    ),
    standing: 'recalled',
    suspicion: false,
  }),
  tooLow('PQ-05', {
    basis: catalogue('109'),
    reads: ['commonProcesses.boilers', 'permit.category'],
    condition: say(
      '锅炉合计 20 t/h（14 MW）及以上而低于简化',
      'boilers of 20 t/h (14 MW) or more, below simplified',
    ),
    standing: 'recalled',
    suspicion: false,
  }),
  tooLow('PQ-06', {
    basis: catalogue('110'),
    reads: ['commonProcesses.furnaces', 'permit.category'],
    condition: say(
      '有非气、电加热的炉窑，或加热、热处理、干燥以外的炉窑，而低于简化',
      'a furnace other than gas or electric heating, heat-treatment, drying, below simplified',
    ),
    standing: 'recalled',
    suspicion: false,
  }),
  tooLow('PQ-07', {
    basis: catalogue('111'),
    reads: ['commonProcesses.surfaceTreatment', 'permit.category'],
    condition: say(
      '电镀、酸洗、抛光、热浸镀、淬火、钝化，或溶剂 10 t/a 及以上，而低于简化',
      'electroplating, pickling, polishing, hot-dip, quenching, passivation, or solvent of 10 t/a, below simplified',
    ),
    standing: 'recalled',
    suspicion: false,
  }),
  tooLow('PQ-08', {
    basis: catalogue('99, 112'),
    reads: ['commonProcesses.waterTreatment', 'permit.category'],
    condition: say('水处理规模对应的类别高于所持类别', 'the size of water treatment gives a higher class'),
    standing: 'recalled',
    suspicion: false,
  }),
  tooLow('PQ-09', {
    basis: catalogue('第七条（article 7）'),
    reads: ['unit.catalogue108', 'totals[].plant', 'permit.category'],
    condition: say(
      '第108类单位年排放量超过名录第七条数值而非重点',
      'a unit of no. 108 above the amounts of article 7 is not key',
    ),
    standing: 'recalled',
    suspicion: false,
    remedy: 'reapplication',
  }),
];
