import { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../rehearsal/world.js';
import { Office, submission } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { chainOf } from '../rig/replay.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';

const { History } = proto.temporal.api.history.v1;
type Failure = proto.temporal.api.failure.v1.IFailure;

const marker = 'PLAINTEXT-MARKER';

/** Everything of this kind that a message holds, however deep. */
function within<Found>(value: unknown, is: (inner: object) => inner is object & Found): Found[] {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return [];
  const here = is(value) ? [value] : [];
  return [...here, ...Object.values(value).flatMap((inner) => within(inner, is))];
}

const isPayload = (value: object): value is Payload => 'metadata' in value && 'data' in value;
const isFailure = (value: object): value is Failure =>
  'message' in value && ('applicationFailureInfo' in value || 'encodedAttributes' in value);

let rig: Rig;
let office: Office;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  const unit = await addUnit(rig, 'codec');
  office = new Office(rig, await rig.nextApplication());
  await rig.ask(people.applicantOf(unit.id), 'application.submit', office.caseId, submission(unit.id));
});
afterAll(() => rig.close());

/** The case's history as the server keeps it, read by somebody who has no key. */
async function stored() {
  const { connection, options } = rig.client;
  const client = new Client({ connection, namespace: options.namespace });
  const [history] = await chainOf(client, office.caseId);
  return { history, bytes: Buffer.from(History.encode(history ?? {}).finish()) };
}

test('neither what was asked nor why it was refused can be read in a history as the server stores it', async () => {
  const refusal = await office.ask(
    people.desk,
    'task.complete',
    { taskId: `${marker}#completeness.1`, form: { outcome: 'accept', corrected: [] } },
    { mayRefuse: true },
  );
  expect(refusal).toMatchObject({ code: 'task.closed', detail: { found: `${marker}#completeness.1` } });
  const defects = [{ item: 'commitment', what: marker }];
  await office.complete(people.desk, 'completeness', { outcome: 'supplement', defects });

  const { history, bytes } = await stored();
  for (const text of [marker, 'commitment', 'acceptance@yunchuan', 'no open task', 'completeness']) {
    expect(bytes.includes(text), text).toBe(false);
  }
  const payloads = within(history, isPayload).filter(({ metadata }) => metadata?.['encoding'] !== undefined);
  const encodings = payloads.map(({ metadata }) => Buffer.from(metadata?.['encoding'] ?? []).toString());
  // What the server itself must read is no payload of ours: the area for lists, and the SDK's notes on an activity's run.
  const plain = payloads.filter((_, index) => encodings[index] !== 'binary/encrypted');
  const readable = plain.map(({ data }) => Buffer.from(data ?? []).toString());
  expect(readable.filter((text) => !text.startsWith('{"seq":'))).toEqual(['"990100"']);

  // The search is no dud: with the keys, the same payloads hold the same words.
  const [codec] = rig.client.options.loadedDataConverter.payloadCodecs;
  const opened = await codec?.decode(payloads.filter((_, index) => encodings[index] === 'binary/encrypted'));
  const texts = (opened ?? []).map(({ data }) => Buffer.from(data ?? []).toString()).join('\n');
  for (const text of [marker, 'acceptance@yunchuan', 'no open task']) expect(texts).toContain(text);
});

test('a refusal in a history says nothing but that it is encoded', async () => {
  const { history } = await stored();
  const failures = within(history, isFailure);
  expect(failures.length).toBeGreaterThan(0);
  for (const { message, stackTrace, encodedAttributes } of failures) {
    expect(message).toBe('Encoded failure');
    expect(stackTrace ?? '').toBe('');
    expect(encodedAttributes?.metadata?.['encoding']).toEqual(Buffer.from('binary/encrypted'));
  }
});

test('a fault of the database, whose text may quote a row, is encoded too', async () => {
  await rig.stopWorker();
  const nowhere = new URL(rig.databaseUrl);
  nowhere.pathname = `/${marker}`;
  await rig.startWorker(nowhere.href);
  const asked = rig.write(people.applicantOf('codec'), 'application.withdraw', office.caseId, {
    reason: '停产',
  });
  const sent = rig.send(await asked);
  const failing = async () => {
    const { raw } = await rig.client.workflow.getHandle(office.caseId).describe();
    return raw.pendingActivities?.[0]?.lastFailure;
  };
  await until(
    async () => ((await failing()) == null ? 'no failure yet' : null),
    'the activity that is tried again',
  );
  const failure = await failing();
  expect(failure?.message).toBe('Encoded failure');
  expect(JSON.stringify(failure)).not.toContain(marker);
  await rig.stopWorker();
  await rig.startWorker();
  await sent;
  await rig.world.settle();
});
