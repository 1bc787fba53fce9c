import { z } from 'zod';
import { legalNow } from '../db/legalClock.js';
import { type Page, type PageRequest, writeCursor } from '../db/queries/keyset.js';
import { listTasks, type TaskFilter, type TaskRow, type TaskScope } from '../db/queries/tasks.js';
import { clockView, clockSchema, colourOf, type Looking } from './clockView.js';
import type { Context } from './context.js';
import { instant } from './fields.js';
import { grantsFor, type Person } from './policy.js';

/** A task as people see it. */
export const taskSchema = z
  .object({
    id: z.string(),
    href: z.string().meta({ description: 'the task’s path; add /claim, /complete, …' }),
    caseId: z.string(),
    kind: z.string(),
    round: z.int(),
    role: z.string(),
    organ: z.string(),
    assignee: z.string().nullable(),
    status: z.enum(['open', 'completed', 'overtaken']),
    openedAt: instant,
    closedAt: instant.nullable(),
    closedBy: z.string().nullable(),
    outcome: z.string().nullable(),
    form: z.looseObject({}).nullable(),
    colour: z.enum(['green', 'yellow', 'red']).nullable(),
    clock: clockSchema.nullable(),
    case: z.object({
      procedure: z.string(),
      stage: z.string(),
      area: z.string(),
      permitNo: z.string().nullable(),
      unit: z.object({ id: z.string(), name: z.string().nullable() }),
    }),
  })
  .meta({ id: 'Task' });

export type TaskView = z.infer<typeof taskSchema>;

/** The path of a task: its id with `/` for `#`. */
export const taskHref = (id: string): string => `/tasks/${id.replace('#', '/')}`;

/** Whose tasks a person may see: those of the roles held and, for heads, of the whole organ; `mine` those in his hands. */
export function taskScope(person: Person, view: 'mine' | 'section' = 'section'): TaskScope {
  return {
    held: grantsFor(person, 'task.read'),
    organs: [...new Set(grantsFor(person, 'task.readOrgan').map((grant) => grant.organ))],
    assignees: view === 'mine' ? handsOf(person) : undefined,
  };
}

/** The person and whom he covers: what they have claimed is his to do. */
export const handsOf = (person: Person): readonly string[] => [
  person.id,
  ...person.covering.map(({ userId }) => userId),
];

/** A task of the inbox, with its clock as it stands now. */
export function taskView(row: TaskRow, looking: Omit<Looking, 'packId'>): TaskView {
  const { clockRow, unitName, key: _, clock: __, case: of, ...task } = row;
  const clock = clockRow === null ? null : clockView(clockRow, { ...looking, packId: of.packId });
  const { procedure, stage, area, permitNo, unitId } = of;
  return {
    ...task,
    form: task.form,
    href: taskHref(task.id),
    colour: clock?.colour ?? null,
    clock,
    case: { procedure, stage, area, permitNo, unit: { id: unitId, name: unitName } },
  };
}

/** How many rows are looked through for a colour before a page is handed out as it is. */
const rowsLookedThrough = 2000;

/**
 * A page of the inbox. A colour is what the rules say at this instant and no column, so a page asked for by colour is
 * gathered from as many rows as it takes; it may be short and still have a next one.
 */
export async function inboxPage(
  { db, calendars }: Context,
  scope: TaskScope,
  filter: TaskFilter & { readonly colour?: string | undefined },
  { limit, cursor }: PageRequest,
): Promise<Page<TaskView>> {
  const looking = { calendar: await calendars.current(db), now: await legalNow(db) };
  const items: TaskView[] = [];
  let from = cursor;
  for (let looked = 0; looked < rowsLookedThrough; looked += limit) {
    const rows = await listTasks(db, scope, filter, { limit, cursor: from });
    for (const row of rows.slice(0, limit)) {
      if (items.length === limit) return { items, next: from ?? null };
      const fits = filter.colour === undefined || rowColour(row, looking) === filter.colour;
      if (fits) items.push(taskView(row, looking));
      from = writeCursor(row.key);
    }
    if (rows.length <= limit) return { items, next: null };
    if (items.length === limit) break;
  }
  return { items, next: from ?? null };
}

/** How many open tasks of a scope have which colour; of the first so many by due day. */
export async function countColours(
  { db, calendars }: Context,
  scope: TaskScope,
): Promise<Record<string, number>> {
  const looking = { calendar: await calendars.current(db), now: await legalNow(db) };
  const rows = await listTasks(db, scope, { status: 'open' }, { limit: rowsLookedThrough });
  const counts: Record<string, number> = { green: 0, yellow: 0, red: 0, none: 0 };
  for (const row of rows) {
    const colour = rowColour(row, looking) ?? 'none';
    counts[colour] = (counts[colour] ?? 0) + 1;
  }
  return counts;
}

function rowColour({ clockRow, case: of }: TaskRow, looking: Omit<Looking, 'packId'>): string | undefined {
  return clockRow === null ? undefined : colourOf(clockRow, { ...looking, packId: of.packId });
}
