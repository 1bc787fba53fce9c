import { eq } from 'drizzle-orm';
import type { Database } from './database.js';
import { settings } from './schema/index.js';

/**
 * Notes which payload key this installation uses, and answers with the ids that it has ever used. Whoever starts checks
 * that it holds them all: a history under a lost key can not be replayed.
 */
export async function noteCodecKey(db: Database, current: string): Promise<readonly string[]> {
  return await db.transaction(async (tx) => {
    await tx
      .insert(settings)
      .values({ key: 'codecKeys', value: { ids: [] } })
      .onConflictDoNothing();
    const [row] = await tx.select().from(settings).where(eq(settings.key, 'codecKeys')).for('update');
    const ids = (row?.value['ids'] ?? []) as readonly string[];
    if (ids.includes(current)) return ids;
    const all = [...ids, current];
    await tx
      .update(settings)
      .set({ value: { ids: all } })
      .where(eq(settings.key, 'codecKeys'));
    return all;
  });
}
