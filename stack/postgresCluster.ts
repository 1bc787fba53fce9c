import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UserIds } from './childProcess.js';
import type { PostgresBinaries } from './postgresBinaries.js';
import { commandOf } from './processInfo.js';
import { messageOf, StackError } from './stackError.js';
import type { Supervisor } from './supervisor.js';

/** The role that owns everything in the embedded cluster. */
export const postgresRole = 'yizheng';

export interface Cluster {
  folder: string;
  password: string;
}

/**
 * The cluster in `<dataFolder>/postgres`, created on the first call: UTF-8, and sorted and folded by PostgreSQL's
 * own C.UTF-8 rules, so that it does the same on every machine whatever its locale. Its password is made once and
 * kept beside it with mode 0600.
 * @throws StackError for a cluster of another major version, one without password, or one that is in use.
 */
export async function openCluster(
  dataFolder: string,
  binaries: PostgresBinaries,
  user: UserIds | undefined,
  supervisor: Supervisor,
): Promise<Cluster> {
  const folder = join(dataFolder, 'postgres');
  const passwordFile = join(dataFolder, 'postgres.password');
  const version = await versionOf(folder);
  let password = await readFile(passwordFile, 'utf8').catch(() => null);
  if (version === null) {
    if (password === null) {
      password = randomBytes(24).toString('hex');
      await writeFile(passwordFile, password, { mode: 0o600 });
    }
    await createCluster(folder, password, binaries, user, supervisor);
    return { folder, password };
  }
  if (password === null) {
    throw new StackError(
      `The password of the database in ${folder} is missing: ${passwordFile}. Restore that file.`,
    );
  }
  await checkVersion(folder, version, binaries, supervisor);
  await removeStalePidFile(folder);
  return { folder, password };
}

/** The major version of the cluster; null when there is none. */
async function versionOf(folder: string): Promise<string | null> {
  try {
    return (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new StackError(
      `The database in ${folder} can not be read (${messageOf(error)}). Start as the user to whom it belongs.`,
    );
  }
}

async function createCluster(
  folder: string,
  password: string,
  { initdb }: PostgresBinaries,
  user: UserIds | undefined,
  supervisor: Supervisor,
): Promise<void> {
  // Made under another name, so that a start that is killed halfway leaves nothing that looks like a cluster.
  const unfinished = `${folder}.unfinished`;
  const passwordFile = `${folder}.initdb-password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) for (const path of [unfinished, passwordFile]) await chown(path, user.uid, user.gid);
  const args = [
    ...[
      '--pgdata',
      unfinished,
      '--username',
      postgresRole,
      '--pwfile',
      passwordFile,
      '--auth',
      'scram-sha-256',
    ],
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
  ];
  try {
    await supervisor.run({ name: 'initdb', file: initdb, args, folder: unfinished, ...(user && { user }) });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, folder);
}

async function checkVersion(
  folder: string,
  found: string,
  { postgres }: PostgresBinaries,
  supervisor: Supervisor,
): Promise<void> {
  const text = await supervisor.run({
    name: 'postgres --version',
    file: postgres,
    args: ['--version'],
    folder: '/',
  });
  const ours = /(\d+)[.\d]*\s*$/.exec(text)?.[1];
  if (ours === found) return;
  throw new StackError(
    `The database in ${folder} was made by PostgreSQL ${found}; this release brings ${ours ?? 'an unknown version'}. ` +
      `Dump it with PostgreSQL ${found} and restore it into a new data folder, or set DATABASE_URL to a server of ` +
      'that version.',
  );
}

/**
 * PostgreSQL leaves its pid file behind when it is killed. It sees through that itself, unless another program has
 * got the same process id since, as happens in containers; then it would refuse for ever.
 */
async function removeStalePidFile(folder: string): Promise<void> {
  const path = join(folder, 'postmaster.pid');
  const pid = Number((await readFile(path, 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid) return;
  const command = commandOf(pid);
  if (command === null) return;
  if (command.includes(folder)) {
    throw new StackError(
      `Another PostgreSQL (process ${pid}) runs on ${folder}. End it with \`kill -INT ${pid}\`, or choose another ` +
        'data folder.',
    );
  }
  await rm(path, { force: true });
}
