import pg from 'pg';
import { messageOf, StackError } from './stackError.js';

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/** The name of the database that a URL points to. */
export function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

/** Where our Temporal keeps its own beside the product's database on a server that is not ours alone. */
export function temporalStoreOf(url: string): { readonly url: string; readonly visibilityUrl: string } {
  const temporal = `${databaseOf(url)}_temporal`;
  return { url: withDatabase(url, temporal), visibilityUrl: withDatabase(url, `${temporal}_visibility`) };
}

/** Does the work with a connection that is closed again afterwards. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined); // the query that it interrupts tells
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether the server lets us in and answers; false while it starts or recovers. */
export async function answers(url: string): Promise<boolean> {
  return withClient(url, (client) => client.query('SELECT 1')).then(
    () => true,
    () => false,
  );
}

/**
 * Creates those of the databases that are missing.
 * @param url a database on that server to which we may connect.
 * @throws StackError when the server can not be reached, or the role may not create databases.
 */
export async function createDatabases(url: string, names: readonly string[]): Promise<void> {
  const { hostname, username } = new URL(url);
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database');
    const existing = new Set(rows.map((row) => row.datname));
    for (const name of names.filter((each) => !existing.has(each))) {
      try {
        await client.query(
          `CREATE DATABASE ${client.escapeIdentifier(name)} ENCODING 'UTF8' TEMPLATE template0`,
        );
      } catch (error) {
        throw new StackError(
          `The database ${name} does not exist on ${hostname} and could not be created (${messageOf(error)}). Let ` +
            `role ${decodeURIComponent(username)} create databases, or create it by hand as that role's own, or set ` +
            'TEMPORAL_ADDRESS to a Temporal server of yours.',
        );
      }
    }
  }).catch((error: unknown) => {
    if (error instanceof StackError) throw error;
    throw new StackError(`The PostgreSQL server at ${hostname} can not be used: ${messageOf(error)}`);
  });
}
