import { and, eq, isNotNull, sql } from 'drizzle-orm';
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

/**
 * Has every open request sent again now. After a restore nobody who held one exists any more, and what was tried in vain
 * while its workflow was missing would wait for minutes.
 */
export async function hurryEveryRequest(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(requests)
      .set({ leasedUntil: null })
      .where(and(eq(requests.status, 'open'), isNotNull(requests.leasedUntil)));
    await tx.execute(sql`select pg_notify(${REQUESTS_CHANNEL}, '')`);
  });
}
