import { afterAll, beforeAll, expect, test } from 'vitest';
import { staffOf } from '../../rehearsal/people.js';
import { Application } from '../application/application.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { type Api, openApi } from './client.js';

let rig: Rig;
let api: Api;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  api = await openApi(rig);
  await addUnit(rig, 'steel', '990200');
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

test('A2: past its promise a task is red; what is due, and overdue, goes by the statutory last day', async () => {
  const staff = staffOf('lanjiang.approval', { reviewing: 'lanjiang.ecology' });
  const application = await Application.accepted(rig, 'steel', { area: '990200' }, staff);
  await application.review();
  // A Tuesday. The promised day was Monday 30 March 2026; the law gives until Tuesday 14 April.
  await application.advanceTo('2026-04-07 12:00');
  const officer = await api.account('officer', { role: 'officer', organ: 'lanjiang.approval' });
  for (const [list, kind] of [
    ['/tasks', 'merge'],
    ['/cases', 'application'],
  ] as const) {
    const found = async (query: string) =>
      (await officer.get(`${list}?kind=${kind}&${query}`)).body['items'] as Record<string, unknown>[];
    expect(await found('colour=red'), list).toMatchObject([{ colour: 'red' }]);
    expect(await found('due=overdue'), list).toEqual([]);
    expect(await found('due=thisWeek'), list).toEqual([]);
    expect(await found('due=nextWeek'), list).toHaveLength(1);
    expect(await found('dueFrom=2026-04-14&dueBefore=2026-04-15'), list).toHaveLength(1);
    expect(await found('dueBefore=2026-04-14'), list).toEqual([]);
  }
  const { body } = await officer.get('/tasks?kind=merge');
  expect(body['items']).toMatchObject([{ clock: { due: '2026-04-14', promisedDue: '2026-03-30' } }]);
  expect((await officer.get('/tasks/counts?kind=merge')).body).toMatchObject({
    ...{ all: 1, colours: { red: 1 }, overdue: 0, dueToday: 0, dueThisWeek: 0 },
  });
});
