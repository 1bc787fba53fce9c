import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeSecretFile } from '../codec/secretFile.js';

/** The secret that signs sessions: made once into the data folder, readable by its owner alone. */
export async function sessionSecret(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'session-secret');
  await makeSecretFile(path, randomBytes(32).toString('hex'));
  return await readFile(path, 'utf8');
}
