import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createAccount } from '../../api/accounts.js';
import { sessionSecret } from '../../cli/secret.js';
import { type OpenDatabase, openDatabase } from '../../db/database.js';
import { migrate } from '../../db/migrate.js';
import { ledger, notices, requests, units } from '../../db/schema/index.js';
import { until } from '../../rehearsal/world.js';
import { plainProject } from '../../rehearsal/office.js';
import { at } from '../rig/rig.js';
import { MailServer } from '../notices/mailServer.js';
import { compiledCommand } from './compiled.js';

/** The worker and the API as in production: a process each, on servers that exist, with a database and queue of their own. */
let command: string;
let folder: string;
let database: OpenDatabase;
let environment: NodeJS.ProcessEnv;
let port: number;
let metricsPorts: { readonly api: number; readonly worker: number; readonly temporal: number };
let api: ChildProcess;
let worker: ChildProcess;
let token: string;
let mail: MailServer;
let wire: { readonly server: Server; cut: boolean };
const password = 'correct horse battery';

beforeAll(async () => {
  command = compiledCommand();
  folder = await mkdtemp(join(tmpdir(), 'yizheng-processes-'));
  const { postgresUrl, temporalAddress, namespace } = inject('servers');
  const admin = new pg.Client({ connectionString: postgresUrl });
  await admin.connect();
  await admin.query('create database processes');
  await admin.end();
  const url = new URL(postgresUrl);
  url.pathname = '/processes';
  await migrate(url.href);
  database = openDatabase(url.href);
  port = await freePort();
  mail = await MailServer.start();
  metricsPorts = { api: await freePort(), worker: await freePort(), temporal: await freePort() };
  environment = {
    ...process.env,
    DATABASE_URL: url.href,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_TASK_QUEUE: 'processes',
    YIZHENG_DATA: folder,
    API_PORT: String(port),
    API_METRICS_PORT: String(metricsPorts.api),
    WORKER_METRICS_PORT: String(metricsPorts.worker),
    TEMPORAL_METRICS_PORT: String(metricsPorts.temporal),
    LOG_LEVEL: 'warn',
    SMTP_URL: mail.options.url,
    MAIL_FROM: mail.options.from,
  };
  wire = await wireTo(Number(temporalAddress.split(':')[1]));
  const auth = { secret: await sessionSecret(folder), baseUrl: `http://127.0.0.1:${port}` };
  const steel = {
    id: 'steel',
    creditCode: '91990100MA0PROC001',
    name: '示范',
    area: '990100',
    contact: 'x@example.test',
  };
  await database.db.insert(units).values(steel);
  const grants = [{ role: 'applicant' as const, organ: 'unit:steel' }];
  await createAccount(database.db, auth, { username: 'steel', name: '示范', password, grants });
});
afterAll(async () => {
  for (const part of [api, worker]) part.kill('SIGKILL');
  await database.close();
  wire.server.close();
  await mail.down();
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return free;
}

/** The way from the API to Temporal. When it is cut, nothing that the API says arrives, and it is not told. */
async function wireTo(target: number) {
  const state = { cut: false };
  const server = createServer((from) => {
    const to = connect(target, '127.0.0.1');
    const pass = (into: Socket) => (data: Buffer) => {
      if (!state.cut) into.write(data);
    };
    from
      .on('data', pass(to))
      .on('error', () => undefined)
      .on('close', () => to.destroy());
    to.on('data', pass(from))
      .on('error', () => undefined)
      .on('close', () => from.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return Object.assign(state, { server });
}

function start(part: 'api' | 'worker', more: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [command, part], {
    env: { ...environment, ...more },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function kill(part: ChildProcess): Promise<void> {
  const ended = once(part, 'exit');
  part.kill('SIGKILL');
  await ended;
}

async function call(method: string, path: string, body?: object, key: string = randomUUID()) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'Idempotency-Key': key,
      ...(path === '/sign-in' ? {} : { Authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
}

const statusOf = (path: string): Promise<number | null> =>
  fetch(`http://127.0.0.1:${port}${path}`).then(
    ({ status }) => status,
    () => null,
  );
const becomes = (path: string, status: number | null) =>
  expect.poll(() => statusOf(path), { timeout: 60_000, interval: 200 }).toBe(status);

async function application() {
  const { body } = await call('POST', '/contents', {
    json: { outfalls: [{ id: randomUUID() }], unitId: 'steel' },
  });
  const files = ['commitment', 'applicationForm', 'preDisclosure'].map((item) => ({
    item,
    contentId: body['id'],
  }));
  const facts = {
    kind: 'first',
    permitClass: 'key',
    area: '990100',
    project: plainProject,
    commitment: true,
  };
  return { ...facts, unitId: 'steel', contentId: body['id'], files };
}

const openRows = () => database.db.select().from(requests).where(eq(requests.status, 'open'));
const received = async (): Promise<number> =>
  (await database.db.select().from(ledger).where(eq(ledger.event, 'application.received'))).length;
const allAnswered = () =>
  until(async () => ((await openRows()).length === 0 ? null : 'open'), 'every request answered', 60_000);

test('the API is healthy alone, and ready as soon as a worker polls; a submission then goes through', async () => {
  api = start('api', { TEMPORAL_ADDRESS: `127.0.0.1:${(wire.server.address() as AddressInfo).port}` });
  await becomes('/healthz', 200);
  expect(await statusOf('/readyz')).toBe(503);
  worker = start('worker');
  await becomes('/readyz', 200);
  const signedIn = await call('POST', '/sign-in', { username: 'steel', password });
  token = String(signedIn.body['token']);
  expect(await call('POST', '/applications', await application())).toMatchObject({
    status: 201,
    body: { stage: 'received' },
  });
});

test('A7: worker and API serve their metrics on ports of their own, the worker those of the SDK too', async () => {
  const metricsAt = async (metricsPort: number) =>
    await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  expect(await metricsAt(metricsPorts.api)).toMatch(/yizheng_http_seconds_count\{.*route="\/applications"/);
  const ofWorker = await metricsAt(metricsPorts.worker);
  expect(ofWorker).toMatch(/yizheng_step_seconds_count\{kind="application",.*verdict="committed"\} 1/);
  expect(ofWorker).toContain('yizheng_open_cases{kind="application"} 1');
  expect(await metricsAt(metricsPorts.temporal)).toContain('temporal_');
});

test('kill -9 of the API between the row and its sending: the relay of the worker sends it', async () => {
  const body = await application();
  wire.cut = true;
  const posted = call('POST', '/applications', body).catch(() => 'no answer');
  await until(async () => ((await openRows()).length === 1 ? null : 'no row'), 'the row');
  await kill(api);
  expect(await posted).toBe('no answer');
  expect(await received()).toBe(1);
  await allAnswered();
  expect(await received()).toBe(2);
  wire.cut = false;
});

test('kill -9 of the worker in the middle: a new worker goes on, and nothing is done twice', async () => {
  api = start('api');
  await becomes('/readyz', 200);
  const body = await application();
  const posted = [call('POST', '/applications', body), call('POST', '/applications', body)];
  await until(async () => ((await openRows()).length > 0 ? null : 'no row'), 'a row');
  await kill(worker);
  worker = start('worker');
  for (const { status } of await Promise.all(posted)) expect([201, 202]).toContain(status);
  await allAnswered();
  expect(await received()).toBe(4);
});

test('L14: the worker sends what is queued, by the mail server that the environment names', async () => {
  const [entry] = await database.db.select().from(ledger).where(eq(ledger.event, 'application.received'));
  const caseId = entry?.caseId ?? '';
  await database.db.insert(notices).values({
    ...{ id: `${caseId}/queued`, caseId, template: 'application.lapsed', step: 'queued', channel: 'mail' },
    ...{
      recipient: 'applicant',
      params: {},
      status: 'queued',
      queuedAt: entry?.at ?? at('2026-01-01 00:00'),
    },
  });
  await until(() => Promise.resolve(mail.received.length > 0 ? null : 'none'), 'the mail');
  expect(mail.received.map(({ to }) => to)).toEqual(['x@example.test']);
  expect(mail.received[0]?.text).toContain(`http://127.0.0.1:${port}/cases/${caseId}`);
});

test('A1: a key is remembered by no process: after both were killed it finds the same case, and takes no further number', async () => {
  await becomes('/readyz', 200);
  const body = await application();
  const key = randomUUID();
  const first = await call('POST', '/applications', body, key);
  expect(first.status).toBe(201);
  for (const part of [api, worker]) await kill(part);
  api = start('api');
  worker = start('worker');
  await becomes('/readyz', 200);
  expect(await call('POST', '/applications', body, key)).toEqual(first);
  const other = await call('POST', '/applications', { ...body, permitClass: 'simplified' }, key);
  expect(other).toMatchObject({ status: 422, body: { code: 'request.mismatch' } });
  const next = await call('POST', '/applications', await application());
  const numberOf = (answer: { body: Record<string, unknown> }) =>
    Number(String(answer.body['caseId']).slice(-6));
  expect(numberOf(next)).toBe(numberOf(first) + 1);
  expect(await received()).toBe(6);
});

test('SIGTERM ends both in good order', async () => {
  const began = Date.now();
  const ends = [api, worker].map(
    async (part) => (await once(part, 'exit')) as [number | null, string | null],
  );
  worker.kill('SIGTERM');
  api.kill('SIGTERM');
  expect(await Promise.all(ends)).toEqual([
    [0, null],
    [0, null],
  ]);
  expect(Date.now() - began).toBeLessThan(15_000);
  expect(await statusOf('/healthz')).toBeNull();
});
