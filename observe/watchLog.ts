import type { Logger } from 'pino';
import type { Database } from '../db/database.js';
import { whatIsLate } from '../db/queries/watch.js';
import type { WatchKind } from '../rules/watchKinds.js';

/** What one look found to begin and to end. */
export class WatchLog {
  private readonly standing = new Set<WatchKind>();

  constructor(
    private readonly db: Database,
    private readonly logger: Logger,
  ) {}

  /** Looks once. A kind of thing that is late is logged when it begins and when it is over, not while it lasts. */
  async look(): Promise<void> {
    for (const { kind, count, since, ids } of await whatIsLate(this.db)) {
      if (count > 0 && !this.standing.has(kind)) {
        this.standing.add(kind);
        this.logger.warn({ watch: kind, count, since, ids }, 'late');
      } else if (count === 0 && this.standing.delete(kind))
        this.logger.info({ watch: kind }, 'no longer late');
    }
  }
}

/** Looks every `interval` milliseconds until it is stopped. Each process that looks logs for itself. */
export function startWatch(db: Database, logger: Logger, interval = 60_000): { stop(): Promise<void> } {
  const log = new WatchLog(db, logger);
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking
      .then(() => log.look())
      .catch((error: unknown) => {
        logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'the watch can not look');
      });
  }, interval);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
