/** One demand of an element on one thing of the permit. */
export interface Demand {
  readonly element: string;
  readonly subject: string;
  readonly value: string;
}

/** A thing of the permit on which elements want different values. */
export interface Conflict {
  readonly subject: string;
  readonly demands: readonly Demand[];
}

/**
 * The conflicts among the elements' opinions of a joint review (联审联查): a subject on which two want different values, and
 * the conclusion itself where some agree and others disagree. They are surfaced, and a person settles each.
 */
export function conflictsOf(
  opinions: Readonly<
    Record<
      string,
      {
        readonly outcome: string;
        readonly demands: readonly { readonly subject: string; readonly value: string }[];
      }
    >
  >,
): readonly Conflict[] {
  const demands = Object.entries(opinions).flatMap(([element, opinion]) => [
    ...opinion.demands.map(({ subject, value }) => ({ element, subject, value })),
    ...(opinion.outcome === 'revise' ? [] : [{ element, subject: 'conclusion', value: opinion.outcome }]),
  ]);
  return [...new Set(demands.map((demand) => demand.subject))]
    .map((subject) => ({ subject, demands: demands.filter((demand) => demand.subject === subject) }))
    .filter((conflict) => new Set(conflict.demands.map((demand) => demand.value)).size > 1);
}
