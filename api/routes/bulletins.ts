import { z } from 'zod';
import { dateOf, yearOf } from '../../rules/date.js';
import { bulletinFigures, isInternal } from '../../rules/bulletinFigures.js';
import { DomainError } from '../../rules/errors.js';
import { packs } from '../../rules/packs/index.js';
import { supervisingOrgans } from '../../rules/samplingArea.js';
import { tiers } from '../../rules/issueWords.js';
import { legalNow } from '../../db/legalClock.js';
import {
  figureRows,
  findBulletin,
  type ListedBulletin,
  listBulletins,
  nextBulletinNumber,
} from '../../db/queries/bulletins.js';
import type { Scope } from '../../db/queries/scope.js';
import { caseById } from '../../db/queries/caseById.js';
import { findCase } from '../../db/queries/cases.js';
import { requestOfKey } from '../../relay/insert.js';
import { requestSchemas } from '../../workflows/messages/catalogue.js';
import { attachment } from '../attachment.js';
import { bulletinPage } from '../bulletinPage.js';
import { bulletinView } from '../bulletinView.js';
import { bulletinWorkbook } from '../bulletinWorkbook.js';
import type { Context } from '../context.js';
import {
  applicationPath,
  committedSchema,
  pageOfSchema,
  pageQuery,
  textQuery,
  writeAnswers,
} from '../fields.js';
import { organsOf } from '../filers.js';
import { actorOf, type Person, requireGrants, scopeOf } from '../policy.js';
import { type Resource, route } from '../route.js';
import { record } from '../writes.js';

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const count = z.int();
const standing = {
  ...{ population: count, sampled: count, reviewed: count, faulty: count, problems: count },
  problemRate: count.nullable().meta({ description: 'in thousandths of the reviewed' }),
  problemsPerPermit: count.nullable().meta({ description: 'in hundredths' }),
  ...{ byUnit: count, byAuthority: count, byInstitution: count, closedInTime: count, closedLate: count },
  ...{ overdue: count, open: count, repeatedChanges: count },
};
const tierSchema = z.object({
  tier: z.enum(tiers),
  looked: count.meta({ description: 'issuances reviewed, permits swept, self-checks signed' }),
  ...{ faulty: count, problems: count, closedInTime: count, closedLate: count, overdue: count, open: count },
  selfCorrected: count.meta({ description: '自查自纠: no problem of the ledger' }),
  silent: count.meta({ description: 'self-checks past their term' }),
});
const trend = z.object({
  ...{ sampled: count, problems: count, problemRate: count.nullable(), problemsPerPermit: count.nullable() },
});

const bulletinSchema = z
  .object({
    ...{ number: z.string(), stage: z.string(), from: z.string(), to: z.string(), frozenAt: z.string() },
    ...{ issuedOn: z.string().nullable(), text: z.string().nullable(), former: z.string().nullable() },
    ...{ region: z.object(standing), tiers: z.array(tierSchema), trend: trend.nullable() },
    cities: z.array(
      z.object({
        ...{ city: z.string(), name: z.string(), ...standing, tiers: z.array(tierSchema) },
        rank: count.nullable().meta({ description: 'null below ten sampled permits' }),
      }),
    ),
    categories: z.array(z.object({ category: z.string(), name: z.string(), count })),
    severities: z.array(z.object({ severity: z.string(), count })),
    agreement: z
      .object({ agree: count, differ: count })
      .nullable()
      .meta({ description: 'internal: null outside the region’s organ' }),
    typical: z.array(
      z.object({
        ...{ issue: z.string(), area: z.string(), category: z.string(), severity: z.string() },
        ...{ responsible: z.string(), description: z.string(), note: z.string() },
        unit: z.string().meta({ description: 'named only once the problem is determined' }),
        permitNo: z.string().nullable(),
      }),
    ),
    figures: z.array(z.object({ figure: z.string(), city: z.string(), part: z.string(), count })),
  })
  .meta({ id: 'Bulletin' });

const listedSchema = z
  .object({
    ...{ number: z.string(), caseId: z.string(), href: z.string(), region: z.string() },
    ...{ from: z.string(), to: z.string(), stage: z.string(), outcome: z.string().nullable() },
    issuedOn: z.string().nullable(),
  })
  .meta({ id: 'BulletinSummary' });

function bulletinListed({ row, bulletin: { caseId, region, from, to, issuedOn } }: ListedBulletin) {
  const number = caseId.slice('bulletin/'.length);
  return {
    ...{ number, caseId, href: `/bulletins/${number}`, region, from, to },
    ...{ stage: row.stage, outcome: row.outcome, issuedOn },
  };
}

/** The packs under which one of the scope's organs is a city that hears what is said of it. */
const heardUnder = ({ organs }: Scope): readonly string[] =>
  packs.filter((pack) => supervisingOrgans(pack).some((organ) => organs.includes(organ))).map(({ id }) => id);

/** A bulletin that the person may read: the region's own people from the start, a city's once it is circulated. */
async function bulletinFor({ db }: Context, person: Person, number: string) {
  const caseId = `bulletin/${number}`;
  const scope = scopeOf(requireGrants(person, 'bulletin.read'));
  const own = await findCase(db, scope, caseId);
  const row = own ?? (await caseById(db, caseId));
  const bulletin = await findBulletin(db, caseId);
  const hears = row !== undefined && heardUnder(scope).includes(row.packId);
  // The text is written as it is circulated; a draft that was given up never was.
  const mayRead = own !== undefined || bulletin?.issuedOn != null || (hears && row.facts['text'] !== null);
  if (row === undefined || bulletin === undefined || !mayRead)
    throw new DomainError('not.found', { what: 'there is no such bulletin', found: caseId });
  return { row, bulletin, internal: own !== undefined };
}

const viewFor = async (context: Context, person: Person, number: string) => {
  const { row, bulletin, internal } = await bulletinFor(context, person, number);
  return await bulletinView(context.db, row, bulletin, internal);
};

/** The bulletins (通报). */
export const bulletins: Resource = {
  name: 'bulletins',
  description: '通报 / what leaders read of the quality checks; every number has its rows',
  routes: [
    route({
      method: 'post',
      path: '/bulletins',
      summary: '拟定通报 / draft a region’s bulletin of a period: its figures are frozen, row by row',
      access: 'bulletin.draft',
      body: requestSchemas['bulletin.draft'],
      write: true,
      answers: {
        201: { description: 'Drafted; `Location` names the case', schema: committedSchema },
        202: writeAnswers[202],
      },
      async handle(context, person, { body, idempotencyKey, instance }) {
        const { accepting: organ } = await organsOf(context, body.region, 'bulletin');
        const actor = actorOf(person, [
          { role: 'inspector', organ },
          { role: 'sectionHead', organ },
        ]);
        const known = await requestOfKey(context.db, person.id, idempotencyKey);
        const year = yearOf(dateOf(await legalNow(context.db)));
        const caseId = known?.caseId ?? `bulletin/${await nextBulletinNumber(context.db, body.region, year)}`;
        const asked = { name: 'bulletin.draft', caseId, body, idempotencyKey, instance } as const;
        return await record(context, person, actor, asked, { opens: true });
      },
    }),
    route({
      method: 'get',
      path: '/bulletins',
      summary:
        '通报清单 / bulletins by period: your region’s, what is circulated to your city, what is issued',
      access: 'bulletin.read',
      query: pageQuery,
      answers: { 200: { description: 'A page of bulletins', schema: pageOfSchema(listedSchema) } },
      async handle({ db }, person, { query }) {
        const scope = scopeOf(requireGrants(person, 'bulletin.read'));
        const found = await listBulletins(db, scope, heardUnder(scope), query);
        return { status: 200, body: { ...found, items: found.items.map(bulletinListed) } };
      },
    }),
    route({
      method: 'get',
      path: '/bulletins/{number}',
      summary: '通报 / a bulletin: the region, the cities, the trend, the typical cases',
      access: 'bulletin.read',
      params: applicationPath,
      answers: { 200: { description: 'The bulletin', schema: bulletinSchema } },
      async handle(context, person, { path: { number } }) {
        return { status: 200, body: await viewFor(context, person, number) };
      },
    }),
    route({
      method: 'get',
      path: '/bulletins/{number}/figures/{figure}/rows',
      summary: '数字的出处 / the issuances, issues or permits behind a figure',
      access: 'bulletin.read',
      logs: true,
      params: applicationPath.extend({
        figure: z.enum(Object.keys(bulletinFigures) as [string, ...string[]]),
      }),
      query: pageQuery.extend({ city: textQuery, part: textQuery }),
      answers: {
        200: {
          description: 'A page of rows',
          schema: pageOfSchema(z.object({ city: z.string(), part: z.string(), row: z.string() })),
        },
      },
      async handle(context, person, { path: { number, figure }, query }) {
        const { bulletin, internal } = await bulletinFor(context, person, number);
        if (!internal && isInternal(figure))
          throw new DomainError('auth.forbidden', { what: 'this figure is internal', found: figure });
        const { limit, cursor, ...filter } = query;
        const of = { bulletin: bulletin.caseId, figure };
        return { status: 200, body: await figureRows(context.db, of, filter, { limit, cursor }) };
      },
    }),
    route({
      method: 'get',
      path: '/bulletins/{number}/workbook',
      summary: '通报附表 / the bulletin as an Excel workbook',
      access: 'bulletin.read',
      logs: true,
      params: applicationPath,
      answers: { 200: { description: 'The workbook', mediaType: workbookType } },
      async handle(context, person, { path: { number } }) {
        const body = bulletinWorkbook(await viewFor(context, person, number));
        const headers = {
          'Content-Type': workbookType,
          'Content-Disposition': attachment(`通报${number}.xlsx`, 'bulletin.xlsx'),
        };
        return { status: 200, body, headers };
      },
    }),
    route({
      method: 'get',
      path: '/bulletins/{number}/page',
      summary: '打印页 / the bulletin as a page that prints',
      access: 'bulletin.read',
      logs: true,
      params: applicationPath,
      answers: { 200: { description: 'The page', mediaType: 'text/html; charset=utf-8' } },
      async handle(context, person, { path: { number } }) {
        const body = Buffer.from(bulletinPage(await viewFor(context, person, number)));
        return { status: 200, body, headers: { 'Content-Type': 'text/html; charset=utf-8' } };
      },
    }),
  ],
};
