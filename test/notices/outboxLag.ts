import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.js';
import { notices } from '../../db/schema/index.js';
import { type Instant, instantOf } from '../../rules/date.js';

/** How far the outbox is behind. */
interface NoticeLag {
  /** Notices that should have left and have not; what waits for a digest is not among them. */
  readonly queued: number;
  /** The legal instant at which the oldest of them was queued. */
  readonly oldestQueuedAt: Instant | null;
  /** Notices that nobody could be reached with and whose recipient nobody has told by hand. */
  readonly undeliverable: number;
}

/** Counts what has not left, and what could not be delivered. */
export async function noticeLag(db: Database): Promise<NoticeLag> {
  const { rows } = await db.execute<{ queued: number; oldest: string | null; undeliverable: number }>(
    sql`select (count(*) filter (where status in ('queued', 'addressed')))::int as queued,
      (extract(epoch from min(queued_at) filter (where status in ('queued', 'addressed'))) * 1000)::bigint as oldest,
      (count(*) filter (where status = 'undeliverable'))::int as undeliverable
      from ${notices} where status in ('queued', 'addressed', 'undeliverable')`,
  );
  const { queued = 0, oldest = null, undeliverable = 0 } = rows[0] ?? {};
  return { queued, oldestQueuedAt: oldest === null ? null : instantOf(Number(oldest)), undeliverable };
}
