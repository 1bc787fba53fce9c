import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The secret that signs sessions: made once into the data folder, readable by its owner alone. */
export async function sessionSecret(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'session-secret');
  await mkdir(dirname(path), { recursive: true });
  try {
    // Exclusive: of two processes that start together, one makes it and both read it.
    await writeFile(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return await readFile(path, 'utf8');
}
