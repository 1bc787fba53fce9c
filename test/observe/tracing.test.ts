import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requests } from '../../db/schema/index.js';
import { startTracing, type Tracing } from '../../observe/tracing.js';
import { type Api, type Caller, openApi } from '../api/client.js';
import { submission } from '../api/filing.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { Receiver } from './receiver.js';

let receiver: Receiver;
let tracing: Tracing;
let rig: Rig;
let api: Api;
let impatient: Api;
let applicant: Caller;
let waitless: Caller;
beforeAll(async () => {
  receiver = await Receiver.open();
  tracing = await startTracing(receiver.url, 'yizheng-test');
  rig = await openRig('2026-03-02T09:00:00+08:00');
  api = await openApi(rig, { deadline: patience });
  impatient = await openApi(rig, { deadline: 700 });
  await addUnit(rig, 'steel');
  applicant = await api.account('steel.zhao', { role: 'applicant', organ: 'unit:steel' });
  waitless = await impatient.account('steel.sun', { role: 'applicant', organ: 'unit:steel' });
});
afterAll(async () => {
  await api.close();
  await impatient.close();
  await rig.close();
  await receiver.close();
});

/** How long is waited for what must come: a busy machine may be ten times as slow. */
const patience = 120_000;

/** A call under a trace of the caller's. */
const under = async (caller: Caller, traceId: string, key: string) =>
  await caller.send('POST', '/applications', await submission(caller, 'steel'), {
    'Idempotency-Key': key,
    'X-Request-Id': `call-${key}`,
    traceparent: `00-${traceId}-00000000000000ab-01`,
  });

const direct = 'a'.repeat(32);
const relayed = 'b'.repeat(32);

test('A7: one trace leads from the caller through the API to the step and its transaction, also by way of the relay', async () => {
  const answer = await under(applicant, direct, 'direct');
  expect(answer.status).toBe(201);
  expect(answer.headers.get('x-request-id')).toBe('call-direct');

  // Nobody is there to take it: the relay sends it later, and the trace goes on from the row.
  await rig.stopWorker();
  const late = await under(waitless, relayed, 'relayed');
  expect(late.status).toBe(202);
  await rig.startWorker();
  const id = String(late.body['requestId']);
  const status = async () =>
    (await rig.db.select().from(requests).where(eq(requests.id, id))).map((row) => row.status);
  await expect.poll(status, { timeout: patience }).toEqual(['done']);
  const [row] = await rig.db.select().from(requests).where(eq(requests.id, id));
  expect(row?.origin).toMatchObject({ call: 'call-relayed' });
  expect(row?.origin?.traceparent?.split('-')[1]).toBe(relayed);

  // A row is done with its transaction, a moment before the spans around it end: they are waited for, then sent.
  const transaction = 'POST /applications > send request > commit step > transaction';
  for (const trace of [direct, relayed])
    await expect.poll(() => receiver.paths(trace), { timeout: patience }).toContain(transaction);
  await tracing.stop();
  // The sign-in library adds spans of its own; what was slow is sent once more by the relay, and its span stands twice.
  const ours = [...new Set(receiver.paths(direct))].filter((path) => !path.includes('get-session'));
  expect(ours).toEqual([
    'POST /applications',
    'POST /applications > receive request',
    'POST /applications > send request',
    'POST /applications > send request > commit step',
    transaction,
  ]);
  expect(receiver.paths(relayed)).toEqual(
    expect.arrayContaining(['POST /applications > send request > commit step', transaction]),
  );
}, 480_000);

test('A7: spans hold ids, never what was said', () => {
  expect(receiver.spans.length).toBeGreaterThan(6);
  for (const word of ['示范', 'creditCode', 'DW001', 'zhao']) expect(receiver.text).not.toContain(word);
});
