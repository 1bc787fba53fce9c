import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { DomainError } from '../rules/errors.js';
import type { Database, Transaction } from '../db/database.js';
import { legalNow } from '../db/legalClock.js';
import { bodyHash, REQUESTS_CHANNEL } from '../db/requestRows.js';
import { cases, permits, requests } from '../db/schema/index.js';
import type { JsonObject } from '../workflows/messages/json.js';
import type { Actor, RequestOrigin } from '../workflows/messages/request.js';

/** A row of `requests`. */
export type RequestRow = typeof requests.$inferSelect;

/** What somebody asks for. */
export interface NewRequest {
  readonly idempotencyKey: string;
  readonly actor: Actor;
  readonly name: string;
  /** The case it is for; for a request that opens a case, the id that the new case gets if the key is new. */
  readonly caseId: string;
  /** The permit that it is about, where the permit's expiry must wait for it. */
  readonly permitNo?: string;
  readonly body: JsonObject;
  /** Nobody waits for the answer: the relay sends it, now. */
  readonly sentByRelay?: boolean;
  readonly origin?: RequestOrigin;
}

/**
 * Writes a request down: from here on it is received, whatever else fails. `receivedAt` is read while the case and the
 * permit are locked, so that a deadline's step, which locks them too, sees every request that came before it.
 *
 * The same key of the same actor finds the row that stands; with another body it is refused (`request.mismatch`).
 */
export async function insertRequest(db: Database, asked: NewRequest): Promise<RequestRow> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write(db, asked);
    } catch (error) {
      // A step of the permit and one of its renewal lock each other's rows; the database ends one of the three.
      if (!isDeadlock(error) || attempt === 5) throw error;
    }
  }
}

const isDeadlock = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === '40P01') || (error.cause !== undefined && isDeadlock(error.cause)));

async function write(db: Database, asked: NewRequest): Promise<RequestRow> {
  return await db.transaction(async (tx) => {
    const hash = bodyHash({ name: asked.name, body: asked.body });
    const { actor, idempotencyKey } = asked;
    const known = await requestOfKey(tx, actor.id, idempotencyKey);
    if (known !== undefined) return sameRequest(known, hash);
    await tx.select({ id: cases.id }).from(cases).where(eq(cases.id, asked.caseId)).for('share');
    if (asked.permitNo !== undefined) {
      const permit = tx
        .select({ no: permits.permitNo })
        .from(permits)
        .where(eq(permits.permitNo, asked.permitNo));
      await permit.for('share');
    }
    const [row] = await tx
      .insert(requests)
      .values({
        id: randomUUID(),
        idempotencyKey,
        actor,
        actorId: actor.id,
        name: asked.name,
        caseId: asked.caseId,
        permitNo: asked.permitNo ?? null,
        body: asked.body,
        bodyHash: hash,
        receivedAt: await legalNow(tx),
        status: 'open',
        // Whoever wrote the row sends it now; the relay takes over if that fails.
        leasedUntil: asked.sentByRelay === true ? null : sql`clock_timestamp() + interval '8 seconds'`,
        origin: asked.origin ?? null,
      })
      .onConflictDoNothing()
      .returning();
    if (row !== undefined) {
      if (asked.sentByRelay === true) await tx.execute(sql`select pg_notify(${REQUESTS_CHANNEL}, '')`);
      return row;
    }
    const raced = await requestOfKey(tx, actor.id, idempotencyKey);
    if (raced === undefined)
      throw new DomainError('internal', { what: 'a request vanished while it was written' });
    return sameRequest(raced, hash);
  });
}

/** The request that an actor has made under a key; undefined when there is none. */
export async function requestOfKey(
  db: Database | Transaction,
  actorId: string,
  idempotencyKey: string,
): Promise<RequestRow | undefined> {
  const [row] = await db
    .select()
    .from(requests)
    .where(and(eq(requests.actorId, actorId), eq(requests.idempotencyKey, idempotencyKey)));
  return row;
}

function sameRequest(row: RequestRow, hash: string): RequestRow {
  if (row.bodyHash === hash) return row;
  throw new DomainError('request.mismatch', {
    what: 'this idempotency key was used for another request',
    where: 'Idempotency-Key',
    found: row.idempotencyKey,
  });
}
