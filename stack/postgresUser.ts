import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { UserIds } from './childProcess.js';
import { messageOf, StackError } from './stackError.js';

const execute = promisify(execFile);

/**
 * The user under whom PostgreSQL runs, which refuses to run as root: undefined (ourselves) for an ordinary user;
 * for root the owner of an existing cluster, else the user `postgres`, made when there is none.
 * @param cluster the folder of the cluster, which may not exist yet.
 */
export async function postgresUser(cluster: string): Promise<UserIds | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const existing = await stat(cluster).catch(() => null);
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  try {
    return await idsOf('postgres');
  } catch {
    // Not there yet.
  }
  try {
    await execute('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
    return await idsOf('postgres');
  } catch (error) {
    throw new StackError(
      `PostgreSQL does not run as root, and the user postgres could not be made (${messageOf(error)}). ` +
        'Start as an ordinary user, make that user, or set DATABASE_URL.',
    );
  }
}

async function idsOf(name: string): Promise<UserIds> {
  const [uid, gid] = await Promise.all([execute('id', ['-u', name]), execute('id', ['-g', name])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/**
 * Makes sure that the user may pass through every folder above the given paths (root's own home usually forbids it).
 * @throws StackError naming the folder that is in the way, and the remedies.
 */
export async function ensureReachable(user: UserIds, paths: readonly string[]): Promise<void> {
  const folders = [...new Set(paths.flatMap(foldersAbove))];
  const test = 'for each; do [ -x "$each" ] || { echo "$each"; exit 0; }; done';
  const { stdout } = await execute('/bin/sh', ['-c', test, 'sh', ...folders], { ...user, cwd: '/' });
  const closed = stdout.trim();
  if (closed === '') return;
  throw new StackError(
    `PostgreSQL does not run as root, and the user it runs as (id ${user.uid}) may not enter ${closed}. ` +
      `Start as an ordinary user, or move the data folder and the project out of it, or open it with ` +
      `\`chmod o+x ${closed}\`, or set DATABASE_URL to another server.`,
  );
}

/** `/a/b/c` -> `/`, `/a`, `/a/b`. */
function foldersAbove(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [...foldersAbove(parent), parent];
}
