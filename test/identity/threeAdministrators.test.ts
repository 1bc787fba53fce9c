import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../db/schema/index.js';
import { type Api, type Caller, openApi } from '../api/client.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
let api: Api;
let security: Caller;
let audit: Caller;
let system: Caller;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  api = await openApi(rig);
  await addUnit(rig, 'steel');
  security = await api.account('security', { role: 'securityAdministrator', organ: '*' });
  audit = await api.account('audit', { role: 'auditAdministrator', organ: '*' });
  system = await api.account('system', { role: 'systemAdministrator', organ: '*' });
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

/** What the audit log says of an account, the oldest first. */
async function toldOf(id: string) {
  const { body } = await audit.get(`/audit?subject=${id}`);
  return (body['items'] as { action: string; actorId: string | null; detail: object }[]).reverse();
}

const officer = { role: 'officer', organ: 'yunchuan' } as const;

test('A5: every change of accounts, grants and covers is in the audit log, with who, whom, when and the request', async () => {
  const made = await security.send('POST', '/accounts', {
    ...{ username: 'new.wang', name: '王五', password: 'long enough pass', grants: [officer] },
  });
  const id = String(made.body['id']);
  const seal = { role: 'sealKeeper', organ: 'yunchuan' };
  const granted = await security.send('PUT', `/accounts/${id}/grants`, { grants: [officer, seal] });
  expect(granted.status).toBe(200);
  const other = await api.account('other.li', officer);
  const cover = { userId: id, coveredBy: other.id, from: '2026-03-02', to: '2026-03-06' };
  expect((await security.send('POST', '/covers', cover)).status).toBe(201);
  expect((await security.send('DELETE', `/covers/${id}/${other.id}/2026-03-02`)).status).toBe(204);
  const { body } = await audit.get(`/audit?subject=${id}&category=change`);
  const entries = body['items'] as Record<string, unknown>[];
  expect(entries.map(({ action }) => action)).toEqual([
    ...['cover.removed', 'cover.placed', 'grants.replaced', 'account.created'],
  ]);
  expect(entries[2]).toMatchObject({
    actorId: security.id,
    at: '2026-03-02T09:00:00.000+08:00',
    requestId: granted.headers.get('x-request-id'),
    detail: { before: ['officer@yunchuan'], after: ['officer@yunchuan', 'sealKeeper@yunchuan'] },
  });
  // Ids alone: no name, no password.
  expect(JSON.stringify(entries)).not.toMatch(/王五|long enough/);
});

test('A5: the audit log is the audit administrator’s alone, and reads page by page', async () => {
  for (const other of [security, system, await api.account('head', { ...officer, role: 'organHead' })]) {
    expect((await other.get('/audit')).status).toBe(403);
  }
  const read: number[] = [];
  let before = '';
  for (;;) {
    const { body } = await audit.get(`/audit?limit=3${before}`);
    read.push(...(body['items'] as { position: number }[]).map(({ position }) => position));
    const { next } = body as { readonly next: number | null };
    if (next === null) break;
    before = `&before=${next}`;
  }
  const all = await rig.db.select({ position: auditLog.position }).from(auditLog);
  expect(read).toEqual(all.map(({ position }) => position).sort((a, b) => b - a));
  expect((await audit.get('/audit?from=2026-03-03')).body['items']).toEqual([]);
  expect((await audit.get('/audit?to=2026-03-02&limit=500')).body['items']).toHaveLength(all.length);
});

test('A5: the audit log only grows: no update, no delete, no truncate, whoever tries', async () => {
  for (const change of [
    sql`update audit_log set actor_id = 'nobody'`,
    sql`delete from audit_log`,
    sql`truncate audit_log`,
  ]) {
    await expect(rig.db.execute(change)).rejects.toMatchObject({ cause: { code: '23001' } });
  }
});

test('A5: the security administrator grants himself nothing, neither an officer’s role nor any other', async () => {
  for (const grants of [[officer], [{ role: 'auditAdministrator', organ: '*' }], []]) {
    const refused = await security.send('PUT', `/accounts/${security.id}/grants`, { grants });
    expect(refused).toMatchObject({ status: 422, body: { code: 'rule.refused' } });
  }
  const byName = await security.send('PUT', '/accounts/SECURITY/grants', { grants: [officer] });
  expect(byName).toMatchObject({ status: 422 });
  for (const act of ['disable', 'enable']) {
    expect(await security.send('POST', `/accounts/${security.id}/${act}`)).toMatchObject({ status: 422 });
  }
  expect((await security.get('/me')).body['grants']).toEqual([{ role: 'securityAdministrator', organ: '*' }]);
});

test('A5: nobody is two of the three, and an administrator is never an officer or a unit’s', async () => {
  const kinds = ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'];
  const grantsOf = (...roles: readonly string[]) => roles.map((role) => ({ role, organ: '*' }));
  for (const [one, other] of [
    [kinds[0], kinds[1]],
    [kinds[1], kinds[2]],
    [kinds[0], kinds[2]],
  ] as const) {
    const grants = grantsOf(String(one), String(other));
    const refused = await security.send('PUT', `/accounts/${system.id}/grants`, { grants });
    expect(refused, `${one} and ${other}`).toMatchObject({ status: 422, body: { where: 'grants' } });
  }
  for (const second of [officer, { role: 'applicant', organ: 'unit:steel' }]) {
    const grants = [...grantsOf('systemAdministrator'), second];
    expect(await security.send('PUT', `/accounts/${system.id}/grants`, { grants })).toMatchObject({
      status: 422,
    });
  }
});

test('A5: names are masked for administrators; one is told in full when asked for, and the log keeps who asked', async () => {
  const { id } = await api.account('masked.zhao', officer);
  const { body } = await security.get('/accounts?search=masked.zhao');
  expect(body['items']).toMatchObject([{ id, name: '示***' }]);
  expect((await system.get(`/accounts/${id}/person`)).status).toBe(403);
  for (const administrator of [security, audit]) {
    const told = await administrator.get(`/accounts/${id}/person`);
    expect(told.body).toMatchObject({ id, name: '示范 masked.zhao' });
  }
  const asked = (await audit.get('/audit?action=person.reveal')).body['items'] as object[];
  expect(asked).toMatchObject([
    { category: 'access', actorId: audit.id, subject: `/accounts/${id}/person` },
    { category: 'access', actorId: security.id, subject: `/accounts/${id}/person` },
  ]);
});

test('A5: an account made at the machine itself says so', async () => {
  const { id } = await api.account('at.the.machine');
  expect(await toldOf(id)).toMatchObject([
    { action: 'account.created', actorId: null },
    { action: 'signIn.succeeded', actorId: id },
  ]);
});
