import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { pino } from 'pino';
import type { RateOptions } from '../../api/rates.js';
import { openDatabase } from '../../db/database.js';
import { rates } from '../../db/schema/index.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { type Api, openApi } from './client.js';

let rig: Rig;
const apis: Api[] = [];
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  await addUnit(rig, 'steel');
});
// What one test asked for from this machine's address must not count against the next.
beforeEach(() => rig.db.delete(rates));
afterAll(async () => {
  for (const api of apis) await api.close();
  await rig.close();
});

async function open(limits: RateOptions, more = {}): Promise<Api> {
  const api = await openApi(rig, { rates: limits, ...more });
  apis.push(api);
  return api;
}

test('A1: one person’s requests are counted over all processes, and what is left is told; others go on', async () => {
  const limits = { requests: 12, signInFailures: 0 };
  const [one, other] = [await open(limits), await open(limits)];
  const busy = await one.account('busy');
  const token = (await one.anybody.send('POST', '/sign-in', { username: 'busy', password })).body['token'];
  const there = () =>
    other.anybody.send('GET', '/me', undefined, { Authorization: `Bearer ${String(token)}` });
  const first = await busy.get('/me');
  expect(first.headers.get('ratelimit-policy')).toBe('"requests";q=12;w=60');
  expect(first.headers.get('ratelimit')).toMatch(/^"requests";r=11;t=\d+$/);
  for (let count = 0; count < 6; count += 1) expect((await there()).status).toBe(200);
  for (let count = 0; count < 5; count += 1) expect((await busy.get('/me')).status).toBe(200);
  for (const refused of [await busy.get('/me'), await there()]) {
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate.limited', title: '请求过于频繁' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  const calm = await one.account('calm');
  expect((await calm.get('/me')).status).toBe(200);
});

const password = 'correct horse battery';

test('A5: who tries tokens at random is counted by his address', async () => {
  const api = await open({ requests: 5, signInFailures: 0 }, { proxies: 1 });
  const guess = (address: string) =>
    api.anybody.send('GET', '/me', undefined, {
      ...{ Authorization: 'Bearer guessed', 'X-Forwarded-For': address },
    });
  for (let count = 0; count < 5; count += 1) expect((await guess('203.0.113.7')).status).toBe(401);
  expect((await guess('203.0.113.7')).status).toBe(429);
  expect((await guess('203.0.113.8')).status).toBe(401);
  // Of IPv6, somebody owns a whole network.
  for (let count = 0; count < 5; count += 1) expect((await guess(`2001:db8:1:2::${count}`)).status).toBe(401);
  expect((await guess('2001:db8:1:2:ffff::1')).status).toBe(429);
});

test('A5: many failed sign-ins of one address lock the address, whatever the names, and not its good ones before', async () => {
  const api = await open({ requests: 0, signInFailures: 6 }, { proxies: 1 });
  await api.account('wei');
  const attempt = (address: string, username: string, word: string) =>
    api.anybody.send('POST', '/sign-in', { username, password: word }, { 'X-Forwarded-For': address });
  for (let count = 0; count < 3; count += 1) {
    expect((await attempt('198.51.100.1', 'wei', password)).status).toBe(200);
    expect((await attempt('198.51.100.1', `nobody${count}`, 'x')).status).toBe(401);
    expect((await attempt('198.51.100.1', `nobody${count}`, 'y')).status).toBe(401);
  }
  const locked = await attempt('198.51.100.1', 'wei', password);
  expect(locked).toMatchObject({ status: 429, body: { code: 'rate.limited', where: 'sign-in' } });
  expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800);
  expect((await attempt('198.51.100.2', 'wei', password)).status).toBe(200);
});

test('A1: an address that a caller makes up is not believed where no proxy stands', async () => {
  const api = await open({ requests: 3, signInFailures: 0 });
  const guess = (address: string) => api.anybody.send('GET', '/', undefined, { 'X-Forwarded-For': address });
  for (let count = 0; count < 3; count += 1) expect((await guess(`192.0.2.${count}`)).status).toBe(200);
  expect((await guess('192.0.2.9')).status).toBe(429);
  // Whoever watches over the process is never refused.
  for (let count = 0; count < 5; count += 1) expect((await api.anybody.get('/healthz')).status).toBe(200);
});

test('A7: limits that are off are said in the log; while the database is away each process counts for itself', async () => {
  const lines: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
  await open({ requests: 0, signInFailures: 5 }, { logger });
  expect(lines.join('')).toContain('rate limits are off');
  const url = new URL(rig.databaseUrl);
  url.port = '1';
  const away = openDatabase(url.href, { connectTimeout: 500 });
  const api = await open({ requests: 2, signInFailures: 0 }, { db: away.db });
  for (let count = 0; count < 2; count += 1) expect((await api.anybody.get('/')).status).toBe(200);
  expect((await api.anybody.get('/')).status).toBe(429);
  await away.close();
});
