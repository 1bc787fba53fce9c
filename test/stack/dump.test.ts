import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { withClient, withDatabase } from '../../stack/databases.js';
import { dumpDatabase, restoreDatabase } from '../../stack/dump.js';
import { commandVersion } from './commandVersion.js';
import { hasOwnPostgres, startOwnPostgres } from './ownPostgres.js';
import { temporaryFolder } from './temporaryFolder.js';

let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
let folder: string;
beforeAll(async () => {
  temporary = await temporaryFolder();
  folder = temporary.path;
});
afterAll(() => temporary.remove());

/** Whether this machine has client programs that know the tests' server; where not, the refusal is what can be shown. */
const programs = commandVersion('pg_dump');
const server = 18;

/** Dumps a database of this server, restores it into another one, and not a second time. */
async function dumpAndRestore(url: string, name: string): Promise<void> {
  const [from, to] = [withDatabase(url, `${name}_from`), withDatabase(url, `${name}_to`)];
  await withClient(url, async (client) => {
    for (const which of ['from', 'to']) await client.query(`create database ${name}_${which}`);
  });
  await withClient(from, (client) => client.query(`create table kept as select '在此' as what`));
  const file = join(folder, `${name}.dump`);
  await dumpDatabase(from, file);
  await restoreDatabase(to, file);
  const { rows } = await withClient(to, (client) => client.query('select what from kept'));
  expect(rows).toEqual([{ what: '在此' }]);
  await expect(restoreDatabase(to, file)).rejects.toThrow('is not empty');
}

test.runIf(programs !== null && programs >= server)(
  'A10: a database is dumped and restored whole, and never into one that holds something',
  () => dumpAndRestore(inject('servers').postgresUrl, 'embedded'),
);

test.runIf(hasOwnPostgres)(
  'A10: so is one of a server of one’s own, by the client programs of its version',
  async () => {
    const own = await startOwnPostgres(folder);
    try {
      await dumpAndRestore(own.url, 'own');
    } finally {
      await own.stop();
    }
  },
);

test.runIf(programs === null || programs < server)(
  'A10: without client programs that know the server, a dump says which are needed, and leaves no file',
  async () => {
    const { postgresUrl } = inject('servers');
    const file = join(folder, 'refused.dump');
    await expect(dumpDatabase(postgresUrl, file)).rejects.toThrow(/pg_dump.*[Ii]nstall/);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  },
);
