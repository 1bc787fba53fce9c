import { z } from 'zod';
import { DomainError } from '../../rules/errors.js';
import {
  type Content,
  jsonContent,
  readableContents,
  readContent,
  storeContent,
} from '../../db/queries/contents.js';
import { contentId } from '../../workflows/messages/fields.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';

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
        'Up to 10 MB. JSON is hashed with its keys sorted. No Idempotency-Key: storing twice changes nothing.',
      access: 'content.store',
      body: handedIn,
      answers: {
        201: {
          description: 'Stored',
          schema: z.object({
            id: contentId,
            mediaType: z.string(),
            size: z.int().meta({ description: 'bytes' }),
          }),
        },
      },
      async handle({ db }, person, { body }) {
        const content = contentOf(body);
        const id = await storeContent(db, person.id, content);
        return {
          status: 201,
          headers: { Location: `/contents/${id}` },
          body: { id, mediaType: content.mediaType, size: content.bytes.length },
        };
      },
    }),
    route({
      method: 'get',
      path: '/contents/{id}',
      summary:
        '下载内容 / the bytes of a content that one has handed in, or that a case or permit in one’s scope names',
      access: 'content.read',
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
            'Content-Disposition': `attachment; filename="${id.slice(0, 12)}"`,
            ETag: `"${id}"`,
            'Cache-Control': 'private, max-age=31536000, immutable',
          },
          body: content.bytes,
        };
      },
    }),
  ],
};
