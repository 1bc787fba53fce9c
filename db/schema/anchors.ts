import { bigint, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.js';

/** Every key that has signed an anchor: an old anchor is checked with its own key for ever. Append-only, by a trigger. */
export const ledgerKeys = pgTable('ledger_keys', {
  /** The fingerprint: SHA-256 over the public key as DER (SPKI), in hex. */
  id: text().primaryKey(),
  /** DER (SPKI) in base64. */
  publicKey: text('public_key').notNull(),
  notedAt: instant('noted_at').notNull(),
});

/** The signed anchors, each naming the hash of the one before. Append-only, by a trigger. */
export const ledgerAnchors = pgTable('ledger_anchors', {
  number: integer().primaryKey(),
  at: instant().notNull(),
  /** How many cases there were, and how many entries all their chains had. */
  cases: integer().notNull(),
  entries: bigint({ mode: 'number' }).notNull(),
  /** The root of the tree over the heads of all cases. */
  root: text().notNull(),
  previous: text().notNull(),
  keyId: text('key_id').notNull(),
  /** Ed25519, in base64. */
  signature: text().notNull(),
});

/**
 * The heads that an anchor found changed; a case without a row of an anchor stood as at the one before. So an anchor's
 * heads can be read again, and a quiet case costs nothing. Append-only, by a trigger.
 */
export const ledgerAnchorHeads = pgTable(
  'ledger_anchor_heads',
  {
    caseId: text('case_id').notNull(),
    anchor: integer().notNull(),
    count: integer().notNull(),
    hash: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.anchor] })],
);
