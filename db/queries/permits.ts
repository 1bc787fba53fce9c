import { and, count, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { CalendarDate } from '../../rules/date.js';
import type { Database, Transaction } from '../database.js';
import { holds, permits, permitVersions } from '../schema/index.js';
import { after, keyColumn, type Page, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';
import { permitInScope, permitOfOrgans, type Scope } from './scope.js';
import { permitMatches } from './search.js';
import { groupedByEach, tallyOf } from './tally.js';

/** A permit's row. */
export type PermitRow = typeof permits.$inferSelect;

/** What a list of permits may be narrowed to. */
export interface PermitFilter {
  readonly state?: string | undefined;
  readonly permitClass?: string | undefined;
  /** An organ of the permit's case. */
  readonly organ?: string | undefined;
  readonly area?: string | undefined;
  readonly unit?: string | undefined;
  /** The first day on which the term may end, and the day before which it must. */
  readonly endsFrom?: CalendarDate | undefined;
  readonly endsBefore?: CalendarDate | undefined;
  /** A part of the unit's name, or the beginning of the permit's number. */
  readonly search?: string | undefined;
}

const byLastDay: SortKey = [
  { by: permits.validTo, type: 'date' },
  { by: permits.permitNo, type: 'text' },
];

/** Permits of a scope, by their last day and number. */
export async function listPermits(
  db: Database,
  scope: Scope,
  filter: PermitFilter,
  page: PageRequest,
): Promise<Page<PermitRow>> {
  const rows = await db
    .select({ row: permits, key: keyColumn(byLastDay) })
    .from(permits)
    .where(and(permitInScope(scope), after(byLastDay, page.cursor), ...conditionsOf(filter)))
    .orderBy(...sorted(byLastDay))
    .limit(page.limit + 1);
  const found = pageOf(rows, page.limit);
  return { ...found, items: found.items.map(({ row }) => row) };
}

/** How many permits of a scope fit a filter: in all, and by state, class and area. */
export async function countPermits(db: Database, scope: Scope, filter: PermitFilter) {
  const columns = { states: permits.state, classes: permits.permitClass, areas: permits.area };
  const rows = await db
    .select({ ...columns, count: count() })
    .from(permits)
    .where(and(permitInScope(scope), ...conditionsOf(filter)))
    .groupBy(groupedByEach(Object.values(columns)));
  return tallyOf(['states', 'classes', 'areas'], rows);
}

function conditionsOf(filter: PermitFilter): (SQL | undefined)[] {
  const { state, permitClass, organ, area, unit, endsFrom, endsBefore, search } = filter;
  return [
    state === undefined ? undefined : eq(permits.state, state),
    permitClass === undefined ? undefined : eq(permits.permitClass, permitClass),
    organ === undefined ? undefined : permitOfOrgans([organ]),
    area === undefined ? undefined : sql`starts_with(${permits.area}, ${area})`,
    unit === undefined ? undefined : eq(permits.unitId, unit),
    endsFrom === undefined ? undefined : sql`${permits.validTo} >= ${endsFrom}::date`,
    endsBefore === undefined ? undefined : sql`${permits.validTo} < ${endsBefore}::date`,
    search === undefined ? undefined : permitMatches(search),
  ];
}

/** A permit by its number, if it lies within the scope. */
export async function findPermit(
  db: Database,
  scope: Scope,
  permitNo: string,
): Promise<PermitRow | undefined> {
  const [row] = await db
    .select()
    .from(permits)
    .where(and(eq(permits.permitNo, permitNo), permitInScope(scope)));
  return row;
}

/** What holds, or has held, a permit's cancellation. */
export async function holdsOf(db: Database, permitNo: string) {
  return await db.select().from(holds).where(eq(holds.permitNo, permitNo)).orderBy(holds.placedAt, holds.id);
}

/** The versions of a permit, the first first. */
export async function versionsOf(db: Database, permitNo: string) {
  return await db
    .select()
    .from(permitVersions)
    .where(eq(permitVersions.permitNo, permitNo))
    .orderBy(permitVersions.version);
}

/** The id of the content of a permit's newest version; undefined where there is none. */
export async function currentContentOf(
  db: Database | Transaction,
  permitNo: string,
): Promise<string | undefined> {
  const [version] = await db
    .select({ contentId: permitVersions.contentId })
    .from(permitVersions)
    .where(eq(permitVersions.permitNo, permitNo))
    .orderBy(desc(permitVersions.version))
    .limit(1);
  return version?.contentId;
}
