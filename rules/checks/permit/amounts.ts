import type { PermitContent } from '../../content/permit.js';
import { norm } from '../basis.js';
import { normsWithGeneralAmounts } from '../reference/norms.js';
import { pollutantOf, keyOf } from '../reference/pollutants.js';
import { both, type Found, nothing, place, type Rule, say } from '../rule.js';
import { outletOf, tonnes } from './lookup.js';

type Limit = PermitContent['limits'][number];

const hasAmount = (limit: { readonly annual?: readonly number[] | undefined }): boolean =>
  limit.annual?.some((amount) => amount > 0) === true;

const allowsGeneral = (permit: PermitContent): boolean =>
  permit.permit.norms.some((each) => normsWithGeneralAmounts.includes(each));

const hasConcentration = ({ concentration }: Limit): boolean =>
  concentration?.value !== undefined || /\d/.test(concentration?.text ?? '');

/** Findings on limits that fulfil a condition together with their outlet. */
const onLimits = (
  permit: PermitContent,
  judge: (limit: Limit, outlet: PermitContent['outlets'][number], index: number) => readonly Found[],
): Found[] =>
  permit.limits.flatMap((limit, index) => {
    const outlet = outletOf(permit, limit.outlet);
    return outlet === undefined ? [] : judge(limit, outlet, index);
  });

/** PQ-14 to PQ-17: where amounts and limits must stand, and where they must not. */
export const amountRules: readonly Rule<PermitContent>[] = [
  {
    id: 'PQ-14',
    basis: norm('HJ 942-2018'),
    reads: ['outlets[].type', 'limits[].annual'],
    condition: say(
      '主要排放口的总量控制污染物没有许可排放量',
      'a controlled pollutant of a main outlet has no annual amount',
    ),
    category: 'amountMissing',
    severity: 1,
    test: 'complete',
    remedy: 'change',
    suspicion: false,
    standing: 'seen',
    find: (permit) =>
      onLimits(permit, (limit, outlet, index) =>
        outlet.type === 'main' && pollutantOf(limit.pollutant)?.controlled === true && !hasAmount(limit)
          ? [
              {
                at: place('limits', index, 'annual'),
                expected: say('逐年许可排放量（吨）', 'annual amounts in tonnes'),
                found: nothing,
                act: `amount:${limit.outlet}:${keyOf(limit.pollutant)}`,
              },
            ]
          : [],
      ),
  },
  {
    id: 'PQ-15',
    basis: norm('HJ 942-2018'),
    reads: ['outlets[].type', 'limits[].annual', 'fugitive[].annual', 'permit.norms'],
    condition: say(
      '一般排放口或无组织排放填有许可排放量，且所附行业规范未作规定',
      'a general outlet or fugitive emission has an amount, and no norm attached gives one',
    ),
    category: 'surplusLimit',
    severity: 2,
    test: 'conforming',
    remedy: 'change',
    suspicion: true,
    standing: 'seen',
    find: (permit) =>
      allowsGeneral(permit)
        ? []
        : [
            ...onLimits(permit, (limit, outlet, index) =>
              outlet.type === 'general' && hasAmount(limit)
                ? [
                    surplus(
                      place('limits', index, 'annual'),
                      limit.annual,
                      `${limit.outlet}:${keyOf(limit.pollutant)}`,
                    ),
                  ]
                : [],
            ),
            ...permit.fugitive.flatMap((each, index) =>
              hasAmount(each)
                ? [
                    surplus(
                      place('fugitive', index, 'annual'),
                      each.annual,
                      `${each.place}:${keyOf(each.pollutant)}`,
                    ),
                  ]
                : [],
            ),
          ],
  },
  {
    id: 'PQ-16',
    basis: norm('HJ 942-2018'),
    reads: ['outlets[].type', 'limits[]'],
    condition: say(
      '其他排放口填有浓度或排放量',
      'an outlet of the third type has a concentration or an amount',
    ),
    category: 'surplusLimit',
    severity: 3,
    test: 'conforming',
    remedy: 'change',
    suspicion: false,
    standing: 'seen',
    find: (permit) =>
      onLimits(permit, (limit, outlet, index) =>
        outlet.type === 'other' && (hasAmount(limit) || hasConcentration(limit))
          ? [
              {
                at: place('limits', index),
                expected: nothing,
                found: both(limit.pollutant),
                act: `surplus:${limit.outlet}:${keyOf(limit.pollutant)}`,
              },
            ]
          : [],
      ),
  },
  {
    id: 'PQ-17',
    basis: norm('HJ 942-2018'),
    reads: ['outlets[].domesticSewageOnly', 'outlets[].destination', 'limits[]'],
    condition: say(
      '仅排生活污水进城镇污水厂的排放口填有限值',
      'an outlet of domestic sewage to town works has limits',
    ),
    category: 'surplusLimit',
    severity: 3,
    test: 'conforming',
    remedy: 'change',
    suspicion: false,
    standing: 'seen',
    find: (permit) =>
      onLimits(permit, (limit, outlet, index) =>
        outlet.domesticSewageOnly === true &&
        outlet.destination === 'townSewageWorks' &&
        (hasAmount(limit) || hasConcentration(limit))
          ? [
              {
                at: place('limits', index),
                expected: say('只说明去向', 'the destination alone'),
                found: both(limit.pollutant),
                act: `surplus:${limit.outlet}:${keyOf(limit.pollutant)}`,
              },
            ]
          : [],
      ),
  },
];

const surplus = (at: string, annual: readonly number[] | undefined, what: string): Found => ({
  at,
  expected: nothing,
  found: tonnes(annual?.[0] ?? 0),
  act: `surplus:${what}`,
});
