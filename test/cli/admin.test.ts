import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { grants, users } from '../../db/schema/index.js';
import { openDatabase } from '../../db/database.js';
import { compiledCommand } from './compiled.js';

/** A database that nothing has touched yet, on the servers that all tests share. */
let databaseUrl: string;
let folder: string;
let command: string;
beforeAll(async () => {
  command = compiledCommand();
  folder = await mkdtemp(join(tmpdir(), 'yizheng-cli-'));
  const admin = new pg.Client({ connectionString: inject('servers').postgresUrl });
  await admin.connect();
  await admin.query('create database cli_fresh');
  await admin.end();
  const url = new URL(inject('servers').postgresUrl);
  url.pathname = '/cli_fresh';
  databaseUrl = url.href;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the command as a process of its own. */
async function yizheng(args: readonly string[], input = '', more: Record<string, string> = {}) {
  const { temporalAddress, namespace } = inject('servers');
  const environment = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    YIZHENG_DATA: folder,
    ...more,
  };
  const child = spawn(process.execPath, [command, ...args], { env: environment });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (err += text.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

const create = (username: string, input: string, ...more: readonly string[]) =>
  yizheng(['admin', 'create', '--username', username, '--name', '管理员', ...more], input);

test('migrate makes a fresh database ready; two at once and once more find nothing left to do', async () => {
  const both = await Promise.all([yizheng(['migrate']), yizheng(['migrate'])]);
  const again = await yizheng(['migrate']);
  for (const { code, out, err } of [...both, again]) {
    expect(err).toBe('');
    expect(out).toContain('the database is ready');
    expect(out).toContain('the namespace is ready');
    expect(code).toBe(0);
  }
});

test('admin create makes an administrator with the password from standard input', async () => {
  const made = await create('first.admin', 'a long enough password\n');
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(made.out).toContain('administrator first.admin created');
  const { db, close } = openDatabase(databaseUrl);
  expect(await db.select().from(users)).toMatchObject([{ username: 'first.admin', name: '管理员' }]);
  expect(await db.select().from(grants)).toMatchObject([{ role: 'securityAdministrator', organ: '*' }]);
  await close();
  expect((await stat(join(folder, 'session-secret'))).mode & 0o777).toBe(0o600);
});

test('the same username again, a short or missing password, a strange kind: exit 2, and what is wrong', async () => {
  expect(await create('first.admin', 'another long password\n')).toMatchObject({ code: 2, out: '' });
  expect((await create('first.admin', 'another long password\n')).err).toContain('first.admin');
  for (const input of ['short\n', '', '\n']) {
    const { code, err } = await create('second.admin', input);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('password') as unknown });
  }
  const strange = await create('second.admin', 'a long enough password\n', '--kind', 'boss');
  expect(strange.code).toBe(2);
  expect(strange.err).toContain('system | security | audit');
  const nameless = await yizheng(['admin', 'create', '--username', 'x']);
  expect(nameless.code).toBe(2);
  expect(nameless.err).toContain('--name');
});

test('each part that has no server names the variable that is missing, and exits with 2', async () => {
  const without = (variable: string, ...args: readonly string[]) => yizheng(args, '', { [variable]: '' });
  const admin = ['admin', 'create', '--username', 'third', '--name', 'x'];
  for (const args of [['migrate'], ['worker'], ['api'], admin]) {
    const { code, err } = await without('DATABASE_URL', ...args);
    expect({ args, code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('DATABASE_URL') as unknown,
    });
  }
  for (const args of [['worker'], ['api']]) {
    const { code, err } = await without('TEMPORAL_ADDRESS', ...args);
    expect({ args, code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('TEMPORAL_ADDRESS') as unknown,
    });
  }
  const wrong = await yizheng(['worker'], '', { WORKER_CACHED_WORKFLOWS: 'many' });
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain('WORKER_CACHED_WORKFLOWS');
});
