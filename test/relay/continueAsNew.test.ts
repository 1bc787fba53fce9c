import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cases, requests, steps } from '../../db/schema/index.js';
import { millisOf } from '../../rules/date.js';
import { setRehearsalClock } from '../../db/legalClock.js';
import { SkippingWorkflow } from '../../rehearsal/fastForward.js';
import { until } from '../../rehearsal/world.js';
import { statusOf } from '../../relay/send.js';
import type { CaseRequest, RequestAnswer } from '../../workflows/messages/request.js';
import { REQUEST_UPDATE } from '../../workflows/messages/request.js';
import { type Api, type Caller, openApi } from '../api/client.js';
import * as people from '../../rehearsal/people.js';
import { type HeldPermit, issuePermit } from '../rig/permits.js';
import { chainOf } from '../rig/replay.js';
import { openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
let api: Api;
let legal: Caller;
let permit: HeldPermit;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  permit = await issuePermit(rig, 'anew', '2026-03-05');
  api = await openApi(rig);
  legal = await api.account('legal', { role: 'legalOfficer', organ: 'yunchuan' });
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

/** Asks, and waits for the answer, also where the case began anew under the request and the relay sends it again. */
async function ask(name: string, hold: string): Promise<void> {
  const body = { hold, kind: 'lawsuit', reason: '已立案' };
  const row = await rig.write(people.legalOfficer, name, permit.caseId, body);
  let status = await rig.send(row);
  await until(async () => {
    if (status.status === 'open') {
      const [now] = await rig.db.select().from(requests).where(eq(requests.id, row.id));
      status = statusOf(now ?? row);
    }
    return status.status === 'open' ? 'open' : null;
  }, `${name} ${hold}`);
  expect(status, `${name} ${hold}`).toMatchObject({ status: 'done' });
}

/** Lets the permit's year go by while people keep asking: its next moment is the anniversary, a quiet point. */
async function passAnniversary(): Promise<void> {
  const [row] = await rig.db.select().from(cases).where(eq(cases.id, permit.caseId));
  const next = row?.next;
  if (next?.action !== 'anniversary') throw new Error(`next is ${next?.moment ?? 'nothing'}`);
  await setRehearsalClock(rig.db, next.at);
  await new SkippingWorkflow(rig.client, rig.namespace, permit.caseId).runTo(millisOf(next.at));
  await until(async () => {
    const [now] = await rig.db.select().from(cases).where(eq(cases.id, permit.caseId));
    return now?.next?.at === next.at ? 'not yet' : null;
  }, 'the anniversary');
}

const place = (reason: string, caller: Pick<Caller, 'post'> = legal) =>
  caller.post(
    `/permits/${permit.permitNo}/holds`,
    { hold: 'http', kind: 'review', reason },
    'a key of years ago',
  );

test('A1: before the permit begins anew, a hold is placed over HTTP under a key', async () => {
  expect(await place('复议')).toMatchObject({ status: 200 });
});

test('requests in flight while a permit begins anew at its quiet points: none is lost, and none is done twice', async () => {
  let advancing = true;
  const hands = Array.from({ length: 3 }, async (_, hand) => {
    let count = 0;
    for (; advancing; count += 1) {
      const hold = `${hand}-${count}`;
      await ask('permit.hold', hold);
      await ask('permit.release', hold);
    }
    return count;
  });
  for (let year = 2027; year <= 2029; year += 1) await passAnniversary();
  advancing = false;
  const pairs = (await Promise.all(hands)).reduce((sum, count) => sum + count, 0);
  await rig.world.settle();
  await passAnniversary();

  expect(pairs).toBeGreaterThan(5);
  // The last quiet point found nobody waiting, so that one began a run at least.
  await until(
    async () => ((await chainOf(rig.client, permit.caseId)).length > 1 ? null : 'one run'),
    'a new run',
  );
  const story = await rig.events(permit.caseId);
  for (const event of ['permit.holdPlaced', 'permit.holdReleased']) {
    const holds = story
      .filter((entry) => entry.event === event && entry.params['hold'] !== 'http')
      .map((entry) => entry.params['hold']);
    expect(holds, event).toHaveLength(pairs);
    expect(new Set(holds).size, event).toBe(pairs);
  }
});

test('a request that an earlier run has answered is answered the same by a later one, and not done again', async () => {
  const [row] = await rig.db
    .select()
    .from(requests)
    .where(and(eq(requests.caseId, permit.caseId), eq(requests.name, 'permit.hold')))
    .orderBy(requests.receivedAt)
    .limit(1);
  if (row === undefined) throw new Error('no request');
  const { id, name, receivedAt, actor, body } = row;
  const answer = await rig.client.workflow
    .getHandle(permit.caseId)
    .executeUpdate<RequestAnswer, [CaseRequest]>(REQUEST_UPDATE, {
      args: [{ id, name, receivedAt, actor, body }],
      updateId: id,
    });
  const { caseId: _, ...told } = answer;
  expect(told).toEqual(row.answer);
  const cause = and(eq(steps.caseId, permit.caseId), eq(steps.cause, `request:${id}`));
  expect(await rig.db.select().from(steps).where(cause)).toHaveLength(1);
});

test('A1: years, runs and restarts later the key still finds what it did, does nothing again, and refuses another body', async () => {
  const [row] = await rig.db.select().from(requests).where(eq(requests.idempotencyKey, 'a key of years ago'));
  // Another API and another worker, which know nothing but what is written down; and none of them at all.
  await rig.stopWorker();
  await api.close();
  api = await openApi(rig);
  const anew = await api.signIn('legal');
  const again = { status: 200, body: { requestId: row?.id, ...row?.answer } };
  expect(await place('复议', anew)).toMatchObject(again);
  await rig.startWorker();
  expect(await place('复议', anew)).toMatchObject(again);
  expect(await place('诉讼', anew)).toMatchObject({ status: 422, body: { code: 'request.mismatch' } });
  const placed = (await rig.events(permit.caseId)).filter((entry) => entry.params['hold'] === 'http');
  expect(placed).toHaveLength(1);
});
