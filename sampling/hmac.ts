import { hash } from 'node:crypto';
import type { Bytes } from './bytes.js';

/** HMAC-SHA-256 under one key: takes a message's bytes, answers with 32. They sort as their hex digits would. */
export type Hmac = (message: Bytes) => Bytes;

const block = 64;

/**
 * The HMAC-SHA-256 of RFC 2104, by two one-shot hashes over a buffer that is used again. A million of Node's `Hmac` objects
 * take twice the time of the hashing and keep the garbage collector busy for as long again; so do buffers of the results, which
 * are strings of bytes therefore.
 */
export function hmacSha256(key: Buffer): Hmac {
  const short = key.length > block ? hash('sha256', key, 'buffer') : key;
  const padded = (pad: number): Buffer =>
    Buffer.alloc(block).map((_, index) => (short[index] ?? 0) ^ pad) as Buffer;
  let inner = Buffer.concat([padded(0x36), Buffer.alloc(1024)]);
  const outer = Buffer.concat([padded(0x5c), Buffer.alloc(32)]);
  return (message) => {
    if (inner.length < block + message.length)
      inner = Buffer.concat([inner.subarray(0, block), Buffer.alloc(message.length)]);
    inner.write(message, block, 'latin1');
    outer.write(hash('sha256', inner.subarray(0, block + message.length), 'binary'), block, 'latin1');
    return hash('sha256', outer, 'binary');
  };
}
