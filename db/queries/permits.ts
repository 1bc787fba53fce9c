import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { CalendarDate } from '../../rules/date.js';
import type { Database } from '../database.js';
import { holds, permits, permitVersions } from '../schema/index.js';
import { after, keyColumn, type Page, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';
import { permitInScope, type Scope } from './scope.js';

/** A permit's row. */
export type PermitRow = typeof permits.$inferSelect;

/** What a list of permits may be narrowed to. */
export interface PermitFilter {
  readonly state?: string | undefined;
  readonly permitClass?: string | undefined;
  readonly area?: string | undefined;
  readonly unit?: string | undefined;
  /** The last day of validity lies before this day. */
  readonly endsBefore?: CalendarDate | undefined;
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
  const { state, permitClass, area, unit, endsBefore } = filter;
  const conditions: (SQL | undefined)[] = [
    permitInScope(scope),
    after(byLastDay, page.cursor),
    state === undefined ? undefined : eq(permits.state, state),
    permitClass === undefined ? undefined : eq(permits.permitClass, permitClass),
    area === undefined ? undefined : sql`starts_with(${permits.area}, ${area})`,
    unit === undefined ? undefined : eq(permits.unitId, unit),
    endsBefore === undefined ? undefined : sql`${permits.validTo} < ${endsBefore}::date`,
  ];
  const rows = await db
    .select({ row: permits, key: keyColumn(byLastDay) })
    .from(permits)
    .where(and(...conditions))
    .orderBy(...sorted(byLastDay))
    .limit(page.limit + 1);
  const found = pageOf(rows, page.limit);
  return { ...found, items: found.items.map(({ row }) => row) };
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
