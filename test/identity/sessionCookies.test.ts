import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessions } from '../../db/schema/index.js';
import { type Api, type Caller, openApi, password } from '../api/client.js';
import { openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
let api: Api;
/** The same product in another process: it shares nothing but the database and the secret. */
let elsewhere: Api;
let security: Caller;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  api = await openApi(rig);
  elsewhere = await openApi(rig);
  security = await api.account('security', { role: 'securityAdministrator', organ: '*' });
});
afterAll(async () => {
  await api.close();
  await elsewhere.close();
  await rig.close();
});

const plainName = 'better-auth.session_token';

/** Signs in as a browser does; answers with the session's cookie, its value as the browser sends it. */
async function cookieOf(at: Api, username: string): Promise<{ name: string; value: string }> {
  const { headers } = await at.anybody.send('POST', '/sign-in', { username, password });
  const [pair = ''] = (headers.getSetCookie()[0] ?? '').split(';');
  const equals = pair.indexOf('=');
  return { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
}

const asks = async (at: Api, value: string, name = plainName): Promise<number> =>
  (await at.anybody.send('GET', '/me', undefined, { Cookie: `${name}=${value}` })).status;

/** The same text with another character at this place. */
const altered = (text: string, place: number): string =>
  text.slice(0, place) + (text[place] === 'A' ? 'B' : 'A') + text.slice(place + 1);

test('A5: a cookie with another signature, another token or none of either is no session, before and after the true one was seen', async () => {
  await api.account('cookie.bai');
  const { name, value } = await cookieOf(api, 'cookie.bai');
  expect(name).toBe(plainName);
  const decoded = decodeURIComponent(value);
  const dot = decoded.lastIndexOf('.');
  const [token, signature] = [decoded.slice(0, dot), decoded.slice(dot + 1)];
  const other = await cookieOf(api, 'cookie.bai');
  const forged = [
    `${token}.${altered(signature, 3)}`,
    `${altered(token, 3)}.${signature}`,
    `${token}.${decodeURIComponent(other.value).split('.').at(-1) ?? ''}`,
    token,
    `${token}.`,
    '',
  ].map(encodeURIComponent);
  for (const each of forged) expect(await asks(api, each), each).toBe(401);
  // What is remembered of the true one helps no other.
  for (let time = 0; time < 3; time += 1) expect(await asks(api, value)).toBe(200);
  for (const each of forged) expect(await asks(api, each), each).toBe(401);
  expect(await asks(api, value)).toBe(200);
  // A cookie that another secret has signed.
  const foreign = await openApi(rig, {
    auth: { secret: 'another secret of the tests, as long as it must be', baseUrl: 'http://127.0.0.1' },
  });
  expect(await asks(foreign, value)).toBe(401);
  await foreign.close();
});

test('A5: a session that was seen a moment ago and has expired is none, in every process', async () => {
  const { id } = await api.account('cookie.expired');
  const { value } = await cookieOf(api, 'cookie.expired');
  for (const process of [api, elsewhere]) expect(await asks(process, value)).toBe(200);
  await rig.db
    .update(sessions)
    .set({ expiresAt: sql`clock_timestamp() - interval '1 second'` })
    .where(eq(sessions.userId, id));
  for (const process of [api, elsewhere]) expect(await asks(process, value)).toBe(401);
});

test('A5: after signing out, the cookie opens nothing, in every process that had seen it', async () => {
  await api.account('cookie.out');
  const { value } = await cookieOf(api, 'cookie.out');
  const stays = await cookieOf(api, 'cookie.out');
  for (const process of [api, elsewhere]) expect(await asks(process, value)).toBe(200);
  const out = await api.anybody.send('POST', '/sign-out', undefined, { Cookie: `${plainName}=${value}` });
  expect(out.status).toBe(204);
  for (const process of [api, elsewhere]) expect(await asks(process, value)).toBe(401);
  // The person's other session is another one.
  expect(await asks(elsewhere, stays.value)).toBe(200);
});

test('A5: a disabled account and ended sessions are out at the next call, by cookie, in every process', async () => {
  const { id } = await api.account('cookie.disabled');
  const { value } = await cookieOf(api, 'cookie.disabled');
  for (const process of [api, elsewhere]) expect(await asks(process, value)).toBe(200);
  expect((await security.send('DELETE', '/accounts/cookie.disabled/sessions')).status).toBe(200);
  for (const process of [api, elsewhere]) expect(await asks(process, value)).toBe(401);
  const again = await cookieOf(api, 'cookie.disabled');
  for (const process of [api, elsewhere]) expect(await asks(process, again.value)).toBe(200);
  // Without ending his sessions: the account alone decides.
  await rig.db.execute(sql`update users set disabled_at = clock_timestamp() where id = ${id}`);
  for (const process of [api, elsewhere]) expect(await asks(process, again.value)).toBe(401);
});

test('A5: what a person may do is asked anew at every call', async () => {
  const person = await api.account('cookie.granted', { role: 'officer', organ: 'yunchuan' });
  const { value } = await cookieOf(api, 'cookie.granted');
  const grants = async () => {
    const { body } = await elsewhere.anybody.send('GET', '/me', undefined, {
      Cookie: `${plainName}=${value}`,
    });
    return body['grants'];
  };
  expect(await grants()).toEqual([{ role: 'officer', organ: 'yunchuan' }]);
  await rig.db.execute(sql`delete from grants where user_id = ${person.id}`);
  expect(await grants()).toEqual([]);
});

test('A5: behind https the cookie is a secure one, and the plain name is no session', async () => {
  const secure = await openApi(rig, {
    auth: { secret: 'a secret of the tests, long enough to sign with', baseUrl: 'https://permits.test' },
  });
  await secure.account('cookie.secure');
  const { headers } = await secure.anybody.send('POST', '/sign-in', { username: 'cookie.secure', password });
  expect(headers.getSetCookie()[0]).toMatch(/^__Secure-.*; HttpOnly; .*Secure/i);
  const { name, value } = await cookieOf(secure, 'cookie.secure');
  expect(name).toBe(`__Secure-${plainName}`);
  expect(await asks(secure, value, name)).toBe(200);
  expect(await asks(secure, value)).toBe(401);
  await secure.close();
});
