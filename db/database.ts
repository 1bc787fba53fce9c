import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { GatheringSocket } from './gatheringSocket.js';
import * as schema from './schema/index.js';

/** The product's database, typed by its schema. */
export type Database = NodePgDatabase<typeof schema> & { readonly $client: pg.Pool };

/** A transaction of it. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

/** How many connections of a pool are busy, idle, and how many callers wait for one. */
export interface PoolUse {
  readonly busy: number;
  readonly idle: number;
  readonly waiting: number;
}

/** An open database and how to close it. */
export interface OpenDatabase {
  readonly db: Database;
  readonly poolUse: () => PoolUse;
  readonly close: () => Promise<void>;
}

/** A connection keeps the plans of its statements: it is worth more than the ten seconds that the driver gives it. */
export const connectionKeptMillis = 10 * 60_000;

/**
 * Opens a pool. A server that does not answer is an error after `connectTimeout` milliseconds, never an endless wait; a
 * broken idle connection is dropped by the pool and must not end the process.
 */
export function openDatabase(url: string, { connections = 10, connectTimeout = 3000 } = {}): OpenDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectTimeout,
    idleTimeoutMillis: connectionKeptMillis,
    statement_timeout: 30_000,
    application_name: 'yizheng',
    // The statements of a transaction that do not wait for each other leave together.
    pipeline: true,
    stream: () => new GatheringSocket(),
  });
  pool.on('error', () => undefined);
  // The same for a connection that breaks in the middle of a transaction, between two statements: the next one tells.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    db: drizzle(pool, { schema }),
    poolUse: () => ({
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: () => pool.end(),
  };
}
