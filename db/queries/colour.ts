import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { Colour } from '../../rules/clock.js';
import type { Instant } from '../../rules/date.js';

/** When a card changes its colour, as columns: those of a clock, or the earliest of several. */
export interface ColourColumns {
  readonly yellowAt: SQLWrapper;
  readonly redAt: SQLWrapper;
}

/** The colour at an instant, as `colourAt` of the rules says it. */
export const colourColumn = ({ yellowAt, redAt }: ColourColumns, at: Instant): SQL<Colour> =>
  sql<Colour>`case when ${redAt} <= ${at} then 'red' when ${yellowAt} <= ${at} then 'yellow' else 'green' end`;

/** The condition that a card has a colour at an instant; `clock` tells whether there is a clock at all. */
export function hasColour(
  colour: Colour,
  { yellowAt, redAt, clock }: ColourColumns & { readonly clock: SQLWrapper },
  at: Instant,
): SQL {
  const notRed = sql`(${redAt} is null or ${redAt} > ${at})`;
  switch (colour) {
    case 'red':
      return sql`${redAt} <= ${at}`;
    case 'yellow':
      return sql`(${yellowAt} <= ${at} and ${notRed})`;
    case 'green':
      return sql`(${clock} is not null and (${yellowAt} is null or ${yellowAt} > ${at}) and ${notRed})`;
  }
}
