import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bodyHash } from '../../db/requestRows.js';
import { requests, steps } from '../../db/schema/index.js';
import { until } from '../../rehearsal/world.js';
import { type Relay, type RelayOptions, startRelay } from '../../relay/relay.js';
import type { Instant } from '../../rules/date.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { REQUEST_UPDATE } from '../../workflows/messages/request.js';
import * as people from '../../rehearsal/people.js';
import { type HeldPermit, issuePermit } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
let permit: HeldPermit;
const relays: Relay[] = [];
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00', { relay: false });
  permit = await issuePermit(rig, 'relay', '2026-03-05');
});
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
});
afterAll(() => rig.close());

function start(options: Partial<RelayOptions> = {}): void {
  const { db, client, taskQueue, databaseUrl } = rig;
  const logger = pino({ level: 'silent' });
  relays.push(startRelay({ db, client, taskQueue }, { databaseUrl, logger, pollInterval: 200, ...options }));
}

/** Written down by a process that died before it could send. */
async function orphan(name: string, caseId: string, body: JsonObject, receivedAt?: Instant): Promise<string> {
  const { legalOfficer: actor } = people;
  const row = {
    id: randomUUID(),
    idempotencyKey: randomUUID(),
    actor,
    actorId: actor.id,
    name,
    caseId,
    body,
  };
  const received = receivedAt ?? (await rig.world.now());
  const written = { ...row, bodyHash: bodyHash(body), receivedAt: received, status: 'open' as const };
  await rig.db.insert(requests).values(written);
  return row.id;
}

const placing = (hold: string): JsonObject => ({ hold, kind: 'lawsuit', reason: '已立案' });
const rows = (...ids: readonly string[]) => rig.db.select().from(requests).where(inArray(requests.id, ids));
const stepsOf = (id: string) =>
  rig.db
    .select()
    .from(steps)
    .where(and(eq(steps.caseId, permit.caseId), eq(steps.cause, `request:${id}`)));

async function answered(...ids: readonly string[]): Promise<void> {
  await until(async () => {
    const open = (await rows(...ids)).filter((row) => row.status === 'open').length;
    return open === 0 ? null : `${open} open`;
  }, 'answers');
}

test('a request that was written down and never sent is sent by the relay', async () => {
  const id = await orphan('permit.hold', permit.caseId, placing('orphan'));
  start();
  await answered(id);
  expect(await rows(id)).toMatchObject([{ status: 'done', attempts: 1, leasedUntil: null }]);
});

test('a request that its writer is still sending is left alone until the lease is over', async () => {
  const row = await rig.write(people.legalOfficer, 'permit.hold', permit.caseId, placing('writing'));
  start();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await rows(row.id)).toMatchObject([{ status: 'open', attempts: 0 }]);
  await rig.db
    .update(requests)
    .set({ leasedUntil: sql`clock_timestamp()` })
    .where(eq(requests.id, row.id));
  await answered(row.id);
});

test('several relays share the rows: each is sent once', async () => {
  const ids = await Promise.all(
    Array.from({ length: 6 }, (_, n) => orphan('permit.hold', permit.caseId, placing(`shared-${n}`))),
  );
  for (let count = 0; count < 3; count += 1) start({ pollInterval: 20 });
  await answered(...ids);
  expect((await rows(...ids)).map(({ status, attempts }) => ({ status, attempts }))).toEqual(
    ids.map(() => ({ status: 'done', attempts: 1 })),
  );
});

test('a request that is sent twice at once, by its writer and by the relay, is one step with one answer', async () => {
  const id = await orphan('permit.hold', permit.caseId, placing('double'));
  const [row] = await rows(id);
  if (row === undefined) throw new Error('no row');
  start();
  const answers = await Promise.all([rig.send(row), rig.send(row), rig.send(row)]);
  await answered(id);
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await rig.send(row)).toEqual(answers[0]);
  expect(await stepsOf(id)).toHaveLength(1);
});

test('more requests than a relay carries at once are all answered without a pause between', async () => {
  const nobody = 'application/2026000000';
  const ids = await Promise.all(
    Array.from({ length: 40 }, () => orphan('application.withdraw', nobody, { reason: '停产' })),
  );
  // It looks when it starts, and nothing wakes it again but its own answers.
  start({ concurrency: 4, pollInterval: 600_000 });
  await answered(...ids);
  expect(await rows(...ids)).toMatchObject(
    ids.map(() => ({ status: 'refused', answer: { code: 'not.found', detail: { found: nobody } } })),
  );
});

test('one at a time, requests are sent in the order in which they were received', async () => {
  const minutes = [3, 1, 2, 0];
  const ids = await Promise.all(
    minutes.map((minute) =>
      orphan('permit.hold', permit.caseId, placing(`ordered-${minute}`), at(`2026-03-05 09:0${minute}`)),
    ),
  );
  start({ concurrency: 1 });
  await answered(...ids);
  const placed = (await rig.events(permit.caseId)).map(({ params }) => JSON.stringify(params['hold'] ?? ''));
  expect(placed.filter((hold) => hold.startsWith('"ordered'))).toEqual(
    [0, 1, 2, 3].map((minute) => `"ordered-${minute}"`),
  );
});

test('of requests that reach a case together, the one received first comes first', async () => {
  await rig.stopWorker();
  const [later, earlier] = [
    await orphan('permit.hold', permit.caseId, placing('later'), at('2026-03-05 09:31')),
    await orphan('permit.hold', permit.caseId, placing('earlier'), at('2026-03-05 09:30')),
  ];
  const sent: Promise<unknown>[] = [];
  for (const row of [...(await rows(later)), ...(await rows(earlier))]) {
    sent.push(rig.send(row));
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  await rig.startWorker();
  await Promise.all(sent);
  const [[first], [second]] = [await stepsOf(earlier), await stepsOf(later)];
  expect(second?.revision).toBe((first?.revision ?? 0) + 1);
});

test('an Update that ended in a fault of ours does not keep its request open for ever', async () => {
  const id = await orphan('permit.hold', permit.caseId, placing('fault'));
  const [row] = await rows(id);
  // As a release with a fault would have answered it.
  const faulty = { ...row, body: null };
  const update = rig.client.workflow
    .getHandle(permit.caseId)
    .executeUpdate(REQUEST_UPDATE, { args: [faulty], updateId: id });
  await expect(update).rejects.toMatchObject({ cause: { type: 'internal' } });
  expect(await rows(id)).toMatchObject([{ status: 'open' }]);
  start();
  await answered(id);
  expect(await stepsOf(id)).toHaveLength(1);
});

test('a relay whose database is away knocks once a second, and listens again when it is back', async () => {
  let knocks = 0;
  const closed = createServer((socket) => {
    knocks += 1;
    socket.destroy();
  });
  await new Promise<void>((listening) => closed.listen(0, '127.0.0.1', listening));
  const { port } = closed.address() as AddressInfo;
  start({ databaseUrl: `postgres://nobody@127.0.0.1:${port}/none`, pollInterval: 600_000 });
  await new Promise((resolve) => setTimeout(resolve, 5500));
  expect(knocks).toBeGreaterThanOrEqual(3);
  expect(knocks).toBeLessThanOrEqual(7);
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  const stoppedAt = knocks;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(knocks).toBe(stoppedAt);
  closed.close();
});

test('a relay that is stopped, however soon, leaves no connection behind', async () => {
  const listening = async (): Promise<number> => {
    const { rows: found } = await rig.db.execute(
      sql`select 1 from pg_stat_activity where datname = current_database() and query ilike 'listen%'`,
    );
    return found.length;
  };
  start();
  await until(async () => ((await listening()) === 1 ? null : 'not yet'), 'the listener');
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  for (const wait of [0, 1, 3, 10]) {
    start();
    await new Promise((resolve) => setTimeout(resolve, wait));
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  }
  await until(async () => ((await listening()) === 0 ? null : 'still listening'), 'no listener', 5000);
});
