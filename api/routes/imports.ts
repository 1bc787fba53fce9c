import { z } from 'zod';
import { readableContents, readContent, storeContent } from '../../db/queries/contents.js';
import { findImport, type ImportRow, listFindings, runningImport } from '../../db/queries/imports.js';
import { begin, fileHashOf } from '../../import/run.js';
import { DomainError } from '../../rules/errors.js';
import { contentId } from '../../workflows/messages/fields.js';
import type { Context } from '../context.js';
import { instant, pageOfSchema, pageQuery } from '../fields.js';
import { InvalidInput } from '../parse.js';
import { type Person, scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';

/** What a list may be sent as. What it is, is found in the file itself. */
export const importFileTypes = [
  'text/csv',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/octet-stream',
] as const;

const stored = z.object({ contentId }).strict();
const file = z.instanceof(Buffer).refine((bytes) => bytes.length > 0, 'the file is empty');

const count = z.int();
const importSchema = z
  .object({
    id: z.uuid(),
    status: z.enum(['running', 'done', 'failed']),
    dryRun: z.boolean(),
    startedAt: instant,
    finishedAt: instant.nullable(),
    problem: z.looseObject({}).nullable().meta({ description: 'why the file could not be read' }),
    permits: count.nullable().meta({ description: 'how many the file holds; null before it is read' }),
    done: count.meta({ description: 'how many of them are dealt with' }),
    ...{ rows: count, accepted: count, rejected: count, unchanged: count },
    states: z.record(z.string(), count).meta({ description: 'how many permits stand at which point' }),
  })
  .meta({ id: 'Import' });

const findingSchema = z.object({
  kind: z.enum(['error', 'warning']),
  row: count.meta({ description: 'the line of the file on which the row begins, the first being 1' }),
  ...{ column: z.string(), value: z.string(), code: z.string(), reason: z.string() },
});

function viewOf(row: ImportRow): z.infer<typeof importSchema> {
  const { id, status, dryRun, startedAt, finishedAt, problem, permits, done } = row;
  const { rows, accepted, rejected, unchanged, states } = row;
  return {
    ...{ id, status, dryRun, startedAt, finishedAt, problem: problem === null ? null : { ...problem } },
    ...{ permits, done, rows, accepted, rejected, unchanged, states: { ...states } },
  };
}

/** Stores a file that was sent, or finds the one that is named. Answers with its id and its hash. */
async function fileOf({ db }: Context, person: Person, body: z.output<typeof stored> | Buffer) {
  if (Buffer.isBuffer(body)) {
    const { id } = await storeContent(db, person.id, { mediaType: 'application/octet-stream', bytes: body });
    return { id, hash: fileHashOf(body) };
  }
  const id = body.contentId;
  const readable = await readableContents(db, person.id, scopeFor(person, 'content.read'), [id]);
  const content = readable.has(id) ? await readContent(db, id) : undefined;
  if (content === undefined) {
    const expected = 'the id that POST /contents answered';
    throw new InvalidInput([{ path: 'body.contentId', what: 'no such content', expected, found: id }]);
  }
  return { id, hash: fileHashOf(content.bytes) };
}

/** Permits that exist already, brought in from the national platform's list. */
export const imports: Resource = {
  name: 'imports',
  description:
    '导入已有许可证 / bringing in permits that exist already. Needs no Idempotency-Key: a file that is being imported is found again, and one that was imported changes nothing',
  routes: [
    route({
      method: 'post',
      path: '/imports',
      summary: '导入许可证清单 / import a permit list: the file itself, or a stored content’s id',
      description:
        'CSV (UTF-8, GB18030) or Excel (.xlsx, .xls), up to 10 MB. A worker reads it; rows outside the area of your organs are refused.',
      access: 'permit.import',
      query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
      body: z.union([file, stored]),
      documentedBody: stored,
      fileTypes: importFileTypes,
      answers: { 202: { description: 'Received; `Location` names the import', schema: importSchema } },
      async handle(context, person, { query, body }) {
        const { db, logger } = context;
        const { id: content, hash: fileHash } = await fileOf(context, person, body);
        const { areas } = scopeFor(person, 'permit.import');
        const asked = { fileHash, requestedBy: person.id, dryRun: query.dryRun === 'true' };
        const row =
          (await runningImport(db, asked)) ?? (await begin(db, { ...asked, areas, contentId: content }));
        logger.info({ person: person.id, import: row.id, dryRun: row.dryRun }, 'import received');
        const headers = { Location: `/imports/${row.id}`, 'Retry-After': '2' };
        return { status: 202, body: viewOf(row), headers };
      },
    }),
    route({
      method: 'get',
      path: '/imports/{id}',
      summary:
        '导入进度与报告 / how far an import of one’s own has come, and a page of what it says of the rows',
      access: 'permit.import',
      params: z.object({ id: z.uuid() }),
      query: pageQuery.extend({ kind: z.enum(['error', 'warning']).optional() }),
      answers: {
        200: {
          description: 'The import with a page of its findings',
          schema: importSchema.extend({ findings: pageOfSchema(findingSchema) }),
        },
      },
      async handle({ db }, person, { path: { id }, query: { kind, ...page } }) {
        const row = await findImport(db, id, person.id);
        if (row === undefined)
          throw new DomainError('not.found', { what: 'there is no such import', found: id });
        const { items, next } = await listFindings(db, id, kind, page);
        const findings = items.map(({ importId: _, number: __, ...finding }) => finding);
        return { status: 200, body: { ...viewOf(row), findings: { items: findings, next } } };
      },
    }),
  ],
};
