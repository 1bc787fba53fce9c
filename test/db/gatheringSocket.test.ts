import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { openDatabase } from '../../db/database.js';
import { GatheringSocket } from '../../db/gatheringSocket.js';

/** A server that only listens, and its port. */
async function listening() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

const aTick = () => new Promise<void>((resolve) => process.nextTick(resolve));

test('what several statements write in one go leaves in one go', async () => {
  const { server, port } = await listening();
  const socket = new GatheringSocket();
  socket.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const write = (text: string) => {
    socket.cork();
    socket.write(text);
    socket.uncork();
  };
  write('one,');
  await Promise.resolve();
  write('two,');
  expect(socket.writableLength, 'both wait').toBe(8);
  await aTick();
  expect(socket.writableLength, 'both have left').toBe(0);
  write('three');
  await aTick();
  expect(socket.writableLength, 'and so has the next').toBe(0);
  socket.destroy();
  server.close();
});

test('a database that is not there is an error at once', async () => {
  const { server, port } = await listening();
  server.close();
  await once(server, 'close');
  const { db, close } = openDatabase(`postgres://nobody@127.0.0.1:${port}/none`);
  await expect(db.execute('select 1')).rejects.toThrow();
  await close();
});
