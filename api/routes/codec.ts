import { type Payload, ValueError } from '@temporalio/common';
import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';
import { type Resource, route } from '../route.js';

/** A payload as Temporal's remote codecs exchange it: protobuf's JSON, every byte string in base64. */
const payload = z
  .object({ metadata: z.record(z.string(), z.base64()).optional(), data: z.base64().optional() })
  .loose();
const payloads = z.object({ payloads: z.array(payload).max(1000) }).loose();

type Direction = 'encode' | 'decode';

const coding = (direction: Direction, summary: string) =>
  route({
    method: 'post',
    path: `/codec/${direction}`,
    summary,
    access: 'codec.use',
    logs: true,
    body: payloads,
    answers: { 200: { description: 'The payloads, in the same order', schema: payloads } },
    async handle({ client, namespace }, _person, { body, headers }) {
      const asked = headers['x-namespace'];
      if (asked !== undefined && asked !== namespace) {
        throw new DomainError('input.invalid', {
          what: 'these payloads are of another namespace',
          where: 'header.X-Namespace',
          expected: namespace,
          found: String(asked),
        });
      }
      const { payloadCodecs } = client.options.loadedDataConverter;
      let coded = body.payloads.map(fromJson);
      try {
        for (const codec of direction === 'decode' ? payloadCodecs.toReversed() : payloadCodecs)
          coded = await codec[direction](coded);
      } catch (error) {
        if (!(error instanceof ValueError)) throw error;
        throw new DomainError('input.invalid', { what: error.message, where: 'body.payloads' });
      }
      return {
        status: 200,
        headers: { 'Cache-Control': 'no-store' },
        body: { payloads: coded.map(toJson) },
      };
    },
  });

function fromJson({ metadata, data }: z.output<typeof payload>): Payload {
  const named = Object.entries(metadata ?? {}).map(([name, text]) => [name, Buffer.from(text, 'base64')]);
  return {
    metadata: Object.fromEntries(named) as Record<string, Buffer>,
    data: Buffer.from(data ?? '', 'base64'),
  };
}

function toJson({ metadata, data }: Payload): z.input<typeof payload> {
  const texts = Object.entries(metadata ?? {}).map(([name, bytes]) => [name, base64(bytes)]);
  return {
    metadata: Object.fromEntries(texts) as Record<string, string>,
    ...(data == null ? {} : { data: base64(data) }),
  };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** What lets Temporal's own UI show payloads to a system administrator who is signed in here. */
export const codec: Resource = {
  name: 'codec',
  description:
    'Temporal 界面解密 / payloads for Temporal’s UI (its remote codec): each use is in the audit log',
  routes: [coding('decode', '解密 / decrypt payloads'), coding('encode', '加密 / encrypt payloads')],
};
