import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Database, Transaction } from './database.js';

/**
 * Statements of the step's transaction, which every step of every case runs. Each has a name, under which a connection parses
 * and plans it once, and its text is put together once: the query builder took longer over them than the database.
 */
type Connection = Database | Transaction;

/** A statement with the parameters `$1`, `$2` …; answers with its rows as the driver gives them. */
export function statement<Row>(name: string, text: string) {
  return async (connection: Connection, ...params: readonly unknown[]): Promise<readonly Row[]> => {
    const query = { sql: text, params: [...params] };
    const prepared = connection._.session.prepareQuery(query, undefined, name, false);
    const { rows } = (await prepared.execute()) as { readonly rows: readonly Row[] };
    return rows;
  };
}

/** `select <every column> from <table> <rest>`; answers with rows as the schema types them. */
export function rowReader<Table extends PgTable>(name: string, table: Table, rest: string) {
  const columns = Object.entries(getTableColumns(table));
  const fields = columns.map(([key, field]) => ({ path: [key], field }));
  const names = columns.map(([, { name }]) => `"${name}"`).join(', ');
  const text = `select ${names} from "${getTableName(table)}" ${rest}`;
  return async (
    connection: Connection,
    ...params: readonly unknown[]
  ): Promise<readonly Table['$inferSelect'][]> => {
    const query = { sql: text, params: [...params] };
    const prepared = connection._.session.prepareQuery(query, fields, name, true);
    return (await prepared.execute()) as readonly Table['$inferSelect'][];
  };
}

/**
 * Inserts any number of rows with one statement: they travel as one JSON array. Columns with a default take it. With a `key`,
 * a row that is there is replaced by the new one.
 */
export function rowWriter<Table extends PgTable>(
  name: string,
  table: Table,
  key?: readonly (keyof Table['$inferSelect'] & string)[],
) {
  const columns = Object.entries(getTableColumns(table)).filter(([, column]) => !column.hasDefault);
  const quoted = (of: typeof columns): string[] => of.map(([, column]) => `"${column.name}"`);
  const names = quoted(columns).join(', ');
  const relation = `"${getTableName(table)}"`;
  const insert = `insert into ${relation} (${names}) select ${names} from jsonb_populate_recordset(null::${relation}, $1)`;
  const isKey = ([property]: (typeof columns)[number]): boolean => key?.includes(property) ?? false;
  const replaced = quoted(columns.filter((column) => !isKey(column))).map(
    (each) => `${each} = excluded.${each}`,
  );
  const onConflict = `on conflict (${quoted(columns.filter(isKey)).join(', ')}) do update set ${replaced.join(', ')}`;
  const run = statement(name, key === undefined ? insert : `${insert} ${onConflict}`);
  return async (connection: Connection, rows: readonly Table['$inferInsert'][]): Promise<void> => {
    if (rows.length === 0) return;
    const named = rows.map((row: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(columns.map(([property, column]) => [column.name, row[property]])),
    );
    await run(connection, JSON.stringify(named));
  };
}
