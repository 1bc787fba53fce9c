import type { IncomingHttpHeaders } from 'node:http';
import { APIError } from 'better-auth/api';
import { fromNodeHeaders } from 'better-auth/node';
import { DomainError } from '../rules/errors.js';
import { writeAudit } from '../db/queries/audit.js';
import { findAccount } from '../db/queries/people.js';
import { ACCOUNT_DISABLED } from './auth.js';
import type { Context } from './context.js';
import { forgetFailures, takeAttempt } from './lockout.js';
import type { Person } from './policy.js';
import { problemOf } from './problem.js';
import type { Answer } from './route.js';

/** What signing in needs to know of its request. */
export interface SigningIn {
  readonly headers: IncomingHttpHeaders;
  readonly address: string;
  readonly requestId: string;
  readonly instance: string;
}

/**
 * Signs a person in by username and password. Answers with the session as a token and as a cookie, or 429 for a name that
 * too many failures have locked. Throws `auth.required` for a wrong name or password, which look alike, and
 * `auth.forbidden` for a disabled account, told only to who knows its password.
 */
export async function signInWithPassword(
  context: Context,
  given: { readonly username: string; readonly password: string },
  { headers, address, requestId, instance }: SigningIn,
): Promise<Answer> {
  const { auth, db, logger, rates } = context;
  await rates.requireFewFailures(address);
  const username = given.username.toLowerCase();
  const locked = await takeAttempt(db, username);
  if (locked > 0) return lockedAnswer(locked, 'body.username', instance);
  try {
    const answer = await auth.api.signInUsername({
      body: { username, password: given.password },
      headers: fromNodeHeaders(headers),
      returnHeaders: true,
    });
    await forgetFailures(db, username);
    const { token, user } = answer.response;
    await noteSession(context, 'signIn.succeeded', user.id, requestId, { by: 'password' });
    logger.info({ person: user.id }, 'signed in');
    return {
      status: 200,
      headers: { 'Set-Cookie': answer.headers.getSetCookie(), 'Cache-Control': 'no-store' },
      body: { token, user: { id: user.id, username, name: user.name } },
    };
  } catch (error) {
    if (!(error instanceof APIError) || error.statusCode >= 500) throw error;
    await rates.countFailure(address);
    // Names that nobody has are not written down: what was typed may be a password.
    const account = await findAccount(db, username);
    if (account !== undefined) {
      await writeAudit(db, {
        ...{ category: 'session', action: 'signIn.failed', actorId: null, subject: account.id, requestId },
      });
    }
    throw signInRefusal(error);
  }
}

/** The refusal that a sign-in comes to: an account that is disabled, or a name and password that do not belong together. */
export function signInRefusal(error: APIError): DomainError {
  if (error.body?.code === ACCOUNT_DISABLED) {
    return new DomainError('auth.forbidden', {
      what: 'this account is disabled; the security administrator can enable it',
      where: 'account',
    });
  }
  return new DomainError('auth.required', {
    what: 'the username or the password is wrong',
    where: 'body',
  });
}

/** Signs out: the session ends, its cookie is taken back. */
export async function signOut(
  context: Context,
  person: Person,
  { headers, requestId }: SigningIn,
): Promise<Answer> {
  const answer = await context.auth.api.signOut({ headers: fromNodeHeaders(headers), returnHeaders: true });
  await noteSession(context, 'signOut', person.id, requestId);
  return { status: 204, headers: { 'Set-Cookie': answer.headers.getSetCookie() } };
}

/**
 * Changes a person's own password; every other session of his ends. Guessing the current one at a session that was left
 * open locks as guessing at the door does. Throws `input.invalid` for a wrong one.
 */
export async function changePassword(
  context: Context,
  person: Person,
  body: { readonly currentPassword: string; readonly newPassword: string },
  { headers, requestId, instance }: SigningIn,
): Promise<Answer> {
  const { auth, db } = context;
  const locked = await takeAttempt(db, person.username);
  if (locked > 0) return lockedAnswer(locked, 'body.currentPassword', instance);
  try {
    await auth.api.changePassword({
      body: { ...body, revokeOtherSessions: false },
      headers: fromNodeHeaders(headers),
    });
    await auth.api.revokeOtherSessions({ headers: fromNodeHeaders(headers) });
  } catch (error) {
    if (!(error instanceof APIError) || error.statusCode >= 500) throw error;
    throw new DomainError('input.invalid', {
      what: 'the password was not changed',
      where: 'body.currentPassword',
    });
  }
  await forgetFailures(db, person.username);
  await noteSession(context, 'password.changed', person.id, requestId);
  return { status: 204 };
}

/** Writes down what a person did to his own sessions and credentials. */
export async function noteSession(
  { db }: Context,
  action: string,
  userId: string,
  requestId: string,
  detail = {},
): Promise<void> {
  await writeAudit(db, {
    category: 'session',
    ...{ action, actorId: userId, subject: userId, requestId, detail },
  });
}

function lockedAnswer(seconds: number, where: string, instance: string): Answer {
  const what = `too many failed attempts; try again in ${seconds} seconds`;
  return {
    status: 429,
    headers: { 'Retry-After': String(seconds) },
    body: problemOf('auth.locked', { what, where }, instance),
  };
}
