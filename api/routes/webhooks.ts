import { randomBytes, randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { legalNow } from '../../db/legalClock.js';
import { writeAudit } from '../../db/queries/audit.js';
import { feedEnd } from '../../db/queries/events.js';
import {
  listDeliveries,
  listSubscriptions,
  settleDead,
  type Subscription,
  unsettledCounts,
} from '../../db/queries/webhooks.js';
import { webhookDeliveries, webhookSubscriptions } from '../../db/schema/index.js';
import { DomainError } from '../../rules/errors.js';
import { events as eventNames } from '../../rules/events.js';
import { targetOf } from '../../webhooks/target.js';
import { shortText } from '../../workflows/messages/fields.js';
import type { Context } from '../context.js';
import { instant, integerQuery } from '../fields.js';
import { EVERYWHERE, isOrgan, type Person, scopeOf } from '../policy.js';
import { doerOf, type Resource, route } from '../route.js';

type Name = keyof typeof eventNames;

const organ = z
  .string()
  .refine((id) => id === EVERYWHERE || isOrgan(id), 'expected an organ of a pack, or *')
  .meta({ description: 'whose cases, and whose area’s, it hears of; `*` for the whole installation' });
const state = z.enum(['active', 'paused']);
const newSubscription = z
  .object({
    url: z.url().max(2000),
    organ,
    events: z
      .array(z.enum(Object.keys(eventNames) as [Name, ...Name[]]))
      .min(1)
      .optional()
      .meta({ description: 'only events of these names; all where absent' }),
  })
  .strict();
const subscriptionSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    organ: z.string(),
    events: z.array(z.string()).nullable(),
    state,
    position: z
      .int()
      .meta({ description: 'the place in the feed up to which its deliveries are written down' }),
    createdAt: instant,
    waiting: z.int(),
    dead: z.int().meta({ description: 'given up: replay them, or discard them' }),
  })
  .meta({ id: 'Webhook' });
const deliverySchema = z
  .object({
    id: z.string().meta({ description: 'the `webhook-id`, the same for every repeat' }),
    caseId: z.string(),
    position: z.int(),
    status: z.string(),
    attempts: z.int(),
    outcome: z.string().nullable().meta({ description: 'an HTTP status, or what kept it from one' }),
    settledAt: z.string().nullable().meta({ description: 'the wall clock, UTC' }),
    body: z.string(),
  })
  .meta({ id: 'WebhookDelivery' });

const one = z.object({ id: z.uuid() });
const delivery = z.object({ delivery: shortText });
const shown = ({ id, url, organ: of, events, state: is, position, createdAt }: Subscription) => ({
  ...{ id, url, organ: of, events: events === null ? null : [...events], state: is, position, createdAt },
});
const notFound = (found: string): DomainError =>
  new DomainError('not.found', { what: 'there is no such webhook or delivery', found });

/** Replays or discards what was given up. */
const settling = (act: 'replay' | 'discard', summary: string) =>
  route({
    method: 'post',
    path: `/webhook-deliveries/{delivery}/${act}`,
    summary,
    access: 'webhook.manage',
    params: delivery,
    answers: { 200: { description: 'Done', schema: z.object({ id: z.string(), status: z.string() }) } },
    async handle({ db }, person, call) {
      const { delivery: id } = call.path;
      const row = await db.transaction(async (tx) => {
        const settled = await settleDead(tx, id, act === 'replay' ? 'waiting' : 'discarded');
        if (settled !== undefined)
          await writeAudit(tx, {
            ...{ category: 'change', action: `webhook.${act}`, subject: id, ...doerOf(person, call) },
          });
        return settled;
      });
      if (row === undefined) throw notFound(id);
      return { status: 200, body: { id, status: row.status } };
    },
  });

async function create(
  { db, webhookRules }: Context,
  person: Person,
  { url, organ: of, events }: z.output<typeof newSubscription>,
): Promise<Subscription> {
  const target = targetOf(url, webhookRules).href;
  // It hears of what happens from now on; what was before it reads from the feed.
  const { horizon } = await feedEnd(db);
  const [row] = await db
    .insert(webhookSubscriptions)
    .values({
      ...{ id: randomUUID(), url: target, organ: of, events: events ?? null, state: 'active' },
      secret: `whsec_${randomBytes(32).toString('base64')}`,
      scope: scopeOf([{ role: 'officer', organ: of }]),
      position: Math.max(0, horizon - 1),
      ...{ createdBy: person.id, createdAt: await legalNow(db) },
    })
    .returning();
  if (row === undefined) throw new DomainError('internal', { what: 'a webhook was not written down' });
  return row;
}

/** Systems that are told of what happens, by signed messages (Standard Webhooks). */
export const webhooks: Resource = {
  name: 'webhooks',
  description:
    '推送订阅 / webhooks: every event of a scope, signed, retried, in its case’s order; names and contacts masked',
  routes: [
    route({
      method: 'get',
      path: '/webhooks',
      summary: '推送订阅 / the subscriptions, and what waits',
      access: 'webhook.manage',
      answers: {
        200: { description: 'All of them', schema: z.object({ items: z.array(subscriptionSchema) }) },
      },
      async handle({ db }) {
        const counts = await unsettledCounts(db);
        const items = (await listSubscriptions(db)).map((row) => ({
          ...shown(row),
          ...(counts.get(row.id) ?? { waiting: 0, dead: 0 }),
        }));
        return { status: 200, body: { items } };
      },
    }),
    route({
      method: 'post',
      path: '/webhooks',
      summary: '新建订阅 / a new subscription; its secret is shown once',
      description:
        'Each message carries `webhook-id`, `webhook-timestamp` and `webhook-signature` as Standard Webhooks has them. Answer with 2xx within 15 seconds; a repeat has the same id.',
      access: 'webhook.manage',
      body: newSubscription,
      answers: {
        201: {
          description: 'Made; keep the secret',
          schema: subscriptionSchema.extend({ secret: z.string() }).meta({ id: 'NewWebhook' }),
        },
      },
      async handle(context, person, call) {
        const row = await create(context, person, call.body);
        await writeAudit(context.db, {
          ...{ category: 'change', action: 'webhook.created', subject: row.id, ...doerOf(person, call) },
          detail: { organ: row.organ, host: new URL(row.url).host },
        });
        return { status: 201, body: { ...shown(row), waiting: 0, dead: 0, secret: row.secret } };
      },
    }),
    route({
      method: 'put',
      path: '/webhooks/{id}/state',
      summary: '暂停或恢复 / pauses it, or lets it go on with what it missed',
      access: 'webhook.manage',
      params: one,
      body: z.object({ state }).strict(),
      answers: { 200: { description: 'So it is', schema: z.object({ id: z.string(), state }) } },
      async handle({ db }, person, call) {
        const [row] = await db
          .update(webhookSubscriptions)
          .set({ state: call.body.state })
          .where(eq(webhookSubscriptions.id, call.path.id))
          .returning();
        if (row === undefined) throw notFound(call.path.id);
        await writeAudit(db, {
          ...{ category: 'change', action: `webhook.${row.state}`, subject: row.id, ...doerOf(person, call) },
        });
        return { status: 200, body: { id: row.id, state: row.state } };
      },
    }),
    route({
      method: 'delete',
      path: '/webhooks/{id}',
      summary: '删除订阅 / ends it, with everything that still waits',
      access: 'webhook.manage',
      params: one,
      answers: { 204: { description: 'Gone' } },
      async handle({ db }, person, call) {
        const { id } = call.path;
        await db.transaction(async (tx) => {
          const { rowCount } = await tx.delete(webhookSubscriptions).where(eq(webhookSubscriptions.id, id));
          if (rowCount !== 1) throw notFound(id);
          await tx.delete(webhookDeliveries).where(eq(webhookDeliveries.subscriptionId, sql`${id}::uuid`));
          await writeAudit(tx, {
            ...{ category: 'change', action: 'webhook.deleted', subject: id, ...doerOf(person, call) },
          });
        });
        return { status: 204 };
      },
    }),
    route({
      method: 'get',
      path: '/webhooks/{id}/deliveries',
      summary: '推送记录 / its deliveries by status; those that were given up unless told',
      access: 'webhook.manage',
      params: one,
      query: z.object({
        status: z.enum(['waiting', 'delivered', 'dead', 'discarded']).default('dead'),
        after: integerQuery(0, Number.MAX_SAFE_INTEGER, 0, 'the `next` of the page before'),
        limit: integerQuery(1, 500, 50),
      }),
      answers: {
        200: {
          description: 'A page',
          schema: z.object({ items: z.array(deliverySchema), next: z.int().nullable() }),
        },
      },
      async handle({ db }, _person, { path: { id }, query }) {
        const rows = await listDeliveries(db, id, query);
        const items = rows.map(({ subscriptionId: _, dueAt: __, settledAt, ...row }) => ({
          ...row,
          settledAt: settledAt?.toISOString() ?? null,
        }));
        const next = rows.length < query.limit ? null : (rows.at(-1)?.position ?? null);
        return { status: 200, body: { items, next } };
      },
    }),
    settling('replay', '重放 / sends what was given up again, under its old id'),
    settling('discard', '舍弃 / drops what was given up; later events of its case go on'),
  ],
};
