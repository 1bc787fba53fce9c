import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessions, verifications } from '../../db/schema/index.js';
import { expiredSessionsJob } from '../../relay/expiredSessions.js';
import { parseDate } from '../../rules/date.js';
import { type Api, type Caller, openApi } from '../api/client.js';
import { openRig, type Rig } from '../rig/rig.js';

const password = 'correct horse battery';

let rig: Rig;
let api: Api;
/** The same product in another process: it shares nothing but the database and the secret. */
let elsewhere: Api;
let security: Caller;
let audit: Caller;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  api = await openApi(rig);
  elsewhere = await openApi(rig);
  security = await api.account('security', { role: 'securityAdministrator', organ: '*' });
  audit = await api.account('audit', { role: 'auditAdministrator', organ: '*' });
});
afterAll(async () => {
  await api.close();
  await elsewhere.close();
  await rig.close();
});

const signIn = (at: Api, username: string, given = password) =>
  at.anybody.send('POST', '/sign-in', { username, password: given });

/** Moves a person's sessions back in time: begun and last used so many minutes earlier. */
async function letPass(userId: string, { begun = 0, used = 0 }: { begun?: number; used?: number }) {
  await rig.db
    .update(sessions)
    .set({
      createdAt: sql`created_at - make_interval(mins => ${begun})`,
      expiresAt: sql`expires_at - make_interval(mins => ${begun})`,
      updatedAt: sql`updated_at - make_interval(mins => ${used})`,
    })
    .where(eq(sessions.userId, userId));
}

async function actionsOn(id: string): Promise<readonly string[]> {
  const { body } = await audit.get(`/audit?subject=${id}&limit=500`);
  return (body['items'] as { action: string }[]).map(({ action }) => action).reverse();
}

test('A5: five failures lock a name in every process, however many are asked at once', async () => {
  const { id } = await api.account('locked.chen');
  const attempts = Array.from({ length: 20 }, (_, index) =>
    signIn(index % 2 === 0 ? api : elsewhere, 'locked.chen', `guess ${index}`),
  );
  const statuses = (await Promise.all(attempts)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(5);
  expect(statuses.filter((status) => status === 429)).toHaveLength(15);
  for (const process of [api, elsewhere]) {
    const right = await signIn(process, 'LOCKED.chen');
    expect(right).toMatchObject({ status: 429, body: { code: 'auth.locked' } });
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(800);
  }
  expect((await actionsOn(id)).filter((action) => action === 'signIn.failed')).toHaveLength(5);
});

test('A5: a name that nobody has fails and locks in the same way, and is not written down', async () => {
  const before = (await audit.get('/audit?action=signIn.failed&limit=500')).body['items'] as object[];
  for (let failure = 0; failure < 5; failure += 1) {
    const refused = await signIn(failure % 2 === 0 ? api : elsewhere, 'nobody.has.this');
    expect(refused).toMatchObject({ status: 401, body: { code: 'auth.required' } });
  }
  expect((await signIn(elsewhere, 'nobody.has.this')).status).toBe(429);
  const after = (await audit.get('/audit?action=signIn.failed&limit=500')).body['items'] as object[];
  expect(after).toHaveLength(before.length);
});

test('A5: a sign-in that succeeds forgets the failures before it', async () => {
  await api.account('forgiven.lin');
  for (let round = 0; round < 3; round += 1) {
    for (let failure = 0; failure < 4; failure += 1)
      expect((await signIn(api, 'forgiven.lin', 'wrong')).status).toBe(401);
    expect((await signIn(elsewhere, 'forgiven.lin')).status).toBe(200);
  }
});

test('A5: a session that is not used for half an hour ends; one that is used goes on', async () => {
  const person = await api.account('idle.he');
  await letPass(person.id, { begun: 29, used: 29 });
  expect((await person.get('/me')).status).toBe(200);
  await letPass(person.id, { begun: 29, used: 29 });
  expect((await person.get('/me')).status).toBe(200);
  await letPass(person.id, { begun: 31, used: 31 });
  expect(await person.get('/me')).toMatchObject({ status: 401, body: { code: 'auth.required' } });
  // It has ended for good, not only for now.
  expect(await rig.db.select().from(sessions).where(eq(sessions.userId, person.id))).toEqual([]);
});

test('A5: twelve hours after the sign-in a session ends, however busy', async () => {
  const person = await api.account('busy.luo');
  await letPass(person.id, { begun: 11 * 60 + 59 });
  expect((await person.get('/me')).status).toBe(200);
  await letPass(person.id, { begun: 2 });
  expect((await person.get('/me')).status).toBe(401);
});

test('A5: other ends of sessions can be configured', async () => {
  const strict = await openApi(rig, {
    auth: {
      ...{ secret: 'a secret of the tests, long enough to sign with', baseUrl: 'http://127.0.0.1' },
      sessions: { idleMinutes: 5, hours: 1 },
    },
  });
  const person = await strict.account('strict.xu');
  await letPass(person.id, { begun: 4, used: 4 });
  expect((await person.get('/me')).status).toBe(200);
  await letPass(person.id, { begun: 6, used: 6 });
  expect((await person.get('/me')).status).toBe(401);
  await strict.close();
});

test('A5: the security administrator ends all sessions of a person, in every process', async () => {
  const person = await api.account('everywhere.ma');
  const { body } = await signIn(elsewhere, 'everywhere.ma');
  const second = { Authorization: `Bearer ${String(body['token'])}` };
  expect((await elsewhere.anybody.send('GET', '/me', undefined, second)).status).toBe(200);
  const ended = await security.send('DELETE', '/accounts/everywhere.ma/sessions');
  expect(ended).toMatchObject({ status: 200, body: { ended: 2 } });
  expect((await person.get('/me')).status).toBe(401);
  expect((await elsewhere.anybody.send('GET', '/me', undefined, second)).status).toBe(401);
  expect((await signIn(api, 'everywhere.ma')).status).toBe(200);
});

test('A5: a disabled account is out at once and can not come back until it is enabled', async () => {
  const person = await api.account('disabled.sun', { role: 'officer', organ: 'yunchuan' });
  const disabled = await security.send('POST', `/accounts/${person.id}/disable`);
  expect(disabled.body['disabledAt']).toEqual(expect.any(String));
  expect((await person.get('/me')).status).toBe(401);
  expect(await signIn(elsewhere, 'disabled.sun')).toMatchObject({
    status: 403,
    body: { code: 'auth.forbidden', where: 'account' },
  });
  // Who does not know the password does not learn that the account is disabled.
  expect(await signIn(api, 'disabled.sun', 'wrong')).toMatchObject({ status: 401 });
  const again = await security.send('POST', `/accounts/${person.id}/disable`);
  expect(again.body['disabledAt']).toBe(disabled.body['disabledAt']);
  expect((await security.send('POST', `/accounts/${person.id}/enable`)).body['disabledAt']).toBeNull();
  expect((await signIn(api, 'disabled.sun')).status).toBe(200);
  expect(await actionsOn(person.id)).toEqual([
    ...['account.created', 'signIn.succeeded', 'account.disabled', 'signIn.failed', 'signIn.failed'],
    ...['account.disabled', 'account.enabled', 'signIn.succeeded'],
  ]);
});

test('A5: a session that slipped in beside the disabling is no session', async () => {
  const person = await api.account('racing.gao');
  await rig.db.execute(sql`update users set disabled_at = clock_timestamp() where id = ${person.id}`);
  expect((await person.get('/me')).status).toBe(401);
});

test('A5: the security administrator gives a new password: the old one and all sessions are gone', async () => {
  const person = await api.account('reset.tang');
  const reset = await security.send('POST', `/accounts/${person.id}/password`, {
    newPassword: 'a new password',
  });
  expect(reset.status).toBe(204);
  expect((await person.get('/me')).status).toBe(401);
  expect((await signIn(api, 'reset.tang')).status).toBe(401);
  expect((await signIn(elsewhere, 'reset.tang', 'a new password')).status).toBe(200);
  const short = await security.send('POST', `/accounts/${person.id}/password`, { newPassword: 'short' });
  expect(short.status).toBe(400);
  expect(JSON.stringify(short.body)).not.toContain('"short"');
  const own = await security.send('POST', '/accounts/security/password', { newPassword: 'a new password' });
  expect(own).toMatchObject({ status: 422 });
});

test('A5: guessing the current password at an open session locks as guessing at the door does', async () => {
  const person = await api.account('open.desk');
  const change = (currentPassword: string) =>
    person.send('POST', '/me/password', { currentPassword, newPassword: 'another long password' });
  for (let failure = 0; failure < 5; failure += 1) expect((await change('wrong')).status).toBe(400);
  expect(await change(password)).toMatchObject({ status: 429, body: { code: 'auth.locked' } });
});

test('A5: signing out and changing one’s password are in the audit log', async () => {
  const person = await api.account('leaving.hu');
  const change = { currentPassword: password, newPassword: 'another long password' };
  expect((await person.send('POST', '/me/password', change)).status).toBe(204);
  expect((await person.send('POST', '/sign-out')).status).toBe(204);
  expect(await actionsOn(person.id)).toEqual([
    ...['account.created', 'signIn.succeeded', 'password.changed', 'signOut'],
  ]);
});

test('A5: the rows of sessions whose end has come, and of sign-ins that nobody finished, are deleted at night; others stand', async () => {
  const gone = await api.account('swept.qian');
  const stands = await api.account('stays.qian');
  await letPass(gone.id, { begun: 12 * 60 + 1, used: 12 * 60 });
  await letPass(stands.id, { begun: 11 * 60, used: 5 });
  const unfinished = (id: string, minutes: number) => ({
    ...{ id, identifier: id, value: 'planted', createdAt: new Date(), updatedAt: new Date() },
    expiresAt: sql<Date>`clock_timestamp() + make_interval(mins => ${minutes})`,
  });
  await rig.db.insert(verifications).values([unfinished('over', -1), unfinished('running', 60)]);
  await expiredSessionsJob(rig.db).run(parseDate('2026-03-02'));
  const rowsOf = (id: string) => rig.db.select().from(sessions).where(eq(sessions.userId, id));
  expect(await rowsOf(gone.id)).toEqual([]);
  expect(await rowsOf(stands.id)).toHaveLength(1);
  expect((await rig.db.select({ id: verifications.id }).from(verifications)).map(({ id }) => id)).toEqual([
    'running',
  ]);
  expect((await stands.get('/me')).status).toBe(200);
});
