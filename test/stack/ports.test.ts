import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { startStack } from '../../stack/index.js';
import { choosePorts, freePorts } from '../../stack/ports.js';
import { temporaryFolder } from './temporaryFolder.js';

test('free ports are all different, and none that is meant for something else', async () => {
  const first = await freePorts(20);
  const second = await freePorts(20, first);
  expect(new Set([...first, ...second]).size).toBe(40);
});

test('a configured port is kept, and the others are free ones', async () => {
  const [wanted = 0] = await freePorts(1);
  const ports = await choosePorts({ postgres: 0, temporal: wanted, ui: 0 });
  expect(ports.temporal).toBe(wanted);
  expect(new Set(Object.values(ports)).size).toBe(3);
});

test('a taken port is named together with the variable that sets it, before anything is started', async () => {
  const folder = await temporaryFolder();
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  try {
    const start = startStack({ dataFolder: folder.path, ports: { temporal: port } });
    await expect(start).rejects.toThrow(
      `Port ${port} for the Temporal server is taken by another program. Set TEMPORAL_PORT to a free port`,
    );
  } finally {
    other.close();
    await folder.remove();
  }
});
