import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';
import {
  type Content,
  contentIdOf,
  jsonContent,
  readableContents,
  readContent,
  storeContent,
} from '../../db/queries/contents.js';
import { contentId } from '../../workflows/messages/fields.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { InvalidInput, parse } from '../parse.js';
import { attachment } from '../attachment.js';
import { requireAllowedType } from '../contentType.js';
import type { Context } from '../context.js';
import { type Person, scopeFor } from '../policy.js';
import { type Answer, type Resource, route } from '../route.js';

const mediaType = z
  .string()
  .regex(/^[\w.+-]+\/[\w.+-]+(; charset=[\w-]+)?$/)
  .max(100);

const handedIn = z.union([
  z.object({ json: z.looseObject({}) }).strict(),
  z.object({ mediaType, text: z.string().min(1) }).strict(),
  z.object({ mediaType, base64: z.base64().min(1) }).strict(),
]);

function contentOf(body: z.output<typeof handedIn>): Content {
  if ('json' in body) return jsonContent(body.json as JsonObject);
  if ('text' in body) return { mediaType: body.mediaType, bytes: Buffer.from(body.text) };
  return { mediaType: body.mediaType, bytes: Buffer.from(body.base64, 'base64') };
}

/** Checks and stores what was handed in. Throws `input.tooLarge` and `content.type`. */
async function store({ db, contentLimit }: Context, person: Person, content: Content): Promise<Answer> {
  const size = content.bytes.length;
  if (size > contentLimit) {
    throw new DomainError('input.tooLarge', {
      what: 'the content is too large',
      where: 'body',
      expected: `at most ${contentLimit} bytes`,
      found: String(size),
    });
  }
  await requireAllowedType(content);
  const { id, mediaType } = await storeContent(db, person.id, content);
  return {
    status: 201,
    headers: { Location: `/contents/${id}` },
    body: { id, mediaType, size },
  };
}

const stored = {
  201: {
    description: 'Stored',
    schema: z.object({
      id: contentId,
      mediaType: z.string(),
      size: z.int().meta({ description: 'bytes' }),
    }),
  },
} as const;

/** Permit content and files: stored first, then named by their SHA-256 in what is asked. */
export const contents: Resource = {
  name: 'contents',
  description: '许可内容与材料 / permit content and files, known by their SHA-256',
  routes: [
    route({
      method: 'post',
      path: '/contents',
      summary: '上传内容 / store a content; the same bytes have the same id',
      description:
        'PDF, Word, Excel, OFD, JPEG, PNG, MP4, plain text, CSV, JSON, or a ZIP of such; up to 10 MB unless the installation sets another limit. JSON is hashed with its keys sorted. No Idempotency-Key: storing twice changes nothing.',
      access: 'content.store',
      body: handedIn,
      answers: stored,
      handle: async (context, person, { body }) => await store(context, person, contentOf(body)),
    }),
    route({
      method: 'put',
      path: '/contents/{id}',
      summary: '上传原始文件 / store the bytes of a file as they are, under their SHA-256',
      description:
        'The body is the file itself and Content-Type its type: the same types and size as POST /contents. Bytes of another SHA-256 are refused.',
      access: 'content.store',
      params: z.object({ id: contentId }),
      body: z.custom<Buffer>(
        (body) => Buffer.isBuffer(body) && body.length > 0,
        'expected the bytes of a file',
      ),
      documentedBody: z.string().meta({ format: 'binary' }),
      bodyMediaType: '*/*',
      answers: stored,
      async handle(context, person, { path: { id }, body: bytes, headers }) {
        const found = contentIdOf(bytes);
        if (found !== id) {
          throw new InvalidInput([
            { path: 'path.id', what: 'not the SHA-256 of the body', expected: found, found: id },
          ]);
        }
        const declared = parse(
          z.object({ 'Content-Type': mediaType }),
          { 'Content-Type': headers['content-type'] },
          'header',
        );
        return await store(context, person, { mediaType: declared['Content-Type'], bytes });
      },
    }),
    route({
      method: 'get',
      path: '/contents/{id}',
      summary:
        '下载内容 / the bytes of a content that one has handed in, or that a case or permit in one’s scope names',
      access: 'content.read',
      logs: true,
      params: z.object({ id: contentId }),
      answers: { 200: { description: 'The bytes, with their media type', mediaType: '*/*' } },
      async handle({ db }, person, { path: { id } }) {
        const readable = await readableContents(db, person.id, scopeFor(person, 'content.read'), [id]);
        const content = readable.has(id) ? await readContent(db, id) : undefined;
        if (content === undefined)
          throw new DomainError('not.found', { what: 'there is no such content', found: id });
        return {
          status: 200,
          headers: {
            'Content-Type': content.mediaType,
            // Handed in by people: never shown as a page of ours.
            'Content-Disposition': attachment(id.slice(0, 12), id.slice(0, 12)),
            ETag: `"${id}"`,
            // Unchanged, it is not sent again; but every read is asked for, allowed and logged.
            'Cache-Control': 'private, no-cache',
          },
          body: content.bytes,
        };
      },
    }),
  ],
};
