import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { ledger } from '../../db/schema/index.js';
import { until } from '../../rehearsal/world.js';
import { deliver, type DeliveryContext } from '../../webhooks/deliver.js';
import { fanOut } from '../../webhooks/fanOut.js';
import { startWebhooks } from '../../webhooks/relay.js';
import { type Api, type Caller, openApi } from '../api/client.js';
import { Application } from '../application/application.js';
import { compiledCommand } from '../cli/compiled.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { type Arrived, Receiver } from './receiver.js';

let rig: Rig;
let api: Api;
let system: Caller;
let receiver: Receiver;
let context: DeliveryContext;
let id: string;
let secret: string;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  await addUnit(rig, 'steel');
  await addUnit(rig, 'paper', '990200');
  api = await openApi(rig, { webhookRules: { privateTargets: true } });
  system = await api.account('system', { role: 'systemAdministrator', organ: '*' });
  receiver = new Receiver();
  await receiver.up();
  context = {
    ...{ db: rig.db, logger: pino({ level: 'silent' }), rules: { privateTargets: true } },
    ...{ firstWait: 0, longestWait: 0, attempts: 3 },
  };
});
afterAll(async () => {
  await receiver.down();
  await api.close();
  await rig.close();
});
beforeEach(async () => {
  for (const { id: old } of (await system.get('/webhooks')).body['items'] as { id: string }[])
    await system.send('DELETE', `/webhooks/${old}`);
  receiver.answer = () => 204;
  receiver.arrived.length = 0;
  ({ id, secret } = await subscribe());
});

async function subscribe(more: object = {}): Promise<{ id: string; secret: string }> {
  const { status, body } = await system.post('/webhooks', { url: receiver.url, organ: '*', ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  return { id: String(body['id']), secret: String(body['secret']) };
}

/** One look: what happened is written down, and what may go is sent. */
async function look(subscription = id): Promise<void> {
  await fanOut(rig.db, subscription);
  await deliver(context, subscription);
}

const received = async (unit = 'steel'): Promise<Application> => {
  const application = await Application.receive(rig, unit);
  await rig.world.settle();
  return application;
};

/** What the ledger says of a case, in its order. */
const said = async (caseId: string): Promise<readonly number[]> =>
  (await rig.db.select().from(ledger).where(eq(ledger.caseId, caseId)).orderBy(ledger.sequence)).map(
    ({ position }) => position,
  );

const heard = (caseId: string, of: readonly Arrived[] = receiver.arrived): readonly number[] =>
  of.filter((message) => message.caseId === caseId).map(({ position }) => position);

async function deadLetters(): Promise<
  readonly { id: string; caseId: string; outcome: string; attempts: number }[]
> {
  const { body } = await system.get(`/webhooks/${id}/deliveries?status=dead`);
  return body['items'] as { id: string; caseId: string; outcome: string; attempts: number }[];
}

test('A1: every event arrives once, in its case’s order, signed so that any Standard Webhooks receiver can tell', async () => {
  const one = await received();
  const other = await received();
  await one.accept();
  await look();
  for (const { caseId } of [one, other]) expect(heard(caseId)).toEqual(await said(caseId));
  const [first] = receiver.arrived;
  const headers = first?.headers as Record<string, string>;
  expect(() => new Webhook(secret).verify(first?.body ?? '', headers)).not.toThrow();
  expect(() => new Webhook(secret).verify(`${first?.body ?? ''} `, headers)).toThrow();
  // The same by hand: HMAC-SHA-256 over id, time and body.
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const content = `${headers['webhook-id'] ?? ''}.${headers['webhook-timestamp'] ?? ''}.${first?.body ?? ''}`;
  expect(headers['webhook-signature']).toBe(
    `v1,${createHmac('sha256', key).update(content).digest('base64')}`,
  );
  const count = receiver.arrived.length;
  await look();
  expect(receiver.arrived, 'nothing comes twice').toHaveLength(count);
});

test('A1: nobody’s name or contact leaves: a message holds what the feed shows to who has no business with persons', async () => {
  const auditor = await api.account('auditor', { role: 'auditAdministrator', organ: '*' });
  const application = await received();
  await application.accept();
  await look();
  const { body } = await auditor.get(`/events?case=${application.caseId}&limit=1000`);
  const shown = body['items'] as { event: string; at: string }[];
  const told = receiver.arrived
    .filter(({ caseId }) => caseId === application.caseId)
    .map((message) => JSON.parse(message.body) as { type: string; timestamp: string; data: object });
  expect(told.map(({ type, timestamp, data }) => ({ event: type, at: timestamp, ...data }))).toEqual(shown);
});

test('A1: a receiver that is down or answers 500 is tried again under the same id; a case’s later event waits, other cases go on', async () => {
  const stuck = await received();
  const free = await received();
  const [first] = await said(stuck.caseId);
  let failures = 2;
  receiver.answer = ({ position }) => (position === first && failures-- > 0 ? 500 : 204);
  await fanOut(rig.db, id);
  // One attempt at a time, to see what waits.
  const patient = { ...context, firstWait: 3600, longestWait: 3600 };
  await deliver(patient, id);
  expect(heard(stuck.caseId)).toEqual([first]);
  expect(heard(free.caseId)).toEqual(await said(free.caseId));
  await rig.db.execute(sql`update webhook_deliveries set due_at = clock_timestamp()`);
  await deliver(context, id);
  expect(heard(stuck.caseId)).toEqual([first, first, ...(await said(stuck.caseId))]);
  const ids = receiver.arrived.filter(({ position }) => position === first).map((message) => message.id);
  expect(new Set(ids).size, 'a repeat is known by its id').toBe(1);

  await receiver.down();
  await stuck.accept();
  await fanOut(rig.db, id);
  await deliver(patient, id);
  await receiver.up();
  await rig.db.execute(sql`update webhook_deliveries set due_at = clock_timestamp()`);
  await deliver(context, id);
  expect([...new Set(heard(stuck.caseId))]).toEqual(await said(stuck.caseId));
});

test('A1: what was given up is a dead letter: looked at, replayed under its id, or discarded; until then its case waits', async () => {
  const application = await received();
  const positions = await said(application.caseId);
  receiver.answer = () => 503;
  await look();
  const [dead, ...more] = await deadLetters();
  expect(more).toEqual([]);
  expect(dead).toMatchObject({ caseId: application.caseId, outcome: '503', attempts: 3 });
  receiver.answer = () => 204;
  receiver.arrived.length = 0;
  await look();
  expect(receiver.arrived, 'the case waits').toEqual([]);
  expect((await system.post(`/webhook-deliveries/${dead?.id ?? ''}/replay`)).status).toBe(200);
  await look();
  expect(heard(application.caseId)).toEqual(positions);
  expect(receiver.arrived[0]?.id).toBe(dead?.id);
  expect(await deadLetters()).toEqual([]);
  expect((await system.post(`/webhook-deliveries/${dead?.id ?? ''}/replay`)).status).toBe(404);

  // Discarded, it is never sent, and the rest goes on.
  receiver.answer = () => 500;
  await application.accept();
  await look();
  const [dropped] = await deadLetters();
  receiver.answer = () => 204;
  receiver.arrived.length = 0;
  expect((await system.post(`/webhook-deliveries/${dropped?.id ?? ''}/discard`)).status).toBe(200);
  await look();
  expect(heard(application.caseId)).toEqual((await said(application.caseId)).slice(positions.length + 1));
});

test('A1: a receiver that never answers holds up no other, and its attempts end by themselves', async () => {
  const quick = new Receiver();
  await quick.up();
  await subscribe({ url: quick.url });
  receiver.answer = () => 'never';
  const relay = startWebhooks(context, { interval: 100 });
  const { caseId } = await received();
  const positions = await said(caseId);
  await until(
    () => Promise.resolve(heard(caseId, quick.arrived).length >= positions.length ? null : 'waits'),
    'the quick one has all',
    12_000,
  );
  expect(heard(caseId, quick.arrived)).toEqual(positions);
  expect(heard(caseId)).toEqual(positions.slice(0, 1));
  receiver.answer = () => 204;
  await until(
    () => Promise.resolve(heard(caseId).length > positions.length ? null : 'waits'),
    'the slow one has all, its first message again',
    60_000,
  );
  expect(heard(caseId)).toEqual([positions[0], ...positions]);
  await relay.stop();
  await quick.down();
});

test('A1: a subscription hears of its organ’s cases and the events that it asked for, and of nothing before it was made', async () => {
  const before = await received();
  const narrow = await subscribe({ organ: 'yunchuan', events: ['application.accepted'] });
  const elsewhere = await subscribe({ organ: 'lanjiang.approval' });
  await before.accept();
  await look(narrow.id);
  expect(receiver.arrived.map(({ type, caseId }) => ({ type, caseId }))).toEqual([
    { type: 'application.accepted', caseId: before.caseId },
  ]);
  receiver.arrived.length = 0;
  await look(elsewhere.id);
  expect(receiver.arrived).toEqual([]);
});

test('A1: paused, it is sent nothing; going on, it hears of what it missed', async () => {
  expect((await system.send('PUT', `/webhooks/${id}/state`, { state: 'paused' })).status).toBe(200);
  const { caseId } = await received();
  await look();
  expect(receiver.arrived).toEqual([]);
  await system.send('PUT', `/webhooks/${id}/state`, { state: 'active' });
  await look();
  expect(heard(caseId)).toEqual(await said(caseId));
});

test('A1: kill -9 of the worker while a message is on its way: another sends it again under its id, and none is lost', async () => {
  const command = compiledCommand();
  const { temporalAddress, codecKeys, dataFolder } = inject('servers');
  const environment = {
    ...process.env,
    ...{
      DATABASE_URL: rig.databaseUrl,
      TEMPORAL_ADDRESS: temporalAddress,
      TEMPORAL_NAMESPACE: rig.namespace,
    },
    ...{
      TEMPORAL_TASK_QUEUE: `${rig.taskQueue}-other`,
      YIZHENG_CODEC_KEYS: codecKeys,
      YIZHENG_DATA: dataFolder,
    },
    ...{ WEBHOOK_PRIVATE_TARGETS: 'true', LOG_LEVEL: 'error' },
  };
  const start = () => spawn(process.execPath, [command, 'worker'], { env: environment, stdio: 'inherit' });
  receiver.answer = () => 'never';
  const { caseId } = await received();
  const positions = await said(caseId);
  const first = start();
  await until(
    () => Promise.resolve(receiver.arrived.length > 0 ? null : 'nothing'),
    'one is on its way',
    180_000,
  );
  const ended = once(first, 'exit');
  first.kill('SIGKILL');
  await ended;
  receiver.answer = () => 204;
  // Its lease is a minute: let it be over.
  await rig.db.execute(sql`update webhook_deliveries set due_at = clock_timestamp()`);
  const second = start();
  await until(
    () => Promise.resolve(heard(caseId).length > positions.length ? null : `${heard(caseId).length}`),
    'all of them',
    180_000,
  );
  expect(heard(caseId)).toEqual([positions[0], ...positions]);
  expect(receiver.arrived[0]?.id).toBe(receiver.arrived[1]?.id);
  const gone = once(second, 'exit');
  second.kill('SIGTERM');
  await gone;
}, 600_000);
