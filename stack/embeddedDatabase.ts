import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withDatabase } from './databases.js';
import { postgresRole } from './postgresCluster.js';
import { StackError } from './stackError.js';

/**
 * The URL of the product's database on the embedded PostgreSQL of a data folder, at the port on which that runs, whatever
 * was configured where it was started; null where the folder holds none.
 * @throws StackError where it does not run.
 */
export async function embeddedDatabaseUrl(dataFolder: string, port: number): Promise<string | null> {
  const password = await readFile(join(dataFolder, 'postgres.password'), 'utf8').catch(() => null);
  if (password === null) return null;
  const at = (await runningPort(dataFolder)) ?? port;
  return withDatabase(`postgres://${postgresRole}:${password}@127.0.0.1:${at}/postgres`, 'yizheng');
}

/** What PostgreSQL writes down of itself while it runs: the fourth line is its port. Null where that is not ours to read. */
async function runningPort(dataFolder: string): Promise<number | null> {
  try {
    const text = await readFile(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8');
    return Number(text.split('\n')[3]) || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return null;
    throw new StackError(
      `The database in ${dataFolder} is not running: \`npm start\` runs it. For another one set DATABASE_URL.`,
    );
  }
}
