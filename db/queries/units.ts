import { eq } from 'drizzle-orm';
import type { Database } from '../database.js';
import { units } from '../schema/index.js';

/** A discharge unit by its id. */
export async function findUnit(db: Database, id: string): Promise<typeof units.$inferSelect | undefined> {
  const [row] = await db.select().from(units).where(eq(units.id, id));
  return row;
}
