import { getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Database, Transaction } from './database.js';
import { insertFrom, rowsToJson, statement } from './statement.js';

/** A statement that writes, with parameters `$1`, `$2` … of its own. */
export interface Write {
  /** Stands for its text: writes of one name have the same. What the first of them returns is `written_<name>` to the others. */
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Makes writes leave as one statement: one message there and back instead of one each. They do not see what the others
 * write but for what those return, and no row may be changed by two of them. Each choice of writes, told by their names, is
 * put together, parsed and planned once, under `<name>.<count>`.
 */
export function together(name: string) {
  const known = new Map<string, ReturnType<typeof statement>>();
  return (connection: Database | Transaction, writes: readonly Write[]): Promise<unknown> => {
    const choice = writes.map((write) => write.name).join('+');
    const found = known.get(choice) ?? statement(`${name}.${known.size + 1}`, textOf(writes));
    known.set(choice, found);
    return found(connection, ...writes.flatMap((write) => write.values));
  };
}

function textOf(writes: readonly Write[]): string {
  let before = 0;
  const texts = writes.map(({ text, values }) => {
    const shift = before;
    before += values.length;
    return text.replace(/\$(\d+)/g, (_, own: string) => `$${shift + Number(own)}`);
  });
  const names = writes.map(({ name }) => name);
  const last = texts.pop() ?? '';
  const others = texts.map((text, index) => {
    const name = names[index] ?? '';
    const isFirst = names.indexOf(name) === index;
    return `written_${name}${isFirst ? '' : `_${index}`} as (${text})`;
  });
  return others.length === 0 ? last : `with ${others.join(',\n     ')}\n${last}`;
}

/**
 * Makes the write that inserts rows into a table, under the table's name; with a key, a row that is there is replaced.
 * `after` ends its text.
 */
export function insertsInto<Table extends PgTable>(
  table: Table,
  { key, after = '' }: { readonly key?: Key<Table>; readonly after?: string } = {},
): (rows: readonly Table['$inferInsert'][]) => Write {
  const name = getTableName(table);
  const text = `${insertFrom(table, '$1', key)} ${after}`;
  return (rows) => ({ name, text, values: [rowsToJson(table, rows)] });
}

type Key<Table extends PgTable> = readonly (keyof Table['$inferSelect'] & string)[];
