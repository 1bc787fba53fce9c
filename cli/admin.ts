import { createInterface } from 'node:readline/promises';
import { createAccount } from '../api/accounts.js';
import { openDatabase } from '../db/database.js';
import { DomainError } from '../rules/errors.js';
import { configurationOf } from '../temporal.config.js';
import { databaseUrlOf } from './connect.js';
import type { Output } from './program.js';
import { sessionSecret } from './secret.js';

/** The three administrators (三员分立): separate people, none of whom decides cases. */
const kinds = {
  system: 'systemAdministrator',
  security: 'securityAdministrator',
  audit: 'auditAdministrator',
} as const;

/**
 * `yizheng admin create`: makes an administrator's account. The password comes from standard input, asked for at a terminal:
 * a command line is seen by others. Throws `input.invalid` and what `createAccount` throws.
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
  const password = await readPassword();
  const { db, close } = openDatabase(databaseUrlOf(configuration), { connections: 1 });
  try {
    const { host, port } = configuration.api;
    const auth = { secret: await sessionSecret(configuration.dataFolder), baseUrl: `http://${host}:${port}` };
    const role = kinds[kind as keyof typeof kinds];
    await createAccount(db, auth, { username, name, password, grants: [{ role, organ: '*' }] });
  } finally {
    await close();
  }
  output.out(`已建立管理员 ${username} · administrator ${username} created`);
}

async function readPassword(): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  if (process.stdin.isTTY) process.stderr.write('密码 · password: ');
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
  }
}
