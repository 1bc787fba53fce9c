import { z } from 'zod';
import type { ChainedEntry } from '../db/ledgerChain.js';
import type { Instant } from '../rules/date.js';
import type { Anchor } from './anchor.js';

/** The two kinds of file that are exported. Both are JSON, and each can be checked with nothing but itself. */

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex');
const count = z.int().min(0);
const instant = z.custom<Instant>(
  (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  'an instant',
);

const anchorSchema: z.ZodType<Anchor> = z.strictObject({
  number: z.int().min(1),
  at: instant,
  cases: count,
  entries: count,
  root: hash,
  previous: hash,
  keyId: hash,
  signature: z.base64(),
});

// An entry's hash is over all that it holds, so what is not known here is not dropped but found.
const entrySchema = z.looseObject({
  caseId: z.string(),
  sequence: z.int(),
  at: instant,
  recordedAt: instant,
  previousHash: z.string(),
  hash: z.string(),
}) as unknown as z.ZodType<ChainedEntry>;

/** By fingerprint, the public key as DER (SPKI) in base64. */
const keys = z.record(hash, z.base64());

const caseFileSchema = z.strictObject({
  format: z.literal('yizheng ledger case 1'),
  exportedAt: instant,
  caseId: z.string(),
  entries: z.array(entrySchema),
  head: z.strictObject({ count, hash }),
  /** The last anchor; null before the first. */
  anchor: anchorSchema.nullable(),
  /** The head that the anchor found, and the steps from it to the anchor's root; null for a case opened since. */
  inclusion: z
    .strictObject({
      count,
      hash,
      proof: z.array(z.strictObject({ side: z.enum(['left', 'right']), hash })),
    })
    .nullable(),
  keys,
});

const installationFileSchema = z.strictObject({
  format: z.literal('yizheng ledger installation 1'),
  exportedAt: instant,
  /** Every anchor, the first first. */
  anchors: z.array(anchorSchema),
  /** The heads that the last of them found: case id, count, hash. */
  heads: z.array(z.tuple([z.string(), count, hash])),
  keys,
});

/** A case's ledger with what is needed to check it. */
export type CaseFile = z.infer<typeof caseFileSchema>;

/** What tells whether cases are missing. */
export type InstallationFile = z.infer<typeof installationFileSchema>;

/** Either of the two. */
export const ledgerFileSchema = z.discriminatedUnion('format', [caseFileSchema, installationFileSchema]);
