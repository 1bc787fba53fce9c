import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { EventName } from '../../rules/events.js';
import type { Scope } from '../queries/scope.js';
import { instant } from '../columns.js';

/** Systems that are told of what happens: where, of what, and how far they have been told. */
export const webhookSubscriptions = pgTable('webhook_subscriptions', {
  id: uuid().primaryKey(),
  url: text().notNull(),
  /** `whsec_` and base64, as Standard Webhooks has it. Shown once, when it is made. */
  secret: text().notNull(),
  /** Only events of these names; null for all. */
  events: jsonb().$type<readonly EventName[] | null>(),
  /** The organ whose cases, and whose area's, it hears of; `*` for the whole installation. */
  organ: text().notNull(),
  /** What the organ sees, as the policy had it when the subscription was made. */
  scope: jsonb().$type<Scope>().notNull(),
  state: text().$type<'active' | 'paused'>().notNull(),
  /** The position of the feed up to which its deliveries are written down. */
  position: bigint({ mode: 'number' }).notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
});

/** One event for one subscription, kept until it is delivered, and a while after. Waits and leases are wall-clock time. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    /** The `webhook-id`: the same for every repeat. */
    id: text().primaryKey(),
    subscriptionId: uuid('subscription_id').notNull(),
    caseId: text('case_id').notNull(),
    /** Of the entry in the feed: the order within its case. */
    position: bigint({ mode: 'number' }).notNull(),
    /** The bytes that are signed and sent, the same each time. */
    body: text().notNull(),
    /** `dead` was tried to the end; later events of its case wait until it is replayed or discarded. */
    status: text().$type<'waiting' | 'delivered' | 'dead' | 'discarded'>().notNull(),
    attempts: integer().notNull().default(0),
    /** Not before; while it is under way, nobody else takes it before. */
    dueAt: timestamp('due_at', { withTimezone: true, precision: 3 }).notNull(),
    /** What the last attempt came to: an HTTP status, or a word for what kept it from one. */
    outcome: text(),
    settledAt: timestamp('settled_at', { withTimezone: true, precision: 3 }),
  },
  (table) => [
    index('webhook_deliveries_due')
      .on(table.dueAt)
      .where(sql`${table.status} = 'waiting'`),
    index('webhook_deliveries_unsettled')
      .on(table.subscriptionId, table.caseId, table.position)
      .where(sql`${table.status} in ('waiting', 'dead')`),
    index('webhook_deliveries_list').on(table.subscriptionId, table.status, table.position),
  ],
);
