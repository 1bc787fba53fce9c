import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** The keys that payloads are encrypted with: `current` encrypts, every one decrypts. A key stays while any run needs it. */
export interface Keyring {
  readonly current: string;
  readonly keys: Readonly<Record<string, Buffer>>;
}

const keyringFile = z.object({ current: z.string(), keys: z.record(z.string(), z.base64()) });

/** Reads the keyring, or makes it with its first key, readable by its owner alone. Throws when the file is not a keyring. */
export async function openKeyring(path: string): Promise<Keyring> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return await write(path, { current: '', keys: {} });
  const parsed = keyringFile.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${path} is not a keyring: ${z.prettifyError(parsed.error)}`);
  const keys = Object.fromEntries(
    Object.entries(parsed.data.keys).map(([id, key]) => [id, Buffer.from(key, 'base64')]),
  );
  const bad = Object.entries(keys).find(([, key]) => key.length !== 32);
  if (bad !== undefined) throw new Error(`${path}: key ${bad[0]} has ${bad[1].length} bytes; expected 32`);
  if (!(parsed.data.current in keys))
    throw new Error(`${path}: the current key ${parsed.data.current} is not there`);
  return { current: parsed.data.current, keys };
}

/** Adds a key that encrypts from now on. The old ones stay: histories need them for years. */
export async function addKey(path: string): Promise<Keyring> {
  return await write(path, await openKeyring(path));
}

async function write(path: string, before: Keyring): Promise<Keyring> {
  const id = `key-${Object.keys(before.keys).length + 1}-${randomBytes(4).toString('hex')}`;
  const keyring: Keyring = { current: id, keys: { ...before.keys, [id]: randomBytes(32) } };
  const keys = Object.fromEntries(
    Object.entries(keyring.keys).map(([key, bytes]) => [key, bytes.toString('base64')]),
  );
  await mkdir(dirname(path), { recursive: true });
  const fresh = `${path}.new`;
  await writeFile(fresh, `${JSON.stringify({ current: id, keys }, null, 2)}\n`, { mode: 0o600 });
  await chmod(fresh, 0o600);
  await rename(fresh, path);
  return keyring;
}
