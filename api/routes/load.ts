import { z } from 'zod';
import { legalNow } from '../../db/legalClock.js';
import { loadCalendar } from '../../db/queries/load.js';
import { addYears, type CalendarDate, dateOf, daysBetween } from '../../rules/date.js';
import { calendarDate } from '../../workflows/messages/fields.js';
import { areaQuery, textQuery } from '../fields.js';
import { InvalidInput } from '../parse.js';
import { scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';

/** Five years and their leap days. */
const longestDays = 1828;

const lineSchema = z
  .object({
    day: z.string().meta({ description: 'YYYY-MM-DD, Asia/Shanghai' }),
    organ: z.string().meta({ description: 'the organ that decides' }),
    city: z.string().meta({ description: 'the city’s six-digit division' }),
    permits: z.int().meta({ description: 'permits whose last day it is' }),
    clocks: z
      .int()
      .meta({ description: 'clocks whose last lawful day it is, the permits’ own terms left out' }),
  })
  .meta({ id: 'LoadLine' });

/** What lies ahead: the days on which much falls due. */
export const load: Resource = {
  name: 'load',
  description: '负荷日历 / what expires and what is due, per day, organ and city',
  routes: [
    route({
      method: 'get',
      path: '/load-calendar',
      summary: '负荷日历 / permits that expire and clocks that are due, per day, organ and city',
      description: 'From today and five years on unless told; only days on which something comes.',
      access: 'load.read',
      query: z.object({
        from: calendarDate.optional(),
        to: calendarDate.optional(),
        organ: textQuery,
        area: areaQuery,
      }),
      answers: {
        200: {
          description: 'A line for each day, organ and city that something comes to, in this order',
          schema: z.object({ from: z.string(), to: z.string(), items: z.array(lineSchema) }),
        },
      },
      async handle({ db }, person, { query }) {
        const from = (query.from as CalendarDate | undefined) ?? dateOf(await legalNow(db));
        const to = (query.to as CalendarDate | undefined) ?? addYears(from, 5);
        if (to < from || daysBetween(from, to) > longestDays) {
          const expected = `${from} – ${addYears(from, 5)}`;
          throw new InvalidInput([
            {
              path: 'query.to',
              what: 'five years at most, and not before the first day',
              expected,
              found: to,
            },
          ]);
        }
        const { organ, area } = query;
        const items = await loadCalendar(db, scopeFor(person, 'load.read'), { from, to, organ, area });
        return { status: 200, body: { from, to, items: [...items] } };
      },
    }),
  ],
};
