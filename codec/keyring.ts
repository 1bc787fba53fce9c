import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { DomainError } from '../rules/errors.js';
import { makeSecretFile, replaceSecretFile } from './secretFile.js';

/** The keys that payloads are encrypted with: `current` encrypts, every one decrypts. A key stays while any run needs it. */
export interface Keyring {
  readonly current: string;
  readonly keys: Readonly<Record<string, Buffer>>;
}

/** AES-256. */
const keyLength = 32;

const keyringFile = z
  .object({ current: z.string(), keys: z.record(z.string(), z.base64()) })
  .refine(({ current, keys }) => Object.hasOwn(keys, current), 'the current key is not among the keys');

/**
 * Reads the keyring, or makes it with its first key, readable by its owner alone. Throws `input.invalid`, naming the file and
 * never its content, when the file is not a keyring.
 */
export async function openKeyring(path: string): Promise<Keyring> {
  const found = await read(path);
  if (found !== null) return found;
  // The worker and the API start together: one makes the keyring, and both read it.
  await makeSecretFile(path, textOf(withNewKey({ current: '', keys: {} })));
  return (await read(path)) ?? notAKeyring(path, 'it vanished while it was made');
}

/** Adds a key that encrypts from now on. The old ones stay: histories need them for years. Throws as `openKeyring` does. */
export async function addKey(path: string): Promise<Keyring> {
  const keyring = withNewKey(await openKeyring(path));
  await replaceSecretFile(path, textOf(keyring));
  return keyring;
}

function withNewKey({ keys }: Keyring): Keyring {
  const id = `key-${Object.keys(keys).length + 1}-${randomBytes(4).toString('hex')}`;
  return { current: id, keys: { ...keys, [id]: randomBytes(keyLength) } };
}

function textOf({ current, keys }: Keyring): string {
  const texts = Object.entries(keys).map(([id, key]) => [id, key.toString('base64')]);
  return `${JSON.stringify({ current, keys: Object.fromEntries(texts) as object }, null, 2)}\n`;
}

async function read(path: string): Promise<Keyring | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const parsed = keyringFile.safeParse(jsonOf(path, text));
  if (!parsed.success) return notAKeyring(path, z.prettifyError(parsed.error));
  const keys = Object.fromEntries(
    Object.entries(parsed.data.keys).map(([id, key]) => [id, Buffer.from(key, 'base64')]),
  );
  const bad = Object.entries(keys).find(([, key]) => key.length !== keyLength);
  if (bad !== undefined) return notAKeyring(path, `key ${bad[0]} has ${bad[1].length} bytes`);
  return { current: parsed.data.current, keys };
}

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and the text holds keys.
    return notAKeyring(path, 'no JSON');
  }
}

function notAKeyring(path: string, found: string): never {
  throw new DomainError('input.invalid', {
    what: 'not a keyring; restore it, for histories can not be read without their keys',
    where: path,
    expected: `{ "current": <id>, "keys": { <id>: <${keyLength} bytes as base64> } }`,
    found,
  });
}
