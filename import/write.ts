import { randomUUID } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../db/database.js';
import { legalNow } from '../db/legalClock.js';
import { bodyHash, REQUESTS_CHANNEL } from '../db/requestRows.js';
import { cases, contents, requests, units } from '../db/schema/index.js';
import { permitCaseId } from '../workflows/messages/caseId.js';
import type { JsonObject } from '../workflows/messages/json.js';
import type { PagePlan } from './plan.js';

/**
 * Writes a page down: units, rows as contents, and a request of the system for each life that brings something new. From
 * here on they are received; the relay sends them to their cases, and only those change a permit.
 */
export async function writePage(tx: Transaction, importId: string, plan: PagePlan): Promise<void> {
  const { rows, lives } = plan;
  if (plan.units.length > 0)
    await tx
      .insert(units)
      .values([...plan.units])
      .onConflictDoNothing();
  if (lives.length === 0) return;
  // As with every request: what a case's deadline must wait for is received under a lock that its step takes too.
  const caseIds = lives.map(({ permitNo }) => permitCaseId(permitNo)).sort();
  await tx
    .select({ id: cases.id })
    .from(cases)
    .where(inArray(cases.id, caseIds))
    .orderBy(cases.id)
    .for('share');
  const now = await legalNow(tx);
  const stored = rows.map(({ version, content: { mediaType, bytes } }) => ({
    ...{ id: version.contentId, mediaType, bytes, storedAt: now },
  }));
  await tx.insert(contents).values(stored).onConflictDoNothing();
  const actor = { id: `import/${importId}`, kind: 'system' as const, roles: [] };
  const asked = lives.map((life) => {
    const body: JsonObject = { ...life };
    return {
      ...{ id: randomUUID(), idempotencyKey: `${importId}/${life.permitNo}`, actor, actorId: actor.id },
      ...{ name: 'permit.import', caseId: permitCaseId(life.permitNo), body },
      bodyHash: bodyHash({ name: 'permit.import', body }),
      receivedAt: now,
      status: 'open' as const,
    };
  });
  await tx.insert(requests).values(asked);
  await tx.execute(sql`select pg_notify(${REQUESTS_CHANNEL}, '')`);
}
