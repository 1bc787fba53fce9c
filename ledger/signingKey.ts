import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { makeSecretFile } from '../codec/secretFile.js';
import { DomainError } from '../rules/errors.js';
import { type Anchor, type AnchorFacts, anchorText, fingerprintOf } from './anchor.js';

/** The installation's key, which signs its anchors. */
export interface SigningKey {
  /** The fingerprint. */
  readonly id: string;
  /** DER (SPKI) in base64. */
  readonly publicKey: string;
  /** Signs under this key's id. */
  sign(facts: Omit<AnchorFacts, 'keyId'>): Anchor;
}

/**
 * Reads the key, or makes one, readable by its owner alone. A key that is lost, or moved away on purpose, gives way to a new
 * one: old anchors keep their own public keys. Throws `input.invalid`, naming the file and never its content, when the file
 * is no Ed25519 key.
 */
export async function openSigningKey(path: string): Promise<SigningKey> {
  const fresh = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });
  await makeSecretFile(path, fresh.toString());
  const key = keyOf(path, await readFile(path, 'utf8'));
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
  const id = fingerprintOf(publicKey);
  return {
    id,
    publicKey,
    sign(facts) {
      const named = { ...facts, keyId: id };
      return { ...named, signature: sign(null, Buffer.from(anchorText(named)), key).toString('base64') };
    },
  };
}

function keyOf(path: string, text: string): KeyObject {
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // The library's message may quote the text, and the text is the key.
  }
  throw new DomainError('input.invalid', {
    what: 'not a key that signs the ledger; restore it, or move it away and a new one is made',
    where: path,
    expected: 'an Ed25519 private key as PEM',
  });
}
