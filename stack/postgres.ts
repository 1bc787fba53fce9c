import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { answers } from './databases.js';
import { postgresBinaries } from './postgresBinaries.js';
import { openCluster, postgresRole } from './postgresCluster.js';
import { ensureReachable, postgresUser } from './postgresUser.js';
import type { Server } from './server.js';
import type { Supervisor } from './supervisor.js';

export interface Postgres {
  server: Server;
  /** The server's own database, for whoever creates further databases. */
  url: string;
}

/**
 * Starts the embedded PostgreSQL on the loopback address.
 * @param dataFolder an absolute path; the cluster lives in `postgres` below it.
 * @throws StackError when the data folder can not be used or the server does not start.
 */
export async function startPostgres(
  supervisor: Supervisor,
  dataFolder: string,
  port: number,
): Promise<Postgres> {
  const binaries = await postgresBinaries();
  const user = await postgresUser(join(dataFolder, 'postgres'));
  await mkdir(join(dataFolder, 'logs'), { recursive: true });
  if (user) {
    // Our own folder we open for passing through ourselves; what is secret in it has its own mode.
    await chmod(dataFolder, (await stat(dataFolder)).mode | 0o001);
    await ensureReachable(user, [join(dataFolder, 'postgres'), binaries.postgres]);
  }
  const { folder, password } = await openCluster(dataFolder, binaries, user, supervisor);
  const url = `postgres://${postgresRole}:${password}@127.0.0.1:${port}/postgres`;
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // Temporal takes up to 120 (a pool of 30 for each of its four services), the rest is ours.
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  const server = await supervisor.start({
    name: 'PostgreSQL',
    file: binaries.postgres,
    args: [
      ...['-D', folder, '-p', String(port)],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    folder,
    ...(user && { user }),
    logFile: join(dataFolder, 'logs', 'postgres.log'),
    // "Fast shutdown": ends sessions and writes a checkpoint. On SIGTERM it would wait for all clients to leave.
    stopSignal: 'SIGINT',
    ready: () => answers(url),
    readyWithinMillis: 120_000, // it may have to recover after a power cut
  });
  return { server, url };
}
