import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import pg from 'pg';
import type { Database, Transaction } from './database.js';

// Statements of the transaction that every step of every case runs. Each has a name, under which a connection parses and
// plans it once, and its text is put together once: the query builder took longer over them than the database did.

/**
 * A statement with the parameters `$1`, `$2` …; answers with its rows as the driver gives them: JSON, numbers and text, for a
 * day or an instant would come as a `Date`.
 */
export function statement<Row extends pg.QueryResultRow>(name: string, text: string) {
  return async (
    connection: Database | Transaction,
    ...values: readonly unknown[]
  ): Promise<readonly Row[]> => {
    const { rows } = await clientOf(connection).query<Row>({ name, text, values: [...values] });
    return rows;
  };
}

/** The driver's connection below the query builder: its own way down to it takes as long as the database does. */
export function clientOf({ _: { session } }: Database | Transaction): pg.Client | pg.Pool {
  const client: unknown = Reflect.get(session, 'client');
  if (client instanceof pg.Client || client instanceof pg.Pool) return client;
  throw new Error('the query builder has no connection of the driver');
}

/** A row as PostgreSQL says it in JSON, by the names of its columns. */
export type JsonRow = Readonly<Record<string, unknown>>;

/** A row that came as JSON (`to_json`), as the schema types it. */
export function rowFromJson<Table extends PgTable>(table: Table, json: JsonRow): Table['$inferSelect'] {
  const row: Record<string, unknown> = {};
  for (const { property, column } of columnsOf(table)) {
    const value = json[column.name] ?? null;
    row[property] = value === null ? null : column.mapFromDriverValue(value);
  }
  return row;
}

/**
 * The text that inserts rows given as one JSON array (`rowsToJson`) in this parameter, such as `$1`. Columns with a default
 * take it. With a key, a row that is there is replaced.
 */
export function insertFrom<Table extends PgTable>(
  table: Table,
  parameter: `$${number}`,
  key: readonly (keyof Table['$inferSelect'] & string)[] = [],
): string {
  const columns = columnsOf(table)
    .filter(isWritten)
    .map(({ property, column }) => ({ isKey: key.includes(property), name: `"${column.name}"` }));
  const relation = `"${getTableName(table)}"`;
  const names = columns.map(({ name }) => name).join(', ');
  const insert = `insert into ${relation} (${names}) select ${names} from jsonb_populate_recordset(null::${relation}, ${parameter})`;
  if (key.length === 0) return insert;
  const keys = columns.filter(({ isKey }) => isKey).map(({ name }) => name);
  const others = columns.filter(({ isKey }) => !isKey).map(({ name }) => `${name} = excluded.${name}`);
  return `${insert} on conflict (${keys.join(', ')}) do update set ${others.join(', ')}`;
}

/** Rows as `insertFrom` takes them. */
export function rowsToJson<Table extends PgTable>(
  table: Table,
  rows: readonly Table['$inferInsert'][],
): string {
  const columns = columnsOf(table).filter(isWritten);
  const written = rows.map((row: JsonRow) => {
    const values: Record<string, unknown> = {};
    for (const { property, column } of columns) values[column.name] = row[property];
    return values;
  });
  return JSON.stringify(written);
}

interface Column {
  readonly property: string;
  readonly column: PgColumn;
}

/** The columns of each table: looked up once, not once a row. */
const knownColumns = new WeakMap<PgTable, readonly Column[]>();

function columnsOf(table: PgTable): readonly Column[] {
  const known = knownColumns.get(table);
  if (known !== undefined) return known;
  const columns = Object.entries(getTableColumns(table)).map(([property, column]) => ({ property, column }));
  knownColumns.set(table, columns);
  return columns;
}

const isWritten = ({ column }: Column): boolean => !column.hasDefault;
