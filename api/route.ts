import type { IncomingHttpHeaders } from 'node:http';
import type { Request, Response } from 'express';
import { Router } from 'express';
import { z } from 'zod';
import { DomainError } from '../rules/errors.js';
import { type Doer, writeAudit } from '../db/queries/audit.js';
import { currentOrigin } from '../observe/origin.js';
import type { Context } from './context.js';
import { parse } from './parse.js';
import { type Operation, type Person, requireGrants } from './policy.js';
import { authenticate } from './session.js';

/** What a route answers. A `Buffer` is sent as it is, anything else as JSON. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

/** A request, authenticated, allowed and parsed. */
export interface Call<Path, Query, Body> {
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  readonly headers: IncomingHttpHeaders;
  /** Where the request comes from, as far as the proxies that we know can tell. */
  readonly address: string;
  /** The `X-Request-Id` that the answer carries, by which the log and the audit log know the request. */
  readonly requestId: string;
  /** The URL's path: the `instance` of problems. */
  readonly instance: string;
  /** Present on writes to a case. */
  readonly idempotencyKey: string;
}

/** An answer as the OpenAPI document describes it. */
export interface AnswerDescription {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** JSON unless told. */
  readonly mediaType?: string;
  /** Also answered as a page, to whoever accepts `text/html`. */
  readonly page?: true;
}

/** A route as Express serves it and OpenAPI describes it: the same schemas do both. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** With `{parameters}`, as in OpenAPI. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: 'public' | 'signedIn' | Operation;
  readonly schemas: { readonly path: z.ZodObject; readonly query: z.ZodObject; readonly body?: z.ZodType };
  /** The body as documented, where the schema that parses it depends on more than the body. */
  readonly documentedBody?: z.ZodType;
  /** What the body is sent as: JSON unless told. */
  readonly bodyMediaType?: string;
  /** Media types in which the body may be a file instead. */
  readonly fileTypes?: readonly string[];
  /** A write to a case: it needs an `Idempotency-Key` and may answer 202. */
  readonly isWrite: boolean;
  /** Asked by machines every few seconds, also while the database is away: never counted by the rate limits. */
  readonly isProbe: boolean;
  readonly answers: Readonly<Record<number, AnswerDescription>>;
  handle(context: Context, request: Request): Promise<{ answer: Answer; person?: Person }>;
}

/** The routes of one resource. */
export interface Resource {
  readonly name: string;
  readonly description: string;
  readonly routes: readonly Route[];
}

type Shape = z.ZodObject;
const nothing = z.object({});
const idempotencyKey = z.string().trim().min(1).max(200);

interface Definition<Path extends Shape, Query extends Shape, Body extends z.ZodType> extends Pick<
  Route,
  'method' | 'path' | 'summary' | 'description' | 'documentedBody' | 'bodyMediaType' | 'fileTypes' | 'answers'
> {
  readonly params?: Path;
  readonly query?: Query;
  readonly body?: Body;
  readonly write?: boolean;
  readonly isProbe?: boolean;
}

/** Who does what this request asks for, as the audit log names him. */
export const doerOf = (
  { id }: Pick<Person, 'id'>,
  { requestId }: Pick<Call<unknown, unknown, unknown>, 'requestId'>,
): Doer => ({ actorId: id, requestId });

type ParsedCall<Path extends Shape, Query extends Shape, Body extends z.ZodType> = Call<
  z.output<Path>,
  z.output<Query>,
  z.output<Body>
>;

/** A route for people who are signed in; with an operation, for those whose roles allow it. */
export function route<
  Path extends Shape = typeof nothing,
  Query extends Shape = typeof nothing,
  Body extends z.ZodType = z.ZodUndefined,
>(
  definition: Definition<Path, Query, Body> & {
    readonly access: 'signedIn' | Operation;
    /** Whether a read of this goes into the audit log: files, ledgers, persons, exports. No entry, no answer. */
    readonly logs?: true;
    readonly handle: (
      context: Context,
      person: Person,
      call: ParsedCall<Path, Query, Body>,
    ) => Promise<Answer>;
  },
): Route {
  const { access, handle, logs } = definition;
  return {
    ...described(definition, access),
    async handle(context, request) {
      const person = await authenticate(context, request.headers).catch(async (error: unknown) => {
        if (error instanceof DomainError) await context.rates.count(request, {});
        throw error;
      });
      await context.rates.count(request, { person: person.id });
      if (access !== 'signedIn') requireGrants(person, access);
      const call = parsedCall(definition, request);
      const answer = await handle(context, person, call);
      if (logs === true && answer.status < 400) {
        const read = { category: 'access', action: access, subject: call.instance } as const;
        await writeAudit(context.db, { ...read, ...doerOf(person, call) });
      }
      return { answer, person };
    },
  };
}

/** A route for everybody. */
export function publicRoute<
  Path extends Shape = typeof nothing,
  Query extends Shape = typeof nothing,
  Body extends z.ZodType = z.ZodUndefined,
>(
  definition: Definition<Path, Query, Body> & {
    readonly handle: (context: Context, call: ParsedCall<Path, Query, Body>) => Promise<Answer>;
  },
): Route {
  const { handle } = definition;
  return {
    ...described(definition, 'public'),
    async handle(context, request) {
      if (definition.isProbe !== true) await context.rates.count(request, {});
      return { answer: await handle(context, parsedCall(definition, request)) };
    },
  };
}

/** A query takes what it names and nothing else, unless it says that it is loose. */
const queryOf = (query: Shape = nothing): Shape =>
  query.def.catchall === undefined ? query.strict() : query;

function described<Path extends Shape, Query extends Shape, Body extends z.ZodType>(
  {
    method,
    path,
    summary,
    description,
    documentedBody,
    bodyMediaType,
    fileTypes,
    answers,
    params,
    query,
    body,
    write,
    isProbe,
  }: Definition<Path, Query, Body>,
  access: Route['access'],
): Omit<Route, 'handle'> {
  return {
    ...{ method, path, summary, answers, access },
    ...(description === undefined ? {} : { description }),
    ...(documentedBody === undefined ? {} : { documentedBody }),
    ...(bodyMediaType === undefined ? {} : { bodyMediaType }),
    ...(fileTypes === undefined ? {} : { fileTypes }),
    schemas: {
      path: params ?? nothing,
      query: queryOf(query),
      ...(body === undefined ? {} : { body }),
    },
    isWrite: write ?? false,
    isProbe: isProbe ?? false,
  };
}

function parsedCall<Path extends Shape, Query extends Shape, Body extends z.ZodType>(
  { params, query, body, write }: Definition<Path, Query, Body>,
  request: Request,
): ParsedCall<Path, Query, Body> {
  const key = request.headers['idempotency-key'];
  return {
    path: parse(params ?? nothing, request.params, 'path') as z.output<Path>,
    query: parse(queryOf(query), request.query, 'query') as z.output<Query>,
    body: (body === undefined ? undefined : parse(body, request.body ?? {}, 'body')) as z.output<Body>,
    headers: request.headers,
    address: request.ip ?? '',
    requestId: currentOrigin()?.call ?? '',
    instance: request.path,
    idempotencyKey:
      write === true
        ? parse(z.object({ 'Idempotency-Key': idempotencyKey }), { 'Idempotency-Key': key }, 'header')[
            'Idempotency-Key'
          ]
        : '',
  };
}

/** The Express router of a resource. */
export function routerOf(resource: Resource, context: Context): Router {
  const router = Router();
  for (const one of resource.routes) {
    router[one.method](expressPath(one.path), async (request: Request, response: Response) => {
      response.locals['route'] = one.path;
      const { answer, person } = await one.handle(context, request);
      response.locals['personId'] = person?.id;
      send(response, answer);
    });
  }
  return router;
}

/**
 * Refuses a method that an address has not, with those that it has. Before any body is read: whatever comes with such a
 * request, its method is what is wrong.
 */
export function knownMethods(resources: readonly Resource[]): Router {
  const router = Router();
  const routes = resources.flatMap((resource) => resource.routes);
  for (const path of new Set(routes.map((one) => one.path))) {
    const methods = routes.filter((one) => one.path === path).map((one) => one.method.toUpperCase());
    const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
    router.all(expressPath(path), (request, response, next) => {
      if (allowed.includes(request.method)) {
        next();
        return;
      }
      response.setHeader('Allow', allowed.join(', '));
      throw new DomainError('method.notAllowed', {
        what: 'this address has no such method',
        where: request.path,
        expected: methods.join(' | '),
        found: request.method,
      });
    });
  }
  return router;
}

/** A path with `{parameters}` as Express writes them. */
const expressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

/** Sends an answer; a status of 400 and more is a problem. */
export function send(response: Response, { status, body, headers = {} }: Answer): void {
  response.status(status);
  // Most of what we answer is about people and cases: nothing between us and the reader keeps it, unless a route says so.
  response.setHeader('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  if (body === undefined) response.end();
  else if (Buffer.isBuffer(body)) response.end(body);
  else {
    if (status >= 400) response.type('application/problem+json');
    response.json(body);
  }
}
