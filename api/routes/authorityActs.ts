import type { z } from 'zod';
import { competentOn } from '../../rules/competence.js';
import { dateOf, yearOf } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import { packOfArea } from '../../rules/packs/index.js';
import { organsOfSuperior } from '../../rules/superior.js';
import { legalNow } from '../../db/legalClock.js';
import { nextApplicationNumber } from '../../db/queries/cases.js';
import { findPermit } from '../../db/queries/permits.js';
import { requestOfKey } from '../../relay/insert.js';
import type { aboutPermits } from '../../workflows/messages/caseId.js';
import { type RequestName, requestSchemas } from '../../workflows/messages/catalogue.js';
import type { Context } from '../context.js';
import { applicationPath, committedSchema, writeAnswers } from '../fields.js';
import { InvalidInput } from '../parse.js';
import { actorOf, grantsOnCase, type Person, scopeFor } from '../policy.js';
import { type Resource, type Route, route } from '../route.js';
import { ask, record } from '../writes.js';

type Kind = (typeof aboutPermits)[number];
type Started = { readonly permitNo: string; readonly by?: 'issuer' | 'superior' };

/** The permit that a person names, as the register has it, and the organs that would have the case. */
async function caseOf({ db }: Context, person: Person, kind: Kind, { permitNo, by = 'issuer' }: Started) {
  const permit = await findPermit(db, scopeFor(person, 'permit.read'), permitNo);
  if (permit === undefined)
    throw new DomainError('not.found', { what: 'there is no such permit', found: permitNo });
  const { unitId, area } = permit;
  const today = dateOf(await legalNow(db));
  const responsible = by === 'superior' ? organsOfSuperior : competentOn;
  try {
    const { accepting, reviewing, deciding, sealing, supervising } = responsible(
      packOfArea(area, today),
      area,
      kind,
      today,
    );
    return { unitId, area, organs: { accepting, reviewing, deciding, sealing, supervising } };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'not.found') throw error;
    throw new InvalidInput([{ path: 'body.by', what: error.detail.what, found: by }]);
  }
}

/** Starts a case about a permit: the person names the permit, and its unit and area are the register's. */
function start(path: string, kind: Kind, summary: string): Route {
  const name = `${kind}.start` as const;
  const schema = (requestSchemas[name] as z.ZodObject).omit({ unitId: true, area: true });
  return route({
    method: 'post',
    path: `/${path}`,
    summary,
    description: 'The case gets the next number; the same Idempotency-Key finds the same case.',
    access: name,
    body: schema as unknown as z.ZodType<Started>,
    write: true,
    answers: {
      201: { description: 'Started; `Location` names the case', schema: committedSchema },
      202: writeAnswers[202],
      404: { description: 'No such permit', mediaType: 'application/problem+json' },
    },
    async handle(context, person, { body, idempotencyKey, instance }) {
      const { unitId, area, organs } = await caseOf(context, person, kind, body);
      const actor = actorOf(person, grantsOnCase(person, name, { organs, unitId }));
      // Sent again, it takes no further number.
      const known = await requestOfKey(context.db, person.id, idempotencyKey);
      const year = String(yearOf(dateOf(await legalNow(context.db))));
      const caseId = known?.caseId ?? `${kind}/${await nextApplicationNumber(context.db, year)}`;
      const asked = { name, caseId, body: { ...body, unitId, area }, idempotencyKey, instance };
      return await record(context, person, actor, asked, { opens: true });
    },
  });
}

/** What the holder says in such a case. */
function said(path: string, kind: Kind, act: string, name: RequestName, summary: string): Route {
  return route({
    method: 'post',
    path: `/${path}/{number}/${act}`,
    summary,
    access: name,
    params: applicationPath,
    body: requestSchemas[name] as z.ZodType<object>,
    write: true,
    answers: writeAnswers,
    handle: async (context, person, { path: { number }, body, idempotencyKey, instance }) =>
      await ask(context, person, { name, caseId: `${kind}/${number}`, body, idempotencyKey, instance }),
  });
}

const heard = (path: string, kind: Kind): readonly Route[] => [
  said(path, kind, 'statement', 'holder.statement', '陈述申辩 / the holder’s statement on what is intended'),
  said(path, kind, 'hearing-request', 'hearing.request', '申请听证 / the holder asks for a hearing'),
];

/** What the authority does of its own accord about a permit; the rest of each case is its tasks. */
export const authorityActs: Resource = {
  name: 'authority-acts',
  description: '依职权办理 / change by the authority, annulment, withdrawal, revocation, urging',
  routes: [
    start(
      'authority-changes',
      'authorityChange',
      '启动主动变更 / start a change by the authority, with its trigger, content and reason',
    ),
    ...heard('authority-changes', 'authorityChange'),
    start('annulments', 'annulment', '启动撤销 / start an annulment, by the issuer or its superior'),
    ...heard('annulments', 'annulment'),
    start('withdrawals', 'withdrawal', '启动撤回 / start a withdrawal in the public interest'),
    ...heard('withdrawals', 'withdrawal'),
    start(
      'revocations',
      'revocation',
      '登记吊销 / enter a penalty decision that revokes a permit: number, article, day',
    ),
    start('urgings', 'urging', '启动督促 / urge a unit to change, to re-apply or to file its report'),
    said('urgings', 'urging', 'answer', 'urging.answer', '答复督促 / the unit’s answer to an urging'),
  ],
};
