import type { ConnectionOptions } from '@temporalio/client';
import type { SearchAttribute } from './namespace.js';
import type { PortName } from './ports.js';
import type { Report } from './progress.js';
import type { Server } from './server.js';
import type { StackError } from './stackError.js';
import type { Supervisor } from './supervisor.js';

export interface StackOptions {
  /** Databases, logs and secrets of the servers. */
  dataFolder: string;
  /** Fetched or built programs, shared by all clones; by default `~/.cache/yizheng`. */
  cacheFolder?: string | undefined;
  /** 0, the default, means any free port. */
  ports?: Partial<Record<PortName, number>> | undefined;
  /** A PostgreSQL server to use instead of the embedded one: the URL of the product's database, which exists. */
  databaseUrl?: string | undefined;
  /** A Temporal server to use instead of one of ours, as host:port. */
  temporalAddress?: string | undefined;
  /** How to connect to it: TLS, API key. */
  temporalConnection?: Pick<ConnectionOptions, 'tls' | 'apiKey' | 'metadata'> | undefined;
  /** See `findTemporal`. */
  temporalArchive?: string | undefined;
  temporalReleases?: string | undefined;
  /** By default `yizheng`. */
  namespace?: string | undefined;
  /** How long Temporal keeps closed histories; by default 90 days. The ledger keeps everything anyway. */
  retentionDays?: number | undefined;
  searchAttributes?: readonly SearchAttribute[] | undefined;
  /** Lets clients skip time in workflows: for tests and rehearsals only; a data folder is for one or the other. */
  timeSkipping?: boolean | undefined;
  /** By default 64, right for one box; 4 start a little faster in tests. Fixed by a data folder's first start. */
  historyShards?: number | undefined;
  /** Whether to start Temporal's UI; by default true. */
  ui?: boolean | undefined;
  /** Where Temporal's UI has payloads decoded. */
  codecEndpoint?: string | undefined;
  report?: Report | undefined;
  /** Ends the start when it aborts. Once the stack runs it has no effect: call `stop`. */
  signal?: AbortSignal | undefined;
}

export interface Stack {
  /** A URL with which further databases can be created. */
  postgresUrl: string;
  /** The product's database. */
  databaseUrl: string;
  temporalAddress: string;
  namespace: string;
  /** Null when no UI was started. */
  uiAddress: string | null;
  /** Those that we started, to stop and start one by one. */
  servers: { postgres: Server | null; temporal: Server | null; ui: Server | null };
  /** For further processes of the caller's, which end before the servers do. */
  supervisor: Supervisor;
  /** Resolves when everything is down: with the reason when a server died by itself, with null after `stop`. */
  ended: Promise<StackError | null>;
  /** Stops everything in reverse order and resolves when no process is left. */
  stop(): Promise<void>;
}
