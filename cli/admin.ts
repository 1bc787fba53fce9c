import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { createAccount } from '../api/accounts.js';
import { openDatabase } from '../db/database.js';
import { DomainError } from '../rules/errors.js';
import { configurationOf } from '../temporal.config.js';
import { databaseFor } from './databaseFor.js';
import type { Output } from './output.js';
import { sessionSecret } from './secret.js';

/** The three administrators (三员分立): separate people, none of whom decides cases. */
const kinds = {
  system: 'systemAdministrator',
  security: 'securityAdministrator',
  audit: 'auditAdministrator',
} as const;

/**
 * `yizheng admin create`: makes an administrator's account. The password comes from standard input, asked for at a terminal:
 * a command line is seen by others. Without DATABASE_URL it is made in the database that `npm start` runs in the data folder.
 * Throws `input.invalid` and what `createAccount` throws.
 */
export async function createAdministrator(
  options: { readonly username: string; readonly name: string; readonly kind: string },
  output: Output,
): Promise<void> {
  const { username, name, kind } = options;
  if (!Object.hasOwn(kinds, kind)) {
    throw new DomainError('input.invalid', {
      what: 'no such kind of administrator',
      where: '--kind',
      expected: Object.keys(kinds).join(' | '),
      found: kind,
    });
  }
  const configuration = configurationOf(process.env);
  const databaseUrl = await databaseFor(configuration);
  const password = await readPassword();
  const { db, close } = openDatabase(databaseUrl, { connections: 1 });
  try {
    const auth = { secret: await sessionSecret(configuration.dataFolder), baseUrl: configuration.apiUrl };
    const role = kinds[kind as keyof typeof kinds];
    await createAccount(db, auth, { username, name, password, grants: [{ role, organ: '*' }] });
  } finally {
    await close();
  }
  output.out(`已建立管理员 ${username} · administrator ${username} created`);
}

/** One line of standard input. At a terminal it is asked for and not shown. */
async function readPassword(): Promise<string> {
  const terminal = process.stdin.isTTY;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  if (terminal) process.stderr.write('密码 · password: ');
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (terminal) process.stderr.write('\n');
  }
}
