import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withDatabase } from './databases.js';
import { postgresRole } from './postgresCluster.js';

/**
 * The URL of the product's database on the embedded PostgreSQL of a data folder, which may or may not be running on that
 * port; null where the folder holds none.
 */
export async function embeddedDatabaseUrl(dataFolder: string, port: number): Promise<string | null> {
  const password = await readFile(join(dataFolder, 'postgres.password'), 'utf8').catch(() => null);
  return password === null
    ? null
    : withDatabase(`postgres://${postgresRole}:${password}@127.0.0.1:${port}/postgres`, 'yizheng');
}
