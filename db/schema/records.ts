import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { Actor } from '../../workflows/messages/request.js';
import { bytes, calendarDate, instant } from '../columns.js';

/** The ledger: append-only (a trigger refuses anything else) and hash-chained per case. */
export const ledger = pgTable(
  'ledger',
  {
    caseId: text('case_id').notNull(),
    sequence: integer().notNull(),
    revision: integer().notNull(),
    /** The legal instant; `recordedAt` is when the case's workflow took the step. */
    at: instant().notNull(),
    recordedAt: instant('recorded_at').notNull(),
    event: text().notNull(),
    cause: text().notNull(),
    actor: jsonb().$type<Pick<Actor, 'id' | 'kind'> & { readonly onBehalfOf?: string }>().notNull(),
    article: text(),
    params: jsonb().$type<JsonObject>().notNull(),
    zh: text().notNull(),
    en: text().notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text().notNull(),
    /** The order in which entries were written, over all cases. No fact of the case, so it is not in the hash. */
    position: bigserial({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.sequence] }),
    index('ledger_at').on(table.at),
    index('ledger_position').on(table.position),
  ],
);

/** Official documents: number, sealing and service as recorded acts. */
export const documents = pgTable(
  'documents',
  {
    id: text().primaryKey(),
    caseId: text('case_id').notNull(),
    kind: text().notNull(),
    organ: text().notNull(),
    /** Null for a paper that bears none. Once given it is never given again, not even when the document is void. */
    number: text(),
    state: text().$type<'drafted' | 'sealed' | 'served' | 'void'>().notNull(),
    params: jsonb().$type<JsonObject>().notNull(),
    draftedAt: instant('drafted_at').notNull(),
    sealing: jsonb().$type<JsonObject>(),
    servedOn: calendarDate('served_on'),
    service: jsonb().$type<JsonObject>(),
    voidReason: text('void_reason'),
    /** The rendered file, as it was issued; null for what was issued before documents were rendered. */
    contentId: text('content_id'),
  },
  (table) => [
    uniqueIndex('documents_number').on(table.number),
    index('documents_case').on(table.caseId),
    index('documents_drafted').on(table.draftedAt, table.id),
  ],
);

/** The last number given per organ, series and year. Taken under the row's lock, so no number is given twice. */
export const documentNumbers = pgTable(
  'document_numbers',
  { organ: text().notNull(), series: text().notNull(), year: integer().notNull(), last: integer().notNull() },
  (table) => [primaryKey({ columns: [table.organ, table.series, table.year] })],
);

/** The permit register. `permitNo` stays reserved for ever. */
export const permits = pgTable(
  'permits',
  {
    permitNo: text('permit_no').primaryKey(),
    unitId: text('unit_id').notNull(),
    permitClass: text('permit_class').notNull(),
    area: text().notNull(),
    state: text().notNull(),
    validFrom: calendarDate('valid_from').notNull(),
    validTo: calendarDate('valid_to').notNull(),
    version: integer().notNull(),
  },
  (table) => [index('permits_unit').on(table.unitId), index('permits_end').on(table.validTo, table.state)],
);

/** The versions of a permit's content, each with the act that made it and the platform's number and time of that act. */
export const permitVersions = pgTable(
  'permit_versions',
  {
    permitNo: text('permit_no').notNull(),
    version: integer().notNull(),
    kind: text().notNull(),
    contentId: text('content_id').notNull(),
    caseId: text('case_id').notNull(),
    platform: jsonb().$type<JsonObject>(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.permitNo, table.version] })],
);

/** What holds a permit's cancellation: a review, a lawsuit, a re-application, a recorded reason. */
export const holds = pgTable(
  'holds',
  {
    permitNo: text('permit_no').notNull(),
    id: text().notNull(),
    kind: text().notNull(),
    reason: text().notNull(),
    placedAt: instant('placed_at').notNull(),
    releasedAt: instant('released_at'),
  },
  (table) => [primaryKey({ columns: [table.permitNo, table.id] })],
);

/** Permit content, files and rendered documents, by the SHA-256 of their bytes. */
export const contents = pgTable('contents', {
  id: text().primaryKey(),
  mediaType: text('media_type').notNull(),
  bytes: bytes().notNull(),
  storedAt: instant('stored_at').notNull(),
});

/** Discharge units (排污单位). */
export const units = pgTable(
  'units',
  {
    id: text().primaryKey(),
    creditCode: text('credit_code').notNull(),
    name: text().notNull(),
    area: text().notNull(),
    /** Empty where none is known, as with units that an import has written down. */
    contact: text().notNull(),
  },
  (table) => [index('units_credit_code').on(table.creditCode)],
);

/** The calendar by year and edition; the newest edition of a year is in force. */
export const calendarYears = pgTable(
  'calendar_years',
  {
    year: integer().notNull(),
    edition: integer().notNull(),
    document: text(),
    estimated: boolean().notNull(),
    days: jsonb().$type<JsonObject>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.year, table.edition] })],
);

/** Facts about the installation itself: whether it is a rehearsal, and which payload keys it has used. */
export const settings = pgTable('settings', {
  key: text().primaryKey(),
  value: jsonb().$type<JsonObject>().notNull(),
});
