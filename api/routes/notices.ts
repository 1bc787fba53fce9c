import { z } from 'zod';
import { noticeStatuses } from '../../db/schema/index.js';
import { listNotices, markBounced, messagesOf } from '../../db/queries/notices.js';
import { termOf } from '../../rules/glossary.js';
import { levels } from '../../rules/ladder.js';
import { requestSchemas } from '../../workflows/messages/catalogue.js';
import { shortText } from '../../workflows/messages/fields.js';
import { caseIdOf, casePath, instant, pageOfSchema, pageQuery, textQuery, writeAnswers } from '../fields.js';
import { grantsFor, scopeFor } from '../policy.js';
import { type Resource, route } from '../route.js';
import { ask } from '../writes.js';

const messageSchema = z.object({
  messageId: z.string().meta({ description: 'as mail servers know it' }),
  owner: z.string(),
  address: z.string().nullable(),
  status: z.enum(['open', 'sent', 'refused', 'bounced', 'overtaken']),
  reason: z.string().nullable(),
  attempts: z.int(),
  sentAt: instant.nullable(),
  late: z.boolean(),
});

const noticeSchema = z
  .object({
    id: z.string(),
    href: z.string().meta({ description: 'the notice’s path; add /bounced' }),
    caseId: z.string(),
    template: z.string(),
    zh: z.string(),
    en: z.string(),
    recipient: z.enum(levels),
    channel: z.string(),
    status: z.enum(noticeStatuses),
    reason: z.object({ code: z.string(), zh: z.string(), en: z.string() }).nullable(),
    late: z.boolean().meta({ description: '迟发 / left after its own day, and said so' }),
    queuedAt: instant,
    settledAt: instant.nullable(),
    subject: z.string().nullable(),
    body: z.string().nullable().meta({ description: 'as sent or kept, in both languages' }),
    messages: z.array(messageSchema),
  })
  .meta({ id: 'Notice' });

/** The part of a notice's id behind its case; in a path its slashes are escaped. */
const hrefOf = (caseId: string, id: string): string =>
  `/notices/${caseId}/${encodeURIComponent(id.slice(caseId.length + 1))}`;

/** Notices: what was said to whom, and what came of it. */
export const notices: Resource = {
  name: 'notices',
  description: '通知 / notices: what was said to whom, when, and what came of it',
  routes: [
    route({
      method: 'get',
      path: '/notices',
      summary: '通知清单 / notices in the order in which they were queued; a unit sees its own',
      access: 'notice.read',
      query: pageQuery.extend({
        case: textQuery.meta({ description: 'a case id, such as application/2026000001' }),
        status: z.enum(noticeStatuses).optional(),
        recipient: z.enum(levels).optional(),
        template: textQuery,
      }),
      answers: { 200: { description: 'A page of notices', schema: pageOfSchema(noticeSchema) } },
      async handle({ db }, person, { query: { limit, cursor, ...filter } }) {
        const applicantOnly = grantsFor(person, 'case.deliberation').length === 0;
        const scope = scopeFor(person, 'notice.read');
        const page = await listNotices(db, scope, { ...filter, applicantOnly }, { limit, cursor });
        const carried = await messagesOf(
          db,
          page.items.map(({ id }) => id),
        );
        const items = page.items.map(({ params: _, step: __, reported: ___, ...row }) => ({
          ...row,
          ...termOf(row.template),
          href: hrefOf(row.caseId, row.id),
          reason: row.reason === null ? null : { code: row.reason, ...termOf(row.reason) },
          messages: carried
            .filter(({ noticeId }) => noticeId === row.id)
            .map(({ noticeId: ____, ...message }) => message),
        }));
        return { status: 200, body: { ...page, items } };
      },
    }),
    route({
      method: 'post',
      path: '/notices/{kind}/{number}/{notice}/bounced',
      summary: '登记退信 / a message came back: the next contact gets it, or somebody is to be told by hand',
      description: 'No Idempotency-Key: the same bounce again changes nothing.',
      access: 'notice.bounced',
      params: casePath.extend({ notice: z.string().min(1).max(1000) }),
      body: z
        .object({
          messageId: shortText.meta({ description: 'the Message-ID that the bounce quotes' }),
        })
        .strict(),
      answers: { 204: { description: 'Noted; the outbox passes the notice on' } },
      async handle({ db, logger }, person, { path, body: { messageId } }) {
        const noticeId = `${caseIdOf(path)}/${path.notice}`;
        // Only of cases of his own organ: to see a case is not to act on it.
        const scope = { ...scopeFor(person, 'notice.bounced'), areas: [] };
        await markBounced(db, scope, { noticeId, messageId });
        logger.info({ person: person.id, notice: noticeId, message: messageId }, 'bounced');
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: '/cases/{kind}/{number}/notices/by-hand',
      summary:
        '人工告知 / record what was said by telephone, short message or letter; it closes the task for it',
      access: 'notice.byHand',
      params: casePath,
      body: requestSchemas['notice.byHand'],
      write: true,
      answers: writeAnswers,
      handle: async (context, person, { path, body, idempotencyKey, instance }) =>
        await ask(context, person, {
          ...{ name: 'notice.byHand', caseId: caseIdOf(path), body, idempotencyKey, instance },
        }),
    }),
  ],
};
