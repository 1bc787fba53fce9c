import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';
import type { Database, Transaction } from '../../db/database.js';
import { firstBreak } from '../../db/ledgerChain.js';
import { legalNow } from '../../db/legalClock.js';
import {
  type CaseFilter,
  type CaseLook,
  type CaseRow,
  clocksOf,
  countCases,
  findCase,
  ledgerOf,
  listCases,
  listRequests,
} from '../../db/queries/cases.js';
import { caseKinds } from '../../workflows/messages/caseId.js';
import {
  caseListed,
  caseSchema,
  caseSummarySchema,
  caseView,
  isOutward,
  limitsHiddenFrom,
} from '../caseView.js';
import { explainedClock, explainedClockSchema } from '../clockView.js';
import { dueQuery, dueRange } from '../dueRange.js';
import {
  areaQuery,
  caseIdOf,
  casePath,
  colourQuery,
  instant,
  integerQuery,
  pageOfSchema,
  pageQuery,
  searchQuery,
  tallySchema,
  textQuery,
} from '../fields.js';
import { historyPage, historySchema } from '../history.js';
import { maskedEntry, readsPersons } from '../masking.js';
import { kindOf, type Operation, type Person, scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';
import { requestSchema, requestView } from './requests.js';

const entrySchema = z
  .object({
    sequence: z.int(),
    at: instant.meta({ description: 'the legal instant' }),
    recordedAt: instant,
    event: z.string(),
    actor: z.object({ id: z.string(), kind: z.string(), onBehalfOf: z.string().optional() }),
    article: z.string().nullable(),
    zh: z.string(),
    en: z.string(),
    params: z.looseObject({}),
    cause: z.string(),
    revision: z.int(),
    previousHash: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'LedgerEntry' });

const ledgerQuery = z.object({
  after: integerQuery(0, 1_000_000_000, 0, 'only entries behind this sequence'),
  limit: integerQuery(1, 1000, 1000),
});

const caseFilter = {
  kind: z.enum(caseKinds).optional(),
  procedure: textQuery,
  stage: textQuery,
  status: z.enum(['open', 'closed']).optional(),
  outcome: textQuery,
  colour: colourQuery,
  ...dueQuery,
  organ: textQuery.meta({ description: 'an organ that accepts, reviews, decides, seals or supervises' }),
  area: areaQuery,
  unit: textQuery,
  permit: textQuery,
  search: searchQuery,
} as const;
const caseQuery = z.object(caseFilter);
const caseCounts = tallySchema('kinds', 'procedures', 'stages', 'outcomes', 'colours');

const lookOf = async (db: Database, person: Person): Promise<CaseLook> => ({
  now: await legalNow(db),
  hiddenLimits: limitsHiddenFrom(person),
});

const filterOf = (
  { due, dueFrom, dueBefore, ...filter }: z.output<typeof caseQuery>,
  { now }: CaseLook,
): CaseFilter => ({ ...filter, ...dueRange({ due, dueFrom, dueBefore }, now) });

async function requireCase(
  db: Database | Transaction,
  person: Person,
  operation: Operation,
  path: z.output<typeof casePath>,
): Promise<CaseRow> {
  const row = await findCase(db, scopeFor(person, operation), caseIdOf(path));
  if (row === undefined)
    throw new DomainError('not.found', { what: 'there is no such case', found: caseIdOf(path) });
  return row;
}

/** Cases: what stands, why it is due, what has happened. */
export const cases: Resource = {
  name: 'cases',
  description: '案件 / cases: applications, permits and cancellations, with clocks, ledger and history',
  routes: [
    route({
      method: 'get',
      path: '/cases',
      summary: '案件清单 / cases by number',
      access: 'case.read',
      query: pageQuery.extend(caseFilter),
      answers: { 200: { description: 'A page of cases', schema: pageOfSchema(caseSummarySchema) } },
      async handle({ db }, person, { query: { limit, cursor, ...query } }) {
        const look = await lookOf(db, person);
        const page = { limit, cursor };
        const found = await listCases(db, scopeFor(person, 'case.read'), filterOf(query, look), page, look);
        return {
          status: 200,
          body: { ...found, items: found.items.map((each) => caseListed(each, look.now)) },
        };
      },
    }),
    route({
      method: 'get',
      path: '/cases/counts',
      summary: '案件计数 / how many cases there are, by kind, procedure, stage, outcome and colour',
      description: 'Takes the filters of the list. `outcomes` has `open` for cases that are not closed.',
      access: 'case.read',
      query: caseQuery,
      answers: { 200: { description: 'Counts', schema: caseCounts } },
      async handle({ db }, person, { query }) {
        const look = await lookOf(db, person);
        const body = await countCases(db, scopeFor(person, 'case.read'), filterOf(query, look), look);
        return { status: 200, body };
      },
    }),
    route({
      method: 'get',
      path: '/cases/{kind}/{number}',
      summary: '一个案件 / a case: stage, facts, open tasks, documents, clocks',
      access: 'case.read',
      params: casePath,
      answers: { 200: { description: 'The case', schema: caseSchema } },
      async handle(context, person, { path }) {
        const row = await requireCase(context.db, person, 'case.read', path);
        return { status: 200, body: await caseView(context, person, row) };
      },
    }),
    route({
      method: 'get',
      path: '/cases/{kind}/{number}/clocks',
      summary: '期限及其说明 / every clock with due day, what is left, colour, and why',
      access: 'case.read',
      params: casePath,
      answers: {
        200: {
          description: 'The clocks',
          schema: z.object({ at: instant, items: z.array(explainedClockSchema) }),
        },
      },
      async handle({ db, calendars }, person, { path }) {
        const row = await requireCase(db, person, 'case.read', path);
        const looking = { packId: row.packId, ...(await calendars.looking(db)) };
        const isApplicant = kindOf(person.grants) === 'applicant';
        const clocks = (await clocksOf(db, row.id)).filter(
          ({ limit }) => !isApplicant || isOutward(row.packId, limit),
        );
        return {
          status: 200,
          body: { at: looking.now, items: clocks.map((clock) => explainedClock(clock, looking)) },
        };
      },
    }),
    route({
      method: 'get',
      path: '/cases/{kind}/{number}/ledger',
      summary: '台账 / the ledger, and whether its chain is whole',
      access: 'ledger.read',
      logs: true,
      params: casePath,
      query: ledgerQuery,
      answers: {
        200: {
          description: 'The entries in order',
          schema: z.object({
            caseId: z.string(),
            chain: z
              .string()
              .meta({ description: '`ok`, or `broken at n`; over the whole ledger, whatever the page' }),
            count: z.int(),
            items: z.array(entrySchema),
            next: z.int().nullable().meta({ description: 'the `after` of the next page' }),
          }),
        },
      },
      async handle({ db }, person, { path, query: { after, limit } }) {
        // One snapshot: an entry written meanwhile must not look like one too many.
        const [row, entries] = await db.transaction(
          async (tx) => {
            const found = await requireCase(tx, person, 'ledger.read', path);
            return [found, await ledgerOf(tx, found.id)] as const;
          },
          { isolationLevel: 'repeatable read', accessMode: 'read only' },
        );
        const broken = firstBreak(row.id, entries, { count: row.ledgerCount, hash: row.ledgerHead });
        const page = entries.slice(after, after + limit);
        const items = readsPersons(person) ? page : page.map(maskedEntry);
        const next = after + items.length < entries.length ? after + items.length : null;
        const chain = broken === null ? 'ok' : `broken at ${broken}`;
        return { status: 200, body: { caseId: row.id, chain, count: entries.length, items, next } };
      },
    }),
    route({
      method: 'get',
      path: '/cases/{kind}/{number}/requests',
      summary: '办理请求 / what was asked of the case, by whom and with what result',
      description: 'In the order of receipt, refused ones among them. A unit sees those of its own side.',
      access: 'case.read',
      params: casePath,
      query: pageQuery,
      answers: { 200: { description: 'A page of requests', schema: pageOfSchema(requestSchema) } },
      async handle({ db }, person, { path, query, instance }) {
        const row = await requireCase(db, person, 'case.read', path);
        const isApplicant = kindOf(person.grants) === 'applicant';
        const found = await listRequests(db, row.id, isApplicant ? { kind: 'applicant' } : {}, query);
        const items = found.items.map((request) => requestView(request, instance));
        return { status: 200, body: { ...found, items } };
      },
    }),
    route({
      method: 'get',
      path: '/cases/{kind}/{number}/history',
      summary:
        '工作流历史 / the workflow’s history in plain words beside its events and what they wrote into the ledger',
      description:
        'Follows the chain of runs, the oldest that Temporal still keeps first. No request’s body is shown.',
      access: 'history.read',
      logs: true,
      params: casePath,
      query: pageQuery,
      answers: { 200: { description: 'A page of events', schema: historySchema } },
      async handle(context, person, { path, query }) {
        const row = await requireCase(context.db, person, 'history.read', path);
        return { status: 200, body: await historyPage(context, row.id, query) };
      },
    }),
  ],
};
