import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient, withDatabase } from '../../stack/databases.js';
import {
  embeddedDatabaseUrl,
  embeddedTemporalAddress,
  type Stack,
  type StackOptions,
  startStack,
} from '../../stack/index.js';
import { isAlive } from '../../stack/processInfo.js';
import { Supervisor } from '../../stack/supervisor.js';
import { findTemporal } from '../../stack/temporalFind.js';
import { temporaryFolder } from './temporaryFolder.js';

// One story on one data folder: each test goes on where the one before it ended.

const stage = defineSearchAttributeKey('YizhengStage', 'KEYWORD');
const due = defineSearchAttributeKey('YizhengDue', 'DATETIME');
const cacheFolder = process.env.YIZHENG_CACHE;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let stack: Stack;
const started: Stack[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
  // On a bare machine this builds the server; the limits of the tests themselves are for starting it.
  await findTemporal(new Supervisor(folder.path), { cacheFolder, report: () => undefined });
}, 900_000);

afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
  await folder.remove();
});

const dataFolder = (): string => join(folder.path, 'data');

async function start(more: Partial<StackOptions> = {}): Promise<Stack> {
  const each = await startStack({
    dataFolder: dataFolder(),
    cacheFolder,
    timeSkipping: true,
    historyShards: 4,
    searchAttributes: [stage, due],
    ...more,
  });
  started.push(each);
  return each;
}

async function withTemporal<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: stack.temporalAddress });
  try {
    return await work(new Client({ connection, namespace: stack.namespace }));
  } finally {
    await connection.close();
  }
}

async function query(sql: string): Promise<unknown[][]> {
  const result = await withClient(stack.databaseUrl, (client) =>
    client.query<unknown[]>({ text: sql, rowMode: 'array' }),
  );
  return result.rows;
}

const pids = (): number[] => Object.values(stack.servers).flatMap((server) => server?.pid ?? []);

test('a first start brings up servers that are usable at once, on the loopback address only', async () => {
  stack = await start();
  expect(await query("SELECT datname FROM pg_database WHERE datname !~ '^template' ORDER BY 1")).toEqual([
    ['postgres'],
    ['temporal'],
    ['temporal_visibility'],
    ['yizheng'],
  ]);
  expect(await query('SHOW server_encoding')).toEqual([['UTF8']]);
  expect(await query('SHOW listen_addresses')).toEqual([['127.0.0.1']]);
  // The locale is PostgreSQL's own, so this holds on every machine.
  expect(await query("SELECT upper('é排'), 'Z' < 'a'")).toEqual([['É排', true]]);
  await withTemporal(async (client) => {
    const { config } = await client.workflowService.describeNamespace({ namespace: 'yizheng' });
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(90 * 24 * 60 * 60);
    await client.workflow.start('sleeper', {
      workflowId: 'kept',
      taskQueue: 'nobody',
      typedSearchAttributes: [{ key: stage, value: 'accepted' }],
    });
    await expect.poll(() => client.workflow.count("YizhengStage = 'accepted'")).toMatchObject({ count: 1 });
  });
  const page = await fetch(stack.uiAddress ?? '');
  expect(page.status).toBe(200);
});

test('the password is made once and only its owner can read it', async () => {
  const file = join(dataFolder(), 'postgres.password');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).toMatch(/^[0-9a-f]{48}$/);
  const wrong = stack.databaseUrl.replace(/:[0-9a-f]{48}@/, ':postgres@');
  await expect(withClient(wrong, (client) => client.query('SELECT 1'))).rejects.toThrow('password');
});

test('a command at hand finds the servers at the ports on which they run, and says where the database does not run', async () => {
  expect(await embeddedDatabaseUrl(dataFolder(), 5433)).toBe(stack.databaseUrl);
  expect(await embeddedTemporalAddress(dataFolder(), 7233)).toBe(stack.temporalAddress);
  const quiet = join(folder.path, 'quiet');
  expect(await embeddedTemporalAddress(quiet, 7233)).toBe('127.0.0.1:7233');
  expect(await embeddedDatabaseUrl(quiet, 5433)).toBeNull();
  await mkdir(join(quiet, 'postgres'), { recursive: true });
  await writeFile(join(quiet, 'postgres.password'), 'secret');
  await expect(embeddedDatabaseUrl(quiet, 5433)).rejects.toThrow('is not running: `npm start` runs it');
});

test('a second start on the same data folder is refused with the process that has it', async () => {
  await expect(start()).rejects.toThrow(`is in use: process ${process.pid} runs its servers`);
});

test('a killed server can be started again alone, and works', async () => {
  await stack.servers.temporal?.stop('SIGKILL');
  await stack.servers.temporal?.start();
  await withTemporal(async (client) => {
    await expect.poll(() => client.workflow.getHandle('kept').describe(), { timeout: 10_000 }).toBeDefined();
  });
});

test('a restart keeps the data, even with the pid file of a killed server that now is another process', async () => {
  await query("CREATE TABLE permit (number text); INSERT INTO permit VALUES ('65-0001')");
  const before = pids();
  await stack.stop();
  expect(before.filter(isAlive)).toEqual([]);
  await writeFile(
    join(dataFolder(), 'postgres', 'postmaster.pid'),
    `${process.pid}\n${dataFolder()}/postgres\n`,
  );
  stack = await start();
  expect(await query('SELECT number FROM permit')).toEqual([['65-0001']]);
  await withTemporal(async (client) => {
    expect((await client.workflow.getHandle('kept').describe()).status.name).toBe('RUNNING');
  });
});

test('with DATABASE_URL alone, Temporal gets databases of its own on that server', async () => {
  await query('CREATE DATABASE given');
  const given = withDatabase(stack.postgresUrl, 'given');
  const second = await start({ dataFolder: join(folder.path, 'second'), databaseUrl: given, ui: false });
  try {
    expect(second.servers.postgres).toBeNull();
    expect(second.databaseUrl).toBe(given);
    expect(await query("SELECT datname FROM pg_database WHERE datname ~ '^given' ORDER BY 1")).toEqual([
      ['given'],
      ['given_temporal'],
      ['given_temporal_visibility'],
    ]);
  } finally {
    await second.stop();
  }
});

test('with both addresses given, nothing is started, and the namespace is made', async () => {
  const third = await start({
    dataFolder: join(folder.path, 'third'),
    databaseUrl: stack.databaseUrl,
    temporalAddress: stack.temporalAddress,
    namespace: 'elsewhere',
  });
  await third.stop();
  expect(third.servers).toEqual({ postgres: null, temporal: null, ui: null });
  await withTemporal((client) => client.workflowService.describeNamespace({ namespace: 'elsewhere' }));
});

test('a role that may not create databases is told what to do', async () => {
  await query("CREATE ROLE clerk LOGIN PASSWORD 'clerk'");
  const url = new URL(stack.databaseUrl);
  url.username = url.password = 'clerk';
  const refused = start({ dataFolder: join(folder.path, 'fourth'), databaseUrl: url.href });
  await expect(refused).rejects.toThrow(/yizheng_temporal does not exist[^]*Let role clerk create databases/);
});

test('a search attribute that exists with another type is named', async () => {
  const started = start({
    dataFolder: join(folder.path, 'third'),
    databaseUrl: stack.databaseUrl,
    temporalAddress: stack.temporalAddress,
    searchAttributes: [{ name: 'YizhengStage', type: 'INT' }],
  });
  await expect(started).rejects.toThrow('YizhengStage of namespace yizheng exists with another type');
});

test('a server that dies brings the stack down, with its name and log', async () => {
  const before = pids();
  process.kill(stack.servers.temporal?.pid ?? 0, 'SIGKILL');
  expect((await stack.ended)?.message).toMatch(
    /^The Temporal server ended by itself \(SIGKILL\)[^]*temporal\.log/,
  );
  expect(before.filter(isAlive)).toEqual([]);
});

test('data made for rehearsals, or with other history shards, is not used for anything else', async () => {
  await expect(start({ timeSkipping: false })).rejects.toThrow('was made for rehearsals, not for real data');
  await expect(start({ historyShards: 64 })).rejects.toThrow('was made with 4 history shards');
});

test('a database of another major version is named', async () => {
  const other = join(folder.path, 'old');
  await mkdir(join(other, 'postgres'), { recursive: true });
  await writeFile(join(other, 'postgres', 'PG_VERSION'), '16\n');
  await writeFile(join(other, 'postgres.password'), 'secret');
  await expect(start({ dataFolder: other })).rejects.toThrow(
    'was made by PostgreSQL 16; this release brings 18',
  );
});

test('an interrupted start leaves nothing behind', async () => {
  const interrupt = new AbortController();
  const starting = start({ dataFolder: join(folder.path, 'fifth'), signal: interrupt.signal });
  setTimeout(() => interrupt.abort(), 1_500);
  await expect(starting).rejects.toThrow('The start was interrupted.');
  await expect(readFile(join(folder.path, 'fifth', 'stack.lock'))).rejects.toThrow('ENOENT');
});
