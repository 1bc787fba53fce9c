import { afterAll, beforeAll, expect, test } from 'vitest';
import { limitsPage } from '../../api/limitsPage.js';
import { valuesOf } from '../../rules/packValues.js';
import { demonstration } from '../../rules/packs/demonstration/index.js';
import { openRig, type Rig } from '../rig/rig.js';
import { type Api, type Caller, openApi } from './client.js';

let rig: Rig;
let api: Api;
let system: Caller;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00', { relay: false });
  api = await openApi(rig);
  system = await api.account('system', { role: 'systemAdministrator', organ: '*' });
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

interface Item {
  readonly pack: string;
  readonly kind: string;
  readonly id: string;
  readonly standing: string | null;
  readonly confirmedBy: { readonly name: string } | null;
}
const items = async (query = '') => (await system.get(`/limits${query}`)).body['items'] as Item[];

test('A7: the limits of all packs with what they rest on, narrowed by standing, kind and pack', async () => {
  const all = await items();
  expect(new Set(all.map(({ pack }) => pack))).toEqual(
    new Set(['demonstration-1', 'demonstration-2', 'demonstration-automatic-1']),
  );
  const unread = await items('?standing=unread&pack=demonstration-1&kind=limit');
  expect(unread.map(({ id }) => id)).toEqual(expect.arrayContaining(['preDisclosure', 'supplement.submit']));
  expect(unread.map(({ id }) => id)).not.toContain('completeness');
  for (const { standing, confirmedBy } of unread) {
    expect(['recalled', 'derived']).toContain(standing);
    expect(confirmedBy?.name).toBe('林若川');
  }
  // The demonstration region has every value confirmed.
  expect(await system.get('/limits?standing=unconfirmed')).toMatchObject({
    body: { unconfirmed: 0, items: [] },
  });
  expect((await system.get('/limits?standing=doubtful')).status).toBe(400);
});

test('A7: the same as a page to read, in both languages and without a script', async () => {
  const { body } = await api.anybody.send('POST', '/sign-in', {
    username: 'system',
    password: 'correct horse battery',
  });
  const headers = {
    Authorization: `Bearer ${String(body['token'])}`,
    Accept: 'text/html,application/xhtml+xml',
  };
  const answer = await fetch(`${api.url}/limits?standing=unread`, { headers });
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('vary')).toContain('Accept');
  const page = await answer.text();
  for (const words of ['凭记忆或推定的规则值', '申请人补正', 'supplement', '30个自然日', '林若川'])
    expect(page).toContain(words);
  expect(page).not.toContain('补正告知');
  expect(page).not.toContain('<script');
});

test('A7: a page says nothing but text, whatever a pack is called', () => {
  const [value] = valuesOf(demonstration);
  if (value === undefined) throw new Error('a value');
  const name = { zh: '<b>名</b>', en: '"x" & \'y\'' };
  const page = limitsPage([{ ...value, name, confirmedBy: null, standing: 'recalled' }], name);
  expect(page).toContain('&lt;b&gt;名&lt;/b&gt;');
  expect(page).toContain('&quot;x&quot; &amp; &#39;y&#39;');
  expect(page).toContain('class="unconfirmed"');
  expect(page).not.toContain('<b>');
});

test('A7: the limits are for officers and administrators', async () => {
  const desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  const audit = await api.account('audit', { role: 'auditAdministrator', organ: '*' });
  const nobody = await api.account('nobody');
  const statuses = await Promise.all(
    [desk, audit, nobody].map(async (each) => (await each.get('/limits')).status),
  );
  expect(statuses).toEqual([200, 200, 403]);
});
