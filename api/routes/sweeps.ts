import { z } from 'zod';
import { type CalendarDate, dateOf, type Instant, yearOf } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import { forecastOf } from '../../rules/progress.js';
import { legalNow } from '../../db/legalClock.js';
import {
  type Campaign,
  findCampaign,
  listCampaigns,
  nextSweepNumber,
  pageOfItems,
} from '../../db/queries/reviews.js';
import { requestOfKey } from '../../relay/insert.js';
import { type RequestName, requestSchemas } from '../../workflows/messages/catalogue.js';
import { reviewOutcomes, reviewStates } from '../../workflows/messages/reviews.js';
import type { Context } from '../context.js';
import { applicationPath, committedSchema, pageOfSchema, pageQuery, writeAnswers } from '../fields.js';
import { organsOf } from '../filers.js';
import { actorOf, type Person, scopeFor } from '../policy.js';
import { type Resource, type Route, route } from '../route.js';
import { ask, record } from '../writes.js';

const sweepSchema = z
  .object({
    ...{ number: z.string(), caseId: z.string(), href: z.string(), area: z.string(), organ: z.string() },
    ...{ year: z.int(), stage: z.string(), outcome: z.string().nullable(), paused: z.boolean() },
    startedOn: z.string(),
    ...{ listed: z.int(), opened: z.int(), done: z.int(), left: z.int(), problems: z.int() },
    forecast: z.string().nullable().meta({
      description: 'the day on which it will be done at the rate seen so far; null while none is seen',
    }),
  })
  .meta({ id: 'Sweep' });

const itemSchema = z
  .object({
    ...{ number: z.string(), caseId: z.string(), href: z.string(), ordinal: z.int() },
    ...{ permitNo: z.string(), version: z.int(), unitId: z.string(), area: z.string() },
    state: z.enum(reviewStates),
    outcome: z.enum(reviewOutcomes).nullable(),
    ...{ problems: z.int().nullable(), doneAt: z.string().nullable() },
  })
  .meta({ id: 'ReviewItem' });

function sweepView({ row, counts: { listed, opened, done, problems } }: Campaign, now: Instant) {
  const number = row.id.slice('sweep/'.length);
  const { year, paused, pauses } = row.facts as unknown as {
    readonly year: number;
    readonly paused: boolean;
    readonly pauses: readonly { readonly from: CalendarDate; readonly to: CalendarDate | null }[];
  };
  const startedOn = dateOf(row.openedAt);
  const over = row.outcome !== null;
  return {
    ...{ number, caseId: row.id, href: `/sweeps/${number}`, area: row.area, organ: row.organs.supervising },
    ...{ year, stage: row.stage, outcome: row.outcome, paused, startedOn },
    ...{ listed, opened, done, left: listed - done, problems },
    forecast: over ? null : forecastOf({ listed, done, startedOn, pauses }, dateOf(now)),
  };
}

async function requireSweep(context: Context, person: Person, number: string): Promise<Campaign> {
  const found = await findCampaign(context.db, scopeFor(person, 'review.read'), `sweep/${number}`);
  if (found === undefined)
    throw new DomainError('not.found', { what: 'there is no such sweep', found: number });
  return found;
}

const start = route({
  method: 'post',
  path: '/sweeps',
  summary: '启动地市排查 / sweep an area’s permits of a year, by the organ that supervises them',
  description:
    'Lists what the pack covers, and opens a review for each, a page at a time. 422 where a sweep of the area is under way, or nothing is left to sweep.',
  access: 'sweep.start',
  body: requestSchemas['sweep.start'],
  write: true,
  answers: {
    201: { description: 'Started; `Location` names the case', schema: committedSchema },
    202: writeAnswers[202],
  },
  async handle(context, person, { body, idempotencyKey, instance }) {
    const { supervising } = await organsOf(context, body.area, 'sweep');
    const sweepers = (['inspector', 'sectionHead'] as const).map((role) => ({ role, organ: supervising }));
    const actor = actorOf(person, sweepers);
    const known = await requestOfKey(context.db, person.id, idempotencyKey);
    const year = yearOf(dateOf(await legalNow(context.db)));
    const caseId = known?.caseId ?? `sweep/${await nextSweepNumber(context.db, supervising, year)}`;
    const asked = { name: 'sweep.start', caseId, body, idempotencyKey, instance } as const;
    return await record(context, person, actor, asked, { opens: true });
  },
});

function operation(path: string, name: RequestName, summary: string): Route {
  return route({
    method: 'post',
    path: `/sweeps/{number}/${path}`,
    summary,
    access: name,
    params: applicationPath,
    body: requestSchemas[name] as z.ZodType<object>,
    write: true,
    answers: writeAnswers,
    handle: async (context, person, { path: { number }, body, idempotencyKey, instance }) =>
      await ask(context, person, { name, caseId: `sweep/${number}`, body, idempotencyKey, instance }),
  });
}

/** The sweeps of cities: what they cover, how far they have come, and when they will be done. */
export const sweeps: Resource = {
  name: 'sweeps',
  description: '地市排查 / sweeps of an area’s permits: progress, forecast, items',
  routes: [
    start,
    route({
      method: 'get',
      path: '/sweeps',
      summary: '排查清单 / sweeps by number',
      access: 'review.read',
      query: pageQuery,
      answers: { 200: { description: 'A page of sweeps', schema: pageOfSchema(sweepSchema) } },
      async handle({ db }, person, { query }) {
        const [found, now] = [
          await listCampaigns(db, scopeFor(person, 'review.read'), 'sweep', query),
          await legalNow(db),
        ];
        return { status: 200, body: { ...found, items: found.items.map((each) => sweepView(each, now)) } };
      },
    }),
    route({
      method: 'get',
      path: '/sweeps/{number}',
      summary: '排查进度 / a sweep: done, left, and the forecast of its end',
      access: 'review.read',
      params: applicationPath,
      answers: { 200: { description: 'The sweep', schema: sweepSchema } },
      async handle(context, person, { path: { number } }) {
        const found = await requireSweep(context, person, number);
        return { status: 200, body: sweepView(found, await legalNow(context.db)) };
      },
    }),
    route({
      method: 'get',
      path: '/sweeps/{number}/items',
      summary: '排查明细 / a page of the list, with what became of each permit',
      access: 'review.read',
      params: applicationPath,
      query: pageQuery.extend({ state: z.enum(reviewStates).optional() }),
      answers: { 200: { description: 'A page of the list', schema: pageOfSchema(itemSchema) } },
      async handle(context, person, { path: { number }, query: { state, ...page } }) {
        await requireSweep(context, person, number);
        const { items, next } = await pageOfItems(context.db, `sweep/${number}`, state, page);
        const shown = items.map(
          ({ item: { caseId, ordinal, permitNo, version, unitId, area, ...item }, blind }) => {
            const own = caseId.slice('qualityReview/'.length);
            return {
              ...{
                number: own,
                caseId,
                href: `/quality-reviews/${own}`,
                ordinal,
                permitNo,
                version,
                unitId,
                area,
              },
              ...{ state: item.state, doneAt: item.doneAt },
              ...(blind
                ? { outcome: null, problems: null }
                : { outcome: item.outcome, problems: item.problems }),
            };
          },
        );
        return { status: 200, body: { items: shown, next } };
      },
    }),
    operation('pause', 'sweep.pause', '暂停排查 / open no further review; those that are open are finished'),
    operation('resumption', 'sweep.resume', '恢复排查 / open reviews again'),
  ],
};
