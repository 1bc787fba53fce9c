import { integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/**
 * How often somebody, or an address, has asked in the time that runs: the table of the rate limiter, which alone writes it
 * and knows its columns by these names. Wall-clock time: it is about machines. Not logged: after a crash all begin anew.
 */
export const rates = pgTable('rates', {
  key: text().primaryKey(),
  points: integer().notNull(),
  expire: timestamp({ withTimezone: true }),
});
