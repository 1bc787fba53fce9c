import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { METADATA_ENCODING_KEY, type Payload, type PayloadCodec, ValueError } from '@temporalio/common';
import { decode, encode } from '@temporalio/common/lib/encoding.js';
import proto from '@temporalio/proto';
import type { Keyring } from './keyring.js';

// The package is CommonJS, and its names are made at run time.
const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

const encoding = 'binary/encrypted';
const algorithm = 'AES-256-GCM';
const compression = 'deflate-raw';
/** From how many bytes on a payload is deflated: a step's record by half, and its page of history then fits in its row. */
const worthDeflating = 400;
/** For payloads of a page or so: the library's own numbers take 256 KiB for each, which was a third of the time. */
const deflating = { level: 1, windowBits: 13, memLevel: 6, chunkSize: 4096 };
const inflating = { chunkSize: 4096 };
const ivLength = 12;
const tagLength = 16;

/**
 * Encrypts every payload that leaves for Temporal: arguments, results, failures. The algorithm and the key's id travel in
 * the metadata; the data is IV (12 bytes), tag (16) and ciphertext of the whole inner payload, which is deflated before where
 * the metadata says so (`compression`).
 */
export function aesGcmCodec(keyring: Keyring): PayloadCodec {
  const seal = sealing(keyring);
  return {
    encode: (payloads) => Promise.resolve(payloads.map(seal)),
    decode: (payloads) => Promise.resolve(payloads.map((payload) => decrypt(keyring, payload))),
  };
}

/** Random bytes drawn ahead: the system is asked once for many payloads. */
const drawn = { bytes: Buffer.alloc(0), used: 0 };

function freshIv(): Buffer {
  if (drawn.used + ivLength > drawn.bytes.length)
    Object.assign(drawn, { bytes: randomBytes(300 * ivLength), used: 0 });
  drawn.used += ivLength;
  return drawn.bytes.subarray(drawn.used - ivLength, drawn.used);
}

function sealing({ current, keys }: Keyring): (payload: Payload) => Payload {
  const metadata = {
    [METADATA_ENCODING_KEY]: encode(encoding),
    algorithm: encode(algorithm),
    'key-id': encode(current),
  };
  const deflated = { ...metadata, compression: encode(compression) };
  return (payload) => {
    const iv = freshIv();
    const cipher = createCipheriv('aes-256-gcm', keyOf(keys, current), iv, { authTagLength: tagLength });
    const plain = PayloadMessage.encode(payload).finish();
    const isLong = plain.length >= worthDeflating;
    const sealed = cipher.update(isLong ? deflateRawSync(plain, deflating) : plain);
    // The mode's last call gives no bytes, but makes the tag.
    cipher.final();
    return {
      metadata: { ...(isLong ? deflated : metadata) },
      data: Buffer.concat([iv, cipher.getAuthTag(), sealed]),
    };
  };
}

function decrypt({ keys }: Keyring, payload: Payload): Payload {
  const metadata = payload.metadata ?? {};
  const named = (name: string): string => (metadata[name] == null ? '' : decode(metadata[name]));
  if (named(METADATA_ENCODING_KEY) !== encoding) return payload;
  if (named('algorithm') !== algorithm) {
    throw new ValueError(`a payload is encrypted with ${named('algorithm')}; expected ${algorithm}`);
  }
  const isDeflated = named('compression') === compression;
  if (!isDeflated && named('compression') !== '') {
    throw new ValueError(`a payload is compressed with ${named('compression')}; expected ${compression}`);
  }
  const key = keyOf(keys, named('key-id'));
  const data = Buffer.from(payload.data ?? []);
  try {
    const iv = data.subarray(0, ivLength);
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagLength });
    decipher.setAuthTag(data.subarray(ivLength, ivLength + tagLength));
    const plain = Buffer.concat([decipher.update(data.subarray(ivLength + tagLength)), decipher.final()]);
    return PayloadMessage.decode(isDeflated ? inflateRawSync(plain, inflating) : plain);
  } catch (error) {
    throw new ValueError(
      `payload key ${named('key-id')} does not open this payload: it is not the key that sealed it, or the payload was changed`,
      error,
    );
  }
}

function keyOf(keys: Keyring['keys'], id: string): Buffer {
  const key = Object.hasOwn(keys, id) ? keys[id] : undefined;
  if (key === undefined) throw new ValueError(`the keyring has no payload key ${id}; restore it`);
  return key;
}
