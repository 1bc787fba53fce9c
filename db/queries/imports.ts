import { and, eq } from 'drizzle-orm';
import type { Database } from '../database.js';
import { importFindings, imports } from '../schema/index.js';
import { after, keyColumn, type Page, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';

/** An import's row. */
export type ImportRow = typeof imports.$inferSelect;

/** An import that this person asked for; undefined for another's. */
export async function findImport(
  db: Database,
  id: string,
  requestedBy: string,
): Promise<ImportRow | undefined> {
  const [row] = await db
    .select()
    .from(imports)
    .where(and(eq(imports.id, id), eq(imports.requestedBy, requestedBy)));
  return row;
}

/** The import of this file that this person asked for and that still runs. */
export async function runningImport(
  db: Database,
  asked: { readonly fileHash: string; readonly requestedBy: string; readonly dryRun: boolean },
): Promise<ImportRow | undefined> {
  const [row] = await db
    .select()
    .from(imports)
    .where(
      and(
        eq(imports.status, 'running'),
        eq(imports.fileHash, asked.fileHash),
        eq(imports.requestedBy, asked.requestedBy),
        eq(imports.dryRun, asked.dryRun),
      ),
    );
  return row;
}

const byRow: SortKey = [
  { by: importFindings.row, type: 'integer' },
  { by: importFindings.number, type: 'integer' },
];

/** What an import says of its rows, by row. */
export async function listFindings(
  db: Database,
  importId: string,
  kind: 'error' | 'warning' | undefined,
  page: PageRequest,
): Promise<Page<typeof importFindings.$inferSelect>> {
  const rows = await db
    .select({ row: importFindings, key: keyColumn(byRow) })
    .from(importFindings)
    .where(
      and(
        eq(importFindings.importId, importId),
        kind === undefined ? undefined : eq(importFindings.kind, kind),
        after(byRow, page.cursor),
      ),
    )
    .orderBy(...sorted(byRow))
    .limit(page.limit + 1);
  const found = pageOf(rows, page.limit);
  return { ...found, items: found.items.map(({ row }) => row) };
}
