import { and, asc, eq, gt, like } from 'drizzle-orm';
import type { Database } from '../database.js';
import { units } from '../schema/index.js';

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

/** Units by their id, `limit` of them after `after`, in the divisions that begin with `area`'s digits. */
export async function listUnits(
  db: Database,
  { area = '', after = '', limit }: { area?: string | undefined; after?: string | undefined; limit: number },
): Promise<readonly Unit[]> {
  return await db
    .select()
    .from(units)
    .where(and(like(units.area, `${area}%`), gt(units.id, after)))
    .orderBy(asc(units.id))
    .limit(limit);
}
