import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { bearer, username } from 'better-auth/plugins';
import type { Database, Transaction } from '../db/database.js';
import { credentials, sessions, users, verifications } from '../db/schema/index.js';

/** What sign-in needs from whoever starts the API. */
export interface AuthOptions {
  /** At least 32 random characters, made once per installation: it signs the sessions. */
  readonly secret: string;
  /** Where people reach the API, such as `http://127.0.0.1:8080`; `https` makes the session cookie secure. */
  readonly baseUrl: string;
}

/** The shortest password that an account takes, in characters. */
export const SHORTEST_PASSWORD = 10;

/** Letters and digits of any script, dots, dashes and underscores. */
export const usernamePattern = /^[\p{L}\p{N}_.-]{3,30}$/u;

/**
 * Sign-in by username and password, with a session in a cookie or as a bearer token. Its HTTP handler is not mounted: only
 * the operations that our routes call exist, so nobody can sign himself up.
 */
export function createAuth(db: Database | Transaction, { secret, baseUrl }: AuthOptions) {
  return betterAuth({
    secret,
    baseURL: baseUrl,
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: { user: users, session: sessions, account: credentials, verification: verifications },
    }),
    emailAndPassword: { enabled: true, autoSignIn: false, minPasswordLength: SHORTEST_PASSWORD },
    session: { expiresIn: 12 * 3600, updateAge: 3600 },
    plugins: [
      username({ displayUsername: false, usernameValidator: (name) => usernamePattern.test(name) }),
      bearer(),
    ],
    // Its messages name people; ours name ids.
    logger: { disabled: true },
    telemetry: { enabled: false },
  });
}

/** The sign-in library, set up. */
export type Auth = ReturnType<typeof createAuth>;
