import { and, eq, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm';
import type { Level } from '../../rules/ladder.js';
import { DomainError } from '../../rules/errors.js';
import type { Database } from '../database.js';
import { cases, notices, type NoticeStatus, outbox, outboxNotices } from '../schema/index.js';
import { after, keyColumn, type Page, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';
import { caseInScope, type Scope } from './scope.js';

/** A notice's row. */
export type NoticeRow = typeof notices.$inferSelect;

/** What a list of notices may be narrowed to. */
export interface NoticeFilter {
  readonly case?: string | undefined;
  readonly status?: NoticeStatus | undefined;
  readonly recipient?: Level | undefined;
  readonly template?: string | undefined;
  /** Only what a unit's people may see: what was for them. */
  readonly applicantOnly: boolean;
}

const byTime: SortKey = [
  { by: notices.queuedAt, type: 'timestamptz' },
  { by: notices.id, type: 'text' },
];

/** Notices of cases in a scope, in the order in which they were queued. */
export async function listNotices(
  db: Database,
  scope: Scope,
  filter: NoticeFilter,
  page: PageRequest,
): Promise<Page<NoticeRow>> {
  const { status, recipient, template, applicantOnly } = filter;
  const conditions: (SQL | undefined)[] = [
    caseInScope(scope),
    after(byTime, page.cursor),
    filter.case === undefined ? undefined : eq(notices.caseId, filter.case),
    status === undefined ? undefined : eq(notices.status, status),
    recipient === undefined ? undefined : eq(notices.recipient, recipient),
    template === undefined ? undefined : sql`${notices.template} = ${template}`,
    applicantOnly ? eq(notices.recipient, 'applicant') : undefined,
  ];
  const rows = await db
    .select({ row: getTableColumns(notices), key: keyColumn(byTime) })
    .from(notices)
    .innerJoin(cases, eq(cases.id, notices.caseId))
    .where(and(...conditions))
    .orderBy(...sorted(byTime))
    .limit(page.limit + 1);
  const found = pageOf(rows, page.limit);
  return { ...found, items: found.items.map(({ row }) => row) };
}

/** The messages that have carried these notices, or will, each under its notice's id. */
export async function messagesOf(db: Database, noticeIds: readonly string[]) {
  if (noticeIds.length === 0) return [];
  const { messageId, owner, address, status, reason, attempts, sentAt, late } = outbox;
  return await db
    .select({
      ...{
        noticeId: outboxNotices.noticeId,
        messageId,
        owner,
        address,
        status,
        reason,
        attempts,
        sentAt,
        late,
      },
    })
    .from(outboxNotices)
    .innerJoin(outbox, eq(outbox.id, outboxNotices.outboxId))
    .where(inArray(outboxNotices.noticeId, [...noticeIds]))
    .orderBy(outbox.queuedAt, outbox.id);
}

/**
 * Marks a sent message as come back; the outbox then passes it on. `messageId` is as the bounce quotes it, with or without its
 * brackets. The same bounce again changes nothing. Throws `not.found` for a message that did not carry this notice of a
 * case in the scope, `rule.refused` for one that was never sent.
 */
export async function markBounced(
  db: Database,
  scope: Scope,
  { noticeId, messageId }: { readonly noticeId: string; readonly messageId: string },
): Promise<void> {
  const quoted = `<${messageId.trim().replace(/^<|>$/g, '')}>`;
  await db.transaction(async (tx) => {
    const [row] = await tx
      .select({ id: outbox.id, status: outbox.status })
      .from(outbox)
      .innerJoin(outboxNotices, eq(outboxNotices.outboxId, outbox.id))
      .innerJoin(notices, eq(notices.id, outboxNotices.noticeId))
      .innerJoin(cases, eq(cases.id, notices.caseId))
      .where(and(eq(outbox.messageId, quoted), eq(notices.id, noticeId), caseInScope(scope)))
      .for('update', { of: outbox });
    if (row === undefined) {
      throw new DomainError('not.found', {
        what: 'no message of this id carried the notice',
        where: 'body.messageId',
        found: messageId,
      });
    }
    if (row.status === 'bounced') return;
    if (row.status !== 'sent') {
      throw new DomainError('rule.refused', {
        what: 'only a message that was sent can come back',
        where: 'body.messageId',
        expected: 'sent',
        found: row.status,
      });
    }
    await tx.update(outbox).set({ status: 'bounced', reason: 'bounced' }).where(eq(outbox.id, row.id));
  });
}
