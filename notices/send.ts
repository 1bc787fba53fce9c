import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../db/database.js';
import { legalNow } from '../db/legalClock.js';
import { notices, outbox } from '../db/schema/index.js';
import type { Instant } from '../rules/date.js';
import { noticesOf, type OutboxRow, passOn, reachable } from './addressing.js';
import type { Channel, Outcome } from './channel.js';
import { channelOf, type NoticeContext } from './context.js';
import { composeMessage } from './compose.js';

/** How long a message is left alone while it is sent, in seconds of the wall clock: longer than any attempt. */
const leaseSeconds = 180;
const longestWaitSeconds = 3600;

/** Takes up to `count` messages that nobody else is sending. */
export async function lease({ db }: NoticeContext, count: number): Promise<readonly OutboxRow[]> {
  return await db
    .update(outbox)
    .set({
      attempts: sql`${outbox.attempts} + 1`,
      leasedUntil: sql`clock_timestamp() + make_interval(secs => ${leaseSeconds})`,
    })
    .where(
      sql`${outbox.id} in (
        select id from outbox
        where status = 'open' and (leased_until is null or leased_until <= clock_timestamp())
        order by queued_at, id limit ${count} for update skip locked)`,
    )
    .returning();
}

/** Sends a leased message once and writes down what came of it. */
export async function sendLeased(context: NoticeContext, row: OutboxRow): Promise<Outcome['type'] | 'none'> {
  const channel = channelOf(context, row.channel);
  // Configured away since: it stays in the outbox, and leaves when the channel is back.
  if (channel === undefined) return 'none';
  const ready = await context.db.transaction((tx) => prepare(tx, context, channel, row));
  if (ready === null) return 'none';
  const outcome = await channel.send({ messageId: row.messageId, ...ready });
  context.logger.debug({ outbox: row.messageId, outcome: outcome.type }, 'sent');
  // The server has answered: until that is written down, a crash repeats the message; nothing else may.
  await persistently(() => context.db.transaction((tx) => writeDown(tx, context, channel, row, outcome)));
  return outcome.type;
}

/** The row as this process leased it; another one that has taken it over since counts as an attempt of its own. */
const leased = ({ id, attempts }: OutboxRow) =>
  and(eq(outbox.id, id), eq(outbox.status, 'open'), eq(outbox.attempts, attempts));

/**
 * The address and the text as of now, kept before the attempt. Null where nothing is to be sent: every notice that it
 * carries has been overtaken, its contacts are gone, or another process has taken it over.
 */
async function prepare(tx: Transaction, context: NoticeContext, channel: Channel, row: OutboxRow) {
  // The row first, as whoever folds it into a newer digest does: then its notices.
  const [mine] = await tx.select().from(outbox).where(leased(row)).for('update');
  if (mine === undefined) return null;
  const now = await legalNow(tx);
  const carried = await noticesOf(tx, row.id);
  const composed = await composeMessage(tx, context, mine, carried, now);
  for (const { noticeId, reason } of composed.overtaken) {
    await tx
      .update(notices)
      .set({ status: 'overtaken', reason, settledAt: now, late: false })
      .where(and(eq(notices.id, noticeId), eq(notices.status, 'addressed')));
  }
  if (composed.letter === null) {
    const [first] = composed.overtaken;
    await tx
      .update(outbox)
      .set({ status: 'overtaken', reason: first?.reason ?? null, leasedUntil: null })
      .where(leased(row));
    return null;
  }
  const contact = await reachable(tx, channel, row.owner, row.ordinal);
  const address = contact === undefined ? null : channel.addressOf(contact);
  if (address === null) {
    await refuse(tx, channel, mine, 'nobody');
    return null;
  }
  const { letter, late } = composed;
  const { subject, body } = letter;
  await tx.update(outbox).set({ address, subject, body, late, begun: true }).where(leased(row));
  for (const { noticeId, ...text } of composed.texts)
    await tx.update(notices).set(text).where(eq(notices.id, noticeId));
  return { address, letter };
}

async function writeDown(
  tx: Transaction,
  { firstWait }: NoticeContext,
  channel: Channel,
  row: OutboxRow,
  outcome: Outcome,
): Promise<void> {
  const [mine] = await tx.select().from(outbox).where(leased(row)).for('update');
  if (mine === undefined) return;
  switch (outcome.type) {
    case 'sent':
      await settle(tx, row, await legalNow(tx));
      break;
    case 'refused':
      await refuse(tx, channel, mine, outcome.reason);
      break;
    case 'failed': {
      const seconds = Math.min((firstWait / 1000) * 2 ** Math.min(row.attempts - 1, 20), longestWaitSeconds);
      // What an earlier attempt may have brought is still on its way, whatever this one says.
      const begun = outcome.mayHaveArrived || row.begun;
      const leasedUntil = sql<Instant>`clock_timestamp() + make_interval(secs => ${seconds})`;
      await tx.update(outbox).set({ leasedUntil, begun, reason: outcome.reason }).where(leased(row));
    }
  }
}

async function settle(tx: Transaction, row: OutboxRow, now: Instant): Promise<void> {
  await tx
    .update(outbox)
    .set({ status: 'sent', sentAt: now, leasedUntil: null, reason: null })
    .where(eq(outbox.id, row.id));
  const carried = (await noticesOf(tx, row.id)).filter(({ status }) => status === 'addressed');
  if (carried.length === 0) return;
  await tx
    .update(notices)
    .set({ status: 'sent', settledAt: now })
    .where(
      inArray(
        notices.id,
        carried.map((notice) => notice.id),
      ),
    );
}

async function refuse(tx: Transaction, channel: Channel, row: OutboxRow, reason: string): Promise<void> {
  await tx.update(outbox).set({ status: 'refused', reason, leasedUntil: null }).where(eq(outbox.id, row.id));
  await passOn(tx, channel, row, reason === 'nobody' ? reason : 'recipientRefused');
}

/** Tries again while the lease lasts: the database may be away for a moment. Throws what the last try threw. */
async function persistently(write: () => Promise<void>): Promise<void> {
  const end = Date.now() + (leaseSeconds - 70) * 1000;
  for (let pause = 50; ; pause = Math.min(pause * 2, 5000)) {
    try {
      await write();
      return;
    } catch (error) {
      if (Date.now() + pause > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
