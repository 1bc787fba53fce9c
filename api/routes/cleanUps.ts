import { z } from 'zod';
import { dateOf, yearOf } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import { legalNow } from '../../db/legalClock.js';
import { findCase } from '../../db/queries/cases.js';
import { listCleanUpItems, nextCleanUpNumber } from '../../db/queries/cleanUp.js';
import { requestOfKey } from '../../relay/insert.js';
import { requestSchemas } from '../../workflows/messages/catalogue.js';
import { cleanUpStates } from '../../workflows/messages/register.js';
import { applicationPath, committedSchema, pageOfSchema, pageQuery, writeAnswers } from '../fields.js';
import { organsOf } from '../filers.js';
import { actorOf, scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';
import { record } from '../writes.js';

const itemSchema = z
  .object({
    permitNo: z.string(),
    unitId: z.string(),
    validTo: z.string(),
    checked: z.boolean().meta({ description: 'whether it is on record already that the unit is closed' }),
    state: z.enum(cleanUpStates),
    reason: z.string().nullable().meta({ description: 'why it was removed' }),
    cancellationId: z.string().nullable(),
  })
  .meta({ id: 'CleanUpItem' });

/** The periodic clean-up of expired permits of closed units. */
export const cleanUps: Resource = {
  name: 'clean-ups',
  description: '到期清理 / batch lists of expired permits; each permit is cancelled by a case of its own',
  routes: [
    route({
      method: 'post',
      path: '/clean-ups',
      summary: '拟定清理清单 / draft a list of the expired permits that the area’s organ decides on',
      description:
        'At most 500 permits a list; the next list takes the rest. 422 where there is none to list.',
      access: 'cleanUp.draft',
      body: requestSchemas['cleanUp.draft'],
      write: true,
      answers: {
        201: { description: 'Drafted; `Location` names the case', schema: committedSchema },
        202: writeAnswers[202],
      },
      async handle(context, person, { body, idempotencyKey, instance }) {
        const { accepting, deciding } = await organsOf(context, body.area, 'cleanUp');
        const actor = actorOf(
          person,
          [accepting, deciding].flatMap((organ) => [
            { role: 'officer' as const, organ },
            { role: 'sectionHead' as const, organ },
          ]),
        );
        const known = await requestOfKey(context.db, person.id, idempotencyKey);
        const year = yearOf(dateOf(await legalNow(context.db)));
        const caseId = known?.caseId ?? `cleanUp/${await nextCleanUpNumber(context.db, deciding, year)}`;
        const asked = { name: 'cleanUp.draft', caseId, body, idempotencyKey, instance } as const;
        return await record(context, person, actor, asked, { opens: true });
      },
    }),
    route({
      method: 'get',
      path: '/clean-ups/{number}/items',
      summary: '清单明细 / a page of the list, with what became of each permit',
      access: 'case.read',
      params: applicationPath,
      query: pageQuery.extend({ state: z.enum(cleanUpStates).optional() }),
      answers: { 200: { description: 'A page of the list', schema: pageOfSchema(itemSchema) } },
      async handle({ db }, person, { path: { number }, query: { state, ...page } }) {
        const batch = `cleanUp/${number}`;
        if ((await findCase(db, scopeFor(person, 'case.read'), batch)) === undefined)
          throw new DomainError('not.found', { what: 'there is no such clean-up', found: batch });
        const { items, next } = await listCleanUpItems(db, batch, state, page);
        return { status: 200, body: { items: items.map(({ batch: _, ...item }) => item), next } };
      },
    }),
  ],
};
