import { and, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.js';
import { cases, clocks, documents, ledger, requests, tasks } from '../schema/index.js';
import { after, keyColumn, type Page, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';
import { caseInScope, type Scope } from './scope.js';

/** A case's row. */
export type CaseRow = typeof cases.$inferSelect;

/** A clock's row. */
export type ClockRow = typeof clocks.$inferSelect;

/** A case by its id, if it lies within the scope. */
export async function findCase(
  db: Database | Transaction,
  scope: Scope,
  id: string,
): Promise<CaseRow | undefined> {
  const [row] = await db
    .select()
    .from(cases)
    .where(and(eq(cases.id, id), caseInScope(scope)));
  return row;
}

/** What a list of cases may be narrowed to. */
export interface CaseFilter {
  readonly kind?: CaseRow['kind'] | undefined;
  readonly procedure?: string | undefined;
  readonly stage?: string | undefined;
  readonly status?: 'open' | 'closed' | undefined;
  readonly outcome?: string | undefined;
  readonly area?: string | undefined;
  readonly unit?: string | undefined;
  readonly permit?: string | undefined;
}

/** By number: applications in the order in which they were opened. */
const byNumber: SortKey = [{ by: cases.id, type: 'text' }];

/** Cases of a scope by number. */
export async function listCases(
  db: Database,
  scope: Scope,
  filter: CaseFilter,
  page: PageRequest,
): Promise<Page<CaseRow>> {
  const { kind, procedure, stage, status, outcome, area, unit, permit } = filter;
  const conditions: (SQL | undefined)[] = [
    caseInScope(scope),
    after(byNumber, page.cursor),
    kind === undefined ? undefined : eq(cases.kind, kind),
    procedure === undefined ? undefined : sql`${cases.procedure} = ${procedure}`,
    stage === undefined ? undefined : eq(cases.stage, stage),
    status === undefined ? undefined : status === 'open' ? isNull(cases.outcome) : isNotNull(cases.outcome),
    outcome === undefined ? undefined : eq(cases.outcome, outcome),
    area === undefined ? undefined : sql`starts_with(${cases.area}, ${area})`,
    unit === undefined ? undefined : eq(cases.unitId, unit),
    permit === undefined ? undefined : eq(cases.permitNo, permit),
  ];
  const rows = await db
    .select({ row: cases, key: keyColumn(byNumber) })
    .from(cases)
    .where(and(...conditions))
    .orderBy(...sorted(byNumber))
    .limit(page.limit + 1);
  const found = pageOf(rows, page.limit);
  return { ...found, items: found.items.map(({ row }) => row) };
}

/** The open tasks of a case. */
export async function openTasksOf(db: Database, caseId: string) {
  return await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.caseId, caseId), eq(tasks.status, 'open')))
    .orderBy(tasks.openedAt, tasks.id);
}

/** The clocks of a case. */
export async function clocksOf(db: Database, caseId: string): Promise<readonly ClockRow[]> {
  return await db.select().from(clocks).where(eq(clocks.caseId, caseId)).orderBy(clocks.id);
}

/** The documents of a case, in the order in which they were drafted. */
export async function documentsOf(db: Database, caseId: string) {
  return await db
    .select()
    .from(documents)
    .where(eq(documents.caseId, caseId))
    .orderBy(documents.draftedAt, documents.id);
}

/** The whole ledger of a case, in order. */
export async function ledgerOf(db: Database | Transaction, caseId: string) {
  return await db.select().from(ledger).where(eq(ledger.caseId, caseId)).orderBy(ledger.sequence);
}

/** A request by its id. */
export async function findRequest(db: Database, id: string) {
  const [row] = await db.select().from(requests).where(eq(requests.id, id));
  return row;
}

/** The next number of an application in a year: the year and a number that is never given twice. */
export async function nextApplicationNumber(db: Database, year: string): Promise<string> {
  const { rows } = await db.execute<{ number: string }>(sql`select nextval('application_numbers') as number`);
  return year + String(rows[0]?.number).padStart(6, '0');
}

/** The ledger entries that certain steps of a case wrote. */
export async function ledgerOfRevisions(db: Database, caseId: string, revisions: readonly number[]) {
  if (revisions.length === 0) return [];
  const { sequence, revision, event, article, zh, en } = ledger;
  return await db
    .select({ sequence, revision, event, article, zh, en })
    .from(ledger)
    .where(and(eq(ledger.caseId, caseId), inArray(ledger.revision, [...revisions])))
    .orderBy(ledger.sequence);
}
