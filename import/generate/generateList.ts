import type { CalendarDate } from '../../rules/date.js';
import { badKinds } from './badRows.js';
import { type GeneratedRow, PermitGenerator } from './permits.js';
import { Random } from './random.js';

/** What a list is generated from: the same gives the same list, on every machine, in every language and time zone. */
export interface ListOptions {
  readonly permits: number;
  readonly seed: string;
  /** The day that the list is as of. */
  readonly on: CalendarDate;
  /** Bad rows for each good permit, from 0 to 1; they come in addition. */
  readonly bad: number;
}

/** The rows of a region's permit list: so many whole permits, and so many bad rows among them, of every known kind in turn. */
export function generateList({ permits, seed, on, bad }: ListOptions): readonly GeneratedRow[] {
  const random = new Random(seed);
  const generator = new PermitGenerator(random, on);
  const [good, rows]: [GeneratedRow[], GeneratedRow[]] = [[], []];
  let spoiled = 0;
  for (let made = 1; made <= permits; made += 1) {
    const acts = generator.next();
    good.push(...acts);
    rows.push(...acts);
    for (; spoiled < Math.floor(made * bad); spoiled += 1) {
      const kind = badKinds[spoiled % badKinds.length];
      const [row] = generator.next();
      if (kind !== undefined && row !== undefined) rows.push(kind.spoil(row, random.pick(good)));
    }
  }
  return rows;
}
