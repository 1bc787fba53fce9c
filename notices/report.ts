import { and, asc, eq } from 'drizzle-orm';
import { cases, notices } from '../db/schema/index.js';
import { insertRequest } from '../relay/insert.js';
import type { CaseMessages } from '../workflows/messages/between.js';
import type { Actor } from '../workflows/messages/request.js';
import type { NoticeContext } from './context.js';

/** Who asks: no person, and no case. */
const outboxActor: Actor = { id: 'outbox', kind: 'system', roles: [] };

/**
 * Asks the case of each undeliverable notice to have its recipient told by hand. Keyed by the notice, so a crash between the
 * request and our mark asks nothing twice. A closed case can be asked nothing: its notice stays undeliverable, listed and
 * counted.
 */
export async function reportUndeliverable({ db }: NoticeContext): Promise<void> {
  for (;;) {
    const rows = await db
      .select({ notice: notices, outcome: cases.outcome })
      .from(notices)
      .innerJoin(cases, eq(cases.id, notices.caseId))
      .where(and(eq(notices.status, 'undeliverable'), eq(notices.reported, false)))
      .orderBy(asc(notices.id))
      .limit(100);
    for (const { notice, outcome } of rows) {
      const { id, caseId, template, recipient, reason, settledAt } = notice;
      const body: CaseMessages['notice.undeliverable'] = {
        ...{ noticeId: id, template, recipient },
        reason: reason ?? 'nobody',
      };
      // After a bounce the same notice may fail again: each failure has its own instant.
      const idempotencyKey = `${id}/${settledAt ?? ''}`;
      if (outcome === null) {
        await insertRequest(db, {
          ...{ idempotencyKey, actor: outboxActor, name: 'notice.undeliverable', caseId, body },
          sentByRelay: true,
        });
      }
      await db
        .update(notices)
        .set({ reported: true })
        .where(and(eq(notices.id, id), eq(notices.status, 'undeliverable')));
    }
    if (rows.length < 100) return;
  }
}
