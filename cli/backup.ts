import { copyFile, cp, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { openDatabase } from '../db/database.js';
import { fromProject } from '../db/projectFolder.js';
import { makeAnchor } from '../ledger/makeAnchor.js';
import { openSigningKey } from '../ledger/signingKey.js';
import { DomainError } from '../rules/errors.js';
import {
  copyCluster,
  createDatabases,
  databaseOf,
  dumpDatabase,
  placeCluster,
  restoreDatabase,
  temporalStoreOf,
  withDatabase,
} from '../stack/index.js';
import { type Configuration, configurationOf } from '../temporal.config.js';
import { checkedManifest, type Manifest, writeManifest } from './backupManifest.js';
import { databaseFor } from './databaseFor.js';
import type { Output } from './output.js';

/** The files of an installation that are in no database, by what the backup calls them, and where they belong. */
const filesOf = ({ dataFolder, codecKeys, ledgerKey }: Configuration) =>
  ({
    'codec-keys.json': codecKeys,
    'ledger-key.pem': ledgerKey,
    'session-secret': join(dataFolder, 'session-secret'),
    'stack.json': join(dataFolder, 'stack.json'),
    'postgres.password': join(dataFolder, 'postgres.password'),
  }) as const;

/**
 * `yizheng backup DIR`: the ledger is anchored, then the databases are copied, then keys and settings, then a manifest with
 * the hash of every file. People work on meanwhile. With the embedded PostgreSQL all three databases are of one instant. With
 * servers of one's own Temporal's are dumped before the product's: of two that differ the product's is then the newer, and
 * its workflows adopt what they miss. Throws `input.invalid` for a folder that holds something.
 */
export async function backup(folder: string, output: Output): Promise<void> {
  const target = resolve(folder);
  await requireEmpty(target);
  const configuration = configurationOf(process.env);
  const url = await databaseFor(configuration);
  await mkdir(target, { recursive: true, mode: 0o700 });
  const anchored = await anchor(url, configuration.ledgerKey);
  const method = configuration.databaseUrl === undefined ? 'cluster' : 'dumps';
  if (method === 'cluster') {
    const cluster = join(configuration.dataFolder, 'postgres');
    await copyCluster(withDatabase(url, 'postgres'), cluster, join(target, 'postgres'));
  } else {
    for (const [name, each] of databasesOf(configuration, url))
      await dumpDatabase(each, join(target, `${name}.dump`));
  }
  // After the databases: whatever key they speak of is there by now.
  for (const [name, path] of Object.entries(filesOf(configuration))) {
    if (await exists(path)) await copyFile(path, join(target, name));
  }
  const { documentTemplates } = configuration;
  if (documentTemplates !== undefined)
    await cp(documentTemplates, join(target, 'document-templates'), { recursive: true });
  const { version } = JSON.parse(await readFile(fromProject('package.json'), 'utf8')) as { version: string };
  const facts = { version, madeAt: new Date().toISOString(), method, ...anchored } as const;
  const { files } = await writeManifest(target, facts);
  output.out(`已备份 ${Object.keys(files).length} 个文件到 ${target} · backed up (${method})`);
  if (anchored.anchorProblem !== null)
    output.err(`台账未能签锚 · the ledger could not be anchored: ${anchored.anchorProblem}`);
}

/**
 * `yizheng restore DIR`: checks every file, then puts a backup into a data folder that must be new or empty, and with
 * DATABASE_URL into databases that must be empty. What is in place is whole or not there at all; `npm start` runs it, and
 * `yizheng doctor --deep --repair` brings together what was not of one instant. Throws `input.invalid` and touches nothing
 * where it can not.
 */
export async function restore(folder: string, output: Output): Promise<void> {
  const source = resolve(folder);
  const configuration = configurationOf(process.env);
  const { dataFolder } = configuration;
  const { method, madeAt, files }: Manifest = await checkedManifest(source);
  await requireEmpty(dataFolder);
  const placed = Object.entries(filesOf(configuration)).filter(([name]) => files[name] !== undefined);
  for (const [, path] of placed) {
    if (await exists(path)) throw refused('a key or a setting is there already', path);
  }
  if ((method === 'cluster') !== (configuration.databaseUrl === undefined)) {
    throw refused(
      method === 'cluster'
        ? 'this backup is of the embedded PostgreSQL: restore it without DATABASE_URL'
        : 'this backup is of databases of a server of one’s own: set DATABASE_URL to an empty one',
      'DATABASE_URL',
    );
  }
  const unfinished = `${dataFolder}.restoring`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  if (method === 'cluster') await placeCluster(join(source, 'postgres'), join(unfinished, 'postgres'));
  else {
    const url = await databaseFor(configuration);
    const databases = databasesOf(configuration, url).filter(([name]) => files[`${name}.dump`] !== undefined);
    await createDatabases(
      url,
      databases.map(([, each]) => databaseOf(each)),
    );
    for (const [name, each] of databases) await restoreDatabase(each, join(source, `${name}.dump`));
  }
  for (const [name, path] of placed) {
    const inside = dirname(path) === dataFolder ? join(unfinished, name) : path;
    await mkdir(dirname(inside), { recursive: true });
    await copyFile(join(source, name), inside);
  }
  await rm(dataFolder, { recursive: true, force: true });
  await rename(unfinished, dataFolder);
  output.out(`已恢复 ${madeAt} 的备份到 ${dataFolder} · restored. npm start；yizheng doctor --deep --repair`);
}

/** Temporal's own first, and only where it is ours: a Temporal of another keeper is backed up by him. */
function databasesOf({ temporal }: Configuration, url: string): readonly (readonly [string, string])[] {
  const store = temporalStoreOf(url);
  const ours = [
    ['temporal', store.url],
    ['temporal_visibility', store.visibilityUrl],
  ] as const;
  return [...(temporal.address === undefined ? ours : []), ['yizheng', url] as const];
}

/** A ledger that can not be signed is no reason to be without a backup; the manifest says so. */
async function anchor(url: string, keyPath: string): Promise<Pick<Manifest, 'anchor' | 'anchorProblem'>> {
  const { db, close } = openDatabase(url, { connections: 1 });
  try {
    const { anchor: made } = await makeAnchor(db, await openSigningKey(keyPath));
    return { anchor: { number: made.number, root: made.root, key: made.keyId }, anchorProblem: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { anchor: null, anchorProblem: error.message };
  } finally {
    await close();
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function requireEmpty(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  if (entries.length > 0) throw refused('the folder is not empty', folder);
}

const refused = (what: string, where: string): DomainError =>
  new DomainError('input.invalid', { what, where });
