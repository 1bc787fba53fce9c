import { goodPermit, type PermitInput } from './documents.js';
import type { RuleCase } from './ruleCase.js';

type Part<Key extends keyof PermitInput> = NonNullable<PermitInput[Key]>;
type Item<Key extends keyof PermitInput> = Part<Key> extends readonly (infer Each)[] ? Each : never;

export const [line, facility, , outlet, water, limit, waterLimit, total, item, waterItem] = [
  goodPermit.lines?.[0],
  goodPermit.facilities?.[0],
  undefined,
  goodPermit.outlets?.[0],
  goodPermit.outlets?.[1],
  goodPermit.limits?.[0],
  goodPermit.limits?.[1],
  goodPermit.totals?.[0],
  goodPermit.monitoring?.[0],
  goodPermit.monitoring?.[1],
] as unknown as [
  Item<'lines'>,
  Item<'facilities'>,
  undefined,
  Item<'outlets'>,
  Item<'outlets'>,
  Item<'limits'>,
  Item<'limits'>,
  Item<'totals'>,
  Item<'monitoring'>,
  Item<'monitoring'>,
];

export const permit = (change: Partial<Part<'permit'>>): Partial<PermitInput> => ({
  permit: { ...goodPermit.permit, ...change },
});
export const unit = (change: Partial<Part<'unit'>>): Partial<PermitInput> => ({
  unit: { ...goodPermit.unit, ...change },
});
export const lines = (change: Partial<Item<'lines'>>): Partial<PermitInput> => ({
  lines: [{ ...line, ...change }],
});
export const facilities = (change: Partial<Item<'facilities'>>): Partial<PermitInput> => ({
  facilities: [{ ...facility, ...change }, ...(goodPermit.facilities ?? []).slice(1)],
});
export const outlets = (
  change: Partial<Item<'outlets'>>,
  changeOfWater: Partial<Item<'outlets'>> = {},
): Partial<PermitInput> => ({
  outlets: [
    { ...outlet, ...change },
    { ...water, ...changeOfWater },
  ],
});
export const limits = (change: Partial<Item<'limits'>>): Partial<PermitInput> => ({
  limits: [{ ...limit, ...change }, waterLimit],
});
export const waterLimits = (change: Partial<Item<'limits'>>): Partial<PermitInput> => ({
  limits: [limit, { ...waterLimit, ...change }],
});
export const totals = (change: Partial<Item<'totals'>>): Partial<PermitInput> => ({
  totals: [{ ...total, ...change }],
});
export const monitoring = (
  change: Partial<Item<'monitoring'>>,
  changeOfWater: Partial<Item<'monitoring'>> = {},
) => ({
  monitoring: [
    { ...item, ...change },
    { ...waterItem, ...changeOfWater },
  ],
});
export const procedure = (change: NonNullable<PermitInput['procedure']>): Partial<PermitInput> => ({
  procedure: change,
});

export const simplified = permit({ category: 'simplified' });
export const registered = permit({ category: 'registration' });
export const without = { lines: [] };

/** See `RuleCase`: a change of the good permit. */
export type PermitCase = RuleCase<PermitInput>;
