import { z } from 'zod';
import type { CalendarDate } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import { packById } from '../../rules/packs/index.js';
import { readContent } from '../../db/queries/contents.js';
import {
  countDocuments,
  type DocumentFilter,
  type DocumentRow,
  findFiledDocument,
  listDocuments,
} from '../../db/queries/documents.js';
import { type RequestName, requestSchemas } from '../../workflows/messages/catalogue.js';
import {
  areaQuery,
  caseIdOf,
  dateQuery,
  documentPath,
  instant,
  pageOfSchema,
  pageQuery,
  searchQuery,
  tallySchema,
  textQuery,
  writeAnswers,
} from '../fields.js';
import { attachment } from '../attachment.js';
import { masked, readsPersons } from '../masking.js';
import { grantsFor, type Person, scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';
import { ask } from '../writes.js';

/** An official document, with the acts on it. */
export const documentSchema = z
  .object({
    id: z.string(),
    href: z.string().meta({ description: 'the document’s path; add /seal, /serve or /void' }),
    caseId: z.string(),
    kind: z.string(),
    organ: z.string(),
    number: z.string().nullable(),
    state: z.enum(['drafted', 'sealed', 'served', 'void']),
    params: z.looseObject({}),
    draftedAt: instant,
    sealing: z.looseObject({}).nullable(),
    servedOn: z.string().nullable(),
    service: z.looseObject({}).nullable(),
    voidReason: z.string().nullable(),
    contentId: z.string().nullable().meta({ description: 'the SHA-256 of the file: GET …/file' }),
  })
  .meta({ id: 'Document' });

/** A document as a person sees it: who sealed and received it is for those who work or own the case. */
export function documentView(row: DocumentRow, person: Person): z.infer<typeof documentSchema> {
  const { sealing, service, params } = row;
  const shown = { ...row, href: `/documents/${row.id}` };
  if (readsPersons(person)) return shown;
  return {
    ...shown,
    sealing: sealing === null ? null : masked(sealing),
    service: service === null ? null : masked(service),
    params: masked(params),
  };
}

const documentFilter = {
  case: textQuery.meta({ description: 'a case id, such as application/2026000001' }),
  kind: textQuery,
  state: z.enum(['drafted', 'sealed', 'served', 'void']).optional(),
  organ: textQuery,
  area: areaQuery,
  unit: textQuery,
  draftedFrom: dateQuery.meta({ description: 'the first day of drafting' }),
  draftedTo: dateQuery.meta({ description: 'the last day of drafting' }),
  search: searchQuery,
} as const;
const documentQuery = z.object(documentFilter);

/** A unit, and whoever takes no part in the deliberation, sees what has left the organ. */
const filterOf = (
  person: Person,
  { draftedFrom, draftedTo, ...filter }: z.output<typeof documentQuery>,
): DocumentFilter => ({
  ...filter,
  draftedFrom: draftedFrom as CalendarDate | undefined,
  draftedTo: draftedTo as CalendarDate | undefined,
  ...seenBy(person),
});

const act = (
  name: Extract<RequestName, `document.${string}`>,
  path: string,
  body: z.ZodObject,
  summary: string,
) =>
  route({
    method: 'post',
    path: `/documents/{kind}/{number}/{document}/${path}`,
    summary,
    access: name,
    params: documentPath,
    body,
    write: true,
    answers: writeAnswers,
    handle: async (context, person, { path: of, body: act, idempotencyKey, instance }) => {
      const caseId = caseIdOf(of);
      const acted = { documentId: `${caseId}/${of.document}`, ...act };
      return await ask(context, person, { name, caseId, body: acted, idempotencyKey, instance });
    },
  });

/** Who does not work cases sees what has left the organ. */
const seenBy = (person: Person) => ({ released: grantsFor(person, 'case.deliberation').length === 0 });

const idInPath = { documentId: true } as const;

/** Official documents: sealing (用印), service (送达) and voiding are acts of people, recorded. */
export const documents: Resource = {
  name: 'documents',
  description: '文书 / official documents. A document’s path is its id',
  routes: [
    route({
      method: 'get',
      path: '/documents',
      summary:
        '文书清单 / documents in the order in which they were drafted; a unit sees those that left the organ',
      access: 'document.read',
      query: pageQuery.extend(documentFilter),
      answers: { 200: { description: 'A page of documents', schema: pageOfSchema(documentSchema) } },
      async handle({ db }, person, { query: { limit, cursor, ...query } }) {
        const filter = filterOf(person, query);
        const page = await listDocuments(db, scopeFor(person, 'document.read'), filter, { limit, cursor });
        return { status: 200, body: { ...page, items: page.items.map((row) => documentView(row, person)) } };
      },
    }),
    route({
      method: 'get',
      path: '/documents/{kind}/{number}/{document}/file',
      summary: '下载文书 / the file of a document, as it was issued; its SHA-256 stands in the ledger',
      access: 'document.read',
      logs: true,
      params: documentPath,
      answers: { 200: { description: 'The bytes, with their media type', mediaType: '*/*' } },
      async handle({ db }, person, { path }) {
        const id = `${caseIdOf(path)}/${path.document}`;
        const found = await findFiledDocument(db, scopeFor(person, 'document.read'), id, seenBy(person));
        const file = found === undefined ? undefined : await readContent(db, found.contentId);
        if (found === undefined || file === undefined)
          throw new DomainError('not.found', {
            what: 'there is no such document, or it has no file',
            found: id,
          });
        const { kind, number, packId, contentId } = found;
        const title = packById(packId).documents[kind]?.zh ?? kind;
        const name = `${title} ${number ?? path.number}.docx`;
        return {
          status: 200,
          headers: {
            'Content-Type': file.mediaType,
            'Content-Disposition': attachment(name, `${path.document.replace(/[^\w-]/g, '')}.docx`),
            ETag: `"${contentId}"`,
            // Unchanged, it is not sent again; but every read is asked for, allowed and logged.
            'Cache-Control': 'private, no-cache',
          },
          body: file.bytes,
        };
      },
    }),
    route({
      method: 'get',
      path: '/documents/counts',
      summary: '文书计数 / how many documents there are, by kind, state and organ',
      description: 'Takes the filters of the list: `state=sealed` are those that wait for their service.',
      access: 'document.read',
      query: documentQuery,
      answers: { 200: { description: 'Counts', schema: tallySchema('kinds', 'states', 'organs') } },
      async handle({ db }, person, { query }) {
        const filter = filterOf(person, query);
        return { status: 200, body: await countDocuments(db, scopeFor(person, 'document.read'), filter) };
      },
    }),
    act('document.seal', 'seal', requestSchemas['document.seal'].omit(idInPath), '用印 / record the sealing'),
    act(
      'document.serve',
      'serve',
      requestSchemas['document.serve'].omit(idInPath),
      '送达 / record the service',
    ),
    act(
      'document.void',
      'void',
      requestSchemas['document.void'].omit(idInPath),
      '作废 / void; its number stays used',
    ),
  ],
};
