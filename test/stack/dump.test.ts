import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { withClient, withDatabase } from '../../stack/databases.js';
import { dumpDatabase, restoreDatabase } from '../../stack/dump.js';
import { commandVersion } from './commandVersion.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yizheng-dump-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Whether this machine has client programs that know the tests' server; where not, the refusal is what can be shown. */
const programs = commandVersion('pg_dump');
const server = 18;

test.runIf(programs !== null && programs >= server)(
  'A10: a database is dumped and restored whole, and never into one that holds something',
  async () => {
    const { postgresUrl } = inject('servers');
    const [from, to] = [withDatabase(postgresUrl, 'dump_from'), withDatabase(postgresUrl, 'dump_to')];
    await withClient(postgresUrl, async (client) => {
      await client.query('create database dump_from');
      await client.query('create database dump_to');
    });
    await withClient(from, (client) => client.query(`create table kept as select 'here' as what`));
    await dumpDatabase(from, join(folder, 'from.dump'));
    await restoreDatabase(to, join(folder, 'from.dump'));
    const { rows } = await withClient(to, (client) => client.query('select what from kept'));
    expect(rows).toEqual([{ what: 'here' }]);
    await expect(restoreDatabase(to, join(folder, 'from.dump'))).rejects.toThrow('is not empty');
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
