import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const value = z.object({ stringValue: z.string().optional(), intValue: z.coerce.number().optional() });
const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  attributes: z.array(z.object({ key: z.string(), value })),
  status: z.object({ code: z.number().optional(), message: z.string().optional() }),
});
const body = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});

/** A span as a collector receives it. */
export type ReceivedSpan = z.infer<typeof span>;

/** A collector of OpenTelemetry traces: takes OTLP over HTTP and keeps what it gets. */
export class Receiver {
  readonly spans: ReceivedSpan[] = [];
  /** Everything that was received, as it came. */
  text = '';

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<Receiver> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const receiver = new Receiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => (text += part));
      request.on('end', () => {
        if (request.url === '/v1/traces') receiver.take(text);
        response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
      });
    });
    return receiver;
  }

  private take(text: string): void {
    this.text += text;
    const { resourceSpans } = body.parse(JSON.parse(text));
    this.spans.push(...resourceSpans.flatMap((each) => each.scopeSpans.flatMap(({ spans }) => spans)));
  }

  /** The names of a trace's spans, each under the names above it: `POST /applications > send request`. */
  paths(traceId: string): readonly string[] {
    const ofTrace = this.spans.filter((each) => each.traceId === traceId);
    const pathOf = (each: ReceivedSpan): string => {
      const parent = ofTrace.find(({ spanId }) => spanId === each.parentSpanId);
      return parent === undefined ? each.name : `${pathOf(parent)} > ${each.name}`;
    };
    return ofTrace.map(pathOf).sort();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}
