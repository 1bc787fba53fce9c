import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { Database, Transaction } from './database.js';
import * as schema from './schema/index.js';

/** Takes a statement that has left and that nothing waits for before the transaction's end. */
export type Later = (sent: Promise<unknown>) => void;

/** Our view of each connection: it is made once, not once a transaction. */
const views = new WeakMap<pg.PoolClient, Transaction>();

/**
 * A transaction in as few round trips as its work has questions. The work begins it itself (`begin`), in the same breath as
 * its first statements, and hands over the statements that it asks nothing of; the commit leaves right behind them. The
 * database runs them one after the other, and once one of them has failed, none after it: such a commit rolls back, and the
 * error is that statement's.
 */
export async function inOneTransaction<Result>(
  db: Database,
  work: (tx: Transaction, later: Later) => Promise<Result>,
): Promise<Result> {
  const client = await db.$client.connect();
  const sent: Promise<unknown>[] = [];
  const later: Later = (each) => {
    each.catch(() => undefined);
    sent.push(each);
  };
  let isBroken = false;
  try {
    const result = await work(viewOf(client), later);
    const commit = client.query('commit');
    later(commit);
    await Promise.all(sent);
    const { command } = await commit;
    if (command !== 'COMMIT') throw new Error(`a transaction ended with ${command}`);
    return result;
  } catch (error) {
    isBroken = await client.query('rollback').then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    client.release(isBroken);
  }
}

function viewOf(client: pg.PoolClient): Transaction {
  const known = views.get(client);
  if (known !== undefined) return known;
  // Whatever runs on this connection runs in the transaction that was begun on it; the type has nothing else to tell.
  const view = drizzle(client, { schema }) as unknown as Transaction;
  views.set(client, view);
  return view;
}
