import { eq, lt, sql } from 'drizzle-orm';
import type { Database } from '../db/database.js';
import { signInFailures } from '../db/schema/index.js';

/** So many failures in a row lock a username. */
const failuresAllowed = 5;

/** For so long, from the last failure on. */
const lockedMinutes = 15;

/**
 * Takes one of the attempts that a username has, before its password is looked at: however many processes are asked at
 * once, no more attempts than these are made. Answers with the seconds for which the name is locked, 0 for a free attempt.
 * A name that nobody has locks in the same way. Old rows are swept out in passing.
 */
export async function takeAttempt(db: Database, username: string): Promise<number> {
  const { lastAt, count } = signInFailures;
  const longAgo = sql`clock_timestamp() - make_interval(mins => ${lockedMinutes})`;
  await db.delete(signInFailures).where(lt(lastAt, longAgo));
  const taken = await db
    .insert(signInFailures)
    .values({ username, count: 1, lastAt: sql`clock_timestamp()` })
    .onConflictDoUpdate({
      target: signInFailures.username,
      set: { count: sql`${count} + 1`, lastAt: sql`clock_timestamp()` },
      setWhere: lt(count, failuresAllowed),
    })
    .returning({ count });
  if (taken.length > 0) return 0;
  const [row] = await db
    .select({
      seconds: sql<number>`ceil(extract(epoch from ${lastAt} + make_interval(mins => ${lockedMinutes}) - clock_timestamp()))::int`,
    })
    .from(signInFailures)
    .where(eq(signInFailures.username, username));
  return Math.max(1, row?.seconds ?? 1);
}

/** The attempt succeeded: those before it are forgotten. */
export async function forgetFailures(db: Database, username: string): Promise<void> {
  await db.delete(signInFailures).where(eq(signInFailures.username, username));
}
