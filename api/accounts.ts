import { APIError } from 'better-auth/api';
import { eq } from 'drizzle-orm';
import { DomainError } from '../rules/errors.js';
import type { Database, Transaction } from '../db/database.js';
import { type Doer, writeAudit } from '../db/queries/audit.js';
import { grants, units } from '../db/schema/index.js';
import { type AuthOptions, createAuth, SHORTEST_PASSWORD, usernamePattern } from './auth.js';
import { requireOther } from './accountActs.js';
import {
  administratorRoles,
  EVERYWHERE,
  type Grant,
  isOrgan,
  kindOf,
  roles,
  textOf,
  unitOf,
} from './policy.js';

/** A new account. */
export interface NewAccount {
  readonly username: string;
  readonly name: string;
  readonly password: string;
  readonly grants: readonly Grant[];
}

/** Who makes an account where nobody is signed in: whoever runs the installation, at its own machine. */
const installation: Doer = { actorId: null, requestId: null };

/**
 * Creates an account with its grants, or nothing; answers with its id. Throws `input.invalid` for a short password or a
 * strange username, `rule.refused` for a username that is taken and for grants that no one person may hold.
 */
export async function createAccount(
  db: Database,
  options: AuthOptions,
  { username, name, password, grants: granted }: NewAccount,
  by: Doer = installation,
): Promise<string> {
  if (!usernamePattern.test(username)) {
    throw new DomainError('input.invalid', {
      what: 'not a username',
      where: 'username',
      expected: '3 to 30 letters, digits, dots, dashes or underscores',
    });
  }
  if (password.length < SHORTEST_PASSWORD) {
    throw new DomainError('input.invalid', {
      what: 'the password is too short',
      where: 'password',
      expected: `at least ${SHORTEST_PASSWORD} characters`,
    });
  }
  return await db.transaction(async (tx) => {
    await checkGrants(tx, granted);
    const email = `${Buffer.from(username.toLowerCase()).toString('hex')}@accounts.invalid`;
    try {
      const { user } = await createAuth(tx, options).api.signUpEmail({
        body: { email, name, password, username },
      });
      await writeGrants(tx, user.id, granted);
      const detail = { grants: granted.map(textOf) };
      await writeAudit(tx, {
        ...{ category: 'change', action: 'account.created', subject: user.id, detail },
        ...by,
      });
      return user.id;
    } catch (error) {
      if (!(error instanceof APIError)) throw error;
      throw new DomainError('rule.refused', { what: reasonOf(error), where: 'username', found: username });
    }
  });
}

/**
 * Replaces what an account is granted. No grants: it can sign in and do nothing. Nobody grants himself anything. Throws as
 * `createAccount` does.
 */
export async function replaceGrants(
  db: Database,
  userId: string,
  granted: readonly Grant[],
  by: Doer,
): Promise<void> {
  requireOther(by, userId);
  await db.transaction(async (tx) => {
    await checkGrants(tx, granted);
    const before = await tx.delete(grants).where(eq(grants.userId, userId)).returning();
    await writeGrants(tx, userId, granted);
    const detail = {
      before: before.map(({ role, organ }) => `${role}@${organ}`).sort(),
      after: granted.map(textOf).sort(),
    };
    await writeAudit(tx, {
      ...{ category: 'change', action: 'grants.replaced', subject: userId, detail },
      ...by,
    });
  });
}

async function writeGrants(tx: Transaction, userId: string, granted: readonly Grant[]): Promise<void> {
  if (granted.length === 0) return;
  await tx
    .insert(grants)
    .values(granted.map(({ role, organ }) => ({ userId, role, organ })))
    .onConflictDoNothing();
}

/**
 * Officers, a unit's people and each of the three kinds of administrator are different people (三员分立); roles are held at
 * organs and units that exist.
 */
async function checkGrants(tx: Transaction, granted: readonly Grant[]): Promise<void> {
  for (const { role, organ } of granted) {
    const unit = unitOf(organ);
    const isAdministrator = administratorRoles.some((administrator) => administrator === role);
    const [known] =
      unit === undefined ? [] : await tx.select({ id: units.id }).from(units).where(eq(units.id, unit));
    const fits =
      role === 'applicant'
        ? known !== undefined
        : isOrgan(organ) || (isAdministrator && organ === EVERYWHERE);
    if (!fits) {
      throw new DomainError('rule.refused', {
        what: 'this role is not held there',
        where: `grants.${role}`,
        expected:
          role === 'applicant'
            ? 'unit:<a unit that exists>'
            : `an organ of a rule pack${isAdministrator ? ' or *' : ''}`,
        found: organ,
      });
    }
  }
  const kinds = new Set(
    granted.map((grant) => (kindOf([grant]) === 'administrator' ? grant.role : kindOf([grant]))),
  );
  if (kinds.size > 1) {
    throw new DomainError('rule.refused', {
      what: 'one person can not be several of these (三员分立)',
      where: 'grants',
      expected: `only one of officer | applicant | ${administratorRoles.join(' | ')}`,
      found: [...kinds].join(', '),
    });
  }
}

function reasonOf(error: APIError): string {
  const code = error.body?.code;
  return code === 'USERNAME_IS_ALREADY_TAKEN'
    ? 'the username is taken'
    : `the account was refused (${code ?? error.status})`;
}

/** Whether a text names a role. */
export const isRole = (text: string): text is Grant['role'] => roles.some((role) => role === text);
