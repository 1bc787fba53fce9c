import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../database.js';
import { units } from '../schema/index.js';
import { after, keyColumn, type Page, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';
import { type Scope, unitInScope } from './scope.js';
import { unitMatches } from './search.js';

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

/** Units of a scope by their id: those whose division begins with `area`'s digits, and whose name or code is searched for. */
export async function listUnits(
  db: Database,
  scope: Scope,
  { area, search }: { readonly area?: string | undefined; readonly search?: string | undefined },
  page: PageRequest,
): Promise<Page<Unit>> {
  const rows = await db
    .select({ row: units, key: keyColumn(byId) })
    .from(units)
    .where(
      and(
        unitInScope(scope),
        after(byId, page.cursor),
        area === undefined ? undefined : sql`starts_with(${units.area}, ${area})`,
        search === undefined ? undefined : unitMatches(search),
      ),
    )
    .orderBy(...sorted(byId))
    .limit(page.limit + 1);
  const found = pageOf(rows, page.limit);
  return { ...found, items: found.items.map(({ row }) => row) };
}

/** A unit by its id, if it lies within the scope. */
export async function findUnitIn(db: Database, scope: Scope, id: string): Promise<Unit | undefined> {
  const [row] = await db
    .select()
    .from(units)
    .where(and(eq(units.id, id), unitInScope(scope)));
  return row;
}
