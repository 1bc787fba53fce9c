import { chmod, chown, copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import type { UserIds } from './childProcess.js';
import { withClient } from './databases.js';
import { postgresUser } from './postgresUser.js';
import { StackError } from './stackError.js';

/** Folders of a cluster whose content means nothing after a start, or is copied apart. They must be there, and empty. */
const emptied = [
  ...['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp'],
  'pg_subtrans',
];

const leftOut =
  /^(postmaster\.(pid|opts)|pgsql_tmp.*|pg_internal\.init|backup_label(\.old)?|tablespace_map)$/;

/**
 * Copies a running PostgreSQL cluster, all its databases at one instant: PostgreSQL's own way of a base backup, by its
 * functions, because the npm package of the server brings neither `pg_basebackup` nor `pg_dump`. The log of what was written
 * meanwhile is copied too, so that the copy starts by itself and comes up whole.
 * @param url a database of that cluster, as its superuser.
 * @throws StackError when the server is another one than that of the folder, or keeps tables outside it.
 */
export async function copyCluster(url: string, folder: string, target: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ folder: string }>(
      `select current_setting('data_directory') as folder`,
    );
    if (rows[0]?.folder !== folder)
      throw new StackError(`The server runs on ${rows[0]?.folder ?? 'an unknown folder'}, not on ${folder}.`);
    if ((await readdir(join(folder, 'pg_tblspc'))).length > 0)
      throw new StackError(`The cluster in ${folder} keeps tables elsewhere; this copy would lack them.`);
    // The log is kept from here on, however much is written; the slot ends with the connection.
    await client.query(
      `select pg_create_physical_replication_slot('yizheng_backup_' || pg_backend_pid(), true, true)`,
    );
    const { rows: starts } = await client.query<{ file: string }>(
      `select pg_walfile_name(pg_backup_start('yizheng', true)) as file`,
    );
    await copyTree(folder, target);
    const stop = await stopBackup(client);
    await writeFile(join(target, 'backup_label'), stop.label, { mode: 0o600 });
    const wal = join(folder, 'pg_wal');
    for (const name of await readdir(wal)) {
      const isNeeded = /^[0-9A-F]{24}$/.test(name) && name >= (starts[0]?.file ?? '') && name <= stop.file;
      if (isNeeded || name.endsWith('.history'))
        await copyFile(join(wal, name), join(target, 'pg_wal', name));
    }
  });
}

async function stopBackup(client: pg.Client): Promise<{ readonly file: string; readonly label: string }> {
  const { rows } = await client.query<{ file: string; label: string }>(
    `select pg_walfile_name(lsn) as file, labelfile as label from pg_backup_stop(false)`,
  );
  const [row] = rows;
  if (row === undefined) throw new StackError('PostgreSQL did not say where its backup ends.');
  return row;
}

/** A file that changes or vanishes under the copy is as it should be: the log makes good what the copy got half of. */
async function copyTree(from: string, to: string, depth = 0): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (leftOut.test(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      if (depth === 0 && emptied.includes(entry.name)) await mkdir(target, { mode: 0o700 });
      else await copyTree(source, target, depth + 1);
    } else if (entry.isFile()) {
      await copyFile(source, target).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      });
    }
  }
}

/** Puts a copied cluster where a start will look for it, with the owner and the modes that PostgreSQL insists on. */
export async function placeCluster(copy: string, target: string): Promise<void> {
  await copyPlaced(copy, target, await postgresUser(target));
  for (const name of ['pg_tblspc', 'pg_twophase', ...emptied]) {
    await mkdir(join(target, name), { recursive: true, mode: 0o700 });
    await own(join(target, name), await postgresUser(target));
  }
}

async function copyPlaced(from: string, to: string, user: UserIds | undefined): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  await own(to, user);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyPlaced(source, target, user);
    else {
      await copyFile(source, target);
      await chmod(target, 0o600);
      await own(target, user);
    }
  }
}

async function own(path: string, user: UserIds | undefined): Promise<void> {
  if (user !== undefined) await chown(path, user.uid, user.gid);
}
