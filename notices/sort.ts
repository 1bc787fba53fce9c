import { and, eq, notInArray } from 'drizzle-orm';
import type { Transaction } from '../db/database.js';
import { legalNow } from '../db/legalClock.js';
import { notices } from '../db/schema/index.js';
import { dateOf, type Instant } from '../rules/date.js';
import { markUndeliverable, putInOutbox } from './addressing.js';
import { channelOf, type NoticeContext } from './context.js';
import { nextDigest } from './days.js';
import { factsOf, type NoticeFacts } from './facts.js';
import { letterOf } from './render.js';
import { audienceOf } from './recipients.js';

/**
 * Looks at notices that are queued, one transaction each, up to `most` of them: each goes to its recipients at once, waits
 * for the officers' next digest, or, where there is no way to send it, is kept. Answers with how many it has dealt with.
 * Any number of processes may do this at once.
 */
export async function sortQueued(context: NoticeContext, most = Infinity): Promise<number> {
  const faulty: string[] = [];
  for (let sorted = 0; ;) {
    if (sorted >= most) return sorted;
    let looked: string | undefined;
    try {
      const found = await context.db.transaction(async (tx) => {
        const [notice] = await tx
          .select()
          .from(notices)
          .where(
            and(
              eq(notices.status, 'queued'),
              faulty.length === 0 ? undefined : notInArray(notices.id, faulty),
            ),
          )
          .orderBy(notices.queuedAt, notices.id)
          .limit(1)
          .for('update', { skipLocked: true });
        if (notice === undefined) return false;
        looked = notice.id;
        await sortOne(tx, context, await factsOf(tx, notice), await legalNow(tx));
        return true;
      });
      if (!found) return sorted;
      sorted += 1;
    } catch (error) {
      // One that can not be looked at keeps none of the others from leaving.
      if (looked === undefined) throw error;
      faulty.push(looked);
      context.logger.error({ notice: looked, error: nameOf(error) }, 'a notice can not be sorted');
    }
  }
}

async function sortOne(
  tx: Transaction,
  context: NoticeContext,
  facts: NoticeFacts,
  now: Instant,
): Promise<void> {
  const { notice } = facts;
  const row = eq(notices.id, notice.id);
  const channel = channelOf(context, notice.channel);
  if (channel === undefined) {
    const { subject, body } = letterOf(facts, { baseUrl: context.baseUrl, lateSince: null });
    await tx.update(notices).set({ status: 'kept', settledAt: now, subject, body }).where(row);
    return;
  }
  if (notice.recipient !== 'applicant' && !(await isUrgent(tx, context, facts, now))) {
    await tx.update(notices).set({ status: 'waiting' }).where(row);
    return;
  }
  const noticeIds = [notice.id];
  let reached = false;
  for (const owner of await audienceOf(tx, facts, dateOf(now))) {
    const key = `${notice.id}/${owner}`;
    const message = { key, owner, day: null, queuedAt: notice.queuedAt, noticeIds };
    reached = (await putInOutbox(tx, channel, message)) || reached;
  }
  if (!reached) await markUndeliverable(tx, noticeIds, 'nobody');
}

/** What would come too late with the next digest: its clock lapses before. One that is overtaken by then is none. */
async function isUrgent(
  tx: Transaction,
  { calendars }: NoticeContext,
  { clock }: NoticeFacts,
  now: Instant,
): Promise<boolean> {
  if (clock === undefined || clock.lapseAt === null || clock.lapseAt <= now) return false;
  return clock.lapseAt <= nextDigest(now, await calendars.current(tx));
}

export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
