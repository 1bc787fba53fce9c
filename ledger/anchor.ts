import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Instant } from '../rules/date.js';

/** What an anchor says: at this instant there were so many cases, with so many entries, and these were their heads. */
export interface AnchorFacts {
  /** 1 for the installation's first. */
  readonly number: number;
  readonly at: Instant;
  readonly cases: number;
  readonly entries: number;
  /** The root of the tree over the heads of all cases (`headTree.ts`). */
  readonly root: string;
  /** The hash of the anchor before. */
  readonly previous: string;
  /** The fingerprint of the key that signs. */
  readonly keyId: string;
}

/** An anchor with its signature: Ed25519 over its text, in base64. */
export type Anchor = AnchorFacts & { readonly signature: string };

/** What the first anchor names as the one before it. */
export const NO_ANCHOR = '0'.repeat(64);

/** What is signed, byte for byte: a text that a person can read, and publish. */
export const anchorText = ({ number, at, cases, entries, root, previous, keyId }: AnchorFacts): string =>
  [
    'yizheng ledger anchor 1',
    `number: ${number}`,
    `at: ${at}`,
    `cases: ${cases}`,
    `entries: ${entries}`,
    `root: ${root}`,
    `previous: ${previous}`,
    `key: ${keyId}`,
    '',
  ].join('\n');

/** The hash of an anchor, by which the next one names it: SHA-256 over its text, in hex. */
export const anchorHash = (anchor: AnchorFacts): string =>
  createHash('sha256').update(anchorText(anchor)).digest('hex');

/** A key's fingerprint: SHA-256 over the public key as DER (SPKI), in hex. `publicKey` is that DER in base64. */
export const fingerprintOf = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');

/** Whether this public key (DER, base64) signed the anchor. A text that is no Ed25519 key signed nothing. */
export function isSignedBy(anchor: Anchor, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    const signature = Buffer.from(anchor.signature, 'base64');
    return (
      key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(anchorText(anchor)), key, signature)
    );
  } catch {
    return false;
  }
}
