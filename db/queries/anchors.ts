import { desc, lt } from 'drizzle-orm';
import type { Database } from '../database.js';
import { ledgerAnchors } from '../schema/index.js';

/** The anchors below a number, or the newest where none is given, the newest first. */
export async function anchorsBefore(db: Database, before: number | undefined, limit: number) {
  return await db
    .select()
    .from(ledgerAnchors)
    .where(before === undefined ? undefined : lt(ledgerAnchors.number, before))
    .orderBy(desc(ledgerAnchors.number))
    .limit(limit);
}
