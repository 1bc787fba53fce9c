import { eq } from 'drizzle-orm';
import { legalNow } from '../db/legalClock.js';
import { notices } from '../db/schema/index.js';
import { runDue } from '../relay/daily.js';
import type { Instant } from '../rules/date.js';
import type { NoticeContext } from './context.js';
import { nextDigest } from './days.js';
import { digestJob } from './digest.js';
import { drain } from './outbox.js';

/** The outbox in a world of skipped time, which says when it has something to do next and is told when that time has come. */
export const noticesInSkippedTime = (context: NoticeContext) => ({
  /** The next digest, where anything waits for it; null where nothing does. */
  async next(): Promise<Instant | null> {
    const { db, calendars } = context;
    const [waiting] = await db
      .select({ id: notices.id })
      .from(notices)
      .where(eq(notices.status, 'waiting'))
      .limit(1);
    return waiting === undefined ? null : nextDigest(await legalNow(db), await calendars.current(db));
  },
  async act(): Promise<void> {
    await runDue(context.db, [digestJob(context)], context.logger);
    await drain(context);
  },
});
