import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chooseApiPort } from '../../cli/apiPort.js';
import { until } from '../../rehearsal/world.js';
import { bareEnvironment } from '../../stack/childProcess.js';
import { answers } from '../../stack/databases.js';
import { postgresUser } from '../../stack/postgresUser.js';
import { commandVersion } from './commandVersion.js';

/** A PostgreSQL server that is not the product's: what an authority sets DATABASE_URL to. */
export interface OwnPostgres {
  /** Its own database, by a role that may create others. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Where Debian puts the server of the version that this machine's `pg_dump` has. */
const programs = `/usr/lib/postgresql/${commandVersion('pg_dump') ?? 'none'}/bin`;

/** Whether this machine has such a server, with client programs that know it. */
export const hasOwnPostgres = existsSync(join(programs, 'initdb'));

/** Makes a cluster in this folder and starts a server on it. */
export async function startOwnPostgres(folder: string): Promise<OwnPostgres> {
  const cluster = join(folder, 'cluster');
  const user = await postgresUser(cluster);
  const password = randomBytes(12).toString('hex');
  const passwordFile = join(folder, 'cluster.password');
  await mkdir(cluster, { mode: 0o700 });
  await writeFile(passwordFile, password);
  if (user) for (const path of [cluster, passwordFile]) await chown(path, user.uid, user.gid);
  const surroundings = { cwd: cluster, env: bareEnvironment(), ...user };
  const made = ['--username=keeper', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const initdb = ['--pgdata', cluster, '--encoding=UTF8', '--locale=C.UTF-8', ...made];
  await promisify(execFile)(join(programs, 'initdb'), initdb, surroundings);
  const port = await chooseApiPort({ host: '127.0.0.1', port: 0 });
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
  const args = ['-D', cluster, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const server = spawn(join(programs, 'postgres'), args, { ...surroundings, stdio: 'ignore' });
  const ended = once(server, 'exit');
  const url = `postgres://keeper:${password}@127.0.0.1:${port}/postgres`;
  await until(async () => ((await answers(url)) ? null : 'not yet'), 'the server answers', 120_000);
  return {
    url,
    async stop() {
      server.kill('SIGINT');
      await ended;
    },
  };
}
