import { z } from 'zod';
import { competentOn } from '../../rules/competence.js';
import { dateOf, yearOf } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import { findingOrgan } from '../../rules/issues.js';
import { issueSeverities, responsibles, tiers } from '../../rules/issueWords.js';
import { organOf } from '../../rules/pack.js';
import { packById, packOfArea } from '../../rules/packs/index.js';
import { legalNow } from '../../db/legalClock.js';
import { countIssues, findIssue, listIssues, nextIssueNumber } from '../../db/queries/issues.js';
import { findPermit } from '../../db/queries/permits.js';
import { readLedger } from '../../import/issues/read.js';
import { importLedger, type LedgerReport } from '../../import/issues/run.js';
import { ledgerRows, ledgerWorkbook } from '../../import/issues/write.js';
import { requestOfKey } from '../../relay/insert.js';
import { finding } from '../../workflows/messages/issueForms.js';
import { type RequestName, requestSchemas } from '../../workflows/messages/catalogue.js';
import { attachment } from '../attachment.js';
import { limitsHiddenFrom } from '../caseView.js';
import type { Context } from '../context.js';
import {
  applicationPath,
  areaQuery,
  colourQuery,
  committedSchema,
  pageOfSchema,
  pageQuery,
  searchQuery,
  tallySchema,
  textQuery,
  writeAnswers,
} from '../fields.js';
import { issueListed, issueSchema, issueSummarySchema, issueView } from '../issueView.js';
import { actorOf, type Grant, kindOf, organOfUnit, type Person, scopeFor } from '../policy.js';
import { type Resource, type Route, route } from '../route.js';
import { ask, record } from '../writes.js';
import { importFileTypes } from './imports.js';

const yesOrNo = z.enum(['yes', 'no']).optional();
const issueFilter = {
  ...{ tier: z.enum(tiers).optional(), campaign: textQuery, area: areaQuery, organ: textQuery },
  ...{ severity: z.enum(issueSeverities).optional(), category: textQuery },
  responsible: z.enum(responsibles).optional(),
  stage: textQuery,
  status: z.enum(['open', 'closed', 'withdrawn']).optional(),
  ...{ overdue: yesOrNo, reopened: yesOrNo, colour: colourQuery, unit: textQuery, permit: textQuery },
  search: searchQuery,
} as const;

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const reportSchema = z
  .object({
    ...{ rows: z.int(), accepted: z.int(), rejected: z.int(), unchanged: z.int() },
    errors: z.array(
      z.object({ row: z.int(), column: z.string(), value: z.string(), code: z.string(), reason: z.string() }),
    ),
  })
  .meta({ id: 'LedgerImport' });

const lookOf = async ({ db }: Context, person: Person) => ({
  now: await legalNow(db),
  hiddenLimits: limitsHiddenFrom(person),
});

const find = route({
  method: 'post',
  path: '/issues',
  summary: '登记问题 / enter a problem that was found: the issue gets the next number',
  description:
    'An inspector of the finding level; in its self-check, the unit. The same problem at the same place is taken up by the issue that is there.',
  access: 'issue.find',
  body: finding,
  write: true,
  answers: {
    201: { description: 'Received; `Location` names the case', schema: committedSchema },
    202: writeAnswers[202],
    404: { description: 'No such permit', mediaType: 'application/problem+json' },
  },
  async handle(context, person, { body, idempotencyKey, instance }) {
    const { db } = context;
    const permit = await findPermit(db, scopeFor(person, 'permit.read'), body.permitNo);
    if (permit === undefined)
      throw new DomainError('not.found', { what: 'there is no such permit', found: body.permitNo });
    const { unitId, area } = permit;
    const today = dateOf(await legalNow(db));
    const pack = packOfArea(area, today);
    const organ = findingOrgan(pack, body.tier, competentOn(pack, area, 'issue', today).supervising);
    const finders: readonly Grant[] = [
      { role: 'inspector', organ },
      ...(body.tier === 'selfCheck' ? [{ role: 'applicant', organ: organOfUnit(unitId) } as const] : []),
    ];
    const actor = actorOf(person, finders);
    const known = await requestOfKey(db, person.id, idempotencyKey);
    const number = async () => `issue/${await nextIssueNumber(db, String(yearOf(today)))}`;
    const caseId = known?.caseId ?? (await number());
    const asked = {
      name: 'issue.find',
      caseId,
      body: { ...body, unitId, area },
      idempotencyKey,
      instance,
    } as const;
    return await record(context, person, actor, asked, { opens: true });
  },
});

/** An operation on an issue: its path below the number, its request, and what it is. */
function operation(path: string, name: RequestName, summary: string): Route {
  return route({
    method: 'post',
    path: `/issues/{number}/${path}`,
    summary,
    access: name,
    params: applicationPath,
    body: requestSchemas[name] as z.ZodType<object>,
    write: true,
    answers: writeAnswers,
    handle: async (context, person, { path: { number }, body, idempotencyKey, instance }) =>
      await ask(context, person, { name, caseId: `issue/${number}`, body, idempotencyKey, instance }),
  });
}

const takeUp = route({
  method: 'post',
  path: '/issues/{number}/take-up',
  summary: '提级督办 / the organ above takes the issue up, to determine and close it',
  access: 'issue.takeUp',
  params: applicationPath,
  body: requestSchemas['issue.takeUp'],
  write: true,
  answers: writeAnswers,
  async handle(context, person, { path: { number }, body, idempotencyKey, instance }) {
    const caseId = `issue/${number}`;
    const found = await requireIssue(context, person, caseId, 'issue.takeUp');
    const above = organOf(packById(found.row.packId), found.issue.organ).superior ?? 'none';
    const heads = (['sectionHead', 'deputyHead'] as const).map((role) => ({ role, organ: above }));
    const asked = { name: 'issue.takeUp', caseId, body, idempotencyKey, instance } as const;
    return await record(context, person, actorOf(person, heads), asked);
  },
});

async function requireIssue(
  context: Context,
  person: Person,
  caseId: string,
  operation: 'issue.read' | 'issue.takeUp',
) {
  const scope = scopeFor(person, operation);
  const found = await findIssue(context.db, scope, caseId, await lookOf(context, person));
  if (found === undefined)
    throw new DomainError('not.found', { what: 'there is no such issue', found: caseId });
  return found;
}

/** The issue ledger (问题台账). */
export const issues: Resource = {
  name: 'issues',
  description: '问题台账 / the issue ledger: found, fed back, determined, mended, verified, closed',
  routes: [
    find,
    route({
      method: 'get',
      path: '/issues',
      summary: '问题清单 / issues by number',
      access: 'issue.read',
      query: pageQuery.extend(issueFilter),
      answers: { 200: { description: 'A page of issues', schema: pageOfSchema(issueSummarySchema) } },
      async handle(context, person, { query: { limit, cursor, ...filter } }) {
        const look = await lookOf(context, person);
        const scope = scopeFor(person, 'issue.read');
        const found = await listIssues(context.db, scope, filter, { limit, cursor }, look);
        const items = found.items.map((each) => issueListed(each, look.now));
        return { status: 200, body: { ...found, items } };
      },
    }),
    route({
      method: 'get',
      path: '/issues/counts',
      summary:
        '问题计数 / how many issues there are, by tier, severity, category, whose they are, stage and colour',
      description: 'Takes the filters of the list.',
      access: 'issue.read',
      query: z.object(issueFilter),
      answers: {
        200: {
          description: 'Counts',
          schema: tallySchema(
            'tiers',
            'severities',
            'categories',
            'responsibles',
            'stages',
            'statuses',
            'colours',
          ),
        },
      },
      async handle(context, person, { query }) {
        const look = await lookOf(context, person);
        return {
          status: 200,
          body: await countIssues(context.db, scopeFor(person, 'issue.read'), query, look),
        };
      },
    }),
    route({
      method: 'get',
      path: '/issue-ledger',
      summary: '导出问题台账 / the ledger as an Excel workbook, in the columns in use',
      description: 'Takes the filters of the list.',
      access: 'issue.export',
      logs: true,
      query: z.object(issueFilter),
      answers: { 200: { description: 'The workbook', mediaType: workbookType } },
      async handle(context, person, { query }) {
        const look = await lookOf(context, person);
        const rows = await ledgerRows(context.db, scopeFor(person, 'issue.export'), query, look);
        const headers = {
          'Content-Type': workbookType,
          'Content-Disposition': attachment('问题台账.xlsx', 'issues.xlsx'),
        };
        return { status: 200, body: ledgerWorkbook(rows), headers };
      },
    }),
    route({
      method: 'post',
      path: '/issue-ledger',
      summary: '导入问题台账 / opens the issues of a ledger that are not here yet',
      description:
        'Excel or CSV, up to 10 MB, in the columns of the export. A number that is known changes nothing. Rows outside the area of your organs are refused.',
      access: 'issue.import',
      query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
      body: z.instanceof(Buffer).refine((bytes) => bytes.length > 0, 'the file is empty'),
      documentedBody: z.string().meta({ format: 'binary' }),
      bodyMediaType: workbookType,
      fileTypes: importFileTypes,
      answers: { 200: { description: 'What it came to, row by row', schema: reportSchema } },
      async handle({ db, logger }, person, { query, body }) {
        const { areas } = scopeFor(person, 'issue.import');
        const how = { by: person.id, areas, dryRun: query.dryRun === 'true' };
        const report: LedgerReport = await importLedger(db, readLedger(body), how);
        const { accepted, rejected, unchanged } = report;
        logger.info({ person: person.id, accepted, rejected, unchanged, ...query }, 'issue ledger imported');
        return { status: 200, body: report };
      },
    }),
    route({
      method: 'get',
      path: '/issues/{number}',
      summary: '一个问题 / an issue, with the finding and what became of it',
      access: 'issue.read',
      params: applicationPath,
      answers: { 200: { description: 'The issue', schema: issueSchema } },
      async handle(context, person, { path: { number } }) {
        const found = await requireIssue(context, person, `issue/${number}`, 'issue.read');
        const isApplicant = kindOf(person.grants) === 'applicant';
        return { status: 200, body: issueView(found, await legalNow(context.db), isApplicant) };
      },
    }),
    operation(
      'objection',
      'issue.object',
      '异议 / an objection within five working days, or that there is none',
    ),
    operation('progress', 'issue.progress', '整改进展 / progress, with evidence'),
    operation('application', 'issue.apply', '申请销号 / mended: apply for the close-out, with evidence'),
    operation('routes', 'issue.route', '增加整改方式 / what the issue takes beside: a procedure, or a lead'),
    operation('links', 'issue.link', '关联办理 / the case that was opened for a route'),
    operation('reopening', 'issue.reopen', '重新打开 / the problem has come back'),
    takeUp,
  ],
};
