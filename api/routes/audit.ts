import { z } from 'zod';
import type { CalendarDate } from '../../rules/date.js';
import { listAudit } from '../../db/queries/audit.js';
import { dateQuery, instant, textQuery } from '../fields.js';
import { type Resource, route } from '../route.js';

const category = z.enum(['change', 'session', 'access']).meta({
  description:
    'change: accounts, grants, covers; session: signing in and out, passwords; access: files, ledgers, persons, histories read',
});

const entrySchema = z
  .object({
    position: z.int(),
    at: instant.meta({ description: 'the legal instant' }),
    recordedAt: z.string().meta({ description: 'the wall clock, UTC' }),
    category,
    action: z.string().meta({ example: 'grants.replaced' }),
    actorId: z.string().nullable().meta({ description: 'null: nobody was signed in' }),
    subject: z.string().meta({ description: 'an account, or the path that was read' }),
    requestId: z.string().nullable().meta({ description: 'the `X-Request-Id` of the HTTP request' }),
    detail: z.looseObject({}),
  })
  .meta({ id: 'AuditEntry', description: 'Ids only; who an id is, GET /accounts/{id}/person tells.' });

const auditQuery = z.object({
  category: category.optional(),
  action: textQuery,
  actor: textQuery,
  subject: textQuery,
  from: dateQuery,
  to: dateQuery,
  before: z.coerce
    .number<string>()
    .int()
    .min(1)
    .optional()
    .meta({ type: 'integer', description: 'the `next` of the page before' }),
  limit: z.coerce.number<string>().int().min(1).max(500).default(50).meta({ type: 'integer' }),
});

/** The audit log: the audit administrator's, and nobody else's. */
export const audit: Resource = {
  name: 'audit',
  description: '审计日志 / who changed accounts, grants, covers and sessions, and who read what',
  routes: [
    route({
      method: 'get',
      path: '/audit',
      summary: '审计日志 / the audit log, the newest first',
      access: 'audit.read',
      query: auditQuery,
      answers: {
        200: {
          description: 'A page of entries',
          schema: z.object({
            items: z.array(entrySchema),
            next: z.int().nullable().meta({ description: 'the `before` of the next page' }),
          }),
        },
      },
      async handle({ db }, _person, { query: { limit, before, from, to, ...filter } }) {
        const days = { from: from as CalendarDate | undefined, to: to as CalendarDate | undefined };
        const rows = await listAudit(db, { ...filter, ...days }, { limit: limit + 1, before });
        const shown = rows.slice(0, limit);
        const items = shown.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() }));
        return {
          status: 200,
          body: { items, next: rows.length > limit ? (shown.at(-1)?.position ?? null) : null },
        };
      },
    }),
  ],
};
