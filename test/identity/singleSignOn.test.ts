import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Api, type Caller, openApi } from '../api/client.js';
import { openRig, type Rig } from '../rig/rig.js';
import { Browser, type Page } from './browser.js';
import { type Claims, type IdentityProvider, openProvider } from './provider.js';

/** Where people reach the API: a proxy stands there, and the API never learns its own port from anybody's headers. */
const home = 'https://permits.example.test';
const callback = `${home}/sign-in/oidc/callback`;

/** Who is who at the provider. */
const names: Record<string, string> = {
  'sub-zhou': 'Zhou',
  'sub-wu': 'wu.li',
  'sub-stranger': 'nobody.here',
};

let rig: Rig;
let idp: IdentityProvider;
let api: Api;
let security: Caller;
let audit: Caller;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  idp = await openProvider(callback, (subject) => ({ preferred_username: names[subject] ?? subject }));
  const { issuer, clientId, clientSecret } = idp;
  const oidc = { issuer, clientId, clientSecret, usernameClaim: 'preferred_username' };
  const secret = 'a secret of the tests, long enough to sign with';
  api = await openApi(rig, { auth: { secret, baseUrl: home, oidc } });
  security = await api.account('security', { role: 'securityAdministrator', organ: '*' });
  audit = await api.account('audit', { role: 'auditAdministrator', organ: '*' });
});
afterEach(() => {
  idp.tamper = undefined;
  idp.shut = undefined;
});
afterAll(async () => {
  await api.close();
  await idp.close();
  await rig.close();
});

const newBrowser = (): Browser => new Browser({ [home]: api.url });

/** Goes through the whole sign-in at the provider as this person. */
async function signIn(browser: Browser, subject: string, returnTo = ''): Promise<Page> {
  const login = await browser.open(`${home}/sign-in/oidc${returnTo}`);
  const consent = await browser.submit(login, { login: subject, password: 'anything' });
  return await browser.submit(consent, {});
}

const problemOf = (page: Page) => JSON.parse(page.text) as { status: number; code: string; detail: string };

test('A5: what sign-in offers is told before anybody signs in', async () => {
  const offered = { password: true, oidc: { href: '/sign-in/oidc', issuer: idp.issuer } };
  expect((await api.anybody.get('/sign-in/options')).body).toEqual(offered);
  const alone = await openApi(rig);
  expect((await alone.anybody.get('/sign-in/options')).body).toEqual({ password: true, oidc: null });
  expect(await alone.anybody.get('/sign-in/oidc')).toMatchObject({
    status: 404,
    body: { where: 'OIDC_ISSUER' },
  });
  await alone.close();
});

test('A5: a person signs in at the provider, with PKCE, state and nonce, and is signed in here', async () => {
  await api.account('zhou', { role: 'officer', organ: 'yunchuan' });
  const browser = newBrowser();
  const me = await signIn(browser, 'sub-zhou');
  expect(me.url).toBe(`${home}/me`);
  expect(JSON.parse(me.text)).toMatchObject({ username: 'zhou', kind: 'officer' });
  const asked = new URL(browser.visited.find((url) => url.startsWith(`${idp.issuer}/auth?`)) ?? '');
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({
    ...{ redirect_uri: callback, response_type: 'code', code_challenge_method: 'S256' },
    ...{ state: expect.stringMatching(/.{20}/) as unknown, nonce: expect.stringMatching(/.{20}/) as unknown },
  });
  // What was pending is spent, and the session's cookie goes over TLS alone.
  expect(browser.cookie(home, 'yizheng.oidc')).toBeUndefined();
  expect(browser.cookie(home, '__Secure-better-auth.session_token')).toBeDefined();
  const { body } = await audit.get('/audit?category=session&limit=3');
  expect(body['items']).toMatchObject([
    { action: 'signIn.succeeded', detail: { by: 'oidc' } },
    { action: 'identity.tied', detail: { issuer: idp.issuer } },
    { action: 'signIn.succeeded', detail: { by: 'password' } },
  ]);
});

test('A5: one goes back to where one came from, and nowhere outside', async () => {
  const page = await signIn(newBrowser(), 'sub-zhou', '?returnTo=/sign-in/options');
  expect(page.url).toBe(`${home}/sign-in/options`);
  for (const outside of ['https://evil.example', '//evil.example', '/\\evil.example']) {
    const refused = await newBrowser().open(`${home}/sign-in/oidc?returnTo=${encodeURIComponent(outside)}`);
    expect(problemOf(refused), outside).toMatchObject({ status: 400, code: 'input.invalid' });
  }
});

test('A5: who has no account here is refused, and none is made', async () => {
  const page = await signIn(newBrowser(), 'sub-stranger');
  expect(page.headers.get('content-type')).toContain('application/problem+json');
  expect(problemOf(page)).toMatchObject({ status: 403, code: 'auth.forbidden' });
  expect(problemOf(page).detail).toContain('you have no account here');
  expect((await security.get('/accounts?search=nobody.here')).body['items']).toEqual([]);
});

test('A5: a username that the provider gives to somebody else later opens nothing', async () => {
  await api.account('wu.li');
  expect((await signIn(newBrowser(), 'sub-wu')).url).toBe(`${home}/me`);
  names['sub-second'] = 'wu.li';
  names['sub-wu'] = 'wu.renamed';
  expect(problemOf(await signIn(newBrowser(), 'sub-second'))).toMatchObject({ status: 403 });
  // Who was tied to the account stays it, whatever he is called there now.
  expect(JSON.parse((await signIn(newBrowser(), 'sub-wu')).text)).toMatchObject({ username: 'wu.li' });
});

test('A5: a disabled account is refused here too', async () => {
  const { id } = await api.account('zheng');
  names['sub-zheng'] = 'zheng';
  const browser = newBrowser();
  expect((await signIn(browser, 'sub-zheng')).status).toBe(200);
  await security.send('POST', `/accounts/${id}/disable`);
  expect((await browser.open(`${home}/me`)).status).toBe(401);
  expect(problemOf(await signIn(newBrowser(), 'sub-zheng'))).toMatchObject({
    ...{ status: 403, code: 'auth.forbidden', where: 'account' },
  });
});

const claimsOf = (token: string): Claims =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;

test('A5: a token for another audience, an expired, a strange or a tampered one proves nothing', async () => {
  await api.account('victim');
  const now = Math.floor(Date.now() / 1000);
  const forged: Record<string, (token: string) => string> = {
    'another audience': (token) => idp.signed({ ...claimsOf(token), aud: 'another-client' }),
    expired: (token) => idp.signed({ ...claimsOf(token), iat: now - 7200, exp: now - 3600 }),
    'another issuer': (token) => idp.signed({ ...claimsOf(token), iss: 'https://another.example.test' }),
    'another nonce': (token) => idp.signed({ ...claimsOf(token), nonce: 'of an earlier sign-in' }),
    'changed, with the old signature': (token) => {
      const [header, , signature] = token.split('.');
      const claims = { ...claimsOf(token), preferred_username: 'victim', sub: 'sub-victim' };
      return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    },
    unsigned: (token) => {
      const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
      return `${header}.${token.split('.')[1] ?? ''}.`;
    },
  };
  for (const [what, tamper] of Object.entries(forged)) {
    idp.tamper = tamper;
    const browser = newBrowser();
    const page = await signIn(browser, 'sub-zhou');
    expect(problemOf(page), what).toMatchObject({ status: 401, code: 'auth.required' });
    expect(page.text, what).not.toContain('eyJ');
    expect((await browser.open(`${home}/me`)).status, what).toBe(401);
  }
  // The same door, with nothing changed on the way, and signed anew: it is the change that is refused.
  idp.tamper = (token) => idp.signed(claimsOf(token));
  expect((await signIn(newBrowser(), 'sub-zhou')).status).toBe(200);
});

test('A5: an answer is for the browser that asked, once, and with its own state', async () => {
  const [mine, other] = [newBrowser(), newBrowser()];
  await signIn(mine, 'sub-zhou');
  const answer = mine.visited.find((url) => url.startsWith(callback)) ?? '';
  // Somebody else's browser, mine again, and mine with another sign-in under way.
  expect(problemOf(await other.open(answer))).toMatchObject({ status: 401, code: 'auth.required' });
  expect(problemOf(await mine.open(answer))).toMatchObject({ status: 401 });
  await other.open(`${home}/sign-in/oidc`);
  expect(problemOf(await other.open(answer))).toMatchObject({ status: 401 });
});

test('A5: who turns back at the provider is not signed in', async () => {
  const browser = newBrowser();
  const login = await browser.open(`${home}/sign-in/oidc`);
  const abort = /href="([^"]*\/abort)"/.exec(login.text)?.[1] ?? '';
  const page = await browser.open(new URL(abort, login.url).href);
  expect(problemOf(page)).toMatchObject({ status: 401, code: 'auth.required' });
  expect(problemOf(page).detail).toContain('access_denied');
});

test('A5: with the provider down sign-in there is a 503, and the password still opens', async () => {
  const fresh = await openApi(rig, {
    auth: {
      ...{ secret: 'a secret of the tests, long enough to sign with', baseUrl: home },
      oidc: { ...idp, usernameClaim: 'preferred_username' },
    },
  });
  const browser = new Browser({ [home]: fresh.url });
  idp.shut = '/';
  const away = { status: 503, code: 'service.unavailable', where: 'oidc' };
  expect(problemOf(await browser.open(`${home}/sign-in/oidc`))).toMatchObject(away);
  const byPassword = { username: 'zhou', password: 'correct horse battery' };
  expect((await fresh.anybody.send('POST', '/sign-in', byPassword)).status).toBe(200);
  // It comes back by itself; and goes away again while the person is on the way back to us.
  idp.shut = '/token';
  expect(problemOf(await signIn(browser, 'sub-zhou'))).toMatchObject(away);
  idp.shut = undefined;
  expect((await signIn(new Browser({ [home]: fresh.url }), 'sub-zhou')).url).toBe(`${home}/me`);
  await fresh.close();
});
