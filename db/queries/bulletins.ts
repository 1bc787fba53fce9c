import { and, desc, eq, inArray, isNotNull, lt, or, sql } from 'drizzle-orm';
import type { CalendarDate } from '../../rules/date.js';
import type { FigureCount } from '../../rules/bulletinFigures.js';
import type { Database, Transaction } from '../database.js';
import { bulletinRows, bulletins, cases, issues, units } from '../schema/index.js';
import { after, keyColumn, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';
import { caseInScope, type Scope } from './scope.js';

/** A bulletin as its figures and its case have it. */
export type Bulletin = typeof bulletins.$inferSelect;

/** A bulletin by its case. */
export async function findBulletin(
  db: Database | Transaction,
  caseId: string,
): Promise<Bulletin | undefined> {
  const [found] = await db.select().from(bulletins).where(eq(bulletins.caseId, caseId));
  return found;
}

const byPeriod: SortKey = [
  { by: bulletins.from, type: 'date' },
  { by: bulletins.caseId, type: 'text' },
];

/**
 * The bulletins by period: those of a scope, what is issued, and what is circulated to the cities of these packs. The text is
 * written as it is circulated.
 */
export async function listBulletins(
  db: Database,
  scope: Scope,
  heardUnder: readonly string[],
  page: PageRequest,
) {
  const circulated = and(sql`${cases.facts}->>'text' is not null`, inArray(cases.packId, [...heardUnder]));
  const rows = await db
    .select({ row: cases, bulletin: bulletins, key: keyColumn(byPeriod) })
    .from(bulletins)
    .innerJoin(cases, eq(cases.id, bulletins.caseId))
    .where(
      and(or(caseInScope(scope), isNotNull(bulletins.issuedOn), circulated), after(byPeriod, page.cursor)),
    )
    .orderBy(...sorted(byPeriod))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit);
}

/** A bulletin in a list. */
export type ListedBulletin = Awaited<ReturnType<typeof listBulletins>>['items'][number];

/** The figures of a bulletin: how many rows each has. */
export async function figureCounts(
  db: Database | Transaction,
  bulletin: string,
): Promise<readonly FigureCount[]> {
  return await db
    .select({
      ...{ figure: bulletinRows.figure, city: bulletinRows.city, part: bulletinRows.part },
      count: sql<number>`count(*)::int`,
    })
    .from(bulletinRows)
    .where(eq(bulletinRows.bulletin, bulletin))
    .groupBy(bulletinRows.figure, bulletinRows.city, bulletinRows.part)
    .orderBy(bulletinRows.figure, bulletinRows.city, bulletinRows.part);
}

const byRow: SortKey = [
  { by: bulletinRows.row, type: 'text' },
  { by: bulletinRows.city, type: 'text' },
  { by: bulletinRows.part, type: 'text' },
];

/** The rows behind a figure, by their ids. */
export async function figureRows(
  db: Database,
  { bulletin, figure }: { readonly bulletin: string; readonly figure: string },
  { city, part }: { readonly city?: string | undefined; readonly part?: string | undefined },
  page: PageRequest,
) {
  const rows = await db
    .select({
      ...{ city: bulletinRows.city, part: bulletinRows.part, row: bulletinRows.row },
      key: keyColumn(byRow),
    })
    .from(bulletinRows)
    .where(
      and(
        eq(bulletinRows.bulletin, bulletin),
        eq(bulletinRows.figure, figure),
        city === undefined ? undefined : eq(bulletinRows.city, city),
        part === undefined ? undefined : eq(bulletinRows.part, part),
        after(byRow, page.cursor),
      ),
    )
    .orderBy(...sorted(byRow))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit);
}

/** The issued bulletin of a region whose period ended last before this day. */
export async function formerBulletin(
  tx: Transaction,
  region: string,
  before: CalendarDate,
): Promise<string | null> {
  const [found] = await tx
    .select({ caseId: bulletins.caseId })
    .from(bulletins)
    .where(and(eq(bulletins.region, region), lt(bulletins.to, before), isNotNull(bulletins.issuedOn)))
    .orderBy(desc(bulletins.to))
    .limit(1);
  return found?.caseId ?? null;
}

/** An issue as a bulletin tells of it; `determined` where its finding organ has upheld it. */
export async function issueTold(db: Database | Transaction, caseId: string) {
  const [found] = await db
    .select({
      ...{
        area: issues.area,
        permitNo: issues.permitNo,
        category: issues.category,
        severity: issues.severity,
      },
      ...{ responsible: issues.responsible, unitName: units.name },
      description: sql<string>`${cases.facts}->>'description'`,
      determined: sql<boolean>`coalesce(${cases.facts} #>> '{determination,outcome}', '') in ('upheld', 'altered')`,
    })
    .from(issues)
    .innerJoin(cases, eq(cases.id, issues.caseId))
    .leftJoin(units, eq(units.id, issues.unitId))
    .where(eq(issues.caseId, caseId));
  return found;
}

/** The next free number of a region's bulletins in a year: `990000-2026-2`. */
export async function nextBulletinNumber(db: Database, region: string, year: number): Promise<string> {
  const beginning = `bulletin/${region}-${year}-`;
  const [found] = await db
    .select({
      last: sql<number>`coalesce(max(substring(${cases.id} from length(${beginning}) + 1)::int), 0)::int`,
    })
    .from(cases)
    .where(and(eq(cases.kind, 'bulletin'), sql`starts_with(${cases.id}, ${beginning})`));
  return `${region}-${year}-${(found?.last ?? 0) + 1}`;
}
