import { asc, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';

/** One page of a list. `next` is the cursor of the page after it, null on the last. */
export interface Page<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
}

/** How much is asked for, and from where on. */
export interface PageRequest {
  readonly limit: number;
  /** The `next` of the page before; absent for the first. */
  readonly cursor?: string | undefined;
}

/** What a list is sorted by, ascending, the last of it unique; with the type that a cursor's text is compared as. */
export type SortKey = readonly { readonly by: SQLWrapper; readonly type: keyof typeof textsOf }[];

const cursorShape = z.array(z.string().max(300)).max(6);

/** What a cursor may hold for each type: a day beyond all days is that of a row without one. */
const textsOf = {
  text: /^/,
  date: /^(\d{4}-\d{2}-\d{2}|infinity)$/,
  timestamptz: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:\d{2}){0,2}$/,
  integer: /^-?\d{1,9}$/,
} as const;

/** The condition that a row comes after the cursor; undefined on the first page. Throws `input.invalid` for a strange one. */
export function after(key: SortKey, cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined;
  const values = readCursor(cursor);
  if (values?.length !== key.length || !key.every(({ type }, at) => textsOf[type].test(values[at] ?? ''))) {
    throw new DomainError('input.invalid', {
      what: 'not a cursor of this list',
      where: 'query.cursor',
      expected: 'the `next` of an earlier page of the same list',
      found: cursor.slice(0, 100),
    });
  }
  const columns = key.map(({ by }) => sql`${by}`);
  const parameters = key.map(({ type }, index) => sql`${values[index]}::${sql.raw(type)}`);
  return sql`(${sql.join(columns, sql`, `)}) > (${sql.join(parameters, sql`, `)})`;
}

/** The sort key as one selected column, for `pageOf`. */
export function keyColumn(key: SortKey): SQL<string[]> {
  const texts = key.map(({ by }) => sql`(${by})::text`);
  return sql<string[]>`jsonb_build_array(${sql.join(texts, sql`, `)})`;
}

/** The sort key as what `orderBy` takes. */
export function sorted(key: SortKey): SQL[] {
  return key.map(({ by }) => asc(by));
}

/** Makes a page of the rows read for it: one more than asked for, each with its sort key. */
export function pageOf<Row extends { readonly key: readonly string[] }>(
  rows: readonly Row[],
  limit: number,
): Page<Omit<Row, 'key'>> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ key: _, ...row }) => row),
    next: rows.length > limit && last !== undefined ? writeCursor(last.key) : null,
  };
}

/** A cursor: the sort key of a page's last row. */
export function writeCursor(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

function readCursor(cursor: string): readonly string[] | undefined {
  try {
    return cursorShape.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}
