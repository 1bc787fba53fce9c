import { existsSync } from 'node:fs';
import { NativeConnection } from '@temporalio/worker';
import { z } from 'zod';
import { createCaseWorker } from '../../activities/worker.js';
import { dataConverterOf } from '../../codec/dataConverter.js';
import { openKeyring } from '../../codec/keyring.js';
import { openDatabase } from '../../db/database.js';

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

db.$client.on('connect', (client) => {
  const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
  const fused = (...asked: unknown[]): unknown => {
    const answer = query(...asked);
    // No handler runs after this, no answer leaves: as when the mains fail.
    const cut = (): void => {
      if (existsSync(settings.fuse)) process.kill(process.pid, 'SIGKILL');
    };
    if (asked[0] === 'commit' && answer instanceof Promise) answer.then(cut, () => undefined);
    return answer;
  };
  Object.assign(client, { query: fused });
});

const worker = await createCaseWorker({
  connection: await NativeConnection.connect({ address: settings.temporalAddress }),
  namespace: settings.namespace,
  taskQueue: settings.taskQueue,
  dataConverter: dataConverterOf(await openKeyring(settings.codecKeys)),
  db,
  workflowBundle: settings.workflowBundle,
});
process.stdout.write('polling\n');
await worker.run();
