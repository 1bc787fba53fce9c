import { createHash } from 'node:crypto';
import type { ledger } from './schema/index.js';

/** A ledger entry before it is chained. */
export type UnchainedEntry = Omit<typeof ledger.$inferSelect, 'previousHash' | 'hash' | 'position'>;

/** What a case's chain starts from: the hash of its id, so that no two cases' chains can be exchanged. */
export const chainStart = (caseId: string): string => sha256(`yizheng ledger\n${caseId}`);

/** The hash of an entry: SHA-256 over the hash before it and the entry as JSON with sorted keys, in lower-case hex. */
export const entryHash = (previousHash: string, entry: UnchainedEntry): string =>
  sha256(`${previousHash}\n${sortedJson(entry)}`);

/** Where a chain breaks, or null when it is whole. `entries` are in order and complete. */
export function firstBreak(
  caseId: string,
  entries: readonly (UnchainedEntry & { previousHash: string; hash: string; position?: number })[],
  head: { readonly count: number; readonly hash: string },
): number | null {
  let previous = chainStart(caseId);
  for (const [index, entry] of entries.entries()) {
    const { previousHash, hash, position: _, ...unchained } = entry;
    const whole =
      entry.sequence === index + 1 && previousHash === previous && hash === entryHash(previous, unchained);
    if (!whole) return index + 1;
    previous = hash;
  }
  return head.count === entries.length && head.hash === previous ? null : entries.length + 1;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** JSON with the keys of every object sorted and absent values left out: the same text for the same facts, for ever. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
