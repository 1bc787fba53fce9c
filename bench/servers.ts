import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { chooseApiPort } from '../cli/apiPort.js';
import { seedDemonstration } from '../cli/demonstration.js';
import { answersAt, partEnvironment, startPart } from '../cli/parts.js';
import { sessionSecret } from '../cli/secret.js';
import { type Database, type OpenDatabase, openDatabase } from '../db/database.js';
import { migrate } from '../db/migrate.js';
import { fromProject } from '../db/projectFolder.js';
import { onStopSignal, type Server, type Stack, startStack } from '../stack/index.js';
import { searchAttributes } from '../workflows/messages/searchAttributes.js';

/** Everything that the measures run on: one set of servers, both workers and the API, each a process of its own. */
export interface Servers extends Pick<OpenDatabase, 'db'> {
  readonly stack: Stack;
  readonly connection: Connection;
  readonly folder: string;
  readonly apiUrl: string;
  /** Where the API tells what it has measured itself. */
  readonly metricsUrl: string;
  readonly worker: Server;
  readonly bareWorker: Server;
  /** A worker of the product that may be killed: the supervisor, whose servers end together, does not know it. */
  spawnWorker(): ChildProcess;
  stop(): Promise<void>;
}

/** The bare workflows' task queue. */
export const bareTaskQueue = 'bare';

/**
 * Starts them in a folder that is gone afterwards, with the settings of production and `more`; `prepare` may change the
 * database before anybody works with it. Throws when one does not get ready.
 */
export async function startServers(
  report: (line: string) => void,
  prepare: (db: Database) => Promise<void> = () => Promise.resolve(),
  more: Readonly<Record<string, string>> = {},
): Promise<Servers> {
  const folder = await mkdtemp(join(tmpdir(), 'yizheng-bench-'));
  // PostgreSQL does not run as root: its own user must reach the folder.
  await chmod(folder, 0o755);
  const interrupt = new AbortController();
  const release = onStopSignal(() => interrupt.abort());
  const stack = await startStack({
    ...{ dataFolder: folder, ui: false, report, signal: interrupt.signal },
    searchAttributes: searchAttributes.map(({ name }) => ({ name, type: 'KEYWORD' as const })),
  });
  release();
  onStopSignal(() => void stack.stop());
  const { databaseUrl, temporalAddress, namespace, supervisor } = stack;
  await migrate(databaseUrl);
  const { db, close } = openDatabase(databaseUrl, { connections: 20 });
  await db.execute('create table bare_rows (id uuid primary key, body jsonb not null)');
  const port = await chooseApiPort({ host: '127.0.0.1', port: 0 });
  const metricsPort = await chooseApiPort({ host: '127.0.0.1', port: 0 });
  const apiUrl = `http://127.0.0.1:${port}`;
  await seedDemonstration(db, { secret: await sessionSecret(folder), baseUrl: apiUrl });
  await prepare(db);
  const environment = partEnvironment(stack, {
    // Limits are for people.
    RATE_REQUESTS: '0',
    YIZHENG_DATA: folder,
    API_PORT: String(port),
    API_METRICS_PORT: String(metricsPort),
    LOG_LEVEL: 'warn',
    ...more,
  });
  const worker = await startPart(stack, 'worker', { dataFolder: folder, environment });
  const spawnWorker = () =>
    spawn(process.execPath, [fromProject('dist/cli/main.js'), 'worker'], {
      env: environment,
      stdio: 'ignore',
    });
  const settings = { databaseUrl, temporalAddress, namespace, taskQueue: bareTaskQueue };
  const bareWorker = await supervisor.start({
    ...{ name: 'the bare worker', file: process.execPath, environment, folder: fromProject('.') },
    args: [fromProject('dist/bench/bareWorker.js'), JSON.stringify(settings)],
    logFile: join(folder, 'logs', 'bare-worker.log'),
    stopSignal: 'SIGTERM',
    ready: () => Promise.resolve(true),
    readyWithinMillis: 60_000,
  });
  const ready = () => answersAt(`${apiUrl}/readyz`);
  await startPart(stack, 'api', { dataFolder: folder, environment, ready });
  const connection = await Connection.connect({ address: temporalAddress });
  return {
    ...{ db, stack, connection, folder, apiUrl, worker, bareWorker, spawnWorker },
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    async stop() {
      await connection.close();
      await close();
      await stack.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
