import { and, eq, sql } from 'drizzle-orm';
import { DomainError } from '../rules/errors.js';
import type { Database } from '../db/database.js';
import { writeAudit } from '../db/queries/audit.js';
import { credentials, users } from '../db/schema/index.js';
import type { Identity } from './openId.js';

/** How `credentials` calls identities that a provider vouches for. */
const providerId = 'oidc';

/**
 * The account that an identity signs in to: the one that it is tied to or, at its first sign-in, the one of its username,
 * which is tied to it from then on; a username that the provider gives to somebody else later opens nothing. Accounts are
 * made by the security administrator alone. Throws `auth.forbidden` for who has none.
 */
export async function accountOfIdentity(
  db: Database,
  { issuer, subject, username }: Identity,
  requestId: string,
): Promise<string> {
  const accountId = `${issuer}#${subject}`;
  const [tied] = await db
    .select({ userId: credentials.userId })
    .from(credentials)
    .where(and(eq(credentials.providerId, providerId), eq(credentials.accountId, accountId)));
  if (tied !== undefined) return tied.userId;
  const userId = await db.transaction(async (tx) => {
    // Locked, so that of two identities that come at once for one account only the first is tied to it.
    const [user] = await tx
      .select({ id: users.id })
      .from(users)
      .where(eq(users.username, username ?? ''))
      .for('update');
    if (user === undefined) return undefined;
    const others = await tx
      .select({ id: credentials.id })
      .from(credentials)
      .where(
        and(
          eq(credentials.userId, user.id),
          eq(credentials.providerId, providerId),
          sql`starts_with(${credentials.accountId}, ${`${issuer}#`})`,
        ),
      );
    if (others.length > 0) return undefined;
    const [createdAt, updatedAt] = [sql`clock_timestamp()`, sql`clock_timestamp()`];
    await tx.insert(credentials).values({
      ...{ id: sql`gen_random_uuid()`, userId: user.id, accountId, providerId, createdAt, updatedAt },
    });
    await writeAudit(tx, {
      ...{ category: 'session', action: 'identity.tied', actorId: user.id, subject: user.id, requestId },
      detail: { issuer },
    });
    return user.id;
  });
  if (userId !== undefined) return userId;
  await writeAudit(db, {
    ...{ category: 'session', action: 'signIn.unknown', actorId: null, subject: issuer, requestId },
  });
  throw new DomainError('auth.forbidden', {
    what: 'the identity provider knows you, but you have no account here; the security administrator makes accounts',
    where: 'account',
  });
}
