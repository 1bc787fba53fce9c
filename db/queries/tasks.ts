import { and, count, eq, getTableColumns, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Colour } from '../../rules/clock.js';
import { addDays, type CalendarDate, dateOf, type Instant, mondayOf } from '../../rules/date.js';
import type { Database } from '../database.js';
import { cases, clocks, dueOrNever, tasks, units } from '../schema/index.js';
import { colourColumn, hasColour } from './colour.js';
import { after, keyColumn, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';
import { caseInScope, type Scope, unlessBlind } from './scope.js';
import { caseMatches } from './search.js';
import { groupedByEach, tallyOf, wholeOf } from './tally.js';

/** Whose tasks: those of roles held at organs, all those of organs, or those that are in somebody's hands. */
export interface TaskScope {
  readonly held: readonly { readonly role: string; readonly organ: string }[];
  readonly organs: readonly string[];
  /** Only those that these people have claimed or were given. */
  readonly assignees?: readonly string[] | undefined;
  /** Who looks, if he reviews permits: see `Scope`. */
  readonly reviewer?: string | undefined;
}

/** What the inbox may be narrowed to. */
export interface TaskFilter {
  readonly status?: 'open' | 'completed' | 'overtaken' | undefined;
  readonly role?: string | undefined;
  readonly organ?: string | undefined;
  /** A kind or its family: `opinion` finds `opinion.water`. */
  readonly kind?: string | undefined;
  readonly colour?: Colour | undefined;
  readonly area?: string | undefined;
  readonly unit?: string | undefined;
  readonly procedure?: string | undefined;
  readonly stage?: string | undefined;
  /** The first day on which the task may be due, and the day before which it must be. */
  readonly dueFrom?: CalendarDate | undefined;
  readonly dueBefore?: CalendarDate | undefined;
  readonly claimed?: 'yes' | 'no' | undefined;
  /** A part of the unit's name, or the number of a permit or case. */
  readonly search?: string | undefined;
}

/** By due day, those without one last. */
const byDueDay: SortKey = [
  { by: dueOrNever(tasks.due), type: 'date' },
  { by: tasks.id, type: 'text' },
];

const ofTask = and(eq(clocks.caseId, tasks.caseId), eq(clocks.id, tasks.clock));
const cardOf = { yellowAt: clocks.yellowAt, redAt: clocks.redAt, clock: clocks.id };

/** Tasks of a scope with their case and clock, by due day. Colours are those of the legal instant `now`. */
export async function listTasks(
  db: Database,
  scope: TaskScope,
  filter: TaskFilter,
  page: PageRequest,
  now: Instant,
) {
  const rows = await withCase(db)
    .where(and(taskInScope(scope), ...conditionsOf(filter, now), after(byDueDay, page.cursor)))
    .orderBy(...sorted(byDueDay))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit);
}

/** A row of the inbox. */
export type TaskRow = Awaited<ReturnType<typeof listTasks>>['items'][number];

/** A task by its id, if its case lies within the scope, or it is one of the scope's own organs' (a city's part in the region's case). */
export async function findTask(db: Database, scope: Scope, id: string): Promise<TaskRow | undefined> {
  const [row] = await withCase(db).where(
    and(eq(tasks.id, id), or(caseInScope(scope), ofOrgans(scope)), unlessBlind(scope.reviewer)),
  );
  return row;
}

/** The newest task of a kind in a case that lies within the scope, an open one first. */
export async function newestTask(
  db: Database,
  scope: Scope,
  caseId: string,
  kind: string,
): Promise<string | undefined> {
  const [row] = await db
    .select({ id: tasks.id })
    .from(tasks)
    .innerJoin(cases, eq(cases.id, tasks.caseId))
    .where(and(eq(tasks.caseId, caseId), eq(tasks.kind, kind), caseInScope(scope)))
    .orderBy(sql`${tasks.status} = 'open' desc`, sql`${tasks.round} desc`)
    .limit(1);
  return row?.id;
}

/**
 * How many tasks of a scope fit a filter: in all, by family, organ and colour; of all, those in the hands of `people`, of
 * nobody, past their last day, and due today and in the week of the legal instant `now`.
 */
export async function countTasks(
  db: Database,
  scope: TaskScope,
  filter: TaskFilter,
  people: readonly string[],
  now: Instant,
) {
  const family = sql<string>`split_part(${tasks.kind}, '.', 1)`;
  const colour = sql<string>`case when ${clocks.id} is null then 'none' else ${colourColumn(cardOf, now)} end`;
  const found = db
    .select({
      ...{ organ: tasks.organ, assignee: tasks.assignee, due: clocks.due },
      ...{ family: family.as('family'), colour: colour.as('colour') },
    })
    .from(tasks)
    .innerJoin(cases, eq(cases.id, tasks.caseId))
    .leftJoin(clocks, ofTask)
    .where(and(taskInScope(scope), ...conditionsOf(filter, now)))
    .as('found');
  const { assignee, due } = found;
  const columns = { kinds: found.family, organs: found.organ, colours: found.colour };
  const today = dateOf(now);
  const monday = mondayOf(today);
  const those = (condition: SQL) => sql<number>`count(*) filter (where ${condition})`.mapWith(Number);
  const rows = await db
    .select({
      ...columns,
      count: count(),
      mine: those(inArray(assignee, [...people])),
      unclaimed: those(isNull(assignee)),
      overdue: those(sql`${due} < ${today}::date`),
      dueToday: those(sql`${due} = ${today}::date`),
      dueThisWeek: those(sql`${due} >= ${monday}::date and ${due} < ${addDays(monday, 7)}::date`),
    })
    .from(found)
    .groupBy(groupedByEach(Object.values(columns)));
  const names = ['kinds', 'organs', 'colours'] as const;
  const { mine = 0, unclaimed = 0, overdue = 0, dueToday = 0, dueThisWeek = 0 } = wholeOf(names, rows) ?? {};
  return { ...tallyOf(names, rows), mine, unclaimed, overdue, dueToday, dueThisWeek };
}

function withCase(db: Database) {
  return db
    .select({
      ...getTableColumns(tasks),
      case: {
        kind: cases.kind,
        procedure: cases.procedure,
        stage: cases.stage,
        area: cases.area,
        unitId: cases.unitId,
        permitNo: cases.permitNo,
        packId: cases.packId,
      },
      unitName: units.name,
      clockRow: clocks,
      key: keyColumn(byDueDay),
    })
    .from(tasks)
    .innerJoin(cases, eq(cases.id, tasks.caseId))
    .leftJoin(units, eq(units.id, cases.unitId))
    .leftJoin(clocks, ofTask)
    .$dynamic();
}

function taskInScope({ held, organs, assignees, reviewer }: TaskScope): SQL | undefined {
  // Organ by organ, so that of one organ the inbox's index is read in its order.
  const others = [...new Set(held.map(({ organ }) => organ))].filter((organ) => !organs.includes(organ));
  const rolesAt = (organ: string) => held.filter((grant) => grant.organ === organ).map(({ role }) => role);
  const reach = or(
    ...organs.map((organ) => eq(tasks.organ, organ)),
    ...others.map((organ) => and(eq(tasks.organ, organ), inArray(tasks.role, rolesAt(organ)))),
  );
  return and(
    reach ?? sql`false`,
    assignees === undefined ? undefined : inArray(tasks.assignee, [...assignees]),
    unlessBlind(reviewer),
  );
}

function conditionsOf(filter: TaskFilter, now: Instant): (SQL | undefined)[] {
  const { status, role, organ, kind, colour, area, unit, procedure, stage } = filter;
  const { dueFrom, dueBefore, claimed, search } = filter;
  return [
    status === undefined ? undefined : eq(tasks.status, status),
    role === undefined ? undefined : eq(tasks.role, role),
    organ === undefined ? undefined : eq(tasks.organ, organ),
    kind === undefined
      ? undefined
      : or(eq(tasks.kind, kind), sql`split_part(${tasks.kind}, '.', 1) = ${kind}`),
    colour === undefined ? undefined : hasColour(colour, cardOf, now),
    area === undefined ? undefined : sql`starts_with(${cases.area}, ${area})`,
    unit === undefined ? undefined : eq(cases.unitId, unit),
    procedure === undefined ? undefined : sql`${cases.procedure} = ${procedure}`,
    stage === undefined ? undefined : eq(cases.stage, stage),
    dueFrom === undefined ? undefined : sql`${clocks.due} >= ${dueFrom}::date`,
    dueBefore === undefined ? undefined : sql`${clocks.due} < ${dueBefore}::date`,
    claimed === undefined
      ? undefined
      : claimed === 'yes'
        ? sql`${tasks.assignee} is not null`
        : sql`${tasks.assignee} is null`,
    search === undefined ? undefined : caseMatches(search),
  ];
}

const ofOrgans = ({ organs }: Scope) => (organs.length === 0 ? undefined : inArray(tasks.organ, [...organs]));
