import { z } from 'zod';
import {
  changeCounts,
  confirmEdition,
  findPublication,
  listChanges,
  listPublications,
  proposeEdition,
  type Publication,
} from '../../db/queries/publications.js';
import { type AnnouncedYear, editionSchema, parseEdition } from '../../rules/calendarEdition.js';
import { DomainError } from '../../rules/errors.js';
import { FaultyInput } from '../../rules/faultyInput.js';
import { text } from '../../workflows/messages/fields.js';
import { instant, pageOfSchema, pageQuery, textQuery } from '../fields.js';
import { InvalidInput } from '../parse.js';
import { EVERYWHERE, grantsFor } from '../policy.js';
import { doerOf, type Resource, route } from '../route.js';

const day = z.string().meta({ description: 'YYYY-MM-DD, Asia/Shanghai' });
const number = (example: number) =>
  z.coerce.number<string>().int().min(1).max(9999).meta({ type: 'integer', example });
const editionPath = z.object({ year: number(2027), edition: number(2) });

const publicationSchema = z
  .object({
    year: z.int(),
    edition: z.int(),
    document: z.string().meta({ description: 'the number of the State Council’s notice' }),
    hash: z.string().meta({ description: 'what the edition says; whoever confirms it names it' }),
    status: z.enum(['trying', 'tried', 'confirmed', 'publishing', 'published']),
    proposedAt: instant,
    confirmedBy: z.string().nullable(),
    confirmedAt: instant.nullable(),
    publishedAt: instant.nullable(),
    cases: z.int().meta({ description: 'open cases looked at so far, in the phase under way' }),
    tried: z.int().meta({ description: 'due days that the dry run found changed' }),
    changed: z.int().meta({ description: 'due days that the publication has changed' }),
    woken: z.int().meta({ description: 'cases whose workflow had to be told' }),
  })
  .meta({ id: 'CalendarPublication' });

const changeSchema = z
  .object({
    ...{ caseId: z.string(), clock: z.string(), limit: z.string(), organ: z.string(), area: z.string() },
    ...{ unitId: z.string(), officer: z.string().nullable() },
    ...{ before: day.nullable(), after: day.nullable() },
    ...{ promisedBefore: day.nullable(), promisedAfter: day.nullable() },
  })
  .meta({ id: 'CalendarChange', description: 'A clock whose last day would change, statutory or promised' });

const countSchema = z.object({ organ: z.string(), officer: z.string().nullable(), changes: z.int() });

const viewOf = ({
  days: _,
  cursor: __,
  proposedBy: ___,
  ...row
}: Publication): z.infer<typeof publicationSchema> => row;

/** Reads the edition that was sent. Throws `InvalidInput` with every fault. */
function announcedOf(body: unknown): AnnouncedYear {
  try {
    return parseEdition(body);
  } catch (error) {
    if (!(error instanceof FaultyInput)) throw error;
    throw new InvalidInput(
      error.faults.map(({ where = '', ...fault }) => ({ path: `body.${where}`, ...fault })),
    );
  }
}

/** The working-day calendar: editions that were proposed, what each would change, and their way into force. */
export const calendars: Resource = {
  name: 'calendars',
  description:
    '工作日历 / editions of the working-day calendar: proposed and tried by whoever keeps it, confirmed by a legal officer where due days change',
  routes: [
    route({
      method: 'get',
      path: '/calendars',
      summary: '日历版本 / the editions that were proposed, the newest year first',
      access: 'calendar.read',
      answers: {
        200: { description: 'All of them', schema: z.object({ items: z.array(publicationSchema) }) },
      },
      async handle({ db }) {
        return { status: 200, body: { items: (await listPublications(db)).map(viewOf) } };
      },
    }),
    route({
      method: 'post',
      path: '/calendars',
      summary: '提出新版日历并试算 / proposes an edition; a worker then tries it on every open clock',
      description:
        'Changes nothing. The same edition again finds the one that stands; a changed one takes the place of one that nobody has confirmed.',
      access: 'calendar.propose',
      body: editionSchema,
      answers: { 202: { description: 'Received; `Location` names it', schema: publicationSchema } },
      async handle({ db, logger }, person, call) {
        const row = await proposeEdition(db, announcedOf(call.body), doerOf(person, call));
        logger.info({ person: person.id, year: row.year, edition: row.edition }, 'edition proposed');
        const headers = { Location: `/calendars/${row.year}/${row.edition}`, 'Retry-After': '2' };
        return { status: 202, body: viewOf(row), headers };
      },
    }),
    route({
      method: 'get',
      path: '/calendars/{year}/{edition}',
      summary: '试算结果与发布进度 / what an edition changes, by organ and officer, and how far it has come',
      access: 'calendar.read',
      params: editionPath,
      query: pageQuery.extend({ organ: textQuery, officer: textQuery }),
      answers: {
        200: {
          description: 'The edition, counts, and a page of the due days before and after',
          schema: publicationSchema.extend({
            counts: z.array(countSchema),
            changes: pageOfSchema(changeSchema),
          }),
        },
      },
      async handle({ db }, _person, { path, query: { organ, officer, ...page } }) {
        const row = await findPublication(db, path);
        const { items, next } = await listChanges(db, path, { organ, officer }, page);
        const changes = items.map(({ year: _, edition: __, ...change }) => change);
        const counts = (await changeCounts(db, path)).map((count) => ({ ...count }));
        return { status: 200, body: { ...viewOf(row), counts, changes: { items: changes, next } } };
      },
    }),
    route({
      method: 'post',
      path: '/calendars/{year}/{edition}/confirmation',
      summary:
        '确认并发布 / confirms the edition that was tried; a workflow then counts every open clock anew',
      description:
        'By a legal officer, by name; where the dry run found no due day changed, by whoever keeps the calendar too.',
      access: 'calendar.confirm',
      params: editionPath,
      body: z
        .object({
          hash: z.string().meta({ description: 'of the edition whose dry run was seen' }),
          reason: text,
        })
        .strict(),
      answers: { 202: { description: 'Confirmed; it is being published', schema: publicationSchema } },
      async handle({ db, logger }, person, call) {
        const { path, body } = call;
        const grants = grantsFor(person, 'calendar.confirm');
        const isLegalOfficer = grants.some(({ role }) => role === 'legalOfficer');
        // The calendar is the whole installation's: an administrator of one organ has no part in it.
        if (!isLegalOfficer && !grants.some(({ organ }) => organ === EVERYWHERE))
          throw new DomainError('auth.forbidden', {
            what: 'none of your roles may do this',
            where: 'calendar.confirm',
          });
        const confirmation = { ...body, person: person.id, isLegalOfficer, ...doerOf(person, call) };
        const row = await confirmEdition(db, path, confirmation);
        logger.info({ person: person.id, year: row.year, edition: row.edition }, 'edition confirmed');
        return { status: 202, body: viewOf(row), headers: { 'Retry-After': '2' } };
      },
    }),
  ],
};
