import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';
import { events as eventNames } from '../../rules/events.js';
import { outwardEvents } from '../../rules/outwardEvents.js';
import { eventsAfter, feedEnd } from '../../db/queries/events.js';
import type { Context } from '../context.js';
import { instant, integerQuery, textQuery } from '../fields.js';
import { maskedEntry, readsPersons } from '../masking.js';
import { kindOf, type Person, scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';

const eventSchema = z
  .object({
    position: z.int().meta({ description: 'rises through the feed, with gaps' }),
    caseId: z.string(),
    sequence: z.int().meta({ description: 'its number in the ledger of its case' }),
    unitId: z.string(),
    at: instant.meta({ description: 'the legal instant' }),
    event: z.string(),
    article: z.string().nullable(),
    zh: z.string(),
    en: z.string(),
    params: z.looseObject({}),
    actor: z
      .object({ id: z.string(), kind: z.string(), onBehalfOf: z.string().optional() })
      .nullable()
      .meta({ description: 'null where a unit reads what an officer did' }),
  })
  .meta({ id: 'Event' });

const feedQuery = z.object({
  after: integerQuery(0, Number.MAX_SAFE_INTEGER, 0, 'the `next` of the call before; 0 for the beginning'),
  limit: integerQuery(1, 1000, 100),
  wait: integerQuery(0, 30, 0, 'seconds for which the call waits when there is nothing new'),
  case: textQuery.meta({ description: 'only this case, such as application/2026000001' }),
  event: z
    .enum(Object.keys(eventNames) as [keyof typeof eventNames, ...(keyof typeof eventNames)[]])
    .optional()
    .meta({ description: 'only events of this name' }),
});

/** How often a waiting call looks, in milliseconds. */
const lookEvery = 1000;

/** The feed of what has happened, for systems that follow along. */
export const events: Resource = {
  name: 'events',
  description: '事件流 / what has happened, in one order over all cases: the ledger as a feed',
  routes: [
    route({
      method: 'get',
      path: '/events',
      summary: '事件流 / the ledger entries behind a position, in one’s scope',
      description:
        'Ask again with `after` = `next`, and with `wait` to be answered as soon as something happens. No entry is ever skipped, and none comes twice. A unit sees what left the organ.',
      access: 'event.read',
      query: feedQuery,
      answers: {
        200: {
          description: 'The entries',
          schema: z.object({
            items: z.array(eventSchema),
            next: z.int().meta({ description: 'the `after` of the next call, always there' }),
          }),
        },
      },
      async handle(context, person, { query }) {
        const answerBy = performance.now() + query.wait * 1000;
        for (let { after } = query; ;) {
          const page = await look(context, person, { ...query, after });
          const waits = performance.now() + lookEvery <= answerBy && !context.closing.aborted;
          if (page.items.length > 0 || !waits) return { status: 200, body: page };
          after = page.next;
          await pause(lookEvery, undefined, { signal: context.closing }).catch(() => undefined);
        }
      },
    }),
  ],
};

async function look(
  { db }: Context,
  person: Person,
  { after, limit, case: caseId, event }: z.output<typeof feedQuery>,
) {
  const end = await feedEnd(db);
  if (after > end.drawn) {
    // A database that was set back to an earlier day would otherwise leave its followers waiting in silence.
    throw new DomainError('input.invalid', {
      what: 'this position is past the end of the feed: was the database restored? Begin again at 0',
      where: 'query.after',
      expected: `at most ${end.drawn}`,
      found: String(after),
    });
  }
  const inside = kindOf(person.grants) !== 'applicant';
  const allowed = inside ? undefined : outwardEvents;
  const names =
    event === undefined ? allowed : [event].filter((name) => inside || outwardEvents.includes(name));
  const filter = { case: caseId, names };
  const page = await eventsAfter(db, scopeFor(person, 'event.read'), filter, { after, limit, end });
  const shown = readsPersons(person) ? page.items : page.items.map(maskedEntry);
  const items = shown.map(({ actor, ...entry }) => ({
    ...entry,
    actor: inside || actor.kind === 'applicant' ? actor : null,
  }));
  return { ...page, items };
}
