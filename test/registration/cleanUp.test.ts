import { afterAll, beforeAll, expect, test } from 'vitest';
import { Office } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { type Api, type Caller, openApi } from '../api/client.js';
import { creditCode, importList, permitNo, row, unitOf } from '../import/lists.js';
import { HeldPermit, lapsedPermits, openTasks } from '../rig/permits.js';
import { saidIn } from '../rig/papers.js';
import { at, openRig, type Rig } from '../rig/rig.js';

/** Permits that came in expired (their last day was 31 January 2031), and two that lapsed here on 5 March 2031. */
const names = ['free', 'held', 'heldLater', 'removed', 'renewing'] as const;
let rig: Rig;
let api: Api;
let head: Caller;
let list: Office;
let closed: HeldPermit;
let running: HeldPermit;
const permit = (name: (typeof names)[number]): HeldPermit => {
  const unit = unitOf(rig, names.indexOf(name) + 1);
  return new HeldPermit(rig, creditCode(unit), permitNo(unit));
};
const items = async (query = ''): Promise<Record<string, unknown>[]> => {
  const { body } = await head.get(`/clean-ups/yunchuan-2031-1/items${query}`);
  return body['items'] as Record<string, unknown>[];
};
const itemOf = async (held: HeldPermit) => (await items()).find((item) => item['permitNo'] === held.permitNo);

beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  const lapsed = await lapsedPermits(rig, ['closed', 'running'], '2031-03-05');
  ({ closed, running } = lapsed);
  await rig.world.advanceTo(at('2031-03-06 09:00'));
  // Found closed, but the cancellation was ended: the notice had gone to the wrong address.
  await closed.cancellation().check('closed', '2031-03-06');
  await closed.cancellation().serveIntention('2031-03-06');
  await closed.cancellation().speak('closed');
  await closed.cancellation().reviewStatement('end');
  await rig.world.settle();
  const term = { issuedOn: '2026-02-01', validFrom: '2026-02-01', validTo: '2031-01-31' };
  await importList(
    rig,
    names.map((_, index) => row(unitOf(rig, index + 1), term)),
  );
  await permit('held').hold('review', 'review');
  await permit('renewing').renew();
  api = await openApi(rig);
  head = await api.account('head', { role: 'sectionHead', organ: 'yunchuan' });
  list = new Office(rig, 'cleanUp/yunchuan-2031-1');
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

test('L12: the list holds the expired permits of closed units that nothing holds, and no other', async () => {
  const { status, body } = await head.post('/clean-ups', { area: '990100' });
  expect(status, JSON.stringify(body)).toBe(201);
  expect(body['caseId']).toBe(list.caseId);
  const listed = await items();
  expect(listed.map((item) => [item['permitNo'], item['checked']])).toEqual(
    [
      ...(['free', 'heldLater', 'removed'] as const).map((name) => [permit(name).permitNo, false]),
      [closed.permitNo, true],
    ].sort(),
  );
  // The one that still runs is being cancelled already, by its own case.
  expect(await openTasks(rig, running.cancellation().caseId)).toEqual(['operationCheck']);
});

test('L12: what is on a list is on no second one', async () => {
  const { status } = await head.post('/clean-ups', { area: '990100' });
  expect(status).toBe(422);
});

test('L12: the officer takes off what does not belong there, with a reason; only what is on the list', async () => {
  const form = (permitNo: string) => ({
    ...{ outcome: 'submit', opinion: '逐张核对' },
    removed: [{ permitNo, reason: '单位仍在生产' }],
  });
  const foreign = form(running.permitNo);
  expect(await list.complete(people.lead, 'cleanUpReview', foreign, { mayRefuse: true })).toMatchObject({
    ...{ status: 'refused', code: 'rule.refused' },
  });
  await list.complete(people.lead, 'cleanUpReview', form(permit('removed').permitNo));
  expect(await itemOf(permit('removed'))).toMatchObject({ state: 'removed', reason: '单位仍在生产' });
  expect(await openTasks(rig, list.caseId)).toEqual(['sign.sectionHead']);
});

test('L12: signed and sealed, each permit opens a case of its own; one that is held meanwhile is taken off', async () => {
  await permit('heldLater').hold('lawsuit');
  await list.sign('sectionHead', 'legalReview', 'deputyHead');
  const said = await saidIn(rig.db, await list.document('cleanUpList'));
  expect(said).toContain(permit('free').permitNo);
  expect(said).not.toContain(permit('removed').permitNo);
  expect(await rig.events(permit('free').cancellation().caseId)).toEqual([]);
  await list.seal('cleanUpList');
  await rig.world.settle();
  expect(await itemOf(permit('heldLater'))).toMatchObject({ state: 'removed', reason: 'held' });
  expect(await permit('heldLater').timeline('permit.cleanUpHeld')).toHaveLength(1);
  expect(await itemOf(permit('free'))).toMatchObject({
    ...{ state: 'opened', cancellationId: permit('free').cancellation().caseId },
  });
  // Nobody has looked yet whether it is closed: that comes first.
  expect(await openTasks(rig, permit('free').cancellation().caseId)).toEqual(['operationCheck']);
  // Found closed before: its second cancellation begins with the notice.
  expect(await openTasks(rig, closed.cancellation(2).caseId)).toEqual(['seal.1']);
  for (const name of ['held', 'heldLater', 'removed', 'renewing'] as const)
    expect(await rig.events(permit(name).cancellation().caseId), name).toEqual([]);
});

test('L12: the list itself cancels nothing: each permit has its notice, its term, its decision and its service', async () => {
  const cancellation = closed.cancellation(2);
  await cancellation.serveIntention('2031-03-06');
  await closed.stands('lapsed', '2031-03-04');
  // Five working days from Thursday 6 March 2031 end with Thursday 13 March.
  await rig.world.advanceTo(at('2031-03-14 09:00'));
  await cancellation.signDecision();
  await cancellation.serveDecision('2031-03-14');
  await closed.stands('cancelled', '2031-03-04');
});

test('L12: published, the campaign is over; the next list has what became free', async () => {
  await list.complete(people.desk, 'publicity', { outcome: 'done', on: '2031-03-14', note: '已公开' });
  expect(await list.story()).toContain('case.closed');
  await permit('heldLater').release('lawsuit');
  const { status, body } = await head.post('/clean-ups', { area: '990100' });
  expect(status, JSON.stringify(body)).toBe(201);
  const { body: next } = await head.get('/clean-ups/yunchuan-2031-2/items');
  expect((next['items'] as Record<string, unknown>[]).map((item) => item['permitNo'])).toEqual(
    [permit('heldLater').permitNo, permit('removed').permitNo].sort(),
  );
  const seen = await head.get('/cases/cleanUp/yunchuan-2031-2');
  expect(seen.body).toMatchObject({ stage: 'checkingList', kind: 'cleanUp' });
});
