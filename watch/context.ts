import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '../db/database.js';

/** What the watch looks at. */
export interface WatchContext {
  readonly db: Database;
  readonly client: Client;
  readonly taskQueue: string;
  readonly logger: Logger;
}

/** How many single workflows are asked at once: only those that look wrong in the list are asked at all. */
const atOnce = 20;

/** Does something for each, a few at a time; answers in their order. */
export async function forEach<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let first = 0; first < items.length; first += atOnce)
    results.push(...(await Promise.all(items.slice(first, first + atOnce).map(work))));
  return results;
}
