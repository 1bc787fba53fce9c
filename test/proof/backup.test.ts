import { execFile } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseApiPort } from '../../cli/apiPort.js';
import { seedDemonstration } from '../../cli/demonstration.js';
import { answersAt, partEnvironment } from '../../cli/parts.js';
import { sessionSecret } from '../../cli/secret.js';
import { openDatabase } from '../../db/database.js';
import { firstBreak } from '../../db/ledgerChain.js';
import { migrate } from '../../db/migrate.js';
import { cases, ledger, requests } from '../../db/schema/index.js';
import { until } from '../../rehearsal/world.js';
import { type Stack, startStack } from '../../stack/index.js';
import { searchAttributes } from '../../workflows/messages/searchAttributes.js';
import { eq } from 'drizzle-orm';
import { compiledCommand } from '../cli/compiled.js';
import { temporaryFolder } from '../stack/temporaryFolder.js';
import { type Acknowledged, Clerks } from './kills/clerk.js';
import { runErrand } from './kills/errands.js';
import { Part } from './kills/part.js';
import { Random } from './kills/random.js';

/** An installation with its processes, on a data folder. */
interface Installation {
  readonly stack: Stack;
  readonly url: string;
  readonly environment: NodeJS.ProcessEnv;
  end(): Promise<void>;
}

let command: string;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let installation: Installation | undefined;
beforeAll(async () => {
  command = compiledCommand();
  folder = await temporaryFolder();
});
afterAll(async () => {
  await installation?.end();
  await folder.remove();
});

const dataFolder = (name: string): string => join(folder.path, name);

async function open(name: string, seeded: boolean): Promise<Installation> {
  const data = dataFolder(name);
  const attributes = searchAttributes.map((attribute) => ({
    name: attribute.name,
    type: 'KEYWORD' as const,
  }));
  const stack = await startStack({
    dataFolder: data,
    historyShards: 4,
    ui: false,
    searchAttributes: attributes,
  });
  await migrate(stack.databaseUrl);
  const port = await chooseApiPort({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${port}`;
  if (seeded) {
    const { db, close } = openDatabase(stack.databaseUrl, { connections: 2 });
    await seedDemonstration(db, { secret: await sessionSecret(data), baseUrl: url });
    await close();
  }
  const environment = partEnvironment(stack, {
    ...{ YIZHENG_DATA: data, API_PORT: String(port), LOG_LEVEL: 'warn' },
    ...{ RATE_REQUESTS: '0', RATE_SIGN_IN_FAILURES: '0' },
  });
  await mkdir(join(data, 'logs'), { recursive: true });
  const parts = (['worker', 'api'] as const).map(
    (part) => new Part(command, part, environment, join(data, 'logs', `${part}.log`)),
  );
  for (const part of parts) part.start();
  await until(async () => ((await answersAt(`${url}/readyz`)) ? null : 'not yet'), 'it is ready', 120_000);
  return {
    ...{ stack, url, environment },
    async end() {
      await Promise.all(parts.map((part) => part.end()));
      await stack.stop();
    },
  };
}

/** The `yizheng` command as a process of its own, on a data folder; its servers are those of the folder. */
async function yizheng(environment: NodeJS.ProcessEnv, ...args: readonly string[]) {
  const { stack } = installation ?? {};
  const port = (url: string | undefined) => (url === undefined ? '1' : new URL(url).port);
  const env = {
    ...environment,
    DATABASE_URL: '',
    TEMPORAL_ADDRESS: '',
    POSTGRES_PORT: port(stack?.postgresUrl),
    TEMPORAL_PORT: stack?.temporalAddress.split(':')[1] ?? '1',
  };
  return await promisify(execFile)(process.execPath, [command, ...args], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (error: unknown) => {
      const { code, stdout: out, stderr: err } = error as { code: number; stdout: string; stderr: string };
      return { code, out, err };
    },
  );
}

test('A10: a backup taken under load, restored elsewhere, holds every act acknowledged before it, and goes on', async () => {
  installation = await open('first', true);
  const { url, environment, stack } = installation;
  const clerks = new Clerks(url);
  const random = new Random(7);
  const acknowledged: Acknowledged[] = [];
  let stopped = false;
  let started = 0;
  const hand = async (): Promise<void> => {
    while (!stopped) {
      const index = started++;
      acknowledged.push(...(await runErrand(clerks, random, index)));
    }
  };
  const working = Promise.all([hand(), hand(), hand(), hand()]);
  await until(() => Promise.resolve(acknowledged.length >= 30 ? null : 'too few'), 'people work', 180_000);

  const before = [...acknowledged];
  const backup = join(folder.path, 'backup');
  const made = await yizheng(environment, 'backup', backup);
  expect(made, made.err).toMatchObject({ code: 0, err: '' });
  expect(acknowledged.length, 'people worked on meanwhile').toBeGreaterThan(before.length);
  expect((await yizheng(environment, 'backup', backup)).code, 'a second one into it').toBe(2);
  stopped = true;
  await working;
  await installation.end();
  installation = undefined;
  expect(stack.servers.postgres).not.toBeNull();

  const target = { ...environment, YIZHENG_DATA: dataFolder('second') };
  // What is not as it was made is not restored; what holds something is not touched.
  const manifest = join(backup, 'session-secret');
  const secret = await readFile(manifest, 'utf8');
  await appendFile(manifest, 'x');
  const changed = await yizheng(target, 'restore', backup);
  expect(changed).toMatchObject({ code: 2 });
  expect(changed.err).toContain('session-secret');
  expect(await readdir(folder.path)).not.toContain('second');
  await writeFile(manifest, secret);
  expect((await yizheng({ ...environment, YIZHENG_DATA: dataFolder('first') }, 'restore', backup)).code).toBe(
    2,
  );
  await mkdir(dataFolder('other'));
  await writeFile(join(dataFolder('other'), 'mine'), '');
  expect((await yizheng({ ...environment, YIZHENG_DATA: dataFolder('other') }, 'restore', backup)).code).toBe(
    2,
  );
  expect(await readdir(dataFolder('other'))).toEqual(['mine']);

  const restored = await yizheng(target, 'restore', backup);
  expect(restored, restored.err).toMatchObject({ code: 0 });
  // The first one is gone for good: nothing of it helps.
  await rm(dataFolder('first'), { recursive: true, force: true });
  installation = await open('second', false);
  const repaired = await yizheng(installation.environment, 'doctor', '--deep', '--repair', '--json');
  expect(repaired.err).toBe('');
  process.stderr.write(`doctor after the restore: ${repaired.out}`);
  const { found } = JSON.parse(repaired.out) as { found: { kind: string }[] };
  expect(found.map(({ kind }) => kind)).not.toContain('workflow.ahead');
  expect(found.map(({ kind }) => kind)).not.toContain('chain.broken');

  const { db, close } = openDatabase(installation.stack.databaseUrl);
  await until(
    async () => {
      const open = await db.select({ id: requests.id }).from(requests).where(eq(requests.status, 'open'));
      return open.length === 0 ? null : `${open.length} open`;
    },
    'every request answered',
    120_000,
  );
  const rows = new Map((await db.select().from(requests)).map((row) => [row.id, row]));
  for (const { requestId, revision } of before)
    expect(rows.get(requestId), requestId).toMatchObject({ status: 'done', answer: { revision } });
  const all = await db.select().from(cases);
  expect(all.length).toBeGreaterThan(0);
  for (const { id, ledgerCount: count, ledgerHead: hash } of all) {
    const entries = await db.select().from(ledger).where(eq(ledger.caseId, id)).orderBy(ledger.sequence);
    expect(firstBreak(id, entries, { count, hash }), `the chain of ${id}`).toBeNull();
  }
  // The same accounts sign in, the same keys read and sign, and a new case goes from its filing to its seal.
  const again = await runErrand(new Clerks(installation.url), random, 0);
  expect(again.length).toBeGreaterThan(5);
  const signed = await yizheng(installation.environment, 'ledger', 'anchor');
  expect(signed, signed.err).toMatchObject({ code: 0 });
  expect(signed.out).not.toContain('a new key');
  expect((await yizheng(installation.environment, 'doctor', '--deep')).code).toBe(0);
  await close();
}, 900_000);
