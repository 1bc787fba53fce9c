import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';
import { packs } from '../../rules/packs/index.js';
import { findCase } from '../../db/queries/cases.js';
import { findTask } from '../../db/queries/tasks.js';
import { hurryRequests } from '../../relay/hurry.js';
import { type RequestBodies, requestSchemas } from '../../workflows/messages/catalogue.js';
import { contentId, shortText, text } from '../../workflows/messages/fields.js';
import type { Context } from '../context.js';
import { caseIdOf, casePath, writeAnswers } from '../fields.js';
import { type Person, scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';
import { holderOf } from '../taskWrites.js';
import { ask } from '../writes.js';

type Lever = RequestBodies['lever.ask']['lever'];

const ground = z
  .object({
    reason: text,
    document: contentId.meta({ description: 'the paper that the lever rests on: store it first' }),
    signer: z
      .enum(['deputyHead', 'organHead'])
      .default('deputyHead')
      .meta({ description: 'who of the deciding organ signs' }),
  })
  .strict();
const reassignment = ground.extend({
  task: shortText.meta({ description: 'the task’s id', example: 'application/2026000001#opinion.water.1' }),
  assignee: shortText.meta({ description: 'who holds the task’s role, by id or username' }),
});

/** A lever that a head of the deciding organ signs: the answer is that it was asked for, and its task is open. */
const lever = (
  name: Lever,
  body: z.ZodObject,
  summary: string,
  prepare: (context: Context, person: Person, asked: object) => Promise<object> = (
    _context,
    _person,
    asked,
  ) => Promise.resolve(asked),
) =>
  route({
    method: 'post',
    path: `/cases/{kind}/{number}/levers/${name}`,
    summary: `${summary}: a head of the deciding organ signs it`,
    access: 'lever.ask',
    params: casePath,
    body,
    write: true,
    answers: writeAnswers,
    handle: async (context, person, { path, body: asked, idempotencyKey, instance }) =>
      await ask(context, person, {
        name: 'lever.ask',
        caseId: caseIdOf(path),
        body: { lever: name, ...(await prepare(context, person, asked)) },
        ...{ idempotencyKey, instance },
      }),
  });

/** The task must be in sight, and its new holder must hold its role. */
async function toHolder(context: Context, person: Person, asked: object): Promise<object> {
  const { task, assignee, ...rest } = reassignment.parse(asked);
  const found = await findTask(context.db, scopeFor(person, 'case.read'), task);
  if (found === undefined) throw new DomainError('not.found', { what: 'there is no such task', found: task });
  return { ...rest, task, assignee: await holderOf(context, found, assignee) };
}

/** The system administrator's levers on a case. He asks; but for a retry, somebody else decides. */
export const levers: Resource = {
  name: 'levers',
  description:
    '管理操作 / levers on a case: asked for by the system administrator, signed by a head, in the ledger',
  routes: [
    route({
      method: 'post',
      path: '/cases/{kind}/{number}/levers/retry',
      summary: '重试 / wake the case and send again now what it has not answered; no legal effect',
      access: 'lever.retry',
      params: casePath,
      body: requestSchemas['lever.retry'],
      write: true,
      answers: writeAnswers,
      async handle(context, person, { path, body, idempotencyKey, instance }) {
        const caseId = caseIdOf(path);
        if ((await findCase(context.db, scopeFor(person, 'lever.retry'), caseId)) !== undefined)
          await hurryRequests(context.db, caseId);
        return await ask(context, person, { name: 'lever.retry', caseId, body, idempotencyKey, instance });
      },
    }),
    lever('reassign', reassignment, '改派 / a task goes to another holder of its role', toHolder),
    lever('hold', ground, '暂停届满效力 / no lapse of the case’s clocks takes effect; they run on'),
    lever('release', ground, '解除暂停 / what lapsed meanwhile takes effect, in its order'),
    lever('retime', ground, '重新计算期限 / the clocks are counted anew with the calendar in force'),
    lever(
      'move',
      ground.extend({
        pack: z.enum(packs.map(({ id }) => id)).meta({
          description: 'of the case’s own region, and in force: `yizheng pack compare` and `try` first',
        }),
      }),
      '改用规则包 / the case follows another rule pack from then on, its clocks counted anew',
    ),
    lever('end', ground, '终止案件 / the case ends without a decision'),
  ],
};
