import { inArray, like, or, type SQL, sql } from 'drizzle-orm';
import { cases, permits, units } from '../schema/index.js';

/** What a person may see: cases of these organs, in these areas, of these units. The policy makes it; queries apply it. */
export interface Scope {
  /** The whole installation. */
  readonly everything: boolean;
  readonly organs: readonly string[];
  /** The leading digits of divisions: `9901` is a city with its counties, `990121` one county. */
  readonly areas: readonly string[];
  readonly units: readonly string[];
}

/** The condition that a case lies within a scope: one of its organs, its area or its unit does. */
export function caseInScope(scope: Scope): SQL {
  const { organs } = scope;
  const byOrgan =
    organs.length === 0
      ? undefined
      : sql`exists (select 1 from jsonb_each_text(${cases.organs}) organ where ${inArray(sql`organ.value`, [...organs])})`;
  return anyOf(scope, byOrgan, areaIn(scope, cases.area), unitIn(scope, cases.unitId));
}

/** The condition that a permit lies within a scope. Its case carries its organs, so `cases` is joined by the permit's id. */
export function permitInScope(scope: Scope): SQL {
  const { organs } = scope;
  const byOrgan =
    organs.length === 0
      ? undefined
      : sql`exists (select 1 from ${cases}, jsonb_each_text(${cases.organs}) organ
          where ${cases.id} = 'permit/' || ${permits.permitNo} and ${inArray(sql`organ.value`, [...organs])})`;
  return anyOf(scope, byOrgan, areaIn(scope, permits.area), unitIn(scope, permits.unitId));
}

/** The condition that a unit lies within a scope: its area or the unit itself does. */
export function unitInScope(scope: Scope): SQL {
  return anyOf(scope, areaIn(scope, units.area), unitIn(scope, units.id));
}

function anyOf(scope: Scope, ...conditions: readonly (SQL | undefined)[]): SQL {
  if (scope.everything) return sql`true`;
  return or(...conditions) ?? sql`false`;
}

function areaIn(
  { areas }: Scope,
  column: typeof cases.area | typeof permits.area | typeof units.area,
): SQL | undefined {
  return or(...areas.map((digits) => like(column, `${digits}%`)));
}

function unitIn(
  { units: ids }: Scope,
  column: typeof cases.unitId | typeof permits.unitId | typeof units.id,
): SQL | undefined {
  return ids.length === 0 ? undefined : inArray(column, [...ids]);
}
