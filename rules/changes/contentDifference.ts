/** One difference between two contents: where it is, and what stood there before and stands there now. */
export interface Difference {
  /** From the top: names of fields, and of the entries of a list what each is known by: `limits`, `DA001 颗粒物`, `annual`, `1`. */
  readonly path: readonly string[];
  readonly change: 'added' | 'altered' | 'removed';
  /** Undefined for what was added. */
  readonly before?: unknown;
  /** Undefined for what was removed. */
  readonly after?: unknown;
}

/**
 * What the entries of a list are known by, by the list's name: a number or code, as the form has it, never the place in the
 * list. An outfall that moved up in a table is the same outfall.
 */
const known: Readonly<Record<string, readonly string[]>> = {
  outlets: ['id'],
  facilities: ['id'],
  boilers: ['id'],
  furnaces: ['id'],
  outfalls: ['id'],
  lines: ['name'],
  products: ['name'],
  limits: ['outlet', 'pollutant'],
  totals: ['medium', 'pollutant'],
  fugitive: ['place', 'pollutant'],
  monitoring: ['outlet', 'medium', 'pollutant'],
  reports: ['type'],
  specialPeriods: ['kind'],
  standards: ['number', 'row'],
  keyLists: ['medium', 'year'],
  eia: ['number'],
  quotas: ['pollutant'],
  totalControl: ['pollutant'],
  basicDataChanges: ['what', 'changedOn'],
};

/**
 * The differences of a content against the one before, in the order of the fields: what was added, altered and removed. A
 * part that is not there is the same as one that is empty. Any JSON may be compared; lists of things that we know no number
 * of are compared whole. Pure, and the same on every machine.
 */
export function contentDifferences(before: unknown, after: unknown): readonly Difference[] {
  return compare(before, after, []);
}

function compare(before: unknown, after: unknown, path: readonly string[]): readonly Difference[] {
  if (isEmpty(before) && isEmpty(after)) return [];
  if (isPart(before) && isPart(after)) {
    const [old = {}, now = {}] = [before, after];
    const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
    return names.flatMap((name) => compare(field(old, name), field(now, name), [...path, name]));
  }
  if (isEntries(before) && isEntries(after)) {
    const entries = entriesOf(before ?? [], after ?? [], path.at(-1) ?? '');
    if (entries !== undefined) {
      return entries.flatMap(({ name, old, now }) =>
        isPart(old) && isPart(now) && old !== undefined && now !== undefined
          ? compare(old, now, [...path, name])
          : leaf(old, now, [...path, name]),
      );
    }
  }
  return leaf(before, after, path);
}

function leaf(before: unknown, after: unknown, path: readonly string[]): readonly Difference[] {
  if (sorted(before) === sorted(after)) return [];
  if (isEmpty(before)) return [{ path, change: 'added', after }];
  if (isEmpty(after)) return [{ path, change: 'removed', before }];
  return [{ path, change: 'altered', before, after }];
}

interface Entry {
  readonly name: string;
  readonly old?: unknown;
  readonly now?: unknown;
}

/** The entries of two lists, matched; undefined where they can only be compared whole. */
function entriesOf(
  before: readonly unknown[],
  after: readonly unknown[],
  list: string,
): readonly Entry[] | undefined {
  const all = [...before, ...after];
  const keys = Object.hasOwn(known, list) ? known[list] : undefined;
  if (keys !== undefined && all.every(isObject)) {
    return matched(
      named(before, (entry) => keyed(entry, keys)),
      named(after, (entry) => keyed(entry, keys)),
    );
  }
  if (all.every((entry) => typeof entry === 'string'))
    return matched(named(before, String), named(after, String));
  // Numbers stand for years: the first is the first year's.
  if (all.every((entry) => typeof entry === 'number')) {
    const numbered = (values: readonly unknown[]) =>
      new Map(values.map((value, index): [string, unknown] => [String(index + 1), value]));
    return matched(numbered(before), numbered(after));
  }
  return undefined;
}

/** The values of the key fields: texts and numbers, as the form has them. */
const keyed = (entry: unknown, keys: readonly string[]): string =>
  keys.flatMap((key) => (isObject(entry) ? scalarOf(field(entry, key)) : [])).join(' ');

const scalarOf = (value: unknown): readonly string[] =>
  typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];

/** Entries by their name; the second of a name is `name#2`. */
function named(
  entries: readonly unknown[],
  nameOf: (entry: unknown) => string,
): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  for (const entry of entries) {
    const name = nameOf(entry);
    let count = 1;
    while (found.has(count === 1 ? name : `${name}#${count}`)) count += 1;
    found.set(count === 1 ? name : `${name}#${count}`, entry);
  }
  return found;
}

function matched(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): readonly Entry[] {
  return [...new Set([...before.keys(), ...after.keys()])].map((name) => ({
    name,
    ...(before.has(name) ? { old: before.get(name) } : {}),
    ...(after.has(name) ? { now: after.get(name) } : {}),
  }));
}

type Part = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPart = (value: unknown): value is Part | undefined => value === undefined || isObject(value);
const isEntries = (value: unknown): value is readonly unknown[] | undefined =>
  value === undefined || Array.isArray(value);

/** Not there, or a container with nothing in it. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isEmpty);
  return value === undefined || (isObject(value) && Object.values(value).every(isEmpty));
}

const field = (part: Part, name: string): unknown => (Object.hasOwn(part, name) ? part[name] : undefined);

/** A value as text, its fields in one order, so that two values are the same where their texts are. */
function sorted(value: unknown): string | undefined {
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner)
      ? Object.fromEntries(
          Object.keys(inner)
            .sort()
            .map((name) => [name, inner[name]]),
        )
      : inner,
  );
}
