import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRig, type Rig } from '../rig/rig.js';
import { startWorkerProcess } from '../rig/workerProcess.js';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00', { relay: false });
});
afterAll(() => rig.close());

test('a worker of a test that dies while it starts fails the test with what it said, and nobody waits for it', async () => {
  const missing = '/nowhere/workflows.js';
  await expect(startWorkerProcess({ ...rig, workflowBundle: missing })).rejects.toThrow(missing);
});
