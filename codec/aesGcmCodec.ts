import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { METADATA_ENCODING_KEY, type Payload, type PayloadCodec, ValueError } from '@temporalio/common';
import { decode, encode } from '@temporalio/common/lib/encoding.js';
import proto from '@temporalio/proto';
import type { Keyring } from './keyring.js';

// The package is CommonJS, and its names are made at run time.
const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

const encoding = 'binary/encrypted';
const algorithm = 'AES-256-GCM';
const ivLength = 12;
const tagLength = 16;

/**
 * Encrypts every payload that leaves for Temporal: arguments, results, failures. The algorithm and the key's id travel in
 * the metadata; the data is IV (12 bytes), tag (16) and ciphertext of the whole inner payload.
 */
export function aesGcmCodec(keyring: Keyring): PayloadCodec {
  return {
    encode: (payloads) => Promise.resolve(payloads.map((payload) => encrypt(keyring, payload))),
    decode: (payloads) => Promise.resolve(payloads.map((payload) => decrypt(keyring, payload))),
  };
}

function encrypt({ current, keys }: Keyring, payload: Payload): Payload {
  const key = keys[current];
  if (key === undefined) throw new ValueError(`no payload key ${current}`);
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const plain = PayloadMessage.encode(payload).finish();
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return {
    metadata: {
      [METADATA_ENCODING_KEY]: encode(encoding),
      algorithm: encode(algorithm),
      'key-id': encode(current),
    },
    data: Buffer.concat([iv, cipher.getAuthTag(), sealed]),
  };
}

function decrypt({ keys }: Keyring, payload: Payload): Payload {
  const metadata = payload.metadata ?? {};
  const named = (name: string): string => (metadata[name] == null ? '' : decode(metadata[name]));
  if (named(METADATA_ENCODING_KEY) !== encoding) return payload;
  const key = keys[named('key-id')];
  if (key === undefined) throw new ValueError(`no payload key ${named('key-id')}`);
  const data = Buffer.from(payload.data ?? []);
  const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, ivLength));
  decipher.setAuthTag(data.subarray(ivLength, ivLength + tagLength));
  const plain = Buffer.concat([decipher.update(data.subarray(ivLength + tagLength)), decipher.final()]);
  return PayloadMessage.decode(plain);
}
