import { sql } from 'drizzle-orm';
import { DomainError } from '../rules/errors.js';
import { type Instant, instantOf, millisOf } from '../rules/date.js';
import type { Database, Transaction } from './database.js';
import { settings } from './schema/index.js';

/**
 * The one source of legal time. In production it is the database's clock. A database that was marked as a rehearsal when it
 * was made has a world with a time of its own, read by every process; nothing can mark one later.
 */
export async function legalNow(db: Database | Transaction): Promise<Instant> {
  const { rows } = await db.execute<{ millis: string }>(
    sql`select (extract(epoch from legal_now()) * 1000)::bigint as millis`,
  );
  return instantOf(Number(rows[0]?.millis));
}

/** Milliseconds from the wall clock to legal time: what a newly started case adds to its workflow's time. 0 in production. */
export async function clockOffset(db: Database): Promise<number> {
  const { rows } = await db.execute<{ offset: string }>(
    sql`select round(extract(epoch from legal_now() - clock_timestamp()) * 1000)::bigint as "offset"
        where exists (select 1 from ${settings} where key = 'rehearsal')`,
  );
  return Number(rows[0]?.offset ?? 0);
}

/** Marks a database that holds no case yet as a rehearsal, at this instant. */
export async function markRehearsal(db: Database, now: Instant): Promise<void> {
  const { rows } = await db.execute(sql`select 1 from cases limit 1`);
  if (rows.length > 0)
    throw new DomainError('rule.refused', { what: 'a database with cases can not become a rehearsal' });
  await db.insert(settings).values({ key: 'rehearsal', value: { now } }).onConflictDoNothing();
}

/** Sets the world's time. Throws `rule.refused` on a database that is not a rehearsal, and for a time that runs backwards. */
export async function setRehearsalClock(db: Database, now: Instant): Promise<void> {
  const { rowCount } = await db.execute(
    sql`update ${settings} set value = ${JSON.stringify({ now })}::jsonb
        where key = 'rehearsal' and (value->>'now')::timestamptz <= ${now}::timestamptz`,
  );
  if (rowCount !== 1) {
    throw new DomainError('rule.refused', {
      what: 'the clock of a rehearsal only goes forward, and no other clock can be set',
      found: String(millisOf(now)),
    });
  }
}
