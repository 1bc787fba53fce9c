import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { type Api, type Caller, openApi } from './client.js';
import { completeness, file, operation } from './filing.js';
import { listedCase, listedRows, subscription } from './listedRows.js';
import { permitNoOf, removeRows, writeRow } from './rows.js';

let rig: Rig;
let api: Api;
let applicant: Caller;
let desk: Caller;
let security: Caller;
let system: Caller;
beforeAll(async () => {
  // A Monday.
  rig = await openRig('2026-03-02T09:00:00+08:00');
  api = await openApi(rig);
  await addUnit(rig, 'steel');
  applicant = await api.account('steel.zhao', { role: 'applicant', organ: 'unit:steel' });
  desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  security = await api.account('security.li', { role: 'securityAdministrator', organ: '*' });
  system = await api.account('system.wu', { role: 'systemAdministrator', organ: '*' });
});
afterEach(async () => {
  await removeRows(rig);
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

type Item = Record<string, unknown>;
const itemsOf = async (caller: Caller, path: string): Promise<Item[]> => {
  const { body, status } = await caller.get(path);
  expect(status, JSON.stringify(body)).toBe(200);
  return body['items'] as Item[];
};
/** The names of the rows whose tasks, or cases, a query finds. */
const found = async (path: string, caller = desk): Promise<string[]> =>
  (await itemsOf(caller, path)).map((item) =>
    String(item['caseId'] ?? item['id']).replace('application/', ''),
  );

/** Every list of the test below: its path, what its items are known by, how a row comes into it, and who reads it. */
const lists: readonly [string, string, (rig: Rig, name: string) => Promise<void>, () => Caller][] = [
  ['/tasks?search=row', 'id', writeRow, () => desk],
  ['/cases?search=row', 'id', writeRow, () => desk],
  ['/documents?search=row', 'id', writeRow, () => desk],
  ['/permits?search=row', 'permitNo', writeRow, () => desk],
  ['/registrations?search=row', 'registrationNo', writeRow, () => desk],
  ['/units?search=row', 'id', writeRow, () => desk],
  ['/notices?recipient=applicant', 'id', listedRows.notices, () => desk],
  ['/issues?search=row', 'caseId', listedRows.issues, () => desk],
  [`/cases/${listedCase}/requests?`, 'requestId', listedRows.requests, () => desk],
  // The desk itself is a candidate, too.
  [`/tasks/${listedCase}/completeness.1/candidates?`, 'username', listedRows.candidates, () => desk],
  ['/accounts?search=row', 'username', listedRows.accounts, () => security],
  ['/covers?', 'userId', listedRows.covers, () => security],
  [`/webhooks/${subscription}/deliveries?`, 'id', listedRows.deliveries, () => system],
];

test.each(lists)(
  'A2: pages of %s join without a loss or a repetition while rows are written everywhere',
  async (path, key, write, caller) => {
    // Of equal due days, instants and last days, so that only the last part of the sort key tells them apart.
    for (let number = 10; number < 50; number += 2) await write(rig, `row${number}`);
    const known = (items: unknown) => (items as Item[]).map((item) => item[key]);
    const before = known(await itemsOf(caller(), `${path}&limit=500`)).filter((name) => name !== 'desk');
    expect(before).toHaveLength(20);
    const seen: unknown[] = [];
    let written = 11;
    for (let next: string | number | null = ''; next !== null;) {
      const from = path.includes('/deliveries') ? 'after' : 'cursor';
      const { body } = await caller().get(`${path}&limit=3${next === '' ? '' : `&${from}=${next}`}`);
      seen.push(...known(body['items']));
      next = body['next'] as string | number | null;
      // Behind the page, between and before it.
      await write(rig, `row${written}`);
      written += 2;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(before));
  },
);

test('A2: due today, this week, next week, overdue, and between days: a week is Monday to Sunday', async () => {
  await writeRow(rig, 'rowLate', { due: '2026-02-27' });
  await writeRow(rig, 'rowToday', { due: '2026-03-02' });
  await writeRow(rig, 'rowSunday', { due: '2026-03-08' });
  await writeRow(rig, 'rowMonday', { due: '2026-03-09' });
  await writeRow(rig, 'rowAfter', { due: '2026-03-16' });
  for (const list of ['/tasks', '/cases']) {
    const due = async (query: string) => (await found(`${list}?limit=500&search=row&${query}`)).sort();
    expect(await due('due=overdue'), list).toEqual(['rowLate']);
    expect(await due('due=today'), list).toEqual(['rowToday']);
    expect(await due('due=thisWeek'), list).toEqual(['rowSunday', 'rowToday']);
    expect(await due('due=nextWeek'), list).toEqual(['rowMonday']);
    expect(await due('dueFrom=2026-03-08&dueBefore=2026-03-16'), list).toEqual(['rowMonday', 'rowSunday']);
    // Of two limits the narrower one holds.
    expect(await due('due=thisWeek&dueFrom=2026-03-03'), list).toEqual(['rowSunday']);
  }
  expect((await desk.get('/tasks/counts?search=row')).body).toMatchObject({
    ...{ all: 5, overdue: 1, dueToday: 1, dueThisWeek: 2 },
  });
});

test('A2: every filter of the inbox finds its own, and the counts beside it take the same filters', async () => {
  const red = { yellowAt: '2026-02-26T09:00:00+08:00', redAt: '2026-03-02T09:00:00+08:00' };
  const yellow = { yellowAt: '2026-03-02T09:00:00+08:00', redAt: '2026-03-05T00:00:00+08:00' };
  const green = { yellowAt: '2026-03-02T09:00:01+08:00', redAt: '2026-03-05T00:00:00+08:00' };
  await writeRow(rig, 'rowRed', { ...red, area: '990121', unitName: '青河造纸厂' });
  await writeRow(rig, 'rowYellow', { ...yellow, stage: 'supplement', procedure: 'renewal' });
  await writeRow(rig, 'rowGreen', { ...green, assignee: desk.id });
  const only = async (query: string) => await found(`/tasks?limit=500&search=row&${query}`);
  expect(await only('colour=red')).toEqual(['rowRed']);
  expect(await only('colour=yellow')).toEqual(['rowYellow']);
  expect(await only('colour=green')).toEqual(['rowGreen']);
  expect(await only('area=990121')).toEqual(['rowRed']);
  expect(await only('area=9902')).toEqual([]);
  expect(await only('unit=rowYellow')).toEqual(['rowYellow']);
  expect(await only('stage=supplement')).toEqual(['rowYellow']);
  expect(await only('procedure=renewal')).toEqual(['rowYellow']);
  expect(await only('claimed=yes')).toEqual(['rowGreen']);
  expect(await only('view=mine')).toEqual(['rowGreen']);
  expect(await only('organ=yunchuan.qinghe')).toEqual([]);
  expect(await found(`/tasks?search=${encodeURIComponent('青河')}`)).toEqual(['rowRed']);
  expect(await found(`/tasks?search=${permitNoOf('rowYellow').toLowerCase()}`)).toEqual(['rowYellow']);
  // A pattern's signs are letters like any other.
  expect(await found('/tasks?search=%25')).toEqual([]);
  expect((await desk.get('/tasks/counts?search=row')).body).toMatchObject({
    ...{ all: 3, mine: 1, unclaimed: 2, kinds: { completeness: 3 }, organs: { yunchuan: 3 } },
    colours: { red: 1, yellow: 1, green: 1 },
  });
  expect((await desk.get('/tasks/counts?search=row&colour=red')).body).toMatchObject({
    ...{ all: 1, colours: { red: 1 } },
  });
});

test('A1: cases, documents, permits and units are found by what clerks ask for, with counts', async () => {
  await writeRow(rig, 'rowOne', { redAt: '2026-03-01T00:00:00+08:00', unitName: '清河造纸' });
  await writeRow(rig, 'rowTwo', { area: '990121', procedure: 'renewal' });
  expect(await found('/cases?search=row&colour=red&organ=yunchuan')).toEqual(['rowOne']);
  expect(await found('/cases?search=row&organ=province')).toEqual([]);
  expect((await itemsOf(desk, '/cases?search=rowOne'))[0]).toMatchObject({
    due: '2026-03-04',
    colour: 'red',
  });
  expect((await desk.get('/cases/counts?search=row')).body).toMatchObject({
    ...{ all: 2, kinds: { application: 2 }, procedures: { first: 1, renewal: 1 }, outcomes: { open: 2 } },
    colours: { red: 1, green: 1 },
  });
  const documents = async (query: string) => (await itemsOf(desk, `/documents?${query}`)).length;
  expect(await documents(`search=${encodeURIComponent('〔2026〕row')}`)).toBe(2);
  expect(await documents('unit=rowOne&draftedFrom=2026-03-02&draftedTo=2026-03-02')).toBe(1);
  expect(await documents('unit=rowOne&draftedFrom=2026-03-03')).toBe(0);
  expect((await desk.get('/documents/counts?search=row')).body).toMatchObject({
    ...{ all: 2, states: { drafted: 2 }, organs: { yunchuan: 2 } },
  });
  const permitsOf = async (query: string) =>
    (await itemsOf(desk, `/permits?${query}`)).map((one) => one['unitId']);
  expect(await permitsOf(`search=${encodeURIComponent('造纸')}`)).toEqual(['rowOne']);
  expect(await permitsOf('area=990121')).toEqual(['rowTwo']);
  expect(await permitsOf('endsFrom=2031-03-01&endsBefore=2031-03-02')).toEqual(['rowOne', 'rowTwo']);
  expect(await permitsOf('endsBefore=2031-03-01')).toEqual([]);
  expect((await desk.get('/permits/counts')).body).toMatchObject({
    ...{ all: 2, states: { valid: 2 }, classes: { key: 2 }, areas: { 990100: 1, 990121: 1 } },
  });
  expect(await itemsOf(desk, `/units?search=${permitNoOf('rowTwo').slice(0, 10)}`)).toMatchObject([
    { id: 'rowTwo' },
  ]);
  const unitsOf = async (caller: Caller, query: string) => (await caller.get(`/units/counts?${query}`)).body;
  expect(await unitsOf(desk, 'search=row')).toEqual({ all: 2, areas: { 990100: 1, 990121: 1 } });
  expect(await unitsOf(desk, 'search=row&area=990121')).toEqual({ all: 1, areas: { 990121: 1 } });
  expect(await unitsOf(applicant, '')).toEqual({ all: 1, areas: { 990100: 1 } });
});

test('A1: registration forms and issues are narrowed as permits and cases are', async () => {
  await writeRow(rig, 'rowForm', { area: '990121' });
  await writeRow(rig, 'rowOther');
  const forms = async (query: string) =>
    (await itemsOf(desk, `/registrations?search=row&${query}`)).map((one) => one['unitId']);
  expect(await forms('area=990121')).toEqual(['rowForm']);
  expect(await forms('unit=rowOther')).toEqual(['rowOther']);
  expect(await forms('endsBefore=2031-03-01')).toEqual([]);
  expect((await forms('endsFrom=2031-03-01&endsBefore=2031-03-02')).sort()).toEqual(['rowForm', 'rowOther']);
  expect((await desk.get('/registrations/counts?search=row')).body).toMatchObject({
    ...{ all: 2, states: { valid: 2 }, areas: { 990100: 1, 990121: 1 } },
  });
});

test('A1: a unit’s page leads to its permits, cases and documents; a unit sees its own alone', async () => {
  await writeRow(rig, 'rowUnit');
  const { body } = await desk.get('/units/rowUnit');
  expect(await itemsOf(desk, String(body['cases']))).toMatchObject([{ id: 'application/rowUnit' }]);
  expect(await itemsOf(desk, String(body['permits']))).toMatchObject([{ unitId: 'rowUnit' }]);
  expect(await itemsOf(desk, String(body['documents']))).toHaveLength(1);
  expect((await applicant.get('/units/rowUnit')).status).toBe(404);
  expect(await itemsOf(applicant, '/units')).toMatchObject([{ id: 'steel' }]);
  const otherCity = await api.account('lanjiang', { role: 'acceptance', organ: 'lanjiang.approval' });
  expect((await otherCity.get('/units/rowUnit')).status).toBe(404);
});

test('A5: the inner deadlines of the organ colour no list of the unit', async () => {
  const caseId = await file(applicant);
  await desk.post(`${completeness(caseId)}/complete`, { form: { outcome: 'accept' } });
  const dueFor = async (caller: Caller) => (await itemsOf(caller, `/cases?search=${caseId}`))[0]?.['due'];
  // Ten working days for each element’s opinion, thirty for the decision, which Qingming makes longer.
  expect(await dueFor(desk)).toBe('2026-03-16');
  expect(await dueFor(applicant)).toBe('2026-04-14');
  expect(await found('/cases?dueBefore=2026-03-20', applicant)).toEqual([]);
  expect((await desk.get(`/cases/${caseId}`)).body).toMatchObject({ due: '2026-03-16', colour: 'green' });
  expect((await applicant.get(`/cases/${caseId}`)).body).toMatchObject({ due: '2026-04-14' });
});

test('A1: a case tells what was asked of it and what became of that, refusals among it', async () => {
  const caseId = await file(applicant);
  await desk.post(`${completeness(caseId)}/claim`);
  const tooEarly = { contentId: 'ab'.repeat(32), note: '修改' };
  expect((await applicant.post(operation(caseId, 'revision'), tooEarly)).status).toBe(400);
  expect((await applicant.post(operation(caseId, 'hearing-request'), { party: '邻居' })).status).toBe(409);
  // All in one instant of the world: in which order they were received is not told.
  const byName = async (caller: Caller) =>
    (await itemsOf(caller, `/cases/${caseId}/requests`)).sort((a, b) =>
      String(a['name']) < String(b['name']) ? -1 : 1,
    );
  expect(await byName(desk)).toMatchObject([
    { name: 'application.submit', status: 'done', actor: applicant.id },
    { name: 'hearing.request', status: 'refused', problem: { code: 'case.stage' } },
    { name: 'task.claim', status: 'done', actor: desk.id },
  ]);
  const theirs = (await byName(applicant)).map((each) => each['name']);
  expect(theirs).toEqual(['application.submit', 'hearing.request']);
});
