import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Level } from '../../rules/ladder.js';
import type { NoticeTemplate } from '../../rules/notices.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { calendarDate, instant } from '../columns.js';

/**
 * What has become of a notice. `queued` is not looked at yet, `waiting` waits for the officers' next digest, `addressed`
 * stands in the outbox; all others are its end.
 */
export const noticeStatuses = [
  'queued',
  'waiting',
  'addressed',
  'sent',
  'kept',
  'overtaken',
  'undeliverable',
  'byHand',
] as const;
export type NoticeStatus = (typeof noticeStatuses)[number];

/** Notices to be sent, once per case, rule, step, recipient and channel. */
export const notices = pgTable(
  'notices',
  {
    id: text().primaryKey(),
    caseId: text('case_id').notNull(),
    template: text().$type<NoticeTemplate>().notNull(),
    step: text().notNull(),
    recipient: text().$type<Level>().notNull(),
    channel: text().notNull(),
    params: jsonb().$type<JsonObject>().notNull(),
    queuedAt: instant('queued_at').notNull(),
    status: text().$type<NoticeStatus>().notNull(),
    /** Why it was overtaken or could not be delivered: a word of the glossary. */
    reason: text(),
    /** It left after its own day. */
    late: boolean().notNull().default(false),
    /** The legal instant of its end. */
    settledAt: instant('settled_at'),
    /** Its text, alone: as it was sent or kept, in both languages. */
    subject: text(),
    body: text(),
    /** An undeliverable one whose case has been asked to have somebody told, or is closed. */
    reported: boolean().notNull().default(false),
  },
  (table) => [
    uniqueIndex('notices_once').on(table.caseId, table.template, table.step, table.recipient, table.channel),
    index('notices_status').on(table.status, table.queuedAt),
    index('notices_queued').on(table.queuedAt, table.id),
  ],
);

/** One message to one address: a notice alone, or an officer's digest of a day. */
export const outbox = pgTable(
  'outbox',
  {
    /** `<key>/<ordinal of the contact>`; its hash is the Message-ID, so that a repeat is the same message. */
    id: text().primaryKey(),
    /** What is said to whom: `<notice>/<owner>`, or `digest/<owner>/<day>`. */
    key: text().notNull(),
    messageId: text('message_id').notNull(),
    channel: text().notNull(),
    /** Whose contacts it goes to: `unit:<id>` or `user:<id>`. */
    owner: text().notNull(),
    ordinal: integer().notNull(),
    /** The digest's day; null for a notice alone. */
    day: calendarDate(),
    queuedAt: instant('queued_at').notNull(),
    status: text().$type<'open' | 'sent' | 'refused' | 'bounced' | 'overtaken'>().notNull(),
    reason: text(),
    attempts: integer().notNull().default(0),
    /** Nobody else sends the row before this wall-clock instant. */
    leasedUntil: instant('leased_until'),
    /** An attempt may have reached the server: the message is repeated, whatever has happened since. */
    begun: boolean().notNull().default(false),
    late: boolean().notNull().default(false),
    sentAt: instant('sent_at'),
    /** A bounced one that the next contact has been given, or nobody could. */
    passedOn: boolean('passed_on').notNull().default(false),
    address: text(),
    subject: text(),
    body: text(),
  },
  (table) => [
    uniqueIndex('outbox_message').on(table.messageId),
    index('outbox_open').on(table.status, table.leasedUntil),
    index('outbox_day').on(table.day, table.owner),
  ],
);

/** The notices that a message carries. */
export const outboxNotices = pgTable(
  'outbox_notices',
  { outboxId: text('outbox_id').notNull(), noticeId: text('notice_id').notNull() },
  (table) => [
    primaryKey({ columns: [table.outboxId, table.noticeId] }),
    index('outbox_notices_notice').on(table.noticeId),
  ],
);

/** Whom a unit's or an officer's notices go to, in this order. A unit without any has the contact of its own row. */
export const contacts = pgTable(
  'contacts',
  {
    /** `unit:<id>` or `user:<id>`. */
    owner: text().notNull(),
    ordinal: integer().notNull(),
    name: text().notNull(),
    mail: text(),
    phone: text(),
  },
  (table) => [primaryKey({ columns: [table.owner, table.ordinal] })],
);
