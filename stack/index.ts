import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Connection } from '@temporalio/client';
import { awaitDataFolder } from './dataFolderLock.js';
import { holdToSettings } from './dataFolderSettings.js';
import { createDatabases, databaseOf, temporalStoreOf, withDatabase } from './databases.js';
import { type NamespaceOptions, prepareNamespace } from './namespace.js';
import { choosePorts } from './ports.js';
import { startPostgres } from './postgres.js';
import { withProgress } from './progress.js';
import type { Server } from './server.js';
import { messageOf, StackError } from './stackError.js';
import type { Stack, StackOptions } from './stackOptions.js';
import { Supervisor } from './supervisor.js';
import { startTemporal } from './temporal.js';
import type { TemporalStore } from './temporalConfig.js';
import { findTemporal } from './temporalFind.js';
import { startUi } from './ui.js';

export { copyCluster, placeCluster } from './clusterCopy.js';
export { createDatabases, databaseOf, temporalStoreOf, withDatabase } from './databases.js';
export { dumpDatabase, nameTemporalStore, restoreDatabase } from './dump.js';
export { embeddedDatabaseUrl } from './embeddedDatabase.js';
export { embeddedTemporalAddress } from './embeddedTemporal.js';
export { prepareNamespace, type NamespaceOptions, type SearchAttribute } from './namespace.js';
export { portVariables, type PortName } from './ports.js';
export type { Report } from './progress.js';
export type { Server, ServerCommand } from './server.js';
export { StackError } from './stackError.js';
export type { Stack, StackOptions } from './stackOptions.js';
export { onStopSignal } from './stopSignal.js';
export type { Supervisor } from './supervisor.js';

/**
 * Brings up what the product needs: PostgreSQL, Temporal on it, its UI, the namespace with its search attributes.
 * What is given by address is used and not started. When this resolves, all of it is usable.
 * @throws StackError in words for the person who started it; nothing is left running then.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dataFolder = resolve(options.dataFolder);
  const supervisor = new Supervisor(dataFolder);
  const onAbort = (): void => supervisor.fail(new StackError('The start was interrupted.'));
  options.signal?.addEventListener('abort', onAbort);
  try {
    if (options.signal?.aborted) onAbort();
    return await start(supervisor, { ...options, dataFolder });
  } catch (error) {
    await supervisor.stop();
    throw (await supervisor.ended) ?? error;
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
  }
}

async function start(supervisor: Supervisor, options: StackOptions): Promise<Stack> {
  const { dataFolder, temporalAddress, report = () => undefined, namespace = 'yizheng' } = options;
  const { retentionDays = 90, searchAttributes = [], timeSkipping = false, historyShards = 64 } = options;
  const ownPostgres = options.databaseUrl === undefined;
  const ownTemporal = temporalAddress === undefined;
  if (process.platform === 'win32' && (ownPostgres || ownTemporal)) {
    throw new StackError('On Windows, start this inside WSL, or set both DATABASE_URL and TEMPORAL_ADDRESS.');
  }
  await mkdir(dataFolder, { recursive: true });
  await awaitDataFolder(dataFolder, report);
  if (ownTemporal) await holdToSettings(dataFolder, { timeSkipping, historyShards });
  const ports = await choosePorts({
    postgres: (ownPostgres && options.ports?.postgres) || 0,
    temporal: (ownTemporal && options.ports?.temporal) || 0,
    ui: (ownTemporal && options.ui !== false && options.ports?.ui) || 0,
  });
  const programs = ownTemporal ? await findTemporal(supervisor, { ...options, report }) : null;

  const opening = openDatabases(supervisor, options, ports.postgres);
  const database = await withProgress(report, 'Starting PostgreSQL', opening);
  const temporal = programs
    ? await startTemporal(supervisor, {
        dataFolder,
        binaries: programs,
        store: database.store,
        port: ports.temporal,
        otherPorts: Object.values(ports),
        historyShards,
        timeSkipping,
        report,
      })
    : null;
  const address = temporal?.address ?? temporalAddress ?? '';

  const prepared = prepare(supervisor, address, options, { namespace, retentionDays, searchAttributes });
  await withProgress(report, `Preparing namespace ${namespace}`, prepared);

  const uiProgram = options.ui === false ? undefined : programs?.ui;
  if (uiProgram === null) report("Temporal's UI is left out: the official release does not hold it.");
  const ui = uiProgram
    ? await startUi(supervisor, {
        dataFolder,
        program: uiProgram,
        temporalAddress: address,
        namespace,
        port: ports.ui,
        codecEndpoint: options.codecEndpoint,
      })
    : null;

  return {
    postgresUrl: database.postgresUrl,
    databaseUrl: database.databaseUrl,
    temporalAddress: address,
    namespace,
    uiAddress: ui?.address ?? null,
    servers: { postgres: database.server, temporal: temporal?.server ?? null, ui: ui?.server ?? null },
    supervisor,
    ended: supervisor.ended,
    stop: () => supervisor.stop(),
  };
}

interface Databases {
  server: Server | null;
  postgresUrl: string;
  databaseUrl: string;
  store: TemporalStore;
}

/** The embedded server with three databases, or the given one, with two more on it when Temporal is to be ours. */
async function openDatabases(
  supervisor: Supervisor,
  options: StackOptions,
  port: number,
): Promise<Databases> {
  const { dataFolder } = options;
  if (options.databaseUrl === undefined) {
    const { server, url } = await startPostgres(supervisor, dataFolder, port);
    const store = {
      url: withDatabase(url, 'temporal'),
      visibilityUrl: withDatabase(url, 'temporal_visibility'),
    };
    const databaseUrl = withDatabase(url, 'yizheng');
    await createDatabases(url, [databaseUrl, store.url, store.visibilityUrl].map(databaseOf));
    return { server, postgresUrl: url, databaseUrl, store };
  }
  // Named after ours: another program's Temporal may have taken the plain names on a server that is not ours alone.
  const url = options.databaseUrl;
  const store = temporalStoreOf(url);
  const ours = options.temporalAddress === undefined ? [store.url, store.visibilityUrl] : [];
  await createDatabases(url, ours.map(databaseOf));
  return { server: null, postgresUrl: url, databaseUrl: url, store };
}

/** Connects to the Temporal server and makes the namespace usable; gives up when the stack stops. */
async function prepare(
  { signal }: Supervisor,
  address: string,
  options: StackOptions,
  namespace: NamespaceOptions,
): Promise<void> {
  const connection = Connection.lazy({ ...options.temporalConnection, address, connectTimeout: '10s' });
  try {
    await connection.ensureConnected().catch((error: unknown) => {
      throw new StackError(`The Temporal server at ${address} can not be reached: ${messageOf(error)}`);
    });
    await connection.withAbortSignal(signal, () => prepareNamespace(connection, { ...namespace, signal }));
  } finally {
    await connection.close();
  }
}
