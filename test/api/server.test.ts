import { connect } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../../api/server.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { type Api, type Caller, openApi } from './client.js';
import { file } from './filing.js';

let rig: Rig;
let api: Api;
let applicant: Caller;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  api = await openApi(rig);
  await addUnit(rig, 'steel');
  applicant = await api.account('steel.zhao', { role: 'applicant', organ: 'unit:steel' });
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

/** Sends these bytes and answers with everything that comes back until the server ends the connection. */
async function raw(url: string, ...parts: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (data) => (answer += data.toString())).on('error', () => undefined);
  const ended = new Promise((done) => socket.on('close', done));
  for (const part of parts) socket.write(part);
  await ended;
  return answer;
}

test('A1: no answer is kept on its way, shown in a frame, run as a page or guessed at', async () => {
  const caseId = await file(applicant);
  for (const path of ['/me', `/cases/${caseId}`, '/nowhere', '/cases/application/nothing']) {
    const { headers } = await applicant.get(path);
    expect(headers.get('cache-control'), path).toBe('no-store');
    expect(headers.get('content-security-policy'), path).toBe(
      "default-src 'none';frame-ancestors 'none';form-action 'none'",
    );
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
    expect(headers.get('x-frame-options'), path).toBe('DENY');
    expect(headers.get('referrer-policy'), path).toBe('no-referrer');
    expect(headers.get('x-powered-by'), path).toBeNull();
    expect(headers.get('strict-transport-security'), path).toBeNull();
  }
  const auth = { secret: 'another secret, long enough to sign with', baseUrl: 'https://permit.example' };
  const behindTls = await openApi(rig, { auth });
  const { headers } = await behindTls.anybody.get('/');
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
  await behindTls.close();
});

test('A1: headers that are too large, and what is no HTTP, get a problem', async () => {
  const large = `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(17_000)}\r\n\r\n`;
  expect(await raw(api.url, large)).toMatch(/^HTTP\/1\.1 431 [^]*application\/problem\+json[^]*"status":431/);
  expect(await raw(api.url, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*"code":"input.invalid"/);
});

test('A1: a request that trickles in is cut off, and told', async () => {
  const hasty = { headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 100 };
  const server = await startServer(express().use(express.json()), { port: 0, ...hasty });
  expect(await raw(server.url, 'GET /healthz HTTP/1.1\r\nHost: x\r\n')).toMatch(/^HTTP\/1\.1 408 /);
  const body =
    'POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{';
  expect(await raw(server.url, body)).toMatch(/^HTTP\/1\.1 408 [^]*problem\+json/);
  await server.close();
});

test('A1: a server that closes finishes what is under way, takes nothing new, and waits for no idle connection', async () => {
  let release = (): void => undefined;
  let arrived = (): void => undefined;
  const underWay = new Promise<void>((done) => (arrived = done));
  const held = new Promise<void>((done) => (release = done));
  const app = express().get('/slow', async (_request, response) => {
    arrived();
    await held;
    response.json({ done: true });
  });
  app.get('/quick', (_request, response) => void response.json({}));
  const server = await startServer(app, { port: 0 });
  // Leaves an idle connection behind, which would be kept for a minute.
  await (await fetch(`${server.url}/quick`)).json();
  const answer = fetch(`${server.url}/slow`).then(async (response) => await response.json());
  await underWay;
  let isClosed = false;
  const closed = server.close().then(() => (isClosed = true));
  await expect(fetch(`${server.url}/quick`)).rejects.toThrow();
  expect(isClosed).toBe(false);
  release();
  expect(await answer).toEqual({ done: true });
  await closed;
});
