import { and, eq, inArray } from 'drizzle-orm';
import type { Transaction } from '../db/database.js';
import { contactsOf } from '../db/queries/contacts.js';
import { legalNow } from '../db/legalClock.js';
import { notices, outbox, outboxNotices } from '../db/schema/index.js';
import type { CalendarDate, Instant } from '../rules/date.js';
import type { Channel, Contact } from './channel.js';

/** A message's row. */
export type OutboxRow = typeof outbox.$inferSelect;

/** Something to be said to an owner's contacts: what it is known by, and the notices that it carries. */
export interface Addressed {
  readonly key: string;
  readonly owner: string;
  readonly day: CalendarDate | null;
  readonly queuedAt: Instant;
  readonly noticeIds: readonly string[];
}

/** The first of an owner's contacts, from this place in their order on, whom the channel reaches. */
export async function reachable(
  tx: Transaction,
  channel: Channel,
  owner: string,
  from: number,
): Promise<Contact | undefined> {
  const all = await contactsOf(tx, owner);
  return all.find((contact) => contact.ordinal >= from && channel.addressOf(contact) !== null);
}

/**
 * Puts a message to the next contact into the outbox: the first, or the one after the contact that refused. False where
 * there is none. A message that stands there already is left as it is.
 */
export async function putInOutbox(
  tx: Transaction,
  channel: Channel,
  { key, owner, day, queuedAt, noticeIds }: Addressed,
  from = 0,
): Promise<boolean> {
  const contact = await reachable(tx, channel, owner, from);
  if (contact === undefined) return false;
  const { ordinal } = contact;
  const id = `${key}/${ordinal}`;
  const row = { id, key, owner, ordinal, day, queuedAt, channel: channel.name, status: 'open' as const };
  await tx
    .insert(outbox)
    .values({ ...row, messageId: channel.messageIdOf(id) })
    .onConflictDoNothing();
  // A digest may have nothing new, and say what is due.
  if (noticeIds.length === 0) return true;
  await tx
    .insert(outboxNotices)
    .values(noticeIds.map((noticeId) => ({ outboxId: id, noticeId })))
    .onConflictDoNothing();
  await tx
    .update(notices)
    .set({ status: 'addressed', settledAt: null })
    .where(and(inArray(notices.id, [...noticeIds]), inArray(notices.status, ['queued', 'waiting'])));
  return true;
}

/** The notices that a message carries, locked in one order, so that two messages never wait for each other. */
export async function noticesOf(tx: Transaction, outboxId: string) {
  const carried = tx
    .select({ id: outboxNotices.noticeId })
    .from(outboxNotices)
    .where(eq(outboxNotices.outboxId, outboxId));
  return await tx
    .select()
    .from(notices)
    .where(inArray(notices.id, carried))
    .orderBy(notices.id)
    .for('update');
}

/** Nobody of its recipients can be reached. What follows from that is `report.ts`'s. */
export async function markUndeliverable(
  tx: Transaction,
  noticeIds: readonly string[],
  reason: string,
): Promise<void> {
  if (noticeIds.length === 0) return;
  await tx
    .update(notices)
    .set({ status: 'undeliverable', reason, settledAt: await legalNow(tx), reported: false })
    .where(
      and(
        inArray(notices.id, [...noticeIds]),
        // One that another message has brought is not lost.
        inArray(notices.status, ['queued', 'waiting', 'addressed']),
      ),
    );
}

/**
 * The message's address takes nothing. The next contact of the same owner gets it; where none is left, the notices that
 * no other message has carried or will carry are undeliverable.
 */
export async function passOn(tx: Transaction, channel: Channel | undefined, row: OutboxRow, reason: string) {
  const { key, owner, day, queuedAt, ordinal, id } = row;
  const carried = await noticesOf(tx, id);
  const noticeIds = carried.map((notice) => notice.id);
  const message = { key, owner, day, queuedAt, noticeIds };
  if (channel !== undefined && (await putInOutbox(tx, channel, message, ordinal + 1))) return;
  const elsewhere = await tx
    .select({ noticeId: outboxNotices.noticeId })
    .from(outboxNotices)
    .innerJoin(outbox, eq(outbox.id, outboxNotices.outboxId))
    .where(and(inArray(outboxNotices.noticeId, noticeIds), inArray(outbox.status, ['open', 'sent'])));
  const reached = new Set(elsewhere.map((other) => other.noticeId));
  const lost = carried.filter(({ id: noticeId }) => !reached.has(noticeId));
  await markUndeliverable(
    tx,
    lost.map((notice) => notice.id),
    reason,
  );
}
