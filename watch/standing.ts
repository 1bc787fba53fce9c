import { sql } from 'drizzle-orm';
import type { Database } from '../db/database.js';
import { standingJobs } from '../db/schema/index.js';
import { watchEvery } from '../rules/dailyJobs.js';
import { type AlertTarget, tellAdministrators } from './alert.js';
import type { WatchContext } from './context.js';
import { look } from './look.js';

/** How long a look may take before another process takes it for dead, in minutes of the wall clock. */
const leaseMinutes = 10;

/**
 * Looks every few minutes, from whichever process is first: any number of them share one lease. A run never overlaps another,
 * and one that was missed is not made good, because the next look sees all that it would have seen.
 *
 * It is no Temporal Schedule on purpose: what must notice that Temporal is away can not be started by it, and a workflow every
 * few minutes would leave a hundred thousand closed histories in the ninety days for which they are kept.
 */
export function startStandingWatch(
  context: WatchContext,
  { alert, interval = 15_000 }: { readonly alert?: AlertTarget | undefined; readonly interval?: number } = {},
): { stop(): Promise<void> } {
  let looking: Promise<unknown> | undefined;
  const tick = (): void => {
    looking ??= lookIfDue(context, alert)
      .catch((error: unknown) => {
        context.logger.warn(
          { error: error instanceof Error ? error.name : 'unknown' },
          'the watch can not look',
        );
      })
      .finally(() => {
        looking = undefined;
      });
  };
  const timer = setInterval(tick, interval);
  tick();
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

/** Looks, if the last look is long enough ago and nobody else is at it. Answers with whether it did. */
export async function lookIfDue(context: WatchContext, alert?: AlertTarget): Promise<boolean> {
  const { db } = context;
  if (!(await claim(db))) return false;
  try {
    await look(context);
    await db.execute(sql`update ${standingJobs} set ended_at = clock_timestamp() where job = 'watch'`);
  } finally {
    await db.execute(sql`update ${standingJobs} set leased_until = null where job = 'watch'`);
  }
  if (alert !== undefined) await tellAdministrators(context, alert);
  return true;
}

async function claim(db: Database): Promise<boolean> {
  const { rows } = await db.execute(sql`
    insert into ${standingJobs} (job, leased_until) values ('watch', clock_timestamp() + make_interval(mins => ${leaseMinutes}))
    on conflict (job) do update set leased_until = excluded.leased_until
      where (${standingJobs.leasedUntil} is null or ${standingJobs.leasedUntil} < clock_timestamp())
        and (${standingJobs.endedAt} is null or ${standingJobs.endedAt} < clock_timestamp() - make_interval(mins => ${watchEvery.minutes}))
    returning job`);
  return rows.length > 0;
}
