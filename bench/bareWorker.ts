import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import pg from 'pg';
import { z } from 'zod';
import { connectionKeptMillis } from '../db/database.js';
import { fromProject } from '../db/projectFolder.js';
import { configurationOf } from '../temporal.config.js';
import { bareActivities } from './bareActivities.js';

/** Runs bare workflows, tuned as the product's worker is, until it is told to stop. */
const { databaseUrl, temporalAddress, namespace, taskQueue } = z
  .object({
    databaseUrl: z.string(),
    temporalAddress: z.string(),
    namespace: z.string(),
    taskQueue: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: ['SIGTERM'] });
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10, idleTimeoutMillis: connectionKeptMillis });
const connection = await NativeConnection.connect({
  address: temporalAddress,
  // As the product's worker, so that the two differ in nothing but what they do.
  grpcCompression: { codec: 'none' },
});
const worker = await Worker.create({
  ...{ connection, namespace, taskQueue },
  workflowsPath: fromProject('dist/bench/bareWorkflow.js'),
  activities: bareActivities(pool),
  ...configurationOf({}).worker,
});
await worker.run();
await connection.close();
await pool.end();
