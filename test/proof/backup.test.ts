import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../db/database.js';
import { compiledCommand } from '../cli/compiled.js';
import { temporaryFolder } from '../stack/temporaryFolder.js';
import {
  auditRestored,
  type Installation,
  openInstallation,
  PeopleAtWork,
  runCommand,
} from './installation.js';
import { Clerks } from './kills/clerk.js';
import { runErrand } from './kills/errands.js';
import { Random } from './kills/random.js';

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

/** The `yizheng` command on a data folder; its servers are those of the folder. */
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
  return await runCommand(command, env, ...args);
}

test('A10: a backup taken under load, restored elsewhere, holds every act acknowledged before it, and goes on', async () => {
  installation = await openInstallation(command, dataFolder('first'), { seeded: true });
  const { url, environment, stack } = installation;
  const random = new Random(7);
  const people = new PeopleAtWork(new Clerks(url), random);
  const before = await people.until(30);
  const backup = join(folder.path, 'backup');
  const made = await yizheng(environment, 'backup', backup);
  expect(made, made.err).toMatchObject({ code: 0, err: '' });
  expect(people.acknowledged.length, 'people worked on meanwhile').toBeGreaterThan(before.length);
  expect((await yizheng(environment, 'backup', backup)).code, 'a second one into it').toBe(2);
  await people.stop();
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
  installation = await openInstallation(command, dataFolder('second'), { seeded: false });
  const repaired = await yizheng(installation.environment, 'doctor', '--deep', '--repair', '--json');
  expect(repaired.err).toBe('');
  process.stderr.write(`doctor after the restore: ${repaired.out}`);
  const { found } = JSON.parse(repaired.out) as { found: { kind: string }[] };
  expect(found.map(({ kind }) => kind)).not.toContain('workflow.ahead');
  expect(found.map(({ kind }) => kind)).not.toContain('chain.broken');

  const { db, close } = openDatabase(installation.stack.databaseUrl);
  await auditRestored(db, before);
  // The same accounts sign in, the same keys read and sign, and a new case goes from its filing to its seal.
  const again = await runErrand(new Clerks(installation.url), random, 0);
  expect(again.length).toBeGreaterThan(5);
  const signed = await yizheng(installation.environment, 'ledger', 'anchor');
  expect(signed, signed.err).toMatchObject({ code: 0 });
  expect(signed.out).not.toContain('a new key');
  expect((await yizheng(installation.environment, 'doctor', '--deep')).code).toBe(0);
  await close();
}, 900_000);
