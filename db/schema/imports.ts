import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { JsonObject } from '../../workflows/messages/json.js';
import { instant } from '../columns.js';

/** Imports of permit lists: what was asked, how far it has come, and what it came to. */
export const imports = pgTable(
  'imports',
  {
    id: uuid().primaryKey(),
    /** SHA-256 of the file, in lower-case hex: an import that was cut short is known again by it. */
    fileHash: text('file_hash').notNull(),
    /** Who asked through the API; null for the command line. */
    requestedBy: text('requested_by'),
    /** The leading digits of the divisions that may be imported; null for all. */
    areas: jsonb().$type<readonly string[]>(),
    /** The stored file, where a worker is to read it. */
    contentId: text('content_id'),
    dryRun: boolean('dry_run').notNull(),
    status: text().$type<'running' | 'done' | 'failed'>().notNull(),
    /** Why the file could not be read. */
    problem: jsonb().$type<JsonObject>(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    rows: integer().notNull().default(0),
    /** How many permits the file holds, and how many of them are dealt with; null before it was read. */
    permits: integer(),
    done: integer().notNull().default(0),
    accepted: integer().notNull().default(0),
    rejected: integer().notNull().default(0),
    unchanged: integer().notNull().default(0),
    /** How many permits stand at which point of their life. */
    states: jsonb().$type<Readonly<Record<string, number>>>().notNull().default({}),
    findings: integer().notNull().default(0),
    /** No other worker takes it before this wall-clock instant. */
    leasedUntil: instant('leased_until'),
  },
  (table) => [
    index('imports_file').on(table.fileHash),
    index('imports_status').on(table.status, table.startedAt),
  ],
);

/** What an import says of the rows of its file. */
export const importFindings = pgTable(
  'import_findings',
  {
    importId: uuid('import_id').notNull(),
    number: integer().notNull(),
    kind: text().$type<'error' | 'warning'>().notNull(),
    row: integer().notNull(),
    column: text().notNull(),
    value: text().notNull(),
    code: text().notNull(),
    reason: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.number] }),
    index('import_findings_row').on(table.importId, table.row, table.number),
  ],
);
