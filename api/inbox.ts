import { z } from 'zod';
import type { TaskRow, TaskScope } from '../db/queries/tasks.js';
import { clockView, clockSchema, type Looking } from './clockView.js';
import { instant } from './fields.js';
import { grantsFor, isReviewer, type Person } from './policy.js';

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
    // A union: `nullable` would make every clock of the document one that may be null.
    clock: z.union([clockSchema, z.null()]),
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
    reviewer: isReviewer(person) ? person.id : undefined,
  };
}

/** The person and whom he covers: what they have claimed is his to do. */
export const handsOf = (person: Person): readonly string[] => [
  person.id,
  ...person.covering.map(({ userId }) => userId),
];

/** A task of the inbox, with its clock as it stands now. */
export function taskView(row: TaskRow, looking: Omit<Looking, 'packId'>): TaskView {
  const { clockRow, unitName, clock: _, due: __, case: of, ...task } = row;
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
