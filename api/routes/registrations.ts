import { z } from 'zod';
import type { CalendarDate } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import type { Database } from '../../db/database.js';
import {
  countRegistrations,
  findRegistration,
  listRegistrations,
  type RegistrationFilter,
  type RegistrationRow,
  registrationVersionsOf,
} from '../../db/queries/registrations.js';
import { registrationCaseId } from '../../workflows/messages/caseId.js';
import { type RequestName, requestSchemas } from '../../workflows/messages/catalogue.js';
import { registrationStates } from '../../workflows/messages/register.js';
import {
  areaQuery,
  committedSchema,
  dateQuery,
  instant,
  pageOfSchema,
  pageQuery,
  permitPath,
  searchQuery,
  tallySchema,
  textQuery,
  writeAnswers,
} from '../fields.js';
import { filersOf } from '../filers.js';
import { actorOf, type Person, scopeFor } from '../policy.js';
import { type Resource, type Route, route } from '../route.js';
import { ask, record } from '../writes.js';

const registrationSchema = z
  .object({
    registrationNo: z.string(),
    unitId: z.string(),
    area: z.string(),
    state: z.enum(registrationStates),
    validFrom: z.string(),
    validTo: z.string(),
    version: z.int(),
  })
  .meta({ id: 'Registration' });

const versionSchema = z.object({
  version: z.int(),
  kind: z.string(),
  contentId: z.string(),
  platform: z.looseObject({}),
  at: instant,
});

const registrationFilter = {
  state: z.enum(registrationStates).optional(),
  organ: textQuery,
  area: areaQuery,
  unit: textQuery,
  endsFrom: dateQuery.meta({ description: 'the first day on which the term may end' }),
  endsBefore: dateQuery.meta({ description: 'the term ends before this day' }),
  search: searchQuery,
} as const;
const registrationQuery = z.object(registrationFilter);

const filterOf = ({
  endsFrom,
  endsBefore,
  ...filter
}: z.output<typeof registrationQuery>): RegistrationFilter => ({
  ...filter,
  endsFrom: endsFrom as CalendarDate | undefined,
  endsBefore: endsBefore as CalendarDate | undefined,
});

async function requireRegistration(db: Database, person: Person, no: string): Promise<RegistrationRow> {
  const found = await findRegistration(db, scopeFor(person, 'registration.read'), no);
  if (found === undefined)
    throw new DomainError('not.found', { what: 'there is no such registration form', found: no });
  return found;
}

/** Something that is asked of a form that stands. */
function operation(path: string, name: RequestName, summary: string): Route {
  return route({
    method: 'post',
    path: `/registrations/{no}/${path}`,
    summary,
    access: name,
    params: permitPath,
    body: requestSchemas[name] as z.ZodType<object>,
    write: true,
    answers: writeAnswers,
    handle: async (context, person, { path: { no }, body, idempotencyKey, instance }) =>
      await ask(context, person, { name, caseId: registrationCaseId(no), body, idempotencyKey, instance }),
  });
}

/** Registration forms: no licence, and nobody decides on them; their number and receipt are the national platform's. */
export const registrations: Resource = {
  name: 'registrations',
  description:
    '排污登记 / registration forms, entered with the number and the receipt that the platform gave',
  routes: [
    route({
      method: 'get',
      path: '/registrations',
      summary: '排污登记清单 / registration forms by their last day',
      access: 'registration.read',
      query: pageQuery.extend(registrationFilter),
      answers: {
        200: { description: 'A page of registration forms', schema: pageOfSchema(registrationSchema) },
      },
      async handle({ db }, person, { query: { limit, cursor, ...query } }) {
        const scope = scopeFor(person, 'registration.read');
        return {
          status: 200,
          body: await listRegistrations(db, scope, filterOf(query), { limit, cursor }),
        };
      },
    }),
    route({
      method: 'get',
      path: '/registrations/counts',
      summary: '排污登记计数 / how many registration forms there are, by state and area',
      description: 'Takes the filters of the list.',
      access: 'registration.read',
      query: registrationQuery,
      answers: { 200: { description: 'Counts', schema: tallySchema('states', 'areas') } },
      async handle({ db }, person, { query }) {
        const scope = scopeFor(person, 'registration.read');
        return { status: 200, body: await countRegistrations(db, scope, filterOf(query)) };
      },
    }),
    route({
      method: 'post',
      path: '/registrations',
      summary: '录入排污登记 / enter a registration form with the number that the platform gave',
      description:
        'With `replacesPermit` the form takes the place of that permit, whose cancellation opens in the same step.',
      access: 'registration.file',
      body: requestSchemas['registration.file'],
      write: true,
      answers: {
        201: { description: 'Entered; `Location` names the case', schema: committedSchema },
        202: writeAnswers[202],
      },
      async handle(context, person, { body, idempotencyKey, instance }) {
        const actor = actorOf(person, await filersOf(context, body, 'registration'));
        const caseId = registrationCaseId(body.registrationNo);
        const asked = { name: 'registration.file', caseId, body, idempotencyKey, instance } as const;
        return await record(context, person, actor, asked, { opens: true });
      },
    }),
    route({
      method: 'get',
      path: '/registrations/{no}',
      summary: '一份排污登记 / one registration form',
      access: 'registration.read',
      params: permitPath,
      answers: {
        200: {
          description: 'The registration form',
          schema: registrationSchema.extend({ caseId: z.string() }),
        },
      },
      async handle({ db }, person, { path: { no } }) {
        const found = await requireRegistration(db, person, no);
        return { status: 200, body: { ...found, caseId: registrationCaseId(no) } };
      },
    }),
    route({
      method: 'get',
      path: '/registrations/{no}/versions',
      summary: '版本 / the versions of a form’s content, each with the act that made it',
      access: 'registration.read',
      params: permitPath,
      answers: {
        200: {
          description: 'The versions, the first first',
          schema: z.object({ items: z.array(versionSchema) }),
        },
      },
      async handle({ db }, person, { path: { no } }) {
        await requireRegistration(db, person, no);
        const items = (await registrationVersionsOf(db, no)).map(
          ({ registrationNo: _, ...version }) => version,
        );
        return { status: 200, body: { items } };
      },
    }),
    operation(
      'change',
      'registration.change',
      '变更登记 / a changed content; within twenty days of the change (REG 24), later is marked',
    ),
    operation(
      'renewal',
      'registration.renew',
      '延续登记 / renewed on the platform: from sixty days before the end until the last day',
    ),
    operation('closing', 'registration.close', '注销登记 / discharge has ended'),
    operation('spot-checks', 'registration.check', '抽查记录 / the result of a spot check'),
  ],
};
