import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../db/database.js';
import { legalNow } from '../db/legalClock.js';
import { cases, ledgerAnchorHeads, ledgerAnchors, ledgerKeys } from '../db/schema/index.js';
import { DomainError } from '../rules/errors.js';
import { type Anchor, anchorHash, isSignedBy, NO_ANCHOR } from './anchor.js';
import { anchoredHeads, casesThatLeftTheirAnchor, lastAnchor, publicKeys } from './anchoredHeads.js';
import { type Head, HeadTree } from './headTree.js';
import type { SigningKey } from './signingKey.js';

/** Rows of one insert: PostgreSQL takes 65,535 parameters. */
const atOnce = 10_000;

/**
 * Signs the heads of all cases as they stand in one snapshot. An anchor only ever extends the one before: where a case has
 * vanished, lost entries or been rewritten since, nothing is signed and `internal` names it, because a new signature would
 * cover it up. `isNewKey` says that the installation signs with another key than before.
 */
export async function makeAnchor(
  db: Database,
  key: SigningKey,
): Promise<{ readonly anchor: Anchor; readonly isNewKey: boolean }> {
  return await db.transaction(
    async (tx) => {
      // Before the snapshot is taken: of two processes the second sees the anchor of the first.
      await tx.execute(sql`lock table ${ledgerAnchors} in share row exclusive mode`);
      const last = await lastAnchor(tx);
      const before = await anchoredHeads(tx);
      await requireWhole(tx, last, before);
      const heads = await headsOf(tx);
      requireExtension(before, heads);
      const tree = new HeadTree(heads);
      const facts = {
        number: (last?.number ?? 0) + 1,
        at: await legalNow(tx),
        cases: heads.length,
        entries: heads.reduce((sum, head) => sum + head.count, 0),
        root: tree.root,
        previous: last === undefined ? NO_ANCHOR : anchorHash(last),
      };
      await requireEntries(tx, facts.entries);
      const anchor = key.sign(facts);
      const isNewKey = await noteKey(tx, key, anchor);
      await tx.insert(ledgerAnchors).values(anchor);
      await keepChanged(tx, before, heads, anchor.number);
      return { anchor, isNewKey };
    },
    { isolationLevel: 'repeatable read' },
  );
}

/** What the last anchor found must still stand as it was signed: its own heads, and the ledger under them. */
async function requireWhole(tx: Transaction, last: Anchor | undefined, before: HeadTree): Promise<void> {
  if (last !== undefined) {
    const publicKey = (await publicKeys(tx))[last.keyId] ?? '';
    if (!isSignedBy(last, publicKey) || before.root !== last.root)
      throw broken('the last anchor, or what is kept of its heads, was changed', `anchor ${last.number}`);
  }
  const left = await casesThatLeftTheirAnchor(tx);
  if (left.length > 0) throw broken('entries that were anchored are missing or changed', left.join(', '));
}

async function headsOf(tx: Transaction): Promise<readonly Head[]> {
  return await tx.select({ caseId: cases.id, count: cases.ledgerCount, hash: cases.ledgerHead }).from(cases);
}

function requireExtension(before: HeadTree, heads: readonly Head[]): void {
  const now = new Map(heads.map((head) => [head.caseId, head]));
  const shrunk = before.heads.filter(({ caseId, count, hash }) => {
    const head = now.get(caseId);
    return head === undefined || head.count < count || (head.count === count && head.hash !== hash);
  });
  if (shrunk.length === 0) return;
  const ids = shrunk.slice(0, 20).map((head) => head.caseId);
  throw broken('cases are missing, or have fewer entries than were anchored', ids.join(', '));
}

/** The heads count their entries; the table must hold as many. */
async function requireEntries(tx: Transaction, expected: number): Promise<void> {
  const { rows } = await tx.execute<{ count: string }>(sql`select count(*) from ledger`);
  const found = Number(rows[0]?.count);
  if (found === expected) return;
  throw broken('the ledger does not hold the entries that its heads count', 'ledger', { expected, found });
}

async function noteKey(tx: Transaction, { id, publicKey }: SigningKey, { at }: Anchor): Promise<boolean> {
  const others = Object.keys(await publicKeys(tx)).length;
  const { rowCount } = await tx
    .insert(ledgerKeys)
    .values({ id, publicKey, notedAt: at })
    .onConflictDoNothing();
  return rowCount === 1 && others > 0;
}

async function keepChanged(
  tx: Transaction,
  before: HeadTree,
  heads: readonly Head[],
  anchor: number,
): Promise<void> {
  const changed = heads.filter((head) => before.headOf(head.caseId)?.hash !== head.hash);
  for (let from = 0; from < changed.length; from += atOnce) {
    const rows = changed.slice(from, from + atOnce).map((head) => ({ ...head, anchor }));
    await tx.insert(ledgerAnchorHeads).values(rows);
  }
}

function broken(
  what: string,
  where: string,
  { expected, found }: { readonly expected?: number; readonly found?: number } = {},
): DomainError {
  return new DomainError('internal', {
    what: `${what}; nothing was signed`,
    where,
    ...(expected === undefined ? {} : { expected: String(expected) }),
    ...(found === undefined ? {} : { found: String(found) }),
  });
}
