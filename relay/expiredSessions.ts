import { lt, sql } from 'drizzle-orm';
import type { Database } from '../db/database.js';
import { sessions, verifications } from '../db/schema/index.js';
import { dailyJobs } from '../rules/dailyJobs.js';
import type { DailyJob } from './daily.js';

/**
 * Deletes the sessions whose end has come and the sign-ins that nobody finished. None of them opens anything any more; what
 * was done in them is in the audit log, and they hold addresses of persons. Both end by the wall clock.
 */
export function expiredSessionsJob(db: Database): DailyJob {
  return {
    name: 'expiredSessions',
    at: dailyJobs.expiredSessions,
    async run() {
      await db.delete(sessions).where(lt(sessions.expiresAt, sql`clock_timestamp()`));
      await db.delete(verifications).where(lt(verifications.expiresAt, sql`clock_timestamp()`));
    },
  };
}
