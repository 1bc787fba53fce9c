import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requests, steps } from '../../db/schema/index.js';
import { until } from '../../rehearsal/world.js';
import { statusOf } from '../../relay/send.js';
import type { CaseRequest, RequestAnswer } from '../../workflows/messages/request.js';
import { REQUEST_UPDATE } from '../../workflows/messages/request.js';
import * as people from '../rig/people.js';
import { type HeldPermit, issuePermit } from '../rig/permits.js';
import { chainOf } from '../rig/replay.js';
import { at, openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
let permit: HeldPermit;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  permit = await issuePermit(rig, 'anew', '2026-03-05');
});
afterAll(() => rig.close());

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
  for (const year of [2027, 2028, 2029, 2030]) await rig.world.advanceTo(at(`${year}-03-10 09:00`));
  advancing = false;
  const pairs = (await Promise.all(hands)).reduce((sum, count) => sum + count, 0);
  await rig.world.settle();

  expect(pairs).toBeGreaterThan(5);
  // One run, and one more for each year's quiet point at which nothing was under way.
  const runs = (await chainOf(rig.client, permit.caseId)).length;
  expect(runs).toBeGreaterThan(1);
  const story = (await rig.events(permit.caseId)).filter((entry) => entry.event.startsWith('permit.hold'));
  const done = (event: string) =>
    story.filter((entry) => entry.event === event).map((entry) => entry.params['hold']);
  expect(done('permit.holdPlaced')).toHaveLength(pairs);
  expect(new Set(done('permit.holdPlaced')).size).toBe(pairs);
  expect(done('permit.holdReleased')).toHaveLength(pairs);
  expect(new Set(done('permit.holdReleased')).size).toBe(pairs);
});

test('a request that the run before has answered is answered the same by the next, and not done again', async () => {
  const row = await rig.write(people.legalOfficer, 'permit.hold', permit.caseId, {
    ...{ hold: 'again', kind: 'lawsuit', reason: '已立案' },
  });
  const first = await rig.send(row);
  const before = (await chainOf(rig.client, permit.caseId)).length;
  await rig.world.advanceTo(at('2031-01-20 09:00'));
  await rig.world.advanceTo(at('2031-03-06 09:00'));
  const cancellation = permit.cancellation();
  expect(await cancellation.openTasks()).toBeDefined();
  const { id, name, receivedAt, actor, body } = row;
  const answer = await rig.client.workflow
    .getHandle(permit.caseId)
    .executeUpdate<RequestAnswer, [CaseRequest]>(REQUEST_UPDATE, {
      args: [{ id, name, receivedAt, actor, body }],
      updateId: id,
    });
  const { caseId: _, ...told } = answer;
  expect(first).toEqual({ status: 'done', answer: told });
  expect((await chainOf(rig.client, permit.caseId)).length).toBeGreaterThanOrEqual(before);
  const cause = and(eq(steps.caseId, permit.caseId), eq(steps.cause, `request:${id}`));
  expect(await rig.db.select().from(steps).where(cause)).toHaveLength(1);
  expect(await rig.db.select().from(requests).where(eq(requests.id, id))).toMatchObject([{ status: 'done' }]);
});
