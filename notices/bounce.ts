import { and, asc, eq } from 'drizzle-orm';
import type { Transaction } from '../db/database.js';
import { notices, outbox, outboxNotices } from '../db/schema/index.js';
import { noticesOf, type OutboxRow, passOn } from './addressing.js';
import { channelOf, type NoticeContext } from './context.js';

/**
 * Passes on every message that somebody has marked as come back: the next contact of the same owner gets it; where none is
 * left, its notices are undeliverable.
 */
export async function passOnBounced(context: NoticeContext): Promise<void> {
  for (;;) {
    const found = await context.db.transaction(async (tx) => {
      const [row] = await tx
        .select()
        .from(outbox)
        .where(and(eq(outbox.status, 'bounced'), eq(outbox.passedOn, false)))
        .orderBy(asc(outbox.id))
        .limit(1)
        .for('update', { skipLocked: true });
      if (row === undefined) return false;
      await tx.update(outbox).set({ passedOn: true }).where(eq(outbox.id, row.id));
      await reopen(tx, row);
      await passOn(tx, channelOf(context, row.channel), row, 'bounced');
      return true;
    });
    if (!found) return;
  }
}

/** A notice that no other message has brought is not sent any more. */
async function reopen(tx: Transaction, row: OutboxRow): Promise<void> {
  for (const { id, status } of await noticesOf(tx, row.id)) {
    if (status !== 'sent') continue;
    const [other] = await tx
      .select({ id: outbox.id })
      .from(outbox)
      .innerJoin(outboxNotices, eq(outboxNotices.outboxId, outbox.id))
      .where(and(eq(outboxNotices.noticeId, id), eq(outbox.status, 'sent')))
      .limit(1);
    if (other === undefined)
      await tx.update(notices).set({ status: 'addressed', settledAt: null }).where(eq(notices.id, id));
  }
}
