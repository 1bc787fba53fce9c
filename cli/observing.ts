import type { Metrics } from '../observe/metrics.js';
import { createMetrics } from '../observe/metrics.js';
import { addDatabaseMetrics } from '../observe/databaseMetrics.js';
import { serveMetrics } from '../observe/metricsServer.js';
import type { Services } from './connect.js';

/** The metrics of a running part. */
export interface Observing {
  readonly metrics: Metrics;
  close(): Promise<void>;
}

/** Makes a part's metrics and, where a port is set, serves them to Prometheus. Throws what listening throws. */
export async function observing(
  { db, poolUse, logger }: Services,
  { host, port }: { readonly host: string; readonly port: number | undefined },
): Promise<Observing> {
  const metrics = createMetrics();
  addDatabaseMetrics(metrics, db, poolUse);
  if (port === undefined) return { metrics, close: () => Promise.resolve() };
  const server = await serveMetrics(metrics.registry, { host, port });
  logger.info({ url: server.url }, 'metrics');
  return { metrics, close: () => server.close() };
}
