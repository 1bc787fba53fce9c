import { desc, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../db/database.js';
import { ledgerAnchorHeads, ledgerAnchors, ledgerKeys } from '../db/schema/index.js';
import type { Anchor } from './anchor.js';
import { type Head, HeadTree } from './headTree.js';

/** The last anchor; undefined while there is none. */
export async function lastAnchor(db: Database | Transaction): Promise<Anchor | undefined> {
  const [anchor] = await db.select().from(ledgerAnchors).orderBy(desc(ledgerAnchors.number)).limit(1);
  return anchor;
}

/** Every key that has signed, by its fingerprint: the public key as DER (SPKI) in base64. */
export async function publicKeys(db: Database | Transaction): Promise<Readonly<Record<string, string>>> {
  const rows = await db.select().from(ledgerKeys).orderBy(ledgerKeys.notedAt);
  return Object.fromEntries(rows.map(({ id, publicKey }) => [id, publicKey]));
}

/** The heads of all cases as the last anchor found them, in their tree. */
export async function anchoredHeads(db: Database | Transaction): Promise<HeadTree> {
  const { caseId, count, hash, anchor } = ledgerAnchorHeads;
  const heads: Head[] = await db
    .selectDistinctOn([caseId], { caseId, count, hash })
    .from(ledgerAnchorHeads)
    .orderBy(caseId, desc(anchor));
  return new HeadTree(heads);
}

/** The cases whose entry at the anchored count is no longer the one that was anchored; the first few, by id. */
export async function casesThatLeftTheirAnchor(tx: Transaction): Promise<readonly string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select head.case_id as id from (
      select distinct on (case_id) case_id, count, hash from ${ledgerAnchorHeads} order by case_id, anchor desc
    ) head
    left join ledger entry on entry.case_id = head.case_id and entry.sequence = head.count
    where head.count > 0 and entry.hash is distinct from head.hash
    order by head.case_id limit 20`);
  return rows.map((row) => row.id);
}

/** The tree of the last anchor, kept in memory until the next: a province's takes a second to build. */
export class HeadTreeSource {
  private known: { readonly number: number; readonly tree: HeadTree } | undefined;

  /** The last anchor and its tree, read in one snapshot; undefined while there is none. */
  async current(tx: Transaction): Promise<{ readonly anchor: Anchor; readonly tree: HeadTree } | undefined> {
    const anchor = await lastAnchor(tx);
    if (anchor === undefined) return undefined;
    const known = this.known;
    if (known?.number === anchor.number) return { anchor, tree: known.tree };
    const tree = await anchoredHeads(tx);
    this.known = { number: anchor.number, tree };
    return { anchor, tree };
  }
}
