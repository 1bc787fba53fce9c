import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { bareEnvironment } from './childProcess.js';
import { databaseOf, withClient } from './databases.js';
import { freePorts } from './ports.js';
import { type Report, withProgress } from './progress.js';
import type { Server } from './server.js';
import type { Supervisor } from './supervisor.js';
import type { TemporalBinaries } from './temporalBinaries.js';
import { dynamicConfig, serverConfig, sslOf, type TemporalStore } from './temporalConfig.js';

export interface StartTemporalOptions {
  dataFolder: string;
  binaries: TemporalBinaries;
  /** Both databases exist. */
  store: TemporalStore;
  port: number;
  /** Ports that are meant for other servers. */
  otherPorts: readonly number[];
  historyShards: number;
  /** Lets clients skip time in their workflows: for tests and rehearsals, never for real data. */
  timeSkipping: boolean;
  report: Report;
}

/**
 * Brings the schemas up to date and starts the Temporal server on the loopback address.
 * @returns the server and its address, as soon as it serves calls.
 */
export async function startTemporal(
  supervisor: Supervisor,
  options: StartTemporalOptions,
): Promise<{ server: Server; address: string }> {
  const { dataFolder, binaries, store, port, report } = options;
  const folder = join(dataFolder, 'temporal');
  await mkdir(folder, { recursive: true });
  await mkdir(join(dataFolder, 'logs'), { recursive: true });
  await withProgress(
    report,
    "Updating Temporal's schema",
    updateSchemas(supervisor, binaries, store, folder),
  );

  const configFile = join(folder, 'server.json');
  const dynamicConfigFile = join(folder, 'dynamic.json');
  const internal = await freePorts(7, [port, ...options.otherPorts]);
  const config = serverConfig(store, { frontend: port, internal }, options.historyShards, dynamicConfigFile);
  await writeFile(configFile, JSON.stringify(config, null, 2), { mode: 0o600 }); // it holds the password
  await writeFile(dynamicConfigFile, JSON.stringify(dynamicConfig(options.timeSkipping), null, 2));

  const address = `127.0.0.1:${port}`;
  const starting = supervisor.start({
    name: 'The Temporal server',
    file: binaries.server,
    args: ['--config-file', configFile, '--allow-no-auth', 'start'],
    folder,
    // Memory for speed: collecting garbage less often gives an eighth more steps a second.
    environment: { ...bareEnvironment(), GOGC: '400' },
    logFile: join(dataFolder, 'logs', 'temporal.log'),
    stopSignal: 'SIGTERM',
    beforeStart: () => forgetMembers(store.url),
    ready: () => serves(address),
    readyWithinMillis: 120_000,
  });
  const server = await withProgress(report, 'Starting the Temporal server', starting);
  return { server, address };
}

/**
 * The four services find each other by the addresses that they note in this table. Those of the run before, still
 * fresh after a quick restart, led them into two halves that took up to a minute to find together. There is only
 * ever one server on this database, so what the table says before its start is always out of date.
 */
async function forgetMembers(url: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('DELETE FROM cluster_membership');
  });
}

/** Creates the tables on the first start and brings them up to the release's version on every other one. */
async function updateSchemas(
  supervisor: Supervisor,
  binaries: TemporalBinaries,
  store: TemporalStore,
  folder: string,
): Promise<void> {
  const schemas = [
    { url: store.url, schema: 'postgresql/v12/temporal' },
    { url: store.visibilityUrl, schema: 'postgresql/v12/visibility' },
  ];
  await Promise.all(
    schemas.map(async ({ url, schema }) => {
      const tool = (...args: string[]): Promise<string> =>
        supervisor.run({
          name: `temporal-sql-tool ${args[0] ?? ''} for ${databaseOf(url)}`,
          file: binaries.sqlTool,
          args,
          folder,
          environment: { ...bareEnvironment(), ...sqlToolEnvironment(url) },
        });
      await tool('setup-schema', '-v', '0.0');
      await tool('update-schema', '--schema-name', schema);
    }),
  );
}

/** By environment, because a command line, and a password in it, can be read by everyone on the machine. */
function sqlToolEnvironment(url: string): NodeJS.ProcessEnv {
  const { hostname, port, username, password } = new URL(url);
  const { mode, caFile } = sslOf(url);
  return {
    SQL_PLUGIN: 'postgres12',
    SQL_HOST: hostname,
    SQL_PORT: port || '5432',
    SQL_USER: decodeURIComponent(username),
    SQL_PASSWORD: decodeURIComponent(password),
    SQL_DATABASE: databaseOf(url),
    ...(mode !== 'off' && {
      SQL_TLS: 'true',
      SQL_TLS_DISABLE_HOST_VERIFICATION: String(mode !== 'verify'),
      ...(caFile && { SQL_TLS_CA_FILE: caFile }),
    }),
  };
}

/** Whether the frontend serves calls; its port opens a while before. */
async function serves(address: string): Promise<boolean> {
  const connection = Connection.lazy({ address, connectTimeout: '1s' });
  return connection
    .ensureConnected()
    .then(
      () => true,
      () => false,
    )
    .finally(() => connection.close());
}
