import type { DataConverter, Payload } from '@temporalio/common';

/** Keeps a secret in the database under the keys that payloads are encrypted with. */
export interface Secrets {
  seal(secret: Buffer): Promise<Buffer>;
  open(sealed: Buffer): Promise<Buffer>;
}

/** The codec's own way of sealing. Throws `ValueError` where the keyring has not the key that a secret was sealed with. */
export function secretsOf({ payloadCodecs = [] }: DataConverter): Secrets {
  const through = async (payload: Payload, way: 'encode' | 'decode'): Promise<Payload> => {
    const codecs = way === 'encode' ? payloadCodecs : [...payloadCodecs].reverse();
    let [current] = [payload];
    for (const codec of codecs) [current = current] = await codec[way]([current]);
    return current;
  };
  return {
    async seal(secret) {
      const { metadata, data } = await through({ metadata: {}, data: secret }, 'encode');
      return Buffer.from(JSON.stringify({ metadata: inBase64(metadata ?? {}), data: base64(data) }));
    },
    async open(sealed) {
      const { metadata, data } = JSON.parse(sealed.toString()) as {
        metadata: Record<string, string>;
        data: string;
      };
      const restored = Object.fromEntries(
        Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')]),
      );
      const opened = await through({ metadata: restored, data: Buffer.from(data, 'base64') }, 'decode');
      return Buffer.from(opened.data ?? []);
    },
  };
}

const base64 = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('base64');

const inBase64 = (metadata: Readonly<Record<string, Uint8Array>>): Record<string, string> =>
  Object.fromEntries(Object.entries(metadata).map(([name, bytes]) => [name, base64(bytes)]));
