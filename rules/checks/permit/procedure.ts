import type { PermitContent } from '../../content/permit.js';
import { article } from '../basis.js';
import { keyOf, samePollutant } from '../reference/pollutants.js';
import { both, type Found, nothing, place, type Rule, say } from '../rule.js';
import { type CheckSettings, differ } from '../settings.js';
import { classNames, classSources, isHigher } from './classSources.js';
import { shown } from './lookup.js';

/** What REG 15 makes a re-application, found by comparing two versions: outlets, their way, kinds, amounts, concentrations. */
function increases(permit: PermitContent, settings: CheckSettings): readonly Found[] {
  const { previous } = permit;
  if (previous === undefined) return [];
  const found = (at: string, expected: Found['expected'], now: Found['found'], act: string): Found => ({
    at,
    expected,
    found: now,
    act: `increase:${act}`,
  });
  const outlets = permit.outlets.flatMap((outlet, index): Found[] => {
    const before = previous.outlets.find(({ id }) => id === outlet.id);
    if (before === undefined)
      return [
        found(
          place('outlets', index),
          say('原有排放口', 'an outlet there before'),
          both(outlet.id),
          outlet.id,
        ),
      ];
    return (['mode', 'destination'] as const).flatMap((part) =>
      before[part] === undefined || before[part] === outlet[part]
        ? []
        : [
            found(
              place('outlets', index, part),
              both(before[part]),
              outlet[part] === undefined ? nothing : both(outlet[part]),
              outlet.id,
            ),
          ],
    );
  });
  const limits = permit.limits.flatMap((limit, index): Found[] => {
    const act = `${limit.outlet}:${keyOf(limit.pollutant)}`;
    const before = previous.limits.find(
      ({ outlet, pollutant }) => outlet === limit.outlet && samePollutant(pollutant, limit.pollutant),
    );
    if (before === undefined)
      return [
        found(
          place('limits', index),
          say('原有污染物', 'a pollutant there before'),
          both(limit.pollutant),
          act,
        ),
      ];
    return [
      { at: place('limits', index, 'concentration'), was: before.value, now: limit.concentration?.value },
      { at: place('limits', index, 'annual'), was: before.annual, now: limit.annual?.[0] },
    ].flatMap(({ at, was, now }) =>
      was !== undefined && now !== undefined && now > was && differ(now, was, settings)
        ? [found(at, say(`不大于 ${shown(was)}`, `at most ${shown(was)}`), both(shown(now)), act)]
        : [],
    );
  });
  return [...outlets, ...limits];
}

/** TL-04 and TL-08: the wrong procedure for what was done. */
export const procedureRules: readonly Rule<PermitContent>[] = [
  {
    id: 'TL-04',
    basis: article('REG', '15'),
    reads: ['permit.businessType', 'outlets', 'limits', 'previous'],
    condition: say(
      '变更或延续中增加了排放口、污染物、浓度或排放量，或改变了方式、去向，应重新申请',
      'a change or renewal with more outlets, pollutants, concentration or amount, or another mode or destination: due for re-application',
    ),
    category: 'wrongProcedure',
    severity: 1,
    test: 'conforming',
    remedy: 'reapplication',
    suspicion: true,
    standing: 'seen',
    find: (permit, { settings }) =>
      permit.permit.businessType === 'change' || permit.permit.businessType === 'renewal'
        ? increases(permit, settings)
        : [],
  },
  {
    id: 'TL-08',
    basis: article('REG', '33(1)'),
    reads: ['unit.registration', 'permit.category', 'lines', 'commonProcesses'],
    condition: say('应取得排污许可证而仅作排污登记', 'only registered where a permit is due'),
    category: 'classTooLow',
    severity: 1,
    test: 'conforming',
    remedy: 'lead',
    suspicion: true,
    standing: 'derived',
    find: (permit) => {
      if (permit.unit.registration === undefined || permit.permit.category !== 'registration') return [];
      const heavy = classSources(permit).find((source) => isHigher(source.class, 'registration'));
      return heavy === undefined
        ? []
        : [
            {
              at: heavy.at,
              expected: say(
                `${classNames[heavy.class].zh}（${heavy.why.zh}）`,
                `${classNames[heavy.class].en} (${heavy.why.en})`,
              ),
              found: classNames.registration,
              act: 'class',
            },
          ];
    },
  },
];
