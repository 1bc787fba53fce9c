import { OpenAPIRegistry, OpenApiGeneratorV31, type ResponseConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { policy } from './policy.js';
import { problemSchema } from './problem.js';
import type { Resource, Route } from './route.js';

const idempotencyHeader = z.object({
  'Idempotency-Key': z.string().min(1).max(200).meta({
    description:
      'Chosen by the caller, one for each intent: repeating the request with it has no further effect.',
    example: '7f6c1f0e-3f0b-4a5e-9f6e-2b8f4f1f6a10',
  }),
});

const problemsByStatus: Readonly<Record<number, string>> = {
  400: 'The input is not valid: `errors` names every fault',
  401: 'Not signed in',
  403: 'Not for this role, organ or region',
  404: 'Not there, or not in one’s scope',
  409: 'The case, task or clock is not in a state that allows this',
  413: 'The body is too large',
  415: 'The type of the body is not allowed, or not that of its bytes',
  422: 'The rules refuse it, or the Idempotency-Key was used with another body',
  431: 'The headers, or the path with its query, are too large',
  429: 'Asked too often: `Retry-After` says when to ask again',
  500: 'A fault of ours',
  503: 'The database, Temporal or a worker is away',
};

/** The OpenAPI 3.1 document of these resources: made from the very schemas that requests are parsed with. */
export function openapiDocument(resources: readonly Resource[]): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'cookie', {
    type: 'apiKey',
    in: 'cookie',
    name: 'better-auth.session_token',
  });
  for (const resource of resources) {
    for (const route of resource.routes) register(registry, resource, route);
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: '一证 Yizheng',
      version: '1',
      description:
        'Discharge permits (排污许可证) as durable cases. Every write to a case carries an Idempotency-Key and answers with what its step committed, or 202 and the request to ask after. Errors are RFC 9457 problems with a stable `code`. Dates are Asia/Shanghai.',
    },
    tags: resources.map(({ name, description }) => ({ name, description })),
  });
}

function register(registry: OpenAPIRegistry, { name }: Resource, route: Route): void {
  const { method, path, summary, schemas, isWrite, access } = route;
  const body = route.documentedBody ?? schemas.body;
  const roles = access === 'public' || access === 'signedIn' ? undefined : policy[access].join(', ');
  const description = [route.description, roles === undefined ? undefined : `Roles: ${roles}.`]
    .filter(Boolean)
    .join('\n\n');
  registry.registerPath({
    method,
    path,
    summary,
    ...(description === '' ? {} : { description }),
    operationId: `${method}${path.replace(/\W+(\w)/g, (_match, letter: string) => letter.toUpperCase()).replace(/\W/g, '')}`,
    tags: [name],
    security: access === 'public' ? [] : [{ bearer: [] }, { cookie: [] }],
    request: {
      params: schemas.path,
      query: schemas.query,
      ...(isWrite ? { headers: idempotencyHeader } : {}),
      ...(body === undefined
        ? {}
        : {
            body: {
              // A body that is left away is taken for an empty one.
              required: !body.safeParse({}).success,
              content: { [route.bodyMediaType ?? 'application/json']: { schema: body }, ...filesOf(route) },
            },
          }),
    },
    responses: responsesOf(route),
  });
}

function filesOf({ fileTypes = [] }: Route) {
  const schema = z.string().meta({ format: 'binary' });
  return Object.fromEntries(fileTypes.map((mediaType) => [mediaType, { schema }]));
}

function responsesOf(route: Route): Record<string, ResponseConfig> {
  const problems = problemStatuses(route).map((status) => [
    String(status),
    { description: problemsByStatus[status] ?? 'A problem', content: problemContent },
  ]);
  const answers = Object.entries(route.answers).map(([status, { description, schema, mediaType, page }]) => [
    status,
    mediaType === 'application/problem+json'
      ? { description, content: problemContent }
      : {
          description,
          ...(schema === undefined && mediaType === undefined
            ? {}
            : {
                content: {
                  [mediaType ?? 'application/json']: { schema: schema ?? z.unknown() },
                  ...(page === true ? { 'text/html': { schema: z.string() } } : {}),
                },
              }),
        },
  ]);
  return Object.fromEntries([...problems, ...answers]) as Record<string, ResponseConfig>;
}

const problemContent = { 'application/problem+json': { schema: problemSchema } };

/** Which problems a route can answer with. */
function problemStatuses({ access, schemas, isWrite, isProbe }: Route): readonly number[] {
  const takesInput =
    schemas.body !== undefined ||
    isWrite ||
    Object.keys({ ...schemas.path.shape, ...schemas.query.shape }).length > 0;
  return [
    ...(takesInput ? [400] : []),
    ...(access === 'public' ? [] : [401]),
    ...(access === 'public' || access === 'signedIn' ? [] : [403]),
    ...(Object.keys(schemas.path.shape).length > 0 ? [404] : []),
    ...(isWrite ? [409] : []),
    ...(schemas.body === undefined ? [] : [413, 415, 422]),
    ...(isProbe ? [] : [429]),
    ...[431, 500, 503],
  ];
}
