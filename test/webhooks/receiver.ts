import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as it arrived. */
export interface Arrived {
  readonly id: string;
  readonly caseId: string;
  readonly position: number;
  readonly type: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver of webhooks over HTTP that does as it is told: answers, with whatever, later, or never. */
export class Receiver {
  readonly arrived: Arrived[] = [];
  /** The status for a message; `never` leaves it without an answer. */
  answer: (message: Arrived) => number | 'never' = () => 204;
  private server: Server | undefined;
  private port = 0;

  async up(): Promise<void> {
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        const { type, data } = JSON.parse(body) as {
          type: string;
          data: { caseId: string; position: number };
        };
        const id = String(request.headers['webhook-id']);
        const message = {
          id,
          type,
          caseId: data.caseId,
          position: data.position,
          headers: request.headers,
          body,
        };
        this.arrived.push(message);
        const status = this.answer(message);
        if (status !== 'never') response.writeHead(status).end('what it says is nobody’s');
      });
    });
    await new Promise<void>((listening) => server.listen(this.port, '127.0.0.1', listening));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  async down(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((closed) => this.server?.close(closed));
  }
}
