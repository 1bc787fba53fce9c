import { and, eq, getTableColumns, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { CalendarDate } from '../../rules/date.js';
import type { Database } from '../database.js';
import { cases, clocks, tasks, units } from '../schema/index.js';
import { after, keyColumn, type PageRequest, sorted, type SortKey } from './keyset.js';
import { caseInScope, type Scope } from './scope.js';

/** Whose tasks: those of roles held at organs, all those of organs, or those that are in somebody's hands. */
export interface TaskScope {
  readonly held: readonly { readonly role: string; readonly organ: string }[];
  readonly organs: readonly string[];
  /** Only those that these people have claimed or were given. */
  readonly assignees?: readonly string[] | undefined;
}

/** What the inbox may be narrowed to. */
export interface TaskFilter {
  readonly status?: 'open' | 'completed' | 'overtaken' | undefined;
  readonly role?: string | undefined;
  readonly organ?: string | undefined;
  /** A kind or its family: `opinion` finds `opinion.water`. */
  readonly kind?: string | undefined;
  readonly area?: string | undefined;
  readonly dueBefore?: CalendarDate | undefined;
  readonly claimed?: 'yes' | 'no' | undefined;
}

/** By due day, those without one last. */
const byDueDay: SortKey = [
  { by: sql`coalesce(${clocks.due}, 'infinity')`, type: 'date' },
  { by: tasks.id, type: 'text' },
];

/** Tasks with their case and clock, one more than the page asks for, each with its sort key. */
export async function listTasks(db: Database, scope: TaskScope, filter: TaskFilter, page: PageRequest) {
  return await withCase(db, keyColumn(byDueDay))
    .where(and(taskInScope(scope), ...conditionsOf(filter), after(byDueDay, page.cursor)))
    .orderBy(...sorted(byDueDay))
    .limit(page.limit + 1);
}

/** A row of the inbox. */
export type TaskRow = Awaited<ReturnType<typeof listTasks>>[number];

/** A task by its id, if its case lies within the scope. */
export async function findTask(db: Database, scope: Scope, id: string): Promise<TaskRow | undefined> {
  const [row] = await withCase(db, keyColumn(byDueDay)).where(and(eq(tasks.id, id), caseInScope(scope)));
  return row;
}

/** The newest task of a kind in a case, an open one first. */
export async function newestTask(db: Database, caseId: string, kind: string): Promise<string | undefined> {
  const [row] = await db
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.caseId, caseId), eq(tasks.kind, kind)))
    .orderBy(sql`${tasks.status} = 'open' desc`, sql`${tasks.round} desc`)
    .limit(1);
  return row?.id;
}

/** How many open tasks a scope holds, by family; claimed by nobody, by these people, and past their last day. */
export async function countTasks(db: Database, scope: TaskScope, people: readonly string[]) {
  const open = { status: 'open' } as const;
  const family = sql<string>`split_part(${tasks.kind}, '.', 1)`;
  const rows = await db
    .select({
      family,
      open: sql<number>`count(*)::int`,
      mine: sql<number>`(count(*) filter (where ${inArray(tasks.assignee, [...people])}))::int`,
      unclaimed: sql<number>`(count(*) filter (where ${tasks.assignee} is null))::int`,
      overdue: sql<number>`(count(*) filter (where ${clocks.due} < (legal_now() at time zone 'Asia/Shanghai')::date))::int`,
    })
    .from(tasks)
    .leftJoin(clocks, and(eq(clocks.caseId, tasks.caseId), eq(clocks.id, tasks.clock)))
    .where(and(taskInScope(scope), ...conditionsOf(open)))
    .groupBy(family)
    .orderBy(family);
  return rows;
}

function withCase(db: Database, key: SQL<string[]>) {
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
      key,
    })
    .from(tasks)
    .innerJoin(cases, eq(cases.id, tasks.caseId))
    .leftJoin(units, eq(units.id, cases.unitId))
    .leftJoin(clocks, and(eq(clocks.caseId, tasks.caseId), eq(clocks.id, tasks.clock)))
    .$dynamic();
}

function taskInScope({ held, organs, assignees }: TaskScope): SQL | undefined {
  const pairs = held.map(({ role, organ }) => sql`(${role}, ${organ})`);
  const reach = or(
    pairs.length === 0 ? undefined : sql`(${tasks.role}, ${tasks.organ}) in (${sql.join(pairs, sql`, `)})`,
    organs.length === 0 ? undefined : inArray(tasks.organ, [...organs]),
  );
  return and(
    reach ?? sql`false`,
    assignees === undefined ? undefined : inArray(tasks.assignee, [...assignees]),
  );
}

function conditionsOf({
  status,
  role,
  organ,
  kind,
  area,
  dueBefore,
  claimed,
}: TaskFilter): (SQL | undefined)[] {
  return [
    status === undefined ? undefined : eq(tasks.status, status),
    role === undefined ? undefined : eq(tasks.role, role),
    organ === undefined ? undefined : eq(tasks.organ, organ),
    kind === undefined
      ? undefined
      : or(eq(tasks.kind, kind), sql`split_part(${tasks.kind}, '.', 1) = ${kind}`),
    area === undefined ? undefined : sql`starts_with(${cases.area}, ${area})`,
    dueBefore === undefined ? undefined : sql`${clocks.due} < ${dueBefore}::date`,
    claimed === undefined
      ? undefined
      : claimed === 'yes'
        ? sql`${tasks.assignee} is not null`
        : sql`${tasks.assignee} is null`,
  ];
}
