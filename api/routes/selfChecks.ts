import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';
import { findSelfCheck } from '../../db/queries/selfChecks.js';
import { openSelfChecks } from '../../relay/selfChecks.js';
import { type RequestName, requestSchemas } from '../../workflows/messages/catalogue.js';
import { selfChecksOpened } from '../../workflows/messages/selfCheckForms.js';
import { applicationPath, writeAnswers } from '../fields.js';
import { organsOf } from '../filers.js';
import { actorOf, scopeFor } from '../policy.js';
import { type Resource, type Route, route } from '../route.js';
import { ask } from '../writes.js';

const selfCheckSchema = z
  .object({
    ...{ number: z.string(), caseId: z.string(), permitNo: z.string(), unitId: z.string() },
    ...{ stage: z.string(), outcome: z.string().nullable(), overdue: z.int() },
    items: z
      .array(z.object({ id: z.string(), zh: z.string(), en: z.string() }))
      .meta({ description: 'the questions, drawn from the permit’s own terms: each is answered once' }),
    signed: z.object({ name: z.string(), position: z.string(), on: z.string() }).nullable(),
    left: z
      .array(z.object({ item: z.string(), description: z.string() }))
      .meta({ description: 'what the unit has yet to mend' }),
    mended: z.array(z.string()).meta({ description: '自查自纠: found and mended in time, the unit’s own' }),
    handedOver: z.array(z.string()).meta({ description: 'what has become an issue' }),
  })
  .meta({ id: 'SelfCheck' });

type Facts = Pick<
  z.infer<typeof selfCheckSchema>,
  'items' | 'left' | 'mended' | 'handedOver' | 'signed' | 'overdue'
>;

function operation(path: string, name: RequestName, summary: string): Route {
  return route({
    method: 'post',
    path: `/self-checks/{number}/${path}`,
    summary,
    access: name,
    params: applicationPath,
    body: requestSchemas[name] as z.ZodType<object>,
    write: true,
    answers: writeAnswers,
    handle: async (context, person, { path: { number }, body, idempotencyKey, instance }) =>
      await ask(context, person, { name, caseId: `selfCheck/${number}`, body, idempotencyKey, instance }),
  });
}

/** The self-checks of units: yearly, which open by themselves, or by a campaign. */
export const selfChecks: Resource = {
  name: 'self-checks',
  description: '企业自查 / self-checks of units against their own permits',
  routes: [
    route({
      method: 'post',
      path: '/self-checks',
      summary:
        '启动企业自查 / ask the permits in force of an area for their self-check of a year or campaign',
      description: 'Safe to repeat: a permit that was asked for the period is not asked again.',
      access: 'selfCheck.launch',
      body: selfChecksOpened,
      answers: {
        200: { description: 'How many were asked now', schema: z.object({ asked: z.int() }) },
      },
      async handle(context, person, { body: { area, period } }) {
        const { supervising: organ } = await organsOf(context, area, 'selfCheck');
        actorOf(person, [
          { role: 'inspector', organ },
          { role: 'sectionHead', organ },
        ]);
        const asked = await openSelfChecks(context.db, { area: area.replace(/(00)+$/, ''), period });
        context.logger.info({ person: person.id, area, period, asked }, 'self-checks asked for');
        return { status: 200, body: { asked } };
      },
    }),
    route({
      method: 'get',
      path: '/self-checks/{number}',
      summary: '自查内容 / a self-check: its questions, and what became of what was found',
      access: 'selfCheck.read',
      params: applicationPath,
      answers: { 200: { description: 'The self-check', schema: selfCheckSchema } },
      async handle({ db }, person, { path: { number } }) {
        const caseId = `selfCheck/${number}`;
        const row = await findSelfCheck(db, scopeFor(person, 'selfCheck.read'), caseId);
        if (row === undefined)
          throw new DomainError('not.found', { what: 'there is no such self-check', found: number });
        const facts = row.facts as unknown as Facts;
        const { unitId, stage, outcome } = row;
        const { items, mended, handedOver, overdue } = facts;
        const signed =
          facts.signed === null
            ? null
            : { name: facts.signed.name, position: facts.signed.position, on: facts.signed.on };
        const left = facts.left.map(({ item, description }) => ({ item, description }));
        return {
          status: 200,
          body: {
            ...{ number, caseId, permitNo: row.permitNo ?? '', unitId, stage, outcome, overdue },
            ...{ items, signed, left, mended, handedOver },
          },
        };
      },
    }),
    operation(
      'result',
      'selfCheck.submit',
      '提交自查结果 / every question answered, signed by a named person',
    ),
    operation('mending', 'selfCheck.mend', '自查整改 / a problem that was found is mended, with evidence'),
  ],
};
