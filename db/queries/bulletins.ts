import { and, asc, desc, eq, gt, isNotNull, lt, sql } from 'drizzle-orm';
import type { CalendarDate } from '../../rules/date.js';
import type { FigureCount } from '../../rules/bulletinFigures.js';
import type { Database, Transaction } from '../database.js';
import { bulletinRows, bulletins, cases, issues, units } from '../schema/index.js';

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

/** The rows behind a figure, by their ids; the next page begins after the last of them. */
export async function figureRows(
  db: Database,
  bulletin: string,
  figure: string,
  { city, part, after, limit }: { city?: string; part?: string; after?: string; limit: number },
) {
  return await db
    .select({ city: bulletinRows.city, part: bulletinRows.part, row: bulletinRows.row })
    .from(bulletinRows)
    .where(
      and(
        eq(bulletinRows.bulletin, bulletin),
        eq(bulletinRows.figure, figure),
        city === undefined ? undefined : eq(bulletinRows.city, city),
        part === undefined ? undefined : eq(bulletinRows.part, part),
        // A row counts once in a figure.
        after === undefined ? undefined : gt(bulletinRows.row, after),
      ),
    )
    .orderBy(asc(bulletinRows.row))
    .limit(limit);
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
