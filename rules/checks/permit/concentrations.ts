import type { PermitContent } from '../../content/permit.js';
import { article, norm } from '../basis.js';
import { entryOf } from '../reference/entryOf.js';
import { facilityKinds } from '../reference/norms.js';
import { keyOf, nameOf, pollutantOf, samePollutant } from '../reference/pollutants.js';
import { standardLimits, supersededStandards } from '../reference/standards.js';
import { both, type Found, nothing, place, type Rule, say } from '../rule.js';
import { outletOf } from './lookup.js';

type Limit = PermitContent['limits'][number];

const actOf = ({ outlet, pollutant }: Limit): string => `concentration:${outlet}:${keyOf(pollutant)}`;

/** The strictest value among the standards that a limit cites: as entered, else as held. */
function strictest({ pollutant, standards }: Limit) {
  const code = pollutantOf(pollutant)?.code;
  const values = standards.flatMap(({ number, row, value }) => {
    const held = code === undefined ? undefined : entryOf(entryOf(standardLimits, number) ?? {}, row)?.[code];
    const limit = value ?? held;
    return limit === undefined ? [] : [{ number, limit, entered: value !== undefined }];
  });
  return values.sort((one, other) => one.limit - other.limit)[0];
}

/** Units that a cell of air or water may hold, as the forms write them. */
const unitsOf = {
  air: /^(mg|μg|ug|ng|ngTEQ)\/N?m(3|³)$/i,
  water: /^(mg|μg|ug)\/L$/i,
} as const;

function unitProblem(
  limit: Limit,
  medium: 'air' | 'water',
): { readonly zh: string; readonly en: string } | null {
  const { value, text, unit } = limit.concentration ?? {};
  if (limit.concentration === undefined) return null;
  if (unit !== undefined && value === undefined && !/\d/.test(text ?? ''))
    return say('有单位而无数值', 'a unit without a number');
  if (text !== undefined && /\d\s*\/|\/\s*\d/.test(text)) return say(`“${text}”`, `“${text}”`);
  const own = pollutantOf(limit.pollutant)?.ownUnit;
  if (unit === undefined) return null;
  if (own !== undefined) return /mg/i.test(unit) ? both(unit) : null;
  return unitsOf[medium].test(unit.replaceAll(/\s/g, '')) ? null : both(unit);
}

/** PQ-18, 19, 24, 25 and TL-05: concentrations, the standards behind them, their units, and pollutants left out. */
export const concentrationRules: readonly Rule<PermitContent>[] = [
  {
    id: 'PQ-18',
    basis: article('REG', '11(2)'),
    reads: ['limits[].concentration.value', 'limits[].standards'],
    condition: say(
      '许可浓度大于所列标准中最严的限值',
      'a permitted value is above the strictest of the standards cited',
    ),
    category: 'concentration',
    severity: 1,
    test: 'conforming',
    remedy: 'authorityChange',
    suspicion: false,
    standing: 'recalled',
    find: (permit) =>
      permit.limits.flatMap((limit, index): Found[] => {
        const value = limit.concentration?.value;
        const strict = strictest(limit);
        if (value === undefined || strict === undefined || value <= strict.limit) return [];
        return [
          {
            at: place('limits', index, 'concentration', 'value'),
            expected: say(
              `不大于 ${strict.limit}（${strict.number}）`,
              `at most ${strict.limit} (${strict.number})`,
            ),
            found: both(value),
            act: actOf(limit),
            // A value that the desk entered was read there; one from our table is recalled.
            ...(strict.entered ? { standing: 'seen' as const } : {}),
          },
        ];
      }),
  },
  {
    id: 'PQ-19',
    basis: article('REG', '11(2)'),
    reads: ['limits[].standards[].number', 'permit.decidedOn'],
    condition: say(
      '决定之日所列标准已废止或被代替',
      'a standard cited was replaced on the day of the decision',
    ),
    category: 'standard',
    severity: 1,
    test: 'timely',
    remedy: 'change',
    suspicion: false,
    standing: 'recalled',
    find: (permit) => superseded(permit, (from) => from <= permit.permit.decidedOn),
  },
  {
    id: 'TL-05',
    basis: article('REG', '16'),
    reads: ['limits[].standards[].number', 'permit.decidedOn'],
    condition: say(
      '决定之后所列标准被代替，机关可主动变更',
      'a standard cited was replaced after the decision: the authority may change the permit',
    ),
    category: 'standard',
    severity: 2,
    test: 'timely',
    remedy: 'authorityChange',
    suspicion: true,
    standing: 'recalled',
    find: (permit, { on }) => superseded(permit, (from) => from > permit.permit.decidedOn && from <= on),
  },
  {
    id: 'PQ-24',
    basis: norm('HJ 942-2018'),
    reads: ['limits[].concentration'],
    condition: say(
      '有单位无数值、“/”与数值混填、单位不符或同一排放口单位不一',
      'a unit without a number, “/” mixed with a number, a unit that does not fit, or two units at one outlet',
    ),
    category: 'format',
    severity: 3,
    test: 'conforming',
    remedy: 'change',
    suspicion: false,
    standing: 'seen',
    find: (permit) => [
      ...permit.limits.flatMap((limit, index): Found[] => {
        const medium = outletOf(permit, limit.outlet)?.medium;
        const wrong = medium === undefined ? null : unitProblem(limit, medium);
        if (wrong === null || medium === undefined) return [];
        const own = pollutantOf(limit.pollutant)?.ownUnit;
        return [
          {
            at: place('limits', index, 'concentration'),
            expected: say(
              `数值与单位 ${own ?? (medium === 'air' ? 'mg/Nm³' : 'mg/L')}`,
              `a number in ${own ?? (medium === 'air' ? 'mg/Nm³' : 'mg/L')}`,
            ),
            found: wrong,
            act: actOf(limit),
          },
        ];
      }),
      ...mixedUnits(permit),
    ],
  },
  {
    id: 'PQ-25',
    basis: norm('HJ 942-2018'),
    reads: ['facilities[].kind', 'facilities[].outlets', 'limits[].pollutant'],
    condition: say(
      '设施应有的污染物在其排放口没有限值',
      'a pollutant that the facility must have is not limited at its outlets',
    ),
    category: 'pollutantMissing',
    severity: 1,
    test: 'complete',
    remedy: 'reapplication',
    suspicion: true,
    standing: 'recalled',
    find: (permit) =>
      permit.facilities.flatMap((facility, index) => {
        const kind = entryOf(facilityKinds, facility.kind);
        if (kind === undefined) return [];
        const outlets = facility.outlets.filter(
          (id) => outletOf(permit, id)?.medium === kind.pollutants.medium,
        );
        if (outlets.length === 0) return [];
        const limited = permit.limits.filter(({ outlet }) => outlets.includes(outlet));
        return kind.pollutants.codes
          .filter((code) => !limited.some(({ pollutant }) => samePollutant(pollutant, nameOf(code))))
          .map((code): Found => ({
            at: place('facilities', index, 'outlets'),
            expected: say(`${nameOf(code)}（${kind.zh}）`, `${nameOf(code)} (${kind.en})`),
            found: nothing,
            act: `pollutant:${outlets.join('+')}:${nameOf(code)}`,
            ...(facility.kind === 'anodising' ? { standing: 'seen' as const } : {}),
          }));
      }),
  },
];

function superseded(permit: PermitContent, when: (from: string) => boolean): Found[] {
  return permit.limits.flatMap((limit, index) =>
    limit.standards.flatMap(({ number }, at): Found[] => {
      const replaced = entryOf(supersededStandards, number);
      return replaced !== undefined && when(replaced.from)
        ? [
            {
              at: place('limits', index, 'standards', at),
              expected: say(
                `${replaced.by}（自 ${replaced.from}）`,
                `${replaced.by} (from ${replaced.from})`,
              ),
              found: both(number),
              act: actOf(limit),
            },
          ]
        : [];
    }),
  );
}

/** mg/m³ and mg/Nm³ at one outlet: one of the two is a slip. */
function mixedUnits(permit: PermitContent): Found[] {
  return permit.outlets.flatMap((outlet, index): Found[] => {
    if (outlet.medium !== 'air') return [];
    const units = permit.limits
      .filter((limit) => limit.outlet === outlet.id)
      .map(({ concentration }) => concentration?.unit?.replaceAll(/\s/g, '').replace('³', '3'))
      .filter((unit) => unit === 'mg/m3' || unit === 'mg/Nm3');
    const kinds = [...new Set(units)];
    return kinds.length < 2
      ? []
      : [
          {
            at: place('outlets', index),
            expected: say('同一单位', 'one unit'),
            found: both(kinds.join('、')),
            act: `units:${outlet.id}`,
          },
        ];
  });
}
