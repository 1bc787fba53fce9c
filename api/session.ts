import type { IncomingHttpHeaders } from 'node:http';
import { eq } from 'drizzle-orm';
import { DomainError } from '../rules/errors.js';
import type { Database } from '../db/database.js';
import type { StoredGrant } from '../db/queries/people.js';
import { type LiveSession, liveSession } from '../db/queries/session.js';
import { sessions } from '../db/schema/index.js';
import { isRole } from './accounts.js';
import { usualSessionEnds } from './auth.js';
import type { Context } from './context.js';
import type { Grant, Person } from './policy.js';

/** A use of a session is noted once in so many milliseconds, so that reading stays reading. */
const noted = 60_000;

/**
 * Who asks, by the session's cookie or bearer token. Grants and covers are read anew each time: what was taken away this
 * minute is gone this minute; so is an account that was disabled. Throws `auth.required`.
 */
export async function authenticate(
  { sessionTokens, authOptions, db }: Context,
  headers: IncomingHttpHeaders,
): Promise<Person> {
  const token = await sessionTokens.of(headers);
  const [session] = token === undefined ? [] : await liveSession(db, token);
  const { idleMinutes } = authOptions.sessions ?? usualSessionEnds;
  if (session === undefined || !(await stillInUse(db, session, idleMinutes))) {
    throw new DomainError('auth.required', {
      what: 'there is no session, or it has ended',
      where: 'header.Authorization',
      expected: 'Bearer <the token of POST /sign-in>, or its cookie',
    });
  }
  const { userId: id, name, username, grants: stored } = session;
  const others = [...new Set(stored.map((grant) => grant.userId))].filter((userId) => userId !== id);
  return {
    ...{ id, username, name },
    grants: grantsOf(stored, id),
    covering: others.map((userId) => ({ userId, grants: grantsOf(stored, userId) })),
  };
}

/** Whether a session was used lately; if so, this use is noted, if not, it ends. The wall clock's time. */
async function stillInUse(
  db: Database,
  { id, usedAt }: Pick<LiveSession, 'id' | 'usedAt'>,
  idleMinutes: number,
): Promise<boolean> {
  const unused = Date.now() - usedAt;
  if (unused > idleMinutes * 60_000) {
    await db.delete(sessions).where(eq(sessions.id, id));
    return false;
  }
  if (unused > noted) await db.update(sessions).set({ updatedAt: new Date() }).where(eq(sessions.id, id));
  return true;
}

/** Roles that no release knows any more grant nothing. */
function grantsOf(stored: readonly StoredGrant[], userId: string): readonly Grant[] {
  return stored.flatMap(({ role, organ, userId: holder }) =>
    holder === userId && isRole(role) ? [{ role, organ }] : [],
  );
}
