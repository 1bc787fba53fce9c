import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { bareEnvironment } from './childProcess.js';
import { databaseOf, withClient } from './databases.js';
import { postgresProgram } from './postgresBinaries.js';
import { messageOf, StackError } from './stackError.js';

/**
 * Writes a database of a server of one's own to a file, as it stands at one instant, with `pg_dump`.
 * @throws StackError where there is no `pg_dump` that knows this server's version, or it fails.
 */
export async function dumpDatabase(url: string, file: string): Promise<void> {
  await runProgram('pg_dump', url, ['--format=custom', `--file=${file}`]);
}

/**
 * Fills an empty database from such a file.
 * @throws StackError for a database that holds something, and where `pg_restore` is missing, too old, or fails.
 */
export async function restoreDatabase(url: string, file: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from pg_class join pg_namespace on pg_namespace.oid = relnamespace
       where relkind in ('r', 'p', 'v', 'S') and nspname not in ('pg_catalog', 'information_schema')`,
    );
    if (rows[0]?.count !== 0)
      throw new StackError(`The database ${databaseOf(url)} is not empty; nothing was restored into it.`);
  });
  await runProgram('pg_restore', url, ['--no-owner', '--exit-on-error', '--single-transaction', file]);
}

/** Temporal's store knows its version by the name of its database, which a restored one may have changed. */
export async function nameTemporalStore(url: string): Promise<void> {
  await withClient(url, (client) => client.query('update schema_version set db_name = current_database()'));
}

/** The address goes by environment: a command line, and a password in it, can be read by everyone on the machine. */
async function runProgram(
  name: 'pg_dump' | 'pg_restore',
  url: string,
  args: readonly string[],
): Promise<void> {
  const program = await postgresProgram(name);
  await requireVersion(program, url);
  const { hostname, port, username, password } = new URL(url);
  const environment = {
    ...bareEnvironment(),
    PGHOST: hostname,
    PGPORT: port || '5432',
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGSSLMODE: new URL(url).searchParams.get('sslmode') ?? 'prefer',
  };
  try {
    const database = `--dbname=${databaseOf(url)}`;
    await promisify(execFile)(program, [database, ...args], { env: environment });
  } catch (error) {
    throw new StackError(`${name} of ${databaseOf(url)} failed: ${messageOf(error)}`);
  }
}

async function requireVersion(program: string, url: string): Promise<void> {
  const { stdout } = await promisify(execFile)(program, ['--version']).catch((error: unknown) => {
    throw new StackError(
      `${program} can not be run (${messageOf(error)}). Install PostgreSQL's client programs, of the server's version or newer.`,
    );
  });
  const own = Number(/(\d+)[.\d]*\s*/.exec(stdout.replace(/^\D*/, ''))?.[1]);
  const server = await withClient(url, async (client) => {
    const { rows } = await client.query<{ version: string }>(
      `select current_setting('server_version_num') as version`,
    );
    return Math.floor(Number(rows[0]?.version) / 10_000);
  });
  if (own >= server) return;
  throw new StackError(
    `${program} is of version ${own}; the server is PostgreSQL ${server}. Install the client programs of ${server} or newer.`,
  );
}
