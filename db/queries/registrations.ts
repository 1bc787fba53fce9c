import { and, count, eq, type SQL, sql } from 'drizzle-orm';
import type { CalendarDate } from '../../rules/date.js';
import type { RegistrationState } from '../../workflows/messages/register.js';
import type { Database } from '../database.js';
import { registrations, registrationVersions } from '../schema/index.js';
import { after, keyColumn, type Page, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';
import { registrationInScope, registrationOfOrgans, type Scope } from './scope.js';
import { registrationMatches } from './search.js';
import { groupedByEach, tallyOf } from './tally.js';

/** A registration form's row. */
export type RegistrationRow = typeof registrations.$inferSelect;

/** What a list of registration forms may be narrowed to. */
export interface RegistrationFilter {
  readonly state?: RegistrationState | undefined;
  /** An organ of the form's case. */
  readonly organ?: string | undefined;
  readonly area?: string | undefined;
  readonly unit?: string | undefined;
  /** The first day on which the term may end, and the day before which it must. */
  readonly endsFrom?: CalendarDate | undefined;
  readonly endsBefore?: CalendarDate | undefined;
  /** A part of the unit's name, or the beginning of the form's number. */
  readonly search?: string | undefined;
}

const byLastDay: SortKey = [
  { by: registrations.validTo, type: 'date' },
  { by: registrations.registrationNo, type: 'text' },
];

/** Registration forms of a scope, by their last day and number. */
export async function listRegistrations(
  db: Database,
  scope: Scope,
  filter: RegistrationFilter,
  page: PageRequest,
): Promise<Page<RegistrationRow>> {
  const rows = await db
    .select({ row: registrations, key: keyColumn(byLastDay) })
    .from(registrations)
    .where(and(registrationInScope(scope), after(byLastDay, page.cursor), ...conditionsOf(filter)))
    .orderBy(...sorted(byLastDay))
    .limit(page.limit + 1);
  const found = pageOf(rows, page.limit);
  return { ...found, items: found.items.map(({ row }) => row) };
}

/** How many registration forms of a scope fit a filter: in all, and by state and area. */
export async function countRegistrations(db: Database, scope: Scope, filter: RegistrationFilter) {
  const columns = { states: registrations.state, areas: registrations.area };
  const rows = await db
    .select({ ...columns, count: count() })
    .from(registrations)
    .where(and(registrationInScope(scope), ...conditionsOf(filter)))
    .groupBy(groupedByEach(Object.values(columns)));
  return tallyOf(['states', 'areas'], rows);
}

function conditionsOf(filter: RegistrationFilter): (SQL | undefined)[] {
  const { state, organ, area, unit, endsFrom, endsBefore, search } = filter;
  return [
    state === undefined ? undefined : eq(registrations.state, state),
    organ === undefined ? undefined : registrationOfOrgans([organ]),
    area === undefined ? undefined : sql`starts_with(${registrations.area}, ${area})`,
    unit === undefined ? undefined : eq(registrations.unitId, unit),
    endsFrom === undefined ? undefined : sql`${registrations.validTo} >= ${endsFrom}::date`,
    endsBefore === undefined ? undefined : sql`${registrations.validTo} < ${endsBefore}::date`,
    search === undefined ? undefined : registrationMatches(search),
  ];
}

/** A registration form by its number, if it lies within the scope. */
export async function findRegistration(
  db: Database,
  scope: Scope,
  registrationNo: string,
): Promise<RegistrationRow | undefined> {
  const [row] = await db
    .select()
    .from(registrations)
    .where(and(eq(registrations.registrationNo, registrationNo), registrationInScope(scope)));
  return row;
}

/** The versions of a registration form, the first first. */
export async function registrationVersionsOf(db: Database, registrationNo: string) {
  return await db
    .select()
    .from(registrationVersions)
    .where(eq(registrationVersions.registrationNo, registrationNo))
    .orderBy(registrationVersions.version);
}
