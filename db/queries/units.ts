import { and, count, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database.js';
import { units } from '../schema/index.js';
import { after, keyColumn, type Page, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';
import { type Scope, unitInScope } from './scope.js';
import { unitMatches } from './search.js';
import { groupedByEach, tallyOf } from './tally.js';

/** A discharge unit. */
export type Unit = typeof units.$inferSelect;

/** A discharge unit by its id. */
export async function findUnit(db: Database, id: string): Promise<Unit | undefined> {
  const [row] = await db.select().from(units).where(eq(units.id, id));
  return row;
}

/** Writes a unit down unless one of this id stands; answers with the one that stands. */
export async function addUnit(db: Database, unit: Unit): Promise<Unit> {
  await db.insert(units).values(unit).onConflictDoNothing();
  return (await findUnit(db, unit.id)) ?? unit;
}

const byId: SortKey = [{ by: units.id, type: 'text' }];

/** What a list of units may be narrowed to. */
export interface UnitFilter {
  /** The leading digits of a division. */
  readonly area?: string | undefined;
  /** A part of the unit's name, or the beginning of its code or of a permit's number. */
  readonly search?: string | undefined;
}

/** Units of a scope by their id. */
export async function listUnits(
  db: Database,
  scope: Scope,
  filter: UnitFilter,
  page: PageRequest,
): Promise<Page<Unit>> {
  const rows = await db
    .select({ row: units, key: keyColumn(byId) })
    .from(units)
    .where(and(unitInScope(scope), after(byId, page.cursor), ...conditionsOf(filter)))
    .orderBy(...sorted(byId))
    .limit(page.limit + 1);
  const found = pageOf(rows, page.limit);
  return { ...found, items: found.items.map(({ row }) => row) };
}

/** How many units of a scope fit a filter: in all, and by area. */
export async function countUnits(db: Database, scope: Scope, filter: UnitFilter) {
  const columns = { areas: units.area };
  const rows = await db
    .select({ ...columns, count: count() })
    .from(units)
    .where(and(unitInScope(scope), ...conditionsOf(filter)))
    .groupBy(groupedByEach(Object.values(columns)));
  return tallyOf(['areas'], rows);
}

const conditionsOf = ({ area, search }: UnitFilter): (SQL | undefined)[] => [
  area === undefined ? undefined : sql`starts_with(${units.area}, ${area})`,
  search === undefined ? undefined : unitMatches(search),
];

/** A unit by its id, if it lies within the scope. */
export async function findUnitIn(db: Database, scope: Scope, id: string): Promise<Unit | undefined> {
  const [row] = await db
    .select()
    .from(units)
    .where(and(eq(units.id, id), unitInScope(scope)));
  return row;
}
