import { databaseOf } from './databases.js';

/** A database server, as Temporal wants it told. */
export interface TemporalStore {
  /** A URL to the database for histories. */
  url: string;
  /** A URL to the database for lists. */
  visibilityUrl: string;
}

export interface TemporalPorts {
  frontend: number;
  /** Seven free ports for what the services say to each other. */
  internal: readonly number[];
}

/**
 * The server's configuration (JSON is YAML). All four services in one process, on the loopback address only.
 * @param historyShards can never be changed for an existing database.
 */
export function serverConfig(
  store: TemporalStore,
  ports: TemporalPorts,
  historyShards: number,
  dynamicConfigFile: string,
): object {
  const [history, matching, worker, ...members] = ports.internal;
  const service = (grpcPort: number | undefined, membershipPort: number | undefined): object => ({
    rpc: { grpcPort, membershipPort, bindOnLocalHost: true },
  });
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      numHistoryShards: historyShards,
      defaultStore: 'default',
      visibilityStore: 'visibility',
      // Each of the four services has pools of its own; with the defaults they took half the connections there are.
      datastores: { default: datastore(store.url, 20), visibility: datastore(store.visibilityUrl, 10) },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: {
      frontend: service(ports.frontend, members[0]),
      history: service(history, members[1]),
      matching: service(matching, members[2]),
      worker: service(worker, members[3]),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${ports.frontend}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    publicClient: { hostPort: `127.0.0.1:${ports.frontend}` },
    dynamicConfigClient: { filepath: dynamicConfigFile, pollInterval: '60s' },
  };
}

function datastore(url: string, maxConns: number): object {
  const { hostname, port, username, password } = new URL(url);
  return {
    sql: {
      pluginName: 'postgres12',
      databaseName: databaseOf(url),
      connectAddr: `${hostname}:${port || '5432'}`,
      connectProtocol: 'tcp',
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      maxConns,
      maxIdleConns: maxConns,
      maxConnLifetime: '1h',
      ...tlsOf(url),
    },
  };
}

function tlsOf(url: string): object {
  const { mode, caFile } = sslOf(url);
  if (mode === 'off') return {};
  return { tls: { enabled: true, enableHostVerification: mode === 'verify', ...(caFile && { caFile }) } };
}

/** What the URL says about TLS (`sslmode`, `sslrootcert`), as PostgreSQL's own programs read it. */
export function sslOf(url: string): { mode: 'off' | 'encrypt' | 'verify'; caFile: string | null } {
  const parameters = new URL(url).searchParams;
  const sslmode = parameters.get('sslmode') ?? 'disable';
  const mode = ['disable', 'allow', 'prefer'].includes(sslmode)
    ? 'off'
    : sslmode.startsWith('verify')
      ? 'verify'
      : 'encrypt';
  return { mode, caFile: parameters.get('sslrootcert') };
}

/** Settings that the server reads again while it runs. */
export function dynamicConfig(timeSkipping: boolean): Record<string, { value: unknown }[]> {
  const settings: Record<string, unknown> = {
    // One box has no use for more partitions of a task queue: they only make short workflows wait for each other.
    'matching.numTaskqueueReadPartitions': 1,
    'matching.numTaskqueueWritePartitions': 1,
    // With more requests on their way to one case than this the server refuses, and its retries trip over each other: twenty
    // at once, with the server's own 10, took twenty times as long.
    'history.maxInFlightUpdates': 1000,
    ...(timeSkipping && {
      'frontend.WorkflowTimeSkippingEnabled': true,
      'system.workflowTimeSkippingEnabled': true, // its name in later servers
      'frontend.WorkflowTimeSkippingMaxSkipPerSession': 1_000_000,
      // Cuts each skip from about a second to some hundredths.
      'history.timerProcessorMaxTimeShift': '10ms',
    }),
  };
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, [{ value }]]));
}
