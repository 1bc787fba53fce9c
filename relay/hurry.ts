import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../db/database.js';
import { REQUESTS_CHANNEL } from '../db/requestRows.js';
import { requests } from '../db/schema/index.js';

/** Has the open requests of a case sent again now, however long the relay would have waited. Answers with how many. */
export async function hurryRequests(db: Database, caseId: string): Promise<number> {
  return await db.transaction(async (tx) => {
    const { rowCount } = await tx
      .update(requests)
      .set({ leasedUntil: null })
      .where(and(eq(requests.caseId, caseId), eq(requests.status, 'open')));
    await tx.execute(sql`select pg_notify(${REQUESTS_CHANNEL}, '')`);
    return rowCount ?? 0;
  });
}
