import { existsSync } from 'node:fs';
import { NativeConnection } from '@temporalio/worker';
import { z } from 'zod';
import { createCaseWorker } from '../../activities/worker.js';
import { dataConverterOf } from '../../codec/dataConverter.js';
import { openKeyring } from '../../codec/keyring.js';
import { type Database, openDatabase } from '../../db/database.js';

/** A real worker with a switch: while the fuse file exists, the power goes right after the next transaction commits. */
const settings = z
  .object({
    databaseUrl: z.string(),
    temporalAddress: z.string(),
    namespace: z.string(),
    taskQueue: z.string(),
    workflowBundle: z.string(),
    codecKeys: z.string(),
    fuse: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const { db } = openDatabase(settings.databaseUrl);

const fused = new Proxy(db, {
  get(target, property, receiver) {
    if (property !== 'transaction') return Reflect.get(target, property, receiver) as unknown;
    const transaction: Database['transaction'] = async (...args) => {
      const result = await target.transaction(...args);
      // No handler runs after this, no answer leaves: as when the mains fail.
      if (existsSync(settings.fuse)) process.kill(process.pid, 'SIGKILL');
      return result;
    };
    return transaction;
  },
});

const worker = await createCaseWorker({
  connection: await NativeConnection.connect({ address: settings.temporalAddress }),
  namespace: settings.namespace,
  taskQueue: settings.taskQueue,
  dataConverter: dataConverterOf(await openKeyring(settings.codecKeys)),
  db: fused,
  workflowBundle: settings.workflowBundle,
});
process.stdout.write('polling\n');
await worker.run();
