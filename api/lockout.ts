import { eq, lt, sql } from 'drizzle-orm';
import type { Database } from '../db/database.js';
import { signInFailures } from '../db/schema/index.js';

/** So many failures in a row lock a username. */
const failuresAllowed = 5;

/** For so long, from the last failure on. */
const lockedMinutes = 15;

/** Seconds for which a username is still locked; 0 when it is free. A name that nobody has locks in the same way. */
export async function lockedFor(db: Database, username: string): Promise<number> {
  const [row] = await db
    .select({
      count: signInFailures.count,
      seconds: sql<number>`ceil(extract(epoch from ${signInFailures.lastAt} + make_interval(mins => ${lockedMinutes}) - clock_timestamp()))::int`,
    })
    .from(signInFailures)
    .where(eq(signInFailures.username, username));
  return row === undefined || row.count < failuresAllowed ? 0 : Math.max(0, row.seconds);
}

/** Counts a failure; one that comes long after the last begins anew. Old rows are swept out in passing. */
export async function countFailure(db: Database, username: string): Promise<void> {
  const longAgo = sql`clock_timestamp() - make_interval(mins => ${lockedMinutes})`;
  await db.delete(signInFailures).where(lt(signInFailures.lastAt, longAgo));
  await db
    .insert(signInFailures)
    .values({ username, count: 1, lastAt: sql`clock_timestamp()` })
    .onConflictDoUpdate({
      target: signInFailures.username,
      set: { count: sql`${signInFailures.count} + 1`, lastAt: sql`clock_timestamp()` },
    });
}

/** A sign-in succeeded: its failures are forgotten. */
export async function forgetFailures(db: Database, username: string): Promise<void> {
  await db.delete(signInFailures).where(eq(signInFailures.username, username));
}
