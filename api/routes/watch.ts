import { z } from 'zod';
import { legalNow } from '../../db/legalClock.js';
import { watchAge, whatIsLate } from '../../db/queries/watch.js';
import { allWatchKinds, type WatchKind, watchKind } from '../../rules/watchKinds.js';
import { instant } from '../fields.js';
import { type Resource, route } from '../route.js';

const lateSchema = z
  .object({
    kind: z.enum(allWatchKinds as [WatchKind, ...WatchKind[]]),
    zh: z.string(),
    en: z.string(),
    remedy: z.object({ zh: z.string(), en: z.string() }).meta({ description: 'what somebody does about it' }),
    repairable: z.boolean().meta({ description: 'whether `yizheng doctor --repair` does it' }),
    count: z.int(),
    since: instant.nullable().meta({ description: 'when the oldest should have happened' }),
    ids: z.array(z.string()).meta({ description: 'of what it is about: the oldest twenty' }),
  })
  .meta({ id: 'Late' });

/** What does not go on by itself, and how the installation stands. */
export const watch: Resource = {
  name: 'watch',
  description: '值守 / what should have happened by now and did not, and the metrics',
  routes: [
    route({
      method: 'get',
      path: '/watch',
      summary: '滞留事项 / what should have happened by now and did not, by kind',
      access: 'watch.read',
      answers: {
        200: {
          description: 'A line for each kind, also where nothing is late',
          schema: z.object({
            at: instant,
            ok: z.boolean(),
            secondsSinceLook: z.number().nullable().meta({
              description: 'since the watch itself last looked; what is said of workflows is as of then',
            }),
            items: z.array(lateSchema),
          }),
        },
      },
      async handle({ db }) {
        const late = await whatIsLate(db);
        const items = late.map((each) => {
          const { zh, en, remedy, repairable = false } = watchKind(each.kind);
          return { ...each, zh, en, remedy, repairable };
        });
        const ok = items.every(({ count }) => count === 0);
        const secondsSinceLook = await watchAge(db);
        return { status: 200, body: { at: await legalNow(db), ok, secondsSinceLook, items } };
      },
    }),
    route({
      method: 'get',
      path: '/metrics',
      summary: '指标 / the metrics of this process, in the Prometheus format',
      description: 'For people. Prometheus itself reads them from a port of its own: API_METRICS_PORT.',
      access: 'watch.read',
      answers: { 200: { description: 'The metrics', mediaType: 'text/plain' } },
      async handle({ metrics: { registry } }) {
        return {
          status: 200,
          body: Buffer.from(await registry.metrics()),
          headers: { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' },
        };
      },
    }),
  ],
};
