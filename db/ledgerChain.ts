import { createHash } from 'node:crypto';
import type { ledger } from './schema/index.js';

/** A ledger entry before it is chained. */
export type UnchainedEntry = Omit<typeof ledger.$inferSelect, 'previousHash' | 'hash' | 'position'>;

/** What a case's chain starts from: the hash of its id, so that no two cases' chains can be exchanged. */
export const chainStart = (caseId: string): string => sha256(`yizheng ledger\n${caseId}`);

/** The hash of an entry: SHA-256 over the hash before it and the entry as JSON with sorted keys, in lower-case hex. */
export const entryHash = (previousHash: string, entry: UnchainedEntry): string =>
  sha256(`${previousHash}\n${sortedJson(entry)}`);

/** An entry as it stands in a chain. */
export type ChainedEntry = UnchainedEntry & { previousHash: string; hash: string; position?: number };

/** The first thing that is wrong with a chain: at which entry, and what. */
export interface ChainBreak {
  readonly at: number;
  /**
   * `order`: another entry stands in its place. `link`: it does not follow the entry before. `content`: it is not what was
   * hashed. `head`: it is missing at the end, or one too many.
   */
  readonly how: 'order' | 'link' | 'content' | 'head';
}

/** Where a chain breaks and how, or null when it is whole. `entries` are in order and complete. */
export function findBreak(
  caseId: string,
  entries: readonly ChainedEntry[],
  head: { readonly count: number; readonly hash: string },
): ChainBreak | null {
  let previous = chainStart(caseId);
  for (const [index, entry] of entries.entries()) {
    const { previousHash, hash, position: _, ...unchained } = entry;
    const at = index + 1;
    if (entry.sequence !== at) return { at, how: 'order' };
    if (previousHash !== previous) return { at, how: 'link' };
    if (hash !== entryHash(previous, unchained)) return { at, how: 'content' };
    previous = hash;
  }
  if (head.count === entries.length && head.hash === previous) return null;
  return { at: entries.length + 1, how: 'head' };
}

/** Where a chain breaks, or null when it is whole. `entries` are in order and complete. */
export const firstBreak = (...chain: Parameters<typeof findBreak>): number | null =>
  findBreak(...chain)?.at ?? null;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** JSON with the keys of every object sorted and absent values left out: the same text for the same facts, for ever. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
