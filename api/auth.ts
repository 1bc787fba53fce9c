import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError } from 'better-auth/api';
import { bearer, username } from 'better-auth/plugins';
import { eq } from 'drizzle-orm';
import type { Database, Transaction } from '../db/database.js';
import { credentials, sessions, users, verifications } from '../db/schema/index.js';
import { externalSignIn } from './externalSignIn.js';
import type { OpenIdOptions } from './openId.js';

/** What sign-in needs from whoever starts the API. */
export interface AuthOptions {
  /** At least 32 random characters, made once per installation: it signs the sessions. */
  readonly secret: string;
  /** Where people reach the API, such as `http://127.0.0.1:8080`; `https` makes the session cookie secure. */
  readonly baseUrl: string;
  readonly sessions?: SessionEnds | undefined;
  /** The identity provider, where there is one. */
  readonly oidc?: OpenIdOptions | undefined;
}

/** When a session ends by itself: unused for so long, and so long after the sign-in in any case. */
export interface SessionEnds {
  readonly idleMinutes: number;
  readonly hours: number;
}

/** The ends of sessions where nothing else is configured. */
export const usualSessionEnds: SessionEnds = { idleMinutes: 30, hours: 12 };

/** The shortest password that an account takes, in characters. */
export const SHORTEST_PASSWORD = 10;

/** Letters and digits of any script, dots, dashes and underscores. */
export const usernamePattern = /^[\p{L}\p{N}_.-]{3,30}$/u;

/**
 * Sign-in by username and password, with a session in a cookie or as a bearer token. Its HTTP handler is not mounted: only
 * the operations that our routes call exist, so nobody can sign himself up.
 */
export function createAuth(
  db: Database | Transaction,
  { secret, baseUrl, sessions: { hours } = usualSessionEnds }: AuthOptions,
) {
  return betterAuth({
    secret,
    baseURL: baseUrl,
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: { user: users, session: sessions, account: credentials, verification: verifications },
    }),
    emailAndPassword: { enabled: true, autoSignIn: false, minPasswordLength: SHORTEST_PASSWORD },
    // The absolute end. The idle end is `authenticate`'s, which sees every use, also one by token.
    session: { expiresIn: hours * 3600, disableSessionRefresh: true },
    user: { additionalFields: { disabledAt: { type: 'date', required: false, input: false } } },
    databaseHooks: { session: { create: { before: (session) => refuseDisabled(db, session.userId) } } },
    plugins: [
      username({ displayUsername: false, usernameValidator: (name) => usernamePattern.test(name) }),
      bearer(),
      externalSignIn(),
    ],
    // Its messages name people; ours name ids.
    logger: { disabled: true },
    telemetry: { enabled: false },
  });
}

/** The code of the refusal of a disabled account, whichever way it tries to sign in. */
export const ACCOUNT_DISABLED = 'ACCOUNT_DISABLED';

async function refuseDisabled(db: Database | Transaction, userId: string): Promise<void> {
  const [user] = await db.select({ disabledAt: users.disabledAt }).from(users).where(eq(users.id, userId));
  if (user?.disabledAt === null) return;
  throw new APIError('FORBIDDEN', { code: ACCOUNT_DISABLED, message: 'the account is disabled' });
}

/** The sign-in library, set up. */
export type Auth = ReturnType<typeof createAuth>;
