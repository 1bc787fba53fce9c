import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Express } from 'express';
import { DomainError } from '../rules/errors.js';
import { problemOf } from './problem.js';

/** A listening API. */
export interface ApiServer {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Takes no more requests, lets those under way finish for up to ten seconds, then cuts them. */
  close(): Promise<void>;
}

/** How long requests under way may take to finish when the server closes, in milliseconds. */
const patience = 10_000;

/** What one connection may take: bytes of headers, and milliseconds. */
const usualLimits = {
  maxHeaderSize: 16_384,
  headersTimeout: 15_000,
  // Ten megabytes over the slow line of a county's office.
  requestTimeout: 120_000,
  // Longer than a proxy keeps an idle connection: it must be the one that ends it.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
};

/**
 * Listens. Port 0 takes a free one. Throws `service.unavailable`, naming the port, when it is taken or not allowed.
 * `given` replaces some of the limits, for tests that can not wait so long.
 */
export async function startServer(
  app: Express,
  { port, host = '127.0.0.1', ...given }: { port: number; host?: string } & Partial<typeof usualLimits>,
): Promise<ApiServer> {
  const server = createServer({ ...usualLimits, ...given }, app);
  let closing = false;
  server.on('clientError', refuse);
  server.prependListener('request', (_request, response) => {
    // A connection whose last request has ended while the server closes must not linger for the next one.
    response.on('close', () => {
      if (closing) server.closeIdleConnections();
    });
  });
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
      closing = true;
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), patience);
      await closed;
      clearTimeout(cut);
    },
  };
}

/** What is no request that Express could answer: headers that are too large, too slow, or no HTTP at all. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, name, what] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ([431, 'Request Header Fields Too Large', 'the headers are too large'] as const)
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ([408, 'Request Timeout', 'the request did not arrive in time'] as const)
        : ([400, 'Bad Request', 'this is not HTTP'] as const);
  const body = JSON.stringify(problemOf('input.invalid', { what }, '/', { status }));
  const headers = ['Content-Type: application/problem+json', `Content-Length: ${Buffer.byteLength(body)}`];
  socket.end(`HTTP/1.1 ${status} ${name}\r\nConnection: close\r\n${headers.join('\r\n')}\r\n\r\n${body}`);
}
