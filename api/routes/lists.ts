import { z } from 'zod';
import type { PlatformTask } from '../../db/queries/platformRecords.js';
import { readRecords } from '../../import/platform/columns.js';
import { importRecords } from '../../import/platform/run.js';
import { readForms } from '../../import/registrations/columns.js';
import { importForms } from '../../import/registrations/run.js';
import { DomainError } from '../../rules/errors.js';
import type { Actor } from '../../workflows/messages/request.js';
import { actorOf, type Grant, type Person, scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';
import { importFileTypes } from './imports.js';

const count = z.int();
const line = z.object({
  row: count.meta({ description: 'the line of the file on which the row begins, the first being 1' }),
  ...{ column: z.string(), value: z.string(), code: z.string(), reason: z.string() },
});

const recordReportSchema = z
  .object({
    ...{ rows: count, accepted: count, differing: count, unchanged: count, unmatched: count },
    rejected: count,
    pending: count.meta({ description: 'how many cases have still to answer; the relay goes on with them' }),
    differences: z.array(line),
    errors: z.array(line),
  })
  .meta({ id: 'PlatformRecordImport' });

const formReportSchema = z
  .object({
    ...{ rows: count, accepted: count, rejected: count, unchanged: count },
    warnings: z.array(line),
    errors: z.array(line),
    states: z.record(z.string(), count).meta({ description: 'how many new or changed forms stand how' }),
  })
  .meta({ id: 'RegistrationImport' });

/** How long an answer waits for the cases, in milliseconds. */
const patience = 8000;

const fileOf = {
  query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
  body: z.instanceof(Buffer).refine((bytes) => bytes.length > 0, 'the file is empty'),
  documentedBody: z.string().meta({ format: 'binary' }),
  bodyMediaType: 'text/csv',
  fileTypes: importFileTypes,
} as const;

/** The actor as whom a person would complete a task; null where it is not his. */
function actorFor(
  person: Person,
  { role, organ, assignee }: Pick<PlatformTask, 'role' | 'organ' | 'assignee'>,
) {
  try {
    const needed = [{ role, organ }] as readonly Grant[];
    return actorOf(person, needed, { assignee, otherwise: 'task.notYours' }) satisfies Actor;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** What the national platform's lists say of cases under way and of registration forms. */
export const lists: Resource = {
  name: 'lists',
  description:
    '国家平台的清单 / lists of the national platform: what became of cases under way, and registration forms. Needs no Idempotency-Key: a list that was imported changes nothing',
  routes: [
    route({
      method: 'post',
      path: '/platform-records',
      summary:
        '导入在办案件的平台编号、时间与状态 / record the platform’s numbers, times and states of running cases',
      description:
        'CSV or Excel, up to 10 MB: 业务编号, 业务类型, 许可证编号, 统一社会信用代码, 办结时间; where they have them 有效期起, 有效期止, 许可证状态, 案件编号. A case that awaits the platform gets its record in your name; what we have otherwise becomes a reconciliation task of the permit; what no case is of is listed.',
      access: 'platform.import',
      ...fileOf,
      answers: { 200: { description: 'What it came to, row by row', schema: recordReportSchema } },
      async handle({ db, logger }, person, { query, body }) {
        const { areas } = scopeFor(person, 'platform.import');
        const report = await importRecords(db, readRecords(body), {
          ...{ by: person.id, areas, dryRun: query.dryRun === 'true', patience },
          actorFor: (task) => actorFor(person, task),
        });
        const { differences: _, errors: __, ...counts } = report;
        logger.info({ person: person.id, ...counts, ...query }, 'platform records imported');
        return { status: 200, body: report };
      },
    }),
    route({
      method: 'post',
      path: '/registration-list',
      summary: '导入排污登记清单 / bring in registration forms from the platform’s list',
      description:
        'CSV or Excel, up to 10 MB: 登记编号, 单位名称, 统一社会信用代码, 市, 登记日期, 有效期起, 有效期止; where they have them 省, 县, 行业类别, 业务类型, 业务编号. Several rows of one number are its history. Rows outside the area of your organs are refused.',
      access: 'permit.import',
      ...fileOf,
      answers: { 200: { description: 'What it came to, row by row', schema: formReportSchema } },
      async handle({ db, logger }, person, { query, body }) {
        const { areas } = scopeFor(person, 'permit.import');
        const how = { by: person.id, areas, dryRun: query.dryRun === 'true' };
        const report = await importForms(db, readForms(body), how);
        const { warnings: _, errors: __, ...counts } = report;
        logger.info({ person: person.id, ...counts, ...query }, 'registration list imported');
        return { status: 200, body: report };
      },
    }),
  ],
};
