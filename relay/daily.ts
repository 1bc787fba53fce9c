import { sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database } from '../db/database.js';
import { legalNow } from '../db/legalClock.js';
import { dailyRuns } from '../db/schema/index.js';
import { addDays, atTime, type CalendarDate, dateOf, type Instant } from '../rules/date.js';

/** Something that is done once a legal day, whatever the number of processes. A run that is cut short runs again. */
export interface DailyJob {
  readonly name: string;
  /** Not before this time of day, `HH:mm`, Asia/Shanghai. */
  readonly at: string;
  /** Must be safe to repeat: a process may die between its end and our record of it. */
  run(day: CalendarDate): Promise<void>;
}

/** How long a run is left alone before another process takes it for dead, in seconds of the wall clock. */
const leaseSeconds = 300;

/** The day whose run is due at this instant: today, or yesterday before the job's time of day. */
export function dueDay({ at }: DailyJob, now: Instant): CalendarDate {
  const today = dateOf(now);
  return now < atTime(today, at) ? addDays(today, -1) : today;
}

/**
 * Runs what is due today and was not run yet; answers with the names of the jobs that ran. A day on which nothing of ours
 * was up is not made good: what a job does for a day, it does on it. A job that fails is tried again at the next look.
 */
export async function runDue(
  db: Database,
  jobs: readonly DailyJob[],
  logger: Logger,
): Promise<readonly string[]> {
  const ran: string[] = [];
  for (const job of jobs) {
    const day = dueDay(job, await legalNow(db));
    if (!(await claim(db, job.name, day))) continue;
    const run = sql`job = ${job.name} and day = ${day}::date`;
    try {
      await job.run(day);
      await db.update(dailyRuns).set({ status: 'done', leasedUntil: null }).where(run);
      ran.push(job.name);
    } catch (error) {
      await db.update(dailyRuns).set({ leasedUntil: null }).where(run);
      logger.error({ job: job.name, day, error: error instanceof Error ? error.name : 'unknown' }, 'failed');
    }
  }
  return ran;
}

/** Looks every `interval` milliseconds. `stop` waits for the look under way. */
export function startDaily(
  db: Database,
  jobs: readonly DailyJob[],
  { logger, interval = 30_000 }: { readonly logger: Logger; readonly interval?: number },
): { stop(): Promise<void> } {
  let looking: Promise<unknown> = Promise.resolve();
  const look = (): void => {
    looking = looking
      .then(() => runDue(db, jobs, logger))
      .catch((error: unknown) => {
        logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'daily jobs can not look');
      });
  };
  const timer = setInterval(look, interval);
  look();
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

/** Takes the run of a day, unless it is done or in somebody's hands. */
async function claim(db: Database, job: string, day: CalendarDate): Promise<boolean> {
  const leasedUntil = sql<Instant>`clock_timestamp() + make_interval(secs => ${leaseSeconds})`;
  const taken = await db
    .insert(dailyRuns)
    .values({ job, day, status: 'running', leasedUntil })
    .onConflictDoUpdate({
      target: [dailyRuns.job, dailyRuns.day],
      set: { leasedUntil },
      setWhere: sql`${dailyRuns.status} = 'running' and (${dailyRuns.leasedUntil} is null or ${dailyRuns.leasedUntil} < clock_timestamp())`,
    })
    .returning({ job: dailyRuns.job });
  return taken.length > 0;
}
