import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../db/database.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { type Api, type Caller, openApi } from './client.js';

let rig: Rig;
let api: Api;
let desk: Caller;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  api = await openApi(rig);
  await addUnit(rig, 'steel');
  await addUnit(rig, 'paper');
  desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

test('A5: a session works as a bearer token and as a cookie that no other site can send', async () => {
  await api.account('browser');
  const signIn = { username: 'Browser', password: 'correct horse battery' };
  const { headers } = await api.anybody.send('POST', '/sign-in', signIn);
  const cookie = headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
  const me = await api.anybody.send('GET', '/me', undefined, { cookie: cookie.split(';')[0] ?? '' });
  expect(me).toMatchObject({ status: 200, body: { username: 'browser' } });
  expect(
    (await api.anybody.send('GET', '/me', undefined, { cookie: 'better-auth.session_token=x.y' })).status,
  ).toBe(401);
  expect((await api.anybody.send('GET', '/me', undefined, { Authorization: 'Bearer x' })).status).toBe(401);
});

test('A5: a new password ends the sessions that the old one opened', async () => {
  const first = await api.account('changing');
  const again = { username: 'changing', password: 'correct horse battery' };
  const { body } = await api.anybody.send('POST', '/sign-in', again);
  const elsewhere = { Authorization: `Bearer ${String(body['token'])}` };
  const change = { currentPassword: again.password, newPassword: 'another long password' };
  expect((await first.send('POST', '/me/password', { ...change, currentPassword: 'not it' })).status).toBe(
    400,
  );
  expect((await first.send('POST', '/me/password', change)).status).toBe(204);
  expect((await api.anybody.send('GET', '/me', undefined, elsewhere)).status).toBe(401);
  expect((await first.get('/me')).status).toBe(200);
  expect((await api.anybody.send('POST', '/sign-in', again)).status).toBe(401);
});

test('A5: a session ends when one signs out, and five failures lock a username', async () => {
  const leaving = await api.account('leaving');
  expect((await leaving.get('/me')).body).toMatchObject({ username: 'leaving', grants: [] });
  expect((await leaving.send('POST', '/sign-out')).status).toBe(204);
  expect((await leaving.get('/me')).status).toBe(401);
  const attempt = (password: string) =>
    api.anybody.send('POST', '/sign-in', { username: 'leaving', password });
  for (let failure = 0; failure < 5; failure += 1) expect((await attempt('wrong')).status).toBe(401);
  const locked = await attempt('correct horse battery');
  expect(locked.status).toBe(429);
  expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800);
});

test('A1: a unit is written down once; its id never stands for another', async () => {
  const clerk = await api.account('units.desk', { role: 'acceptance', organ: 'yunchuan' });
  const unit = {
    id: 'glass',
    creditCode: '91990100MA0GLASS01',
    name: '示范玻璃',
    area: '990100',
    contact: 'g@example.test',
  };
  expect((await clerk.post('/units', unit)).status).toBe(201);
  expect((await clerk.post('/units', unit)).status).toBe(201);
  expect(await clerk.post('/units', { ...unit, name: '别的厂' })).toMatchObject({
    status: 422,
    body: { code: 'rule.refused' },
  });
  expect(await clerk.post('/units', { ...unit, id: 'x', creditCode: '123' })).toMatchObject({ status: 400 });
  const { items } = (await clerk.get('/units?area=9901')).body as { items: { id: string }[] };
  expect(items.map((each) => each.id)).toContain('glass');
});

test('A5: the security administrator makes accounts; nobody is made two of the three administrators, or both sides', async () => {
  const security = await api.account('security.li', { role: 'securityAdministrator', organ: '*' });
  const account = (username: string, ...grants: object[]) =>
    security.send('POST', '/accounts', { username, name: '新人', password: 'long enough pass', grants });
  const made = await account('new.wang', { role: 'officer', organ: 'yunchuan' });
  expect(made).toMatchObject({ status: 201, body: { username: 'new.wang' } });
  expect(await account('NEW.wang')).toMatchObject({ status: 422, body: { where: 'username' } });
  const both = [
    { role: 'auditAdministrator', organ: '*' },
    { role: 'systemAdministrator', organ: '*' },
  ];
  expect(await account('both', ...both)).toMatchObject({ status: 422, body: { where: 'grants' } });
  const twoSides = [
    { role: 'officer', organ: 'yunchuan' },
    { role: 'applicant', organ: 'unit:steel' },
  ];
  expect(await account('two.sides', ...twoSides)).toMatchObject({ status: 422, body: { where: 'grants' } });
  expect(await account('nowhere', { role: 'officer', organ: 'atlantis' })).toMatchObject({ status: 422 });
  const cover = { userId: 'new.wang', coveredBy: 'security.li', from: '2026-03-02', to: '2026-03-03' };
  expect(await security.send('POST', '/covers', cover)).toMatchObject({
    status: 400,
    body: { where: 'body.coveredBy' },
  });
  const placed = await security.send('POST', '/covers', { ...cover, coveredBy: 'desk' });
  expect(placed).toMatchObject({ status: 201, body: { coveredBy: desk.id } });
  const { userId, coveredBy, from } = placed.body;
  const covering = `/covers/${String(userId)}/${String(coveredBy)}/${String(from)}`;
  expect((await security.send('DELETE', covering)).status).toBe(204);
  expect((await security.send('DELETE', covering)).status).toBe(404);
  expect((await desk.get('/accounts')).status).toBe(403);
});

test('A7: ready means that the database answers and a worker polls; what is missing is named', async () => {
  expect((await api.anybody.get('/healthz')).status).toBe(200);
  expect(await api.anybody.get('/readyz')).toMatchObject({ status: 200, body: { ready: true } });
  const nobody = await openApi(rig, { taskQueue: `${rig.taskQueue}-nobody` });
  const missing = await nobody.anybody.get('/readyz');
  expect(missing.status).toBe(503);
  expect(missing.body['parts']).toMatchObject([
    { ready: true },
    { ready: true },
    { part: 'worker', ready: false },
  ]);
  await nobody.close();
});

test('A7: with the database away every call that needs it is a 503, and the process lives on', async () => {
  const url = new URL(rig.databaseUrl);
  url.port = '1';
  const away = openDatabase(url.href, { connectTimeout: 500 });
  const cut = await openApi(rig, { db: away.db });
  const bearer = { Authorization: 'Bearer something' };
  expect(await cut.anybody.send('GET', '/me', undefined, bearer)).toMatchObject({
    status: 503,
    body: { code: 'service.unavailable' },
  });
  expect((await cut.anybody.send('POST', '/sign-in', { username: 'desk', password: 'x' })).status).toBe(503);
  expect((await cut.anybody.get('/readyz')).body['parts']).toMatchObject([
    { part: 'database', ready: false },
    {},
    {},
  ]);
  expect((await cut.anybody.get('/healthz')).status).toBe(200);
  await cut.close();
  await away.close();
});

test('A1: a method that an address has not is answered for the method, whatever body comes with it', async () => {
  const refused = await fetch(`${api.url}/contents/${'0'.repeat(64)}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: 'no JSON',
  });
  expect(refused.status).toBe(405);
  expect(refused.headers.get('allow')).toMatch(/PUT.*GET|GET.*PUT/);
});
