import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { CalendarDate, Instant } from '../../rules/date.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { Database, Transaction } from '../database.js';
import { auditLog } from '../schema/index.js';

/** An entry of the audit log. */
export type AuditEntry = typeof auditLog.$inferSelect;

/** Who does something, and by which HTTP request; null where it is the installation itself, or came another way. */
export interface Doer {
  readonly actorId: string | null;
  readonly requestId: string | null;
}

/** What is written down: what was done to whom or what, with ids alone. */
export interface Audited extends Doer {
  readonly category: AuditEntry['category'];
  /** Such as `account.created`; for a read, the operation of the policy. */
  readonly action: string;
  readonly subject: string;
  readonly detail?: JsonObject;
}

/** Writes an entry; in the transaction of what it tells of, where that is a change. */
export async function writeAudit(
  db: Database | Transaction,
  { category, action, actorId, subject, requestId, detail = {} }: Audited,
): Promise<void> {
  await db.insert(auditLog).values({
    ...{ category, action, actorId, subject, requestId, detail },
    at: sql<Instant>`legal_now()`,
    recordedAt: sql`clock_timestamp()`,
  });
}

/** What the audit log may be narrowed to. Days are Asia/Shanghai, both included. */
export interface AuditFilter {
  readonly category?: AuditEntry['category'] | undefined;
  readonly action?: string | undefined;
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
}

const legalDay = sql`(${auditLog.at} at time zone 'Asia/Shanghai')::date`;

/** Entries, the newest first: `limit` of those before the position `before`. */
export async function listAudit(
  db: Database,
  { category, action, actor, subject, from, to }: AuditFilter,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<readonly AuditEntry[]> {
  return await db
    .select()
    .from(auditLog)
    .where(
      and(
        before === undefined ? undefined : lt(auditLog.position, before),
        category === undefined ? undefined : eq(auditLog.category, category),
        action === undefined ? undefined : eq(auditLog.action, action),
        actor === undefined ? undefined : eq(auditLog.actorId, actor),
        subject === undefined ? undefined : eq(auditLog.subject, subject),
        from === undefined ? undefined : sql`${legalDay} >= ${from}::date`,
        to === undefined ? undefined : sql`${legalDay} <= ${to}::date`,
      ),
    )
    .orderBy(desc(auditLog.position))
    .limit(limit);
}
