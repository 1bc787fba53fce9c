import { z } from 'zod';
import { type CalendarDate, dateOf } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import type { Database } from '../../db/database.js';
import { legalNow } from '../../db/legalClock.js';
import {
  countPermits,
  findPermit,
  holdsOf,
  listPermits,
  type PermitFilter,
  type PermitRow,
  versionsOf,
} from '../../db/queries/permits.js';
import { permitCaseId } from '../../workflows/messages/caseId.js';
import { permitStates } from '../../workflows/messages/step.js';
import { requestSchemas } from '../../workflows/messages/catalogue.js';
import { shortText } from '../../workflows/messages/fields.js';
import {
  areaQuery,
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
import { lawfulnessOf, lawfulnessSchema } from '../lawfulnessView.js';
import { type Person, scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';
import { ask } from '../writes.js';

const permitSchema = z
  .object({
    permitNo: z.string(),
    unitId: z.string(),
    permitClass: z.string(),
    area: z.string(),
    state: z.string().meta({ description: permitStates.join(', ') }),
    validFrom: z.string(),
    validTo: z.string(),
    version: z.int(),
  })
  .meta({ id: 'Permit' });

const holdSchema = z.object({
  id: z.string(),
  kind: z.string(),
  reason: z.string(),
  placedAt: instant,
  releasedAt: instant.nullable(),
});

const versionSchema = z.object({
  version: z.int(),
  kind: z.string(),
  contentId: z.string(),
  caseId: z.string(),
  platform: z.looseObject({}).nullable(),
  at: instant,
});

const permitFilter = {
  state: z.enum(permitStates).optional(),
  class: z.enum(['key', 'simplified']).optional(),
  organ: textQuery,
  area: areaQuery,
  unit: textQuery,
  endsFrom: dateQuery.meta({ description: 'the first day on which the term may end' }),
  endsBefore: dateQuery.meta({ description: 'the term ends before this day' }),
  search: searchQuery,
} as const;
const permitQuery = z.object(permitFilter);

const filterOf = ({
  class: permitClass,
  endsFrom,
  endsBefore,
  ...filter
}: z.output<typeof permitQuery>): PermitFilter => ({
  ...filter,
  permitClass,
  endsFrom: endsFrom as CalendarDate | undefined,
  endsBefore: endsBefore as CalendarDate | undefined,
});

async function requirePermit(db: Database, person: Person, permitNo: string): Promise<PermitRow> {
  const permit = await findPermit(db, scopeFor(person, 'permit.read'), permitNo);
  if (permit === undefined)
    throw new DomainError('not.found', { what: 'there is no such permit', found: permitNo });
  return permit;
}

/** The permit register, and what holds a permit's cancellation. */
export const permits: Resource = {
  name: 'permits',
  description: '排污许可证 / the permit register',
  routes: [
    route({
      method: 'get',
      path: '/permits',
      summary: '许可证清单 / permits by their last day',
      access: 'permit.read',
      query: pageQuery.extend(permitFilter),
      answers: { 200: { description: 'A page of permits', schema: pageOfSchema(permitSchema) } },
      async handle({ db }, person, { query: { limit, cursor, ...query } }) {
        const page = { limit, cursor };
        const body = await listPermits(db, scopeFor(person, 'permit.read'), filterOf(query), page);
        return { status: 200, body };
      },
    }),
    route({
      method: 'get',
      path: '/permits/counts',
      summary: '许可证计数 / how many permits there are, by state, class and area',
      description: 'Takes the filters of the register.',
      access: 'permit.read',
      query: permitQuery,
      answers: { 200: { description: 'Counts', schema: tallySchema('states', 'classes', 'areas') } },
      async handle({ db }, person, { query }) {
        return {
          status: 200,
          body: await countPermits(db, scopeFor(person, 'permit.read'), filterOf(query)),
        };
      },
    }),
    route({
      method: 'get',
      path: '/permits/{no}',
      summary: '一张许可证 / one permit with its current version and its holds',
      access: 'permit.read',
      params: permitPath,
      answers: {
        200: {
          description: 'The permit',
          schema: permitSchema.extend({
            caseId: z.string(),
            current: versionSchema.nullable(),
            holds: z.array(holdSchema),
            lawfulness: lawfulnessSchema,
          }),
        },
      },
      async handle({ db }, person, { path: { no } }) {
        const permit = await requirePermit(db, person, no);
        const versions = await versionsOf(db, no);
        const holds = (await holdsOf(db, no)).map(({ permitNo: _, ...hold }) => hold);
        const { permitNo: __, ...current } = versions.at(-1) ?? { permitNo: no };
        const body = {
          ...permit,
          caseId: permitCaseId(no),
          current: versions.length === 0 ? null : current,
          holds,
          lawfulness: await lawfulnessOf(db, permit, dateOf(await legalNow(db))),
        };
        return { status: 200, body };
      },
    }),
    route({
      method: 'get',
      path: '/permits/{no}/versions',
      summary: '版本 / the versions of a permit’s content, each with the act that made it',
      access: 'permit.read',
      params: permitPath,
      answers: {
        200: {
          description: 'The versions, the first first',
          schema: z.object({ items: z.array(versionSchema) }),
        },
      },
      async handle({ db }, person, { path: { no } }) {
        await requirePermit(db, person, no);
        const items = (await versionsOf(db, no)).map(({ permitNo: _, ...version }) => version);
        return { status: 200, body: { items } };
      },
    }),
    route({
      method: 'get',
      path: '/permits/{no}/lawfulness',
      summary: '某日能否按证排污 / whether the permit allows discharge on a day, and by which article',
      access: 'permit.read',
      params: permitPath,
      query: z.object({ on: dateQuery.meta({ description: 'the day; today where it is absent' }) }),
      answers: { 200: { description: 'The answer for that day', schema: lawfulnessSchema } },
      async handle({ db }, person, { path: { no }, query: { on } }) {
        const permit = await requirePermit(db, person, no);
        const day = (on as CalendarDate | undefined) ?? dateOf(await legalNow(db));
        return { status: 200, body: { ...(await lawfulnessOf(db, permit, day)) } };
      },
    }),
    route({
      method: 'post',
      path: '/permits/{no}/holds',
      summary: '登记暂缓注销事由 / record a review, a lawsuit or another reason that holds the cancellation',
      access: 'permit.hold',
      params: permitPath,
      body: requestSchemas['permit.hold'],
      write: true,
      answers: writeAnswers,
      handle: async (context, person, { path: { no }, body, idempotencyKey, instance }) =>
        await ask(context, person, {
          name: 'permit.hold',
          caseId: permitCaseId(no),
          body,
          idempotencyKey,
          instance,
        }),
    }),
    route({
      method: 'post',
      path: '/permits/{no}/annotations',
      summary: '批注（共管共用）/ a section’s note on the permit; the ledger keeps it',
      access: 'permit.annotate',
      params: permitPath,
      body: requestSchemas['permit.annotate'],
      write: true,
      answers: writeAnswers,
      handle: async (context, person, { path: { no }, body, idempotencyKey, instance }) =>
        await ask(context, person, {
          ...{ name: 'permit.annotate', caseId: permitCaseId(no), body },
          ...{ idempotencyKey, instance },
        }),
    }),
    route({
      method: 'post',
      path: '/permits/{no}/holds/{hold}/release',
      summary: '解除暂缓 / the reason is over: the cancellation looks again',
      access: 'permit.release',
      params: permitPath.extend({ hold: shortText }),
      body: requestSchemas['permit.release'].omit({ hold: true }),
      write: true,
      answers: writeAnswers,
      handle: async (context, person, { path: { no, hold }, body, idempotencyKey, instance }) => {
        const released = { hold, ...body };
        return await ask(context, person, {
          ...{ name: 'permit.release', caseId: permitCaseId(no), body: released },
          ...{ idempotencyKey, instance },
        });
      },
    }),
  ],
};
