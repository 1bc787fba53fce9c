import { hash } from 'node:crypto';
import type { Bytes } from './bytes.js';

/** HMAC-SHA-256 under one key: takes a message's bytes, answers with 64 lower-case hex digits. */
export type Hmac = (message: Bytes) => string;

const block = 64;

/**
 * The HMAC-SHA-256 of RFC 2104, by two one-shot hashes over a buffer that is used again. A million of Node's `Hmac` objects
 * take twice the time of the hashing and keep the garbage collector busy for as long again.
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
    outer.set(hash('sha256', inner.subarray(0, block + message.length), 'buffer'), block);
    return hash('sha256', outer, 'hex');
  };
}
