import { asc, eq } from 'drizzle-orm';
import type { Database, Transaction } from '../db/database.js';
import { chainStart } from '../db/ledgerChain.js';
import { legalNow } from '../db/legalClock.js';
import { ledgerOf } from '../db/queries/cases.js';
import { cases, ledgerAnchors } from '../db/schema/index.js';
import { DomainError } from '../rules/errors.js';
import { HeadTreeSource, publicKeys } from './anchoredHeads.js';
import type { CaseFile, InstallationFile } from './files.js';

const snapshot = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;

/**
 * A case's ledger as a file, read in one snapshot; open or closed makes no difference. A case that is gone, but was anchored,
 * is exported as what is left of it, so that the file shows the loss. Throws `not.found` for a case that never was.
 */
export async function exportCase(
  db: Database,
  caseId: string,
  trees = new HeadTreeSource(),
): Promise<CaseFile> {
  return await db.transaction((tx) => caseFile(tx, caseId, trees), snapshot);
}

/**
 * The whole ledger, read in one snapshot: hands over the installation's file and then that of each case. The two together
 * show whether a case is missing.
 */
export async function exportInstallation(
  db: Database,
  take: (file: InstallationFile | CaseFile) => Promise<void>,
): Promise<void> {
  await db.transaction(async (tx) => {
    const trees = new HeadTreeSource();
    const anchors = await tx.select().from(ledgerAnchors).orderBy(asc(ledgerAnchors.number));
    const { heads = [] } = (await trees.current(tx))?.tree ?? {};
    await take({
      format: 'yizheng ledger installation 1',
      exportedAt: await legalNow(tx),
      anchors,
      heads: heads.map(({ caseId, count, hash }) => [caseId, count, hash]),
      keys: await publicKeys(tx),
    });
    const ids = await tx.select({ id: cases.id }).from(cases).orderBy(asc(cases.id));
    for (const { id } of ids) await take(await caseFile(tx, id, trees));
  }, snapshot);
}

async function caseFile(tx: Transaction, caseId: string, trees: HeadTreeSource): Promise<CaseFile> {
  const [row] = await tx.select().from(cases).where(eq(cases.id, caseId));
  const { anchor, tree } = (await trees.current(tx)) ?? {};
  const anchored = tree?.headOf(caseId);
  if (row === undefined && anchored === undefined)
    throw new DomainError('not.found', { what: 'there is no such case', found: caseId });
  const entries = await ledgerOf(tx, caseId);
  return {
    format: 'yizheng ledger case 1',
    exportedAt: await legalNow(tx),
    caseId,
    entries: entries.map(({ position: _, ...entry }) => entry),
    head: { count: row?.ledgerCount ?? 0, hash: row?.ledgerHead ?? chainStart(caseId) },
    anchor: anchor ?? null,
    inclusion:
      anchored === undefined || tree === undefined
        ? null
        : { count: anchored.count, hash: anchored.hash, proof: [...tree.proofOf(caseId)] },
    keys: await publicKeys(tx),
  };
}
