import { and, inArray, like, or, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { cases, permits, registrations, units } from '../schema/index.js';

/** What a person may see: cases of these organs, in these areas, of these units. The policy makes it; queries apply it. */
export interface Scope {
  /** The whole installation. */
  readonly everything: boolean;
  readonly organs: readonly string[];
  /** The leading digits of divisions: `9901` is a city with its counties, `990121` one county. */
  readonly areas: readonly string[];
  readonly units: readonly string[];
  /** Who looks, if he reviews permits: what another has found in a review that is done twice, blind, he does not see. */
  readonly reviewer?: string;
}

/**
 * The condition that a case is no review, or none that another has done and whose blind counterpart is under way: a reviewer
 * sees his own. Undefined for whoever reviews nothing.
 */
export const unlessBlind = (reviewer: string | undefined): SQL | undefined =>
  reviewer === undefined
    ? undefined
    : sql`(${cases.kind} <> 'qualityReview' or ${cases.stage} <> 'awaitingOther'
        or ${cases.facts}->>'reviewer' = ${reviewer})`;

/** The condition that a case lies within a scope: one of its organs, its area or its unit does. */
export function caseInScope(scope: Scope): SQL {
  return and(withinScope(scope), unlessBlind(scope.reviewer)) ?? sql`true`;
}

function withinScope(scope: Scope): SQL {
  const { organs } = scope;
  const byOrgan = organs.length === 0 ? undefined : caseOfOrgans(organs);
  const units = unitIn(scope, cases.unitId);
  // A unit sees an issue once it was told of it: never a suspicion, nor what is the authority's own error.
  // Nor a review of its permit, which is the organ's own work.
  const told = sql`(${cases.kind} not in ('issue', 'qualityReview') or ${cases.facts}->>'toldUnit' = 'true')`;
  const byUnit = units === undefined ? undefined : sql`(${units} and ${told})`;
  return anyOf(scope, areaIn(scope, cases.area), byUnit, byOrgan);
}

/** The condition that one of these organs does something in a case. */
export const caseOfOrgans = (organs: readonly string[]): SQL =>
  sql`jsonb_path_query_array(${cases.organs}, '$.*') ?| array[${sql.join(
    organs.map((organ) => sql`${organ}`),
    sql`, `,
  )}]`;

/** The condition that a permit lies within a scope. */
export function permitInScope(scope: Scope): SQL {
  const { organs } = scope;
  const byOrgan = organs.length === 0 ? undefined : permitOfOrgans(organs);
  return anyOf(scope, areaIn(scope, permits.area), unitIn(scope, permits.unitId), byOrgan);
}

/** The condition that one of these organs does something in a permit's case, which carries its organs. */
export const permitOfOrgans = (organs: readonly string[]): SQL =>
  ofItsCase(sql`${cases.id} = 'permit/' || ${permits.permitNo}`, organs);

/** The condition that a registration form lies within a scope. */
export function registrationInScope(scope: Scope): SQL {
  const { organs } = scope;
  const byOrgan = organs.length === 0 ? undefined : registrationOfOrgans(organs);
  return anyOf(scope, areaIn(scope, registrations.area), unitIn(scope, registrations.unitId), byOrgan);
}

/** The condition that one of these organs does something in a registration form's case. */
export const registrationOfOrgans = (organs: readonly string[]): SQL =>
  ofItsCase(sql`${cases.id} = 'registration/' || ${registrations.registrationNo}`, organs);

/**
 * A value, not an `exists`: beside an `or` PostgreSQL would answer that once for all cases, half a second for a page of
 * fifty. As a value it is asked of the rows of the page alone, and of these only where no cheaper condition holds.
 */
const ofItsCase = (which: SQL, organs: readonly string[]): SQL =>
  sql`coalesce((select true from ${cases} where ${which} and ${caseOfOrgans(organs)} limit 1), false)`;

/** The condition that a unit lies within a scope: its area does, it is the scope's, or it has a case there. */
export function unitInScope(scope: Scope): SQL {
  const { organs } = scope;
  const byCase = organs.length === 0 ? undefined : ofItsCase(sql`${cases.unitId} = ${units.id}`, organs);
  return anyOf(scope, areaIn(scope, units.area), unitIn(scope, units.id), byCase);
}

function anyOf(scope: Scope, ...conditions: readonly (SQL | undefined)[]): SQL {
  if (scope.everything) return sql`true`;
  return or(...conditions) ?? sql`false`;
}

function areaIn({ areas }: Scope, column: AnyPgColumn): SQL | undefined {
  return or(...areas.map((digits) => like(column, `${digits}%`)));
}

function unitIn({ units }: Scope, column: AnyPgColumn): SQL | undefined {
  return units.length === 0 ? undefined : inArray(column, [...units]);
}
