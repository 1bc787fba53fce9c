import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { expect, inject, test } from 'vitest';
import { fromProject } from '../../db/projectFolder.js';

Runtime.install({ logger: new DefaultLogger('ERROR') });

test('without traces of promises an error that nobody waits for still fails its own run, says where it came from, and no other', async () => {
  const { temporalAddress: address, namespace } = inject('servers');
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: fromProject('test/kernel/faultyWorkflows.ts'),
    preloadModules: [fromProject('workflows/preloaded.ts')],
    logger: new DefaultLogger('ERROR'),
  });
  const native = await NativeConnection.connect({ address });
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace });
  const taskQueue = 'untraced';
  const worker = await Worker.create({ connection: native, namespace, taskQueue, workflowBundle });
  await worker.runUntil(async () => {
    const start = (type: string) =>
      client.workflow.start(type, { taskQueue, workflowId: `untraced-${type}` });
    const [waiting, careless] = [await start('waiting'), await start('careless')];
    await expect
      .poll(
        async () =>
          (await careless.fetchHistory()).events?.find((event) => event.workflowTaskFailedEventAttributes),
        { timeout: 30_000 },
      )
      .toMatchObject({
        workflowTaskFailedEventAttributes: {
          failure: {
            message: expect.stringContaining('nobody waits for this') as string,
            cause: { stackTrace: expect.stringContaining('letGo') as string },
          },
        },
      });
    // The other run is well, and its promises have left no traces.
    expect(await waiting.query('__stack_trace')).toBe('');
    for (const handle of [waiting, careless]) await handle.terminate();
  });
  await connection.close();
  await native.close();
});
