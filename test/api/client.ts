import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { expect } from 'vitest';
import { createAccount } from '../../api/accounts.js';
import { createApp, resources } from '../../api/app.js';
import type { AppOptions } from '../../api/context.js';
import type { Grant } from '../../api/policy.js';
import { startServer } from '../../api/server.js';
import type { Rig } from '../rig/rig.js';

const auth = { secret: 'a secret of the tests, long enough to sign with', baseUrl: 'http://127.0.0.1' };
export const password = 'correct horse battery';

/** What came back. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** Somebody who is signed in. */
export interface Caller {
  readonly id: string;
  get(path: string): Promise<Answered>;
  /** Sends a write; with a key of its own unless one is given. */
  post(path: string, body?: object, key?: string): Promise<Answered>;
  send(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Answered>;
}

/** The API over HTTP on a rig's servers, with accounts made as tests need them. */
export interface Api {
  readonly url: string;
  readonly anybody: Omit<Caller, 'id'>;
  /** Creates an account and signs in. */
  account(username: string, ...grants: readonly Grant[]): Promise<Caller>;
  /** Signs somebody in whose account is there already. */
  signIn(username: string): Promise<Omit<Caller, 'id'>>;
  close(): Promise<void>;
}

/** Starts the API for a rig. Every answer is checked against what the OpenAPI document says of its route. */
export async function openApi(rig: Rig, options: Partial<AppOptions> = {}): Promise<Api> {
  const { db, client, taskQueue, namespace } = rig;
  const logger = pino({ level: 'silent' });
  const app = createApp({ db, client, taskQueue, namespace, logger, auth, ...options });
  const server = await startServer(app, { port: 0 });

  const call = async (
    method: string,
    path: string,
    body: object | undefined,
    headers: Record<string, string>,
  ): Promise<Answered> => {
    const response = await fetch(server.url + path, {
      method,
      headers: {
        ...(body === undefined || Buffer.isBuffer(body) ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const answered = { status: response.status, headers: response.headers, body: toBody(text, isJson) };
    checkAnswer(method, path, answered);
    return answered;
  };
  const caller = (headers: Record<string, string>): Omit<Caller, 'id'> => ({
    get: (path) => call('GET', path, undefined, headers),
    post: (path, body = {}, key = randomUUID()) =>
      call('POST', path, body, { ...headers, 'Idempotency-Key': key }),
    send: (method, path, body, more = {}) => call(method, path, body, { ...headers, ...more }),
  });
  const anybody = caller({});
  const signIn = async (username: string) => {
    const { body } = await anybody.send('POST', '/sign-in', { username, password });
    return caller({ Authorization: `Bearer ${String(body['token'])}` });
  };
  return {
    url: server.url,
    anybody,
    async account(username, ...grants) {
      const id = await createAccount(db, auth, { username, name: `示范 ${username}`, password, grants });
      return { id, ...(await signIn(username)) };
    },
    signIn,
    close: () => server.close(),
  };
}

function toBody(text: string, isJson: boolean): Record<string, unknown> {
  if (text === '') return {};
  return isJson ? (JSON.parse(text) as Record<string, unknown>) : { text };
}

/** The answer is one that the route documents, and has the documented shape. */
function checkAnswer(method: string, path: string, { status, body, headers }: Answered): void {
  if (status >= 400) {
    expect(headers.get('content-type'), path).toContain(
      path === '/readyz' ? 'json' : 'application/problem+json',
    );
    return;
  }
  const route = resources
    .flatMap((resource) => resource.routes)
    .find((candidate) => {
      const pattern = new RegExp(
        `^${candidate.path.replace(/\./g, '\\.').replace(/\{\w+\}/g, '[^/?]+')}(\\?.*)?$`,
      );
      return candidate.method.toUpperCase() === method && pattern.test(path);
    });
  const answer = route?.answers[status];
  expect(answer, `${method} ${path} documents ${status}`).toBeDefined();
  if (answer?.schema === undefined) return;
  const parsed = answer.schema.safeParse(body);
  expect(parsed.error, `${method} ${path} answers as documented`).toBeUndefined();
}
