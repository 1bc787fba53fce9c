import { and, count, eq, type SQL, sql } from 'drizzle-orm';
import { addDays, type CalendarDate, startOfDay } from '../../rules/date.js';
import type { Database } from '../database.js';
import { cases, contents, documents } from '../schema/index.js';
import { after, keyColumn, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';
import { caseInScope, type Scope } from './scope.js';
import { documentMatches } from './search.js';
import { groupedByEach, tallyOf } from './tally.js';

/** A document's row. */
export type DocumentRow = typeof documents.$inferSelect;

/** What a list of documents may be narrowed to. */
export interface DocumentFilter {
  readonly case?: string | undefined;
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
  readonly organ?: string | undefined;
  readonly area?: string | undefined;
  readonly unit?: string | undefined;
  /** The first and the last day on which it was drafted. */
  readonly draftedFrom?: CalendarDate | undefined;
  readonly draftedTo?: CalendarDate | undefined;
  /** A part of the document's number or the unit's name, or the number of a permit or case. */
  readonly search?: string | undefined;
  /** Only what has left the organ: served, or sealed to be collected. */
  readonly released: boolean;
}

const byDrafting: SortKey = [
  { by: documents.draftedAt, type: 'timestamptz' },
  { by: documents.id, type: 'text' },
];

/** It has left the organ, and not for another organ: what a unit may see. */
const hasLeft = sql`(${documents.state} in ('sealed', 'served') and ${documents.kind} <> 'authorityFeedback')`;

/** The document of a scope whose file may be read; undefined when there is none, or it has not left the organ. */
export async function findFiledDocument(
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
    })
    .from(documents)
    .innerJoin(cases, eq(cases.id, documents.caseId))
    .innerJoin(contents, eq(contents.id, documents.contentId))
    .where(and(eq(documents.id, id), caseInScope(scope), released ? hasLeft : undefined));
  return found;
}

/** Documents of the cases of a scope, in the order in which they were drafted. */
export async function listDocuments(db: Database, scope: Scope, filter: DocumentFilter, page: PageRequest) {
  const rows = await db
    .select({ row: documents, key: keyColumn(byDrafting) })
    .from(documents)
    .innerJoin(cases, eq(cases.id, documents.caseId))
    .where(and(caseInScope(scope), after(byDrafting, page.cursor), ...conditionsOf(filter)))
    .orderBy(...sorted(byDrafting))
    .limit(page.limit + 1);
  const found = pageOf(rows, page.limit);
  return { ...found, items: found.items.map(({ row }) => row) };
}

/** How many documents of a scope fit a filter: in all, and by kind, state and organ. */
export async function countDocuments(db: Database, scope: Scope, filter: DocumentFilter) {
  const columns = { kinds: documents.kind, states: documents.state, organs: documents.organ };
  const rows = await db
    .select({ ...columns, count: count() })
    .from(documents)
    .innerJoin(cases, eq(cases.id, documents.caseId))
    .where(and(caseInScope(scope), ...conditionsOf(filter)))
    .groupBy(groupedByEach(Object.values(columns)));
  return tallyOf(['kinds', 'states', 'organs'], rows);
}

function conditionsOf(filter: DocumentFilter): (SQL | undefined)[] {
  const { kind, state, organ, area, unit, draftedFrom, draftedTo, search, released } = filter;
  return [
    filter.case === undefined ? undefined : eq(documents.caseId, filter.case),
    kind === undefined ? undefined : eq(documents.kind, kind),
    state === undefined ? undefined : sql`${documents.state} = ${state}`,
    organ === undefined ? undefined : eq(documents.organ, organ),
    area === undefined ? undefined : sql`starts_with(${cases.area}, ${area})`,
    unit === undefined ? undefined : eq(cases.unitId, unit),
    draftedFrom === undefined ? undefined : sql`${documents.draftedAt} >= ${startOfDay(draftedFrom)}`,
    draftedTo === undefined ? undefined : sql`${documents.draftedAt} < ${startOfDay(addDays(draftedTo, 1))}`,
    search === undefined ? undefined : documentMatches(search),
    released ? hasLeft : undefined,
  ];
}
