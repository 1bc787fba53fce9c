import { z } from 'zod';
import { DomainError } from '../rules/errors.js';
import { findAccount } from '../db/queries/people.js';
import { findTask, newestTask, type TaskRow } from '../db/queries/tasks.js';
import { familyOf } from '../workflows/messages/family.js';
import { taskForms } from '../workflows/messages/catalogue.js';
import type { Context } from './context.js';
import { InvalidInput, parse } from './parse.js';
import { actorOf, type Grant, type Operation, type Person, scopeFor } from './policy.js';
import type { Answer } from './route.js';
import { permitOf, record } from './writes.js';

/** What is asked of a task. */
export type TaskRequestName = Extract<
  Operation,
  `task.${'claim' | 'release' | 'complete' | 'return' | 'reassign' | 'delegate'}`
>;

/** What a request says of its task beside the task's id. */
type More = Readonly<Record<string, unknown>>;

/** How a task is asked for something: what every write carries. */
export interface Asking {
  readonly idempotencyKey: string;
  readonly instance: string;
}

/**
 * Asks something of a task on behalf of whoever holds its role: for a hand-over within an organ that is the section head,
 * for all else the task's own role. Throws `not.found` for a task out of sight, `task.notYours` for one of others.
 */
export async function askOfTask(
  context: Context,
  person: Person,
  name: TaskRequestName,
  taskId: string,
  more: More | ((task: TaskRow) => Promise<More>),
  asking: Asking,
): Promise<Answer> {
  const task = await findTask(context.db, scopeFor(person, 'task.read'), taskId);
  if (task === undefined)
    throw new DomainError('not.found', { what: 'there is no such task', found: taskId });
  const { role, organ, assignee, caseId } = task;
  const needed = [
    name === 'task.reassign' ? { role: 'sectionHead', organ } : { role, organ },
  ] as readonly Grant[];
  const actor = actorOf(person, needed, { assignee, otherwise: 'task.notYours' });
  const body = { taskId, ...(typeof more === 'function' ? await more(task) : more) };
  return await record(
    context,
    person,
    actor,
    { name, caseId, body, ...asking },
    { permitNo: permitOf(task.case) },
  );
}

/** Completes a task with its form, parsed by the family of its kind. */
export async function completeTask(
  context: Context,
  person: Person,
  taskId: string,
  form: unknown,
  asking: Asking,
  part = 'body.form',
): Promise<Answer> {
  const parsed = (task: TaskRow) => Promise.resolve({ form: parse(formOf(task.kind), form, part) });
  return await askOfTask(context, person, 'task.complete', taskId, parsed, asking);
}

/** Completes the newest task of a kind in a case: an operation that has a task, offered by its own name. */
export async function completeTaskOfKind(
  context: Context,
  person: Person,
  caseId: string,
  kind: string,
  form: unknown,
  asking: Asking,
): Promise<Answer> {
  const taskId = await newestTask(context.db, scopeFor(person, 'task.read'), caseId, kind);
  if (taskId === undefined) {
    throw new DomainError('not.found', {
      what: `the case has no task for this yet`,
      where: caseId,
      expected: kind,
    });
  }
  return await completeTask(context, person, taskId, form, asking, 'body');
}

/** Hands a task to somebody, named by id or username, who holds its role at its organ. */
export async function handOver(
  context: Context,
  person: Person,
  name: 'task.reassign' | 'task.delegate',
  taskId: string,
  { assignee, reason }: { readonly assignee: string; readonly reason: string },
  asking: Asking,
): Promise<Answer> {
  const toHolder = async (task: TaskRow) => ({ assignee: await holderOf(context, task, assignee), reason });
  return await askOfTask(context, person, name, taskId, toHolder, asking);
}

/**
 * The id of an account, named by id or username, that may sign in and holds a task's role at its organ. Throws
 * `input.invalid`.
 */
export async function holderOf(
  { db }: Context,
  { role, organ }: Pick<TaskRow, 'role' | 'organ'>,
  assignee: string,
): Promise<string> {
  const account = await findAccount(db, assignee);
  const holds = account?.grants.some((grant) => grant.role === role && grant.organ === organ) ?? false;
  if (account !== undefined && account.disabledAt === null && holds) return account.id;
  throw new InvalidInput([
    {
      path: 'body.assignee',
      what: 'nobody of this name holds the task’s role',
      expected: `${role}@${organ}`,
      found: assignee,
    },
  ]);
}

function formOf(kind: string): z.ZodType {
  const forms: Readonly<Record<string, z.ZodType>> = taskForms;
  const family = familyOf(kind);
  const form = Object.hasOwn(forms, family) ? forms[family] : undefined;
  if (form === undefined) {
    throw new DomainError('case.stage', {
      what: 'this task is done by its act, not by a form',
      where: kind,
      expected:
        'POST /documents/{kind}/{number}/{document}/seal or /serve, POST /cases/{kind}/{number}/notices/by-hand',
    });
  }
  return form;
}

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

const named = (schema: z.ZodType, family: string, outcome = ''): z.ZodType =>
  schema.meta({
    id: `${capital(family)}${capital(outcome)}Form`,
    description: `the form of a task of the family ${family}`,
  });

const outcomeOf = ({ shape }: z.ZodObject): string =>
  shape['outcome'] instanceof z.ZodLiteral ? String(shape['outcome'].value) : '';

/**
 * Every form, for the OpenAPI document, each under a name that tells its family of tasks; one of several outcomes is a form
 * for each: `CompletenessAcceptForm`.
 */
export const anyForm = z.union(
  Object.entries(taskForms).flatMap(([family, schema]): z.ZodType[] =>
    schema instanceof z.ZodUnion
      ? (schema.options as readonly z.ZodObject[]).map((option) => named(option, family, outcomeOf(option)))
      : [named(schema, family)],
  ),
);
