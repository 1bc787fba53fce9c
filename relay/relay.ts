import { sql } from 'drizzle-orm';
import pg from 'pg';
import type { Logger } from 'pino';
import { REQUESTS_CHANNEL } from '../db/requestRows.js';
import { requests } from '../db/schema/index.js';
import { idsOf } from '../observe/origin.js';
import type { RequestRow } from './insert.js';
import { type SendingContext, sendRequest } from './send.js';
import { startWaking } from './wake.js';

/** How the relay works; the defaults suit production. */
export interface RelayOptions {
  readonly databaseUrl: string;
  readonly logger: Logger;
  /** Milliseconds between looks at the table when nothing wakes the relay. */
  readonly pollInterval?: number;
  /** How many requests are on their way at once. */
  readonly concurrency?: number;
}

/** A relay at work. */
export interface Relay {
  /** Looks at the table now. */
  wake(): void;
  /** Takes no more rows and waits for those that are on their way. */
  stop(): Promise<void>;
}

/**
 * Sends every open request until it is answered: those of cases at once (the database wakes it), those of people when the
 * process that received them did not live to do so. It wakes the resting cases whose moment has come, too. Any number of relays share the table; a row is leased while it is sent,
 * for longer after each attempt.
 */
export function startRelay(context: SendingContext, options: RelayOptions): Relay {
  const { pollInterval = 2000, concurrency = 20, logger } = options;
  let stopped = false;
  let looking = false;
  let lookAgain = false;
  const underWay = new Set<Promise<void>>();

  const look = async (): Promise<void> => {
    if (looking || stopped) {
      lookAgain = true;
      return;
    }
    looking = true;
    try {
      do {
        lookAgain = false;
        const free = concurrency - underWay.size;
        const rows = await lease(context, free);
        for (const row of rows) {
          const sending = send(row).finally(() => {
            underWay.delete(sending);
            if (lookAgain) void look();
          });
          underWay.add(sending);
        }
        // There may be more: now, or as soon as one that is under way makes room for them.
        if (rows.length === free) lookAgain = true;
      } while (lookAgain && underWay.size < concurrency);
    } catch (error) {
      logger.warn({ error: nameOf(error) }, 'the relay can not read its requests');
    } finally {
      looking = false;
    }
  };

  const send = async (row: RequestRow): Promise<void> => {
    try {
      const { status } = await sendRequest(context, row, 10_000);
      logger.debug(
        { request: row.id, case: row.caseId, name: row.name, status, ...idsOf(row.origin) },
        'sent',
      );
    } catch (error) {
      logger.warn(
        {
          ...{ request: row.id, case: row.caseId, attempts: row.attempts, error: nameOf(error) },
          ...idsOf(row.origin),
        },
        'not sent',
      );
    }
  };

  const waking = startWaking(context, { logger, interval: pollInterval });
  const listener = listen(options.databaseUrl, () => void look(), logger);
  const timer = setInterval(() => void look(), pollInterval);
  void look();
  return {
    wake: () => void look(),
    async stop() {
      stopped = true;
      clearInterval(timer);
      await waking.stop();
      await listener.stop();
      await Promise.allSettled(underWay);
    },
  };
}

/** Takes up to `count` rows that nobody else is sending; those of imports after all others (the index `requests_waiting`). */
async function lease({ db }: SendingContext, count: number): Promise<readonly RequestRow[]> {
  if (count <= 0) return [];
  return await db
    .update(requests)
    .set({
      attempts: sql`${requests.attempts} + 1`,
      leasedUntil: sql`clock_timestamp() + make_interval(secs => least(15 * power(2, least(${requests.attempts}, 8)), 600))`,
    })
    .where(
      sql`${requests.id} in (
        select id from requests
        where status = 'open' and (leased_until is null or leased_until < clock_timestamp())
        order by name in ('permit.import', 'registration.import'), received_at limit ${count} for update skip locked)`,
    )
    .returning();
}

/** Wakes the relay when a row was written; comes back by itself after the database was away. */
function listen(databaseUrl: string, wake: () => void, logger: Logger): { stop(): Promise<void> } {
  let stopped = false;
  let client: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;

  // A connection that fails says so twice, by its error and by its end: it is tried again once.
  const retry = (): void => {
    clearTimeout(again);
    if (!stopped) again = setTimeout(() => void connect(), 1000);
  };

  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 3000 });
    client = fresh;
    fresh.on('notification', wake);
    fresh.on('error', () => undefined);
    fresh.on('end', retry);
    try {
      await fresh.connect();
      await fresh.query(`listen ${REQUESTS_CHANNEL}`);
      wake();
    } catch (error) {
      logger.warn({ error: nameOf(error) }, 'the relay can not listen');
      retry();
    }
  };

  void connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(again);
      await client?.end().catch(() => undefined);
    },
  };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
