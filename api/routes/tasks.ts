import { checkOfCase } from '../../db/queries/checks.js';
import { findingsSchema, findingsView } from '../findingsView.js';
import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';
import { legalNow } from '../../db/legalClock.js';
import { holdersOf } from '../../db/queries/people.js';
import { countTasks, findTask, listTasks } from '../../db/queries/tasks.js';
import { requestSchemas, taskForms } from '../../workflows/messages/catalogue.js';
import { dueDayWords, dueQuery, dueRange } from '../dueRange.js';
import {
  areaQuery,
  colourQuery,
  pageOfSchema,
  pageQuery,
  searchQuery,
  tallySchema,
  taskPath,
  textQuery,
  writeAnswers,
} from '../fields.js';
import { handsOf, taskSchema, taskScope, taskView } from '../inbox.js';
import { scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';
import { anyForm, askOfTask, completeTask, handOver, type TaskRequestName } from '../taskWrites.js';

const view = z.enum(['mine', 'section']).default('section').meta({
  description:
    'mine: claimed by me or by whom I cover; section: of the roles I hold, for heads of the whole organ',
});

const taskFilter = {
  view,
  role: textQuery,
  organ: textQuery,
  kind: textQuery.meta({
    description: `a kind or its family: ${Object.keys(taskForms).join(', ')}, seal, serve, contact`,
  }),
  colour: colourQuery,
  ...dueQuery,
  area: areaQuery,
  unit: textQuery,
  procedure: textQuery,
  stage: textQuery,
  claimed: z.enum(['yes', 'no']).optional(),
  search: searchQuery,
} as const;

const counts = tallySchema('kinds', 'organs', 'colours').extend({
  mine: z.int().meta({ description: 'in my hands, or in those of somebody whom I cover' }),
  unclaimed: z.int(),
  overdue: z.int().meta({ description: '法定届满日已过 / past the statutory last day' }),
  dueToday: z.int().meta({ description: '今日为法定届满日 / today is the statutory last day' }),
  dueThisWeek: z.int().meta({ description: '本周为法定届满日 / the statutory last day is in this week' }),
});

const idOf = ({ kind, number, task }: z.output<typeof taskPath>): string => `${kind}/${number}#${task}`;

/** An act on a task that takes no more than the task. */
const simple = (
  name: Extract<TaskRequestName, 'task.claim' | 'task.release'>,
  path: string,
  summary: string,
) =>
  route({
    method: 'post',
    path: `/tasks/{kind}/{number}/{task}/${path}`,
    summary,
    access: name,
    params: taskPath,
    body: z.object({}).strict(),
    write: true,
    answers: writeAnswers,
    handle: async (context, person, { path: task, idempotencyKey, instance }) =>
      await askOfTask(context, person, name, idOf(task), {}, { idempotencyKey, instance }),
  });

const handingOver = (name: 'task.reassign' | 'task.delegate', path: string, summary: string) =>
  route({
    method: 'post',
    path: `/tasks/{kind}/{number}/{task}/${path}`,
    summary,
    access: name,
    params: taskPath,
    body: requestSchemas[name].omit({ taskId: true }),
    write: true,
    answers: writeAnswers,
    handle: async (context, person, { path: task, body, idempotencyKey, instance }) =>
      await handOver(context, person, name, idOf(task), body, { idempotencyKey, instance }),
  });

/** The inbox and what is done with a task. */
export const tasks: Resource = {
  name: 'tasks',
  description:
    '任务 / human tasks. A task’s path is its id with `/` for `#`: every task carries it as `href`',
  routes: [
    route({
      method: 'get',
      path: '/tasks',
      summary: '收件箱，按法定届满日 / the inbox, by statutory last day',
      description: dueDayWords,
      access: 'task.read',
      query: pageQuery.extend({
        ...taskFilter,
        status: z.enum(['open', 'completed', 'overtaken']).default('open'),
      }),
      answers: { 200: { description: 'A page of tasks', schema: pageOfSchema(taskSchema) } },
      async handle({ db, calendars }, person, { query }) {
        const { view: whose, limit, cursor, due, dueFrom, dueBefore, ...filter } = query;
        const looking = await calendars.looking(db);
        const narrowed = { ...filter, ...dueRange({ due, dueFrom, dueBefore }, looking.now) };
        const page = { limit, cursor };
        const { items, next } = await listTasks(db, taskScope(person, whose), narrowed, page, looking.now);
        return { status: 200, body: { items: items.map((row) => taskView(row, looking)), next } };
      },
    }),
    route({
      method: 'get',
      path: '/tasks/counts',
      summary:
        '任务计数 / how many open tasks there are: by family, organ and colour, by whose and by due day',
      description: `Takes the filters of the inbox; \`kinds\` are families, and \`colours\` has \`none\` for no clock. ${dueDayWords}`,
      access: 'task.read',
      query: z.object(taskFilter),
      answers: { 200: { description: 'Counts', schema: counts } },
      async handle({ db }, person, { query }) {
        const { view: whose, due, dueFrom, dueBefore, ...filter } = query;
        const now = await legalNow(db);
        const days = dueRange({ due, dueFrom, dueBefore }, now);
        const narrowed = { ...filter, ...days, status: 'open' as const };
        const body = await countTasks(db, taskScope(person, whose), narrowed, handsOf(person), now);
        return { status: 200, body };
      },
    }),
    route({
      method: 'get',
      path: '/tasks/{kind}/{number}/{task}',
      summary: '一个任务 / one task',
      access: 'task.read',
      params: taskPath,
      answers: {
        200: {
          description: 'The task',
          schema: taskSchema.extend({
            checked: findingsSchema.nullable().meta({
              description: 'what the automatic checks found in the content: never a reason by itself',
            }),
          }),
        },
      },
      async handle({ db, calendars }, person, { path }) {
        const row = await findTask(db, scopeFor(person, 'task.read'), idOf(path));
        if (row === undefined)
          throw new DomainError('not.found', { what: 'there is no such task', found: idOf(path) });
        const checked = await checkOfCase(db, `${path.kind}/${path.number}`);
        return {
          status: 200,
          body: {
            ...taskView(row, await calendars.looking(db)),
            checked: checked === undefined ? null : findingsView(checked),
          },
        };
      },
    }),
    route({
      method: 'get',
      path: '/tasks/{kind}/{number}/{task}/candidates',
      summary: '可承办人员 / who may be given the task',
      access: 'task.read',
      params: taskPath,
      query: pageQuery,
      answers: {
        200: {
          description: 'A page of the people who hold the task’s role',
          schema: pageOfSchema(z.object({ id: z.string(), username: z.string(), name: z.string() })),
        },
      },
      async handle({ db }, person, { path, query }) {
        const row = await findTask(db, scopeFor(person, 'task.read'), idOf(path));
        if (row === undefined)
          throw new DomainError('not.found', { what: 'there is no such task', found: idOf(path) });
        return { status: 200, body: await holdersOf(db, row.role, row.organ, query) };
      },
    }),
    simple('task.claim', 'claim', '领取 / claim'),
    simple('task.release', 'release', '退回待领 / give up what one has claimed'),
    route({
      method: 'post',
      path: '/tasks/{kind}/{number}/{task}/complete',
      summary: '办结 / complete with the form of the task’s kind',
      access: 'task.complete',
      params: taskPath,
      body: z.object({ form: z.looseObject({}) }).strict(),
      documentedBody: z.object({ form: anyForm }).strict(),
      write: true,
      answers: writeAnswers,
      handle: async (context, person, { path, body, idempotencyKey, instance }) =>
        await completeTask(context, person, idOf(path), body.form, { idempotencyKey, instance }),
    }),
    route({
      method: 'post',
      path: '/tasks/{kind}/{number}/{task}/return',
      summary: '退回 / send back to an earlier step',
      access: 'task.return',
      params: taskPath,
      body: requestSchemas['task.return'].omit({ taskId: true }),
      write: true,
      answers: writeAnswers,
      handle: async (context, person, { path, body, idempotencyKey, instance }) =>
        await askOfTask(context, person, 'task.return', idOf(path), body, { idempotencyKey, instance }),
    }),
    handingOver('task.reassign', 'reassign', '改派 / the section head gives the task to somebody else'),
    handingOver('task.delegate', 'delegate', '转办 / give one’s task to a colleague of the same role'),
  ],
};
