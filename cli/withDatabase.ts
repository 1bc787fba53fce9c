import { type Database, openDatabase } from '../db/database.js';
import { configurationOf } from '../temporal.config.js';
import { databaseFor } from './databaseFor.js';

/** Does a command's work on the database at hand, and lets go of it. Two connections: more than a transaction few need. */
export async function withDatabase<Result>(work: (db: Database) => Promise<Result>): Promise<Result> {
  const { db, close } = openDatabase(await databaseFor(configurationOf(process.env)), { connections: 2 });
  try {
    return await work(db);
  } finally {
    await close();
  }
}
