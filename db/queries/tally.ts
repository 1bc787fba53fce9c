import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';

/** How many rows there are in all, and by the values of each of some columns. */
export type Tally<Name extends string> = { readonly all: number } & Readonly<
  Record<Name, Readonly<Record<string, number>>>
>;

/** Groups by each of these columns by itself, and once by none. No column may be null: that tells the groups apart. */
export const groupedByEach = (columns: readonly SQLWrapper[]): SQL =>
  sql`grouping sets ((), ${sql.join(
    columns.map((column) => sql`(${column})`),
    sql`, `,
  )})`;

/** A row of such a query: it names the value of its own column and leaves the others null. */
type Grouped<Name extends string> = Readonly<Record<Name, string | null>> & { readonly count: number };

/** Makes the tally of the rows that are grouped so. */
export function tallyOf<Name extends string>(
  names: readonly Name[],
  rows: readonly Grouped<Name>[],
): Tally<Name> {
  const by = names.map((name) => [
    name,
    Object.fromEntries(rows.flatMap((row) => (row[name] === null ? [] : [[row[name], row.count]]))),
  ]);
  return { all: wholeOf(names, rows)?.count ?? 0, ...Object.fromEntries(by) } as Tally<Name>;
}

/** The row that is grouped by no column: of everything. */
export const wholeOf = <Name extends string, Row extends Grouped<Name>>(
  names: readonly Name[],
  rows: readonly Row[],
): Row | undefined => rows.find((row) => names.every((name) => row[name] === null));
