import { z } from 'zod';
import { readiness } from '../readiness.js';
import { publicRoute, type Resource } from '../route.js';

const partSchema = z.object({ part: z.string(), ready: z.boolean(), zh: z.string(), en: z.string() });
const readySchema = z.object({ ready: z.boolean(), parts: z.array(partSchema) }).meta({ id: 'Readiness' });

/** Whether the service lives and can work, and what it offers. `document` makes the OpenAPI document. */
export const service = (document: () => object): Resource => ({
  name: 'service',
  description: '服务 / whether the service lives, whether it can work, and what it offers',
  routes: [
    publicRoute({
      method: 'get',
      path: '/',
      summary: '入口 / where to begin',
      answers: {
        200: {
          description: 'Where to begin',
          schema: z.object({
            ...{ name: z.string(), docs: z.string(), openapi: z.string(), signIn: z.string() },
            ready: z.string(),
          }),
        },
      },
      handle: () =>
        Promise.resolve({
          status: 200,
          body: {
            ...{ name: '一证 Yizheng', docs: '/docs', openapi: '/openapi.json' },
            ...{ signIn: 'POST /sign-in', ready: '/readyz' },
          },
        }),
    }),
    publicRoute({
      method: 'get',
      path: '/openapi.json',
      summary: '接口文档 / this document, OpenAPI 3.1',
      answers: { 200: { description: 'The document', schema: z.looseObject({}) } },
      handle: () =>
        Promise.resolve({ status: 200, body: document(), headers: { 'Cache-Control': 'no-cache' } }),
    }),
    publicRoute({
      method: 'get',
      path: '/healthz',
      isProbe: true,
      summary: '存活 / the process lives',
      answers: { 200: { description: 'Alive', schema: z.object({ alive: z.literal(true) }) } },
      handle: () => Promise.resolve({ status: 200, body: { alive: true } }),
    }),
    publicRoute({
      method: 'get',
      path: '/readyz',
      isProbe: true,
      summary: '就绪 / the database answers and a worker polls the task queue; else which part is missing',
      answers: {
        200: { description: 'Ready', schema: readySchema },
        503: { description: 'Not ready', schema: readySchema },
      },
      async handle(context) {
        const parts = await readiness(context);
        const ready = parts.every((part) => part.ready);
        return {
          status: ready ? 200 : 503,
          headers: { 'Cache-Control': 'no-store' },
          body: { ready, parts },
        };
      },
    }),
  ],
});
