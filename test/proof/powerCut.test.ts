import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, chmod, rm, writeFile, rm as remove } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { dataConverterOf } from '../../codec/dataConverter.js';
import { openKeyring } from '../../codec/keyring.js';
import { type OpenDatabase, openDatabase } from '../../db/database.js';
import { migrate } from '../../db/migrate.js';
import { ledger, requests, tasks } from '../../db/schema/index.js';
import { until } from '../../rehearsal/world.js';
import { insertRequest } from '../../relay/insert.js';
import { sendRequest } from '../../relay/send.js';
import { type Stack, startStack } from '../../stack/index.js';
import { searchAttributes } from '../../workflows/messages/searchAttributes.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { Actor } from '../../workflows/messages/request.js';
import { submission } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { startWorkerProcess } from '../rig/workerProcess.js';

/** Servers of this test's own: it pulls their plugs. */
let stack: Stack;
let folder: string;
let database: OpenDatabase;
let client: Client;
// The connection that a power cut broke is kept to the end: the SDK retries on it until its deadline.
const connections: Connection[] = [];
let worker: ChildProcess;
const taskQueue = 'power-cut';
const caseId = 'application/2026999001';
const fuse = () => join(folder, 'fuse');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yizheng-power-'));
  await chmod(folder, 0o755);
  const attributes = searchAttributes.map(({ name }) => ({ name, type: 'KEYWORD' as const }));
  stack = await startStack({ dataFolder: folder, historyShards: 4, ui: false, searchAttributes: attributes });
  await migrate(stack.databaseUrl);
  database = openDatabase(stack.databaseUrl);
  await connect();
  await startWorker();
});

afterAll(async () => {
  worker.kill('SIGKILL');
  for (const connection of connections) await connection.close();
  await database.close();
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
});

async function connect(): Promise<void> {
  const connection = await Connection.connect({ address: stack.temporalAddress });
  connections.push(connection);
  const dataConverter = dataConverterOf(await openKeyring(inject('servers').codecKeys));
  client = new Client({ connection, namespace: stack.namespace, dataConverter });
}

async function startWorker(): Promise<void> {
  const { databaseUrl, temporalAddress, namespace } = stack;
  worker = await startWorkerProcess({ databaseUrl, temporalAddress, namespace, taskQueue, fuse: fuse() });
}

const sending = () => ({ db: database.db, client, taskQueue });

async function write(actor: Actor, name: string, body: JsonObject) {
  return await insertRequest(database.db, {
    idempotencyKey: `${name}/${Math.random()}`,
    actor,
    name,
    caseId,
    body,
  });
}

async function ask(actor: Actor, name: string, body: JsonObject) {
  return await sendRequest(sending(), await write(actor, name, body), 20_000);
}

async function complete(actor: Actor, kind: string, form: JsonObject) {
  return await ask(actor, 'task.complete', { taskId: `${caseId}#${kind}.1`, form });
}

test('a power cut right after the database committed: no decision is lost, and none is swapped', async () => {
  const applicant = people.applicantOf('power');
  const opened = await ask(
    applicant,
    'application.submit',
    submission('power', { permitClass: 'simplified' }),
  );
  expect(opened).toMatchObject({ status: 'done' });

  // The desk accepts. The transaction commits; in the same moment worker, caller and Temporal lose their power.
  const accept = await write(people.desk, 'task.complete', {
    taskId: `${caseId}#completeness.1`,
    form: { outcome: 'accept', corrected: [] },
  });
  await writeFile(fuse(), '');
  const dead = once(worker, 'exit');
  const sent = sendRequest(sending(), accept, 3000).catch(() => ({ status: 'open' as const }));
  await dead;
  await stack.servers.temporal?.stop('SIGKILL');
  await sent;
  await remove(fuse());
  const events = async () =>
    (await database.db.select().from(ledger).where(eq(ledger.caseId, caseId)).orderBy(ledger.sequence)).map(
      (e) => e.event,
    );
  expect(await events()).toContain('application.accepted');

  // The power is back. The first to arrive is somebody else's contrary decision on the same task.
  await stack.servers.temporal?.start();
  await connect();
  await startWorker();
  const contrary = await complete(people.desk, 'completeness', { outcome: 'refuse', reason: '不予受理' });
  expect(contrary).toMatchObject({ status: 'refused', code: 'task.closed' });

  // The first decision stands, its request is answered, and its next tasks are there and can be worked on.
  const [row] = await database.db.select().from(requests).where(eq(requests.id, accept.id));
  expect(row).toMatchObject({ status: 'done', answer: { stage: 'review' } });
  expect(await sendRequest(sending(), accept, 20_000)).toMatchObject({ status: 'done' });
  const story = await events();
  expect(story.filter((event) => event === 'application.accepted')).toHaveLength(1);
  expect(story).not.toContain('application.refused');
  const opinion = await complete(people.reviewer('water'), 'opinion.water', {
    outcome: 'agree',
    opinion: '同意',
    demands: [],
  });
  expect(opinion).toMatchObject({ status: 'done', answer: { revision: 3 } });
});

test('the same with the worker alone, and nobody who sends the decision again', async () => {
  const open = () => database.db.select().from(tasks).where(eq(tasks.caseId, caseId));
  const before = (await open()).filter((task) => task.status === 'open').length;
  const air = await write(people.reviewer('air'), 'task.complete', {
    taskId: `${caseId}#opinion.air.1`,
    form: { outcome: 'agree', opinion: '同意', demands: [] },
  });
  await writeFile(fuse(), '');
  const dead = once(worker, 'exit');
  const sent = sendRequest(sending(), air, 3000).catch(() => ({ status: 'open' as const }));
  await dead;
  await remove(fuse());
  await startWorker();
  await sent;
  // Nobody sends the opinion again: the workflow finds its step when it takes the next one.
  await until(async () => {
    const [row] = await database.db.select().from(requests).where(eq(requests.id, air.id));
    return row?.status === 'done' ? null : 'open';
  }, 'the opinion answered');
  const noise = await complete(people.reviewer('noise'), 'opinion.noise', {
    outcome: 'agree',
    opinion: '同意',
    demands: [],
  });
  expect(noise).toMatchObject({ status: 'done', answer: { revision: 5 } });
  expect((await open()).filter((task) => task.status === 'open')).toHaveLength(before - 2);
});
