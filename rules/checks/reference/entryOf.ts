/** A table's entry; undefined for a key that it does not hold, `constructor` and its like among them. */
export function entryOf<Entry>(
  table: Readonly<Record<string, Entry>>,
  key: string | undefined,
): Entry | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
