import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../db/database.js';
import { withClient, withDatabase } from '../../stack/databases.js';
import { compiledCommand } from '../cli/compiled.js';
import { hasOwnPostgres, type OwnPostgres, startOwnPostgres } from '../stack/ownPostgres.js';
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

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let own: OwnPostgres | undefined;
let installation: Installation | undefined;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(async () => {
  await installation?.end();
  await own?.stop();
  await folder.remove();
});

/** A new database for the product, as an authority's administrator makes one. */
async function databaseOn({ url }: OwnPostgres, name: string): Promise<string> {
  await withClient(url, (client) => client.query(`create database ${name}`));
  return withDatabase(url, name);
}

test.runIf(hasOwnPostgres)(
  'A10: on a PostgreSQL of one’s own a backup by its client programs, taken under load, is restored and goes on',
  async () => {
    const command = compiledCommand();
    own = await startOwnPostgres(folder.path);
    const [first, second] = [await databaseOn(own, 'first'), await databaseOn(own, 'second')];
    const options = { seeded: true, databaseUrl: first };
    installation = await openInstallation(command, join(folder.path, 'data'), options);
    // Temporal is ours, on that server: its databases belong to the backup.
    const { environment, stack } = installation;
    const ofFolder = (env: NodeJS.ProcessEnv) => ({ ...env, TEMPORAL_ADDRESS: '' });
    expect(stack.servers.postgres).toBeNull();
    const random = new Random(7);
    const people = new PeopleAtWork(new Clerks(installation.url), random);
    const before = await people.until(30);
    const backup = join(folder.path, 'backup');
    const made = await runCommand(command, ofFolder(environment), 'backup', backup);
    expect(made, made.err).toMatchObject({ code: 0, err: '' });
    expect(people.acknowledged.length, 'people worked on meanwhile').toBeGreaterThan(before.length);
    await people.stop();
    await installation.end();
    installation = undefined;

    const target = { ...ofFolder(environment), YIZHENG_DATA: join(folder.path, 'restored') };
    const taken = await runCommand(command, { ...target, DATABASE_URL: first }, 'restore', backup);
    expect(taken.code, 'never into one that holds something').not.toBe(0);
    const restored = await runCommand(command, { ...target, DATABASE_URL: second }, 'restore', backup);
    expect(restored, restored.err).toMatchObject({ code: 0 });
    installation = await openInstallation(command, join(folder.path, 'restored'), {
      ...{ seeded: false, databaseUrl: second },
    });
    const repaired = await runCommand(
      ...[command, installation.environment, 'doctor', '--deep', '--repair', '--json'],
    );
    expect(repaired.err).toBe('');
    const { found } = JSON.parse(repaired.out) as { found: { kind: string }[] };
    expect(found.map(({ kind }) => kind)).not.toContain('workflow.ahead');
    expect(found.map(({ kind }) => kind)).not.toContain('chain.broken');
    const { db, close } = openDatabase(second);
    await auditRestored(db, before);
    await close();
    // The same accounts sign in, and a new case goes from its filing to its seal.
    expect((await runErrand(new Clerks(installation.url), random, 0)).length).toBeGreaterThan(5);
  },
  900_000,
);
