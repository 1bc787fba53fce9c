import type { IncomingHttpHeaders } from 'node:http';
import { fromNodeHeaders } from 'better-auth/node';
import { DomainError } from '../rules/errors.js';
import { grantsOfPerson, type StoredGrant } from '../db/queries/people.js';
import { isRole } from './accounts.js';
import type { Context } from './context.js';
import type { Grant, Person } from './policy.js';

/**
 * Who asks, by the session's cookie or bearer token. Grants and covers are read anew each time: what was taken away this
 * minute is gone this minute. Throws `auth.required`.
 */
export async function authenticate({ auth, db }: Context, headers: IncomingHttpHeaders): Promise<Person> {
  const session = await auth.api.getSession({ headers: fromNodeHeaders(headers) });
  if (session === null) {
    throw new DomainError('auth.required', {
      what: 'there is no session, or it has ended',
      where: 'header.Authorization',
      expected: 'Bearer <the token of POST /sign-in>, or its cookie',
    });
  }
  const { id, name, username } = session.user;
  const stored = await grantsOfPerson(db, id);
  const others = [...new Set(stored.map((grant) => grant.userId))].filter((userId) => userId !== id);
  return {
    id,
    username: username ?? id,
    name,
    grants: grantsOf(stored, id),
    covering: others.map((userId) => ({ userId, grants: grantsOf(stored, userId) })),
  };
}

/** Roles that no release knows any more grant nothing. */
function grantsOf(stored: readonly StoredGrant[], userId: string): readonly Grant[] {
  return stored.flatMap(({ role, organ, userId: holder }) =>
    holder === userId && isRole(role) ? [{ role, organ }] : [],
  );
}
