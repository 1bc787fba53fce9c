import { and, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database } from '../db/database.js';
import { legalNow } from '../db/legalClock.js';
import { readContent } from '../db/queries/contents.js';
import type { ImportRow } from '../db/queries/imports.js';
import { imports } from '../db/schema/index.js';
import { dateOf, type Instant } from '../rules/date.js';
import { DomainError } from '../rules/errors.js';
import { packsOn } from '../rules/packs/index.js';
import { readList } from './list.js';
import { carryOut } from './run.js';

/** How long nobody else takes an import that a worker is at, in seconds of the wall clock; renewed with each page. */
const leaseSeconds = 60;

/** The worker stops; the import goes on behind its last page with the next one that takes it. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * Carries out what was asked for through the API and is in nobody's hands, until nothing is left or `stopped` says so, which
 * is asked after each page. Answers with how many imports it ended.
 */
export async function runImports(
  db: Database,
  logger: Logger,
  stopped: () => boolean = () => false,
): Promise<number> {
  for (let ended = 0; ; ended += 1) {
    const row = stopped() ? undefined : await takeImport(db);
    if (row === undefined) return ended;
    const own = eq(imports.id, row.id);
    try {
      await carryOutStored(db, row, stopped);
      logger.info({ import: row.id }, 'import done');
    } catch (error) {
      if (error instanceof Interrupted) {
        await db.update(imports).set({ leasedUntil: null }).where(own);
        return ended;
      }
      if (!(error instanceof DomainError)) throw error;
      const problem = { code: error.code, ...error.detail };
      await db
        .update(imports)
        .set({ status: 'failed', problem, finishedAt: await legalNow(db) })
        .where(own);
      logger.warn({ import: row.id, code: error.code }, 'import failed');
    }
  }
}

/** Looks every `interval` milliseconds for imports to carry out. `stop` waits for the page under way. */
export function startImports(
  db: Database,
  { logger, interval = 2000 }: { readonly logger: Logger; readonly interval?: number },
): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<unknown> | undefined;
  const look = (): void => {
    running ??= runImports(db, logger, () => stopped)
      .catch((error: unknown) => {
        logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'imports stopped');
      })
      .finally(() => (running = undefined));
  };
  const timer = setInterval(look, interval);
  look();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

const lease = sql<Instant>`clock_timestamp() + make_interval(secs => ${leaseSeconds})`;

async function takeImport(db: Database): Promise<ImportRow | undefined> {
  const waiting = and(
    eq(imports.status, 'running'),
    isNotNull(imports.contentId),
    or(isNull(imports.leasedUntil), lt(imports.leasedUntil, sql`clock_timestamp()`)),
  );
  const [row] = await db
    .update(imports)
    .set({ leasedUntil: lease })
    .where(
      sql`${imports.id} = (select id from imports where ${waiting} order by started_at limit 1 for update skip locked)`,
    )
    .returning();
  return row;
}

async function carryOutStored(
  db: Database,
  { id, contentId, areas }: ImportRow,
  stopped: () => boolean,
): Promise<void> {
  const content = contentId === null ? undefined : await readContent(db, contentId);
  if (content === undefined)
    throw new DomainError('not.found', { what: 'the file is not stored', found: id });
  const packs = packsOn(dateOf(await legalNow(db)));
  const list = readList(content.bytes, { packs, areas: areas ?? undefined });
  await carryOut(db, id, list, async () => {
    if (stopped()) throw new Interrupted();
    await db.update(imports).set({ leasedUntil: lease }).where(eq(imports.id, id));
  });
}
