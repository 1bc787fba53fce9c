import { z } from 'zod';
import { legalNow } from '../../db/legalClock.js';
import { renewablePermits } from '../../db/queries/invitable.js';
import { loadCalendar } from '../../db/queries/load.js';
import { addDays, addYears, type CalendarDate, dateOf, daysBetween } from '../../rules/date.js';
import { staggerInvitations } from '../../rules/invitations.js';
import { calendarDate } from '../../workflows/messages/fields.js';
import { areaQuery, integerQuery, textQuery } from '../fields.js';
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

const renewableSchema = z
  .object({
    permitNo: z.string(),
    unitId: z.string(),
    validTo: z.string(),
    lastDay: z.string().meta({ description: 'the last day to ask for the renewal' }),
  })
  .meta({ id: 'RenewablePermit' });

const invitationsSchema = z
  .object({
    ...{ from: z.string(), to: z.string() },
    perDay: z.int().meta({ description: 'no day has more' }),
    items: z.array(z.object({ day: z.string(), permits: z.array(renewableSchema) })),
    late: z.array(renewableSchema).meta({ description: 'to be invited at once' }),
  })
  .meta({ id: 'Invitations' });

function wrongEnd(
  what: string,
  last: CalendarDate,
  { from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
): InvalidInput {
  return new InvalidInput([{ path: 'query.to', what, expected: `${from} – ${last}`, found: to }]);
}

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
          throw wrongEnd('five years at most, and not before the first day', addYears(from, 5), { from, to });
        }
        const { organ, area } = query;
        const items = await loadCalendar(db, scopeFor(person, 'load.read'), { from, to, organ, area });
        return { status: 200, body: { from, to, items: [...items] } };
      },
    }),
    route({
      method: 'get',
      path: '/load-calendar/invitations',
      summary:
        '错峰邀请 / on which day to invite whom to ask for a renewal, so that no day has a wave of them',
      description:
        'Of permits whose last day to ask comes between these days, a year at most; nobody is invited by this.',
      access: 'load.read',
      query: z.object({
        ...{ from: calendarDate.optional(), to: calendarDate.optional(), organ: textQuery, area: areaQuery },
        earliest: integerQuery(0, 730, 120, 'days before the last day to ask, at the earliest'),
        latest: integerQuery(0, 730, 30, 'days before the last day to ask, at the latest'),
      }),
      answers: { 200: { description: 'The suggestion', schema: invitationsSchema } },
      async handle({ db, calendars }, person, { query }) {
        const { calendar, now } = await calendars.looking(db);
        const today = dateOf(now);
        const from = (query.from as CalendarDate | undefined) ?? today;
        const to = (query.to as CalendarDate | undefined) ?? addYears(from, 1);
        const { organ, area, earliest, latest } = query;
        if (to < from || to > addYears(from, 1))
          throw wrongEnd('a year at most, and not before the first day', addYears(from, 1), { from, to });
        if (latest > earliest) {
          const what = 'not more days before than the earliest';
          throw new InvalidInput([
            { path: 'query.latest', what, expected: `0 – ${earliest}`, found: String(latest) },
          ]);
        }
        const found = await renewablePermits(db, scopeFor(person, 'load.read'), { from, to, organ, area });
        const workdays = Array.from({ length: Math.max(daysBetween(today, to) + 1, 0) }, (_, index) =>
          addDays(today, index),
        ).filter((day) => calendar.isWorkingDay(day));
        const { perDay, days, late } = staggerInvitations(found, { earliest, latest }, workdays);
        return { status: 200, body: { from, to, perDay, items: [...days], late: [...late] } };
      },
    }),
  ],
};
