import { eq } from 'drizzle-orm';
import type { Database } from './database.js';
import { settings } from './schema/index.js';

/**
 * Notes which payload key this installation uses from now on, unless one that it has used is not among those `held`: then
 * nothing is noted, and the answer is the ids that are lost. A history under a lost key can not be replayed.
 */
export async function noteCodecKey(
  db: Database,
  { current, held }: { readonly current: string; readonly held: readonly string[] },
): Promise<readonly string[]> {
  return await db.transaction(async (tx) => {
    await tx
      .insert(settings)
      .values({ key: 'codecKeys', value: { ids: [] } })
      .onConflictDoNothing();
    const [row] = await tx.select().from(settings).where(eq(settings.key, 'codecKeys')).for('update');
    const used = (row?.value['ids'] ?? []) as readonly string[];
    const lost = used.filter((id) => !held.includes(id));
    if (lost.length > 0 || used.includes(current)) return lost;
    await tx
      .update(settings)
      .set({ value: { ids: [...used, current] } })
      .where(eq(settings.key, 'codecKeys'));
    return [];
  });
}
