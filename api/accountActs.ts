import { and, eq, sql } from 'drizzle-orm';
import { DomainError } from '../rules/errors.js';
import type { Database, Transaction } from '../db/database.js';
import { type Doer, writeAudit } from '../db/queries/audit.js';
import { credentials, sessions, users } from '../db/schema/index.js';
import type { Auth } from './auth.js';

/** What the security administrator does to an account that stands; each act is in the audit log, with its doer. */

/** Nobody does to himself what a second person is there for, and nobody locks himself out. */
export function requireOther({ actorId }: Doer, userId: string): void {
  if (actorId !== userId) return;
  throw new DomainError('rule.refused', {
    what: 'nobody does this to his own account; another security administrator does',
    where: 'path.id',
    expected: 'the account of somebody else',
    found: userId,
  });
}

/** Ends every session of a person; answers with how many there were. */
export async function endSessions(db: Database, userId: string, by: Doer): Promise<number> {
  return await db.transaction(async (tx) => {
    const ended = await dropSessions(tx, userId);
    await audit(tx, 'sessions.ended', userId, by, { sessions: ended });
    return ended;
  });
}

/** From now on the account may not sign in, and it is signed out everywhere. Doing it again changes nothing. */
export async function disableAccount(db: Database, userId: string, by: Doer): Promise<void> {
  requireOther(by, userId);
  await db.transaction(async (tx) => {
    await tx
      .update(users)
      .set({ disabledAt: sql`coalesce(${users.disabledAt}, clock_timestamp())` })
      .where(eq(users.id, userId));
    await audit(tx, 'account.disabled', userId, by, { sessions: await dropSessions(tx, userId) });
  });
}

/** The account may sign in again. */
export async function enableAccount(db: Database, userId: string, by: Doer): Promise<void> {
  requireOther(by, userId);
  await db.transaction(async (tx) => {
    await tx.update(users).set({ disabledAt: null }).where(eq(users.id, userId));
    await audit(tx, 'account.enabled', userId, by);
  });
}

/** Gives an account a new password, and signs it out everywhere. */
export async function resetPassword(
  db: Database,
  auth: Auth,
  userId: string,
  newPassword: string,
  by: Doer,
): Promise<void> {
  requireOther(by, userId);
  const password = await (await auth.$context).password.hash(newPassword);
  await db.transaction(async (tx) => {
    await tx
      .update(credentials)
      .set({ password })
      .where(and(eq(credentials.userId, userId), eq(credentials.providerId, 'credential')));
    await audit(tx, 'password.reset', userId, by, { sessions: await dropSessions(tx, userId) });
  });
}

async function dropSessions(tx: Transaction, userId: string): Promise<number> {
  const { rowCount } = await tx.delete(sessions).where(eq(sessions.userId, userId));
  return rowCount ?? 0;
}

const audit = (tx: Transaction, action: string, subject: string, by: Doer, detail = {}): Promise<void> =>
  writeAudit(tx, { category: 'change', action, subject, ...by, detail });
