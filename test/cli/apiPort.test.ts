import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { chooseApiPort } from '../../cli/apiPort.js';

const host = '127.0.0.1';

test('a port of the API that another program has is refused by name, before anything starts', async () => {
  const other = createServer();
  await new Promise<void>((listening) => other.listen(0, host, listening));
  const { port } = other.address() as AddressInfo;
  await expect(chooseApiPort({ host, port })).rejects.toMatchObject({
    code: 'input.invalid',
    detail: { what: expect.stringContaining(String(port)) as string, where: 'API_PORT' },
  });
  other.close();
});

test('port 0 becomes a free one, and a given port stays', async () => {
  const port = await chooseApiPort({ host, port: 0 });
  expect(port).toBeGreaterThan(0);
  expect(await chooseApiPort({ host, port })).toBe(port);
});
