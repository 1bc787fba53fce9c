import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';
import { findRequest } from '../../db/queries/cases.js';
import type { RequestRow } from '../../relay/insert.js';
import { statusOf } from '../../relay/send.js';
import { instant } from '../fields.js';
import { grantsFor, scopeFor } from '../policy.js';
import { problemOf, problemSchema } from '../problem.js';
import { type Resource, route } from '../route.js';

/** What a request has come to. */
export const requestSchema = z
  .object({
    requestId: z.string(),
    name: z.string().meta({ example: 'application.submit' }),
    actor: z.string().meta({ description: 'the account, or the case, that asked' }),
    caseId: z.string(),
    status: z.enum(['open', 'done', 'refused']),
    receivedAt: instant.meta({ description: 'the legal instant of the act' }),
    answer: z.looseObject({}).nullable().meta({ description: 'what the step committed, once done' }),
    problem: z.union([problemSchema, z.null()]).meta({ description: 'why not, once refused' }),
  })
  .meta({ id: 'Request' });

/** A request as people see it; `instance` is the path of the HTTP request, for its problem. */
export function requestView(row: RequestRow, instance: string): z.infer<typeof requestSchema> {
  const status = statusOf(row);
  const { id: requestId, name, actorId: actor, caseId, receivedAt } = row;
  return {
    ...{ requestId, name, actor, caseId, status: status.status, receivedAt },
    answer: status.status === 'done' ? { ...status.answer } : null,
    problem:
      status.status === 'refused' ? problemOf(status.code, status.detail, instance, { requestId }) : null,
  };
}

/** What a write has come to: where a 202 points. */
export const requests: Resource = {
  name: 'requests',
  description: '办理请求 / the record behind every write',
  routes: [
    route({
      method: 'get',
      path: '/requests/{id}',
      summary:
        '请求状态 / what a write has come to: one’s own, or, for officers, those of cases in their scope',
      access: 'signedIn',
      params: z.object({ id: z.uuid() }),
      answers: { 200: { description: 'The request', schema: requestSchema } },
      async handle({ db }, person, { path: { id }, instance }) {
        const isOfficer = grantsFor(person, 'case.deliberation').length > 0;
        const scope = isOfficer ? scopeFor(person, 'case.read') : undefined;
        const row = await findRequest(db, id, person.id, scope);
        if (row === undefined)
          throw new DomainError('not.found', { what: 'there is no such request', found: id });
        const body = requestView(row, instance);
        return {
          status: 200,
          body,
          ...(body.status === 'open' ? { headers: { 'Retry-After': '1' } } : {}),
        };
      },
    }),
  ],
};
