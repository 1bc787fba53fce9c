import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { DomainError } from '../rules/errors.js';

/** A listening API. */
export interface ApiServer {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Takes no more requests, lets those under way finish for up to ten seconds, then cuts them. */
  close(): Promise<void>;
}

/** How long requests under way may take to finish when the server closes, in milliseconds. */
const patience = 10_000;

/** Listens. Port 0 takes a free one. Throws `service.unavailable`, naming the port, when it is taken or not allowed. */
export async function startServer(
  app: Express,
  { port, host = '127.0.0.1' }: { port: number; host?: string },
): Promise<ApiServer> {
  const server = createServer(app);
  await new Promise<void>((listening, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const what =
        error.code === 'EADDRINUSE'
          ? `port ${port} is taken by another program; choose another one`
          : `port ${port} of ${host} can not be listened on (${error.code ?? error.name})`;
      failed(new DomainError('service.unavailable', { what, where: 'port of the API', found: String(port) }));
    });
    server.listen(port, host, listening);
  });
  const { address, family, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`,
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), patience);
      await closed;
      clearTimeout(cut);
    },
  };
}
