/** A rule with a change of the good document that it finds, at a place, and neighbours of it that it must not find. */
export type RuleCase<Input> = readonly [
  rule: string,
  finds: Partial<Input>,
  at: string,
  ...passes: readonly Partial<Input>[],
];
