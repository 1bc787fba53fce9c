import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../database.js';
import { cases, contents, documents } from '../schema/index.js';
import { after, keyColumn, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';
import { caseInScope, type Scope } from './scope.js';

/** What a list of documents may be narrowed to. */
export interface DocumentFilter {
  readonly case?: string | undefined;
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
  readonly organ?: string | undefined;
  /** Only what has left the organ: served, or sealed to be collected. */
  readonly released: boolean;
}

const byDrafting: SortKey = [
  { by: documents.draftedAt, type: 'timestamptz' },
  { by: documents.id, type: 'text' },
];

/** It has left the organ: what a unit may see. */
const hasLeft = sql`${documents.state} in ('sealed', 'served')`;

/** The file of a document of a scope, as it was issued; undefined when there is none, or it has not left the organ. */
export async function documentFile(
  db: Database,
  scope: Scope,
  id: string,
  { released }: Pick<DocumentFilter, 'released'>,
) {
  const [found] = await db
    .select({
      caseId: documents.caseId,
      kind: documents.kind,
      number: documents.number,
      packId: cases.packId,
      contentId: contents.id,
      mediaType: contents.mediaType,
      bytes: contents.bytes,
    })
    .from(documents)
    .innerJoin(cases, eq(cases.id, documents.caseId))
    .innerJoin(contents, eq(contents.id, documents.contentId))
    .where(and(eq(documents.id, id), caseInScope(scope), released ? hasLeft : undefined));
  return found;
}

/** Documents of the cases of a scope, in the order in which they were drafted. */
export async function listDocuments(db: Database, scope: Scope, filter: DocumentFilter, page: PageRequest) {
  const { kind, state, organ, released } = filter;
  const rows = await db
    .select({ row: documents, key: keyColumn(byDrafting) })
    .from(documents)
    .innerJoin(cases, eq(cases.id, documents.caseId))
    .where(
      and(
        caseInScope(scope),
        after(byDrafting, page.cursor),
        filter.case === undefined ? undefined : eq(documents.caseId, filter.case),
        kind === undefined ? undefined : eq(documents.kind, kind),
        state === undefined ? undefined : sql`${documents.state} = ${state}`,
        organ === undefined ? undefined : eq(documents.organ, organ),
        released ? hasLeft : undefined,
      ),
    )
    .orderBy(...sorted(byDrafting))
    .limit(page.limit + 1);
  const found = pageOf(rows, page.limit);
  return { ...found, items: found.items.map(({ row }) => row) };
}
