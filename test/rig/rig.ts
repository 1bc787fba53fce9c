import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, type Worker } from '@temporalio/worker';
import { eq, sql } from 'drizzle-orm';
import pg from 'pg';
import { pino } from 'pino';
import { expect, inject } from 'vitest';
import { createCaseWorker } from '../../activities/worker.js';
import { dataConverterOf } from '../../codec/dataConverter.js';
import { openKeyring } from '../../codec/keyring.js';
import { type OpenDatabase, openDatabase } from '../../db/database.js';
import { firstBreak } from '../../db/ledgerChain.js';
import { markRehearsal } from '../../db/legalClock.js';
import { CalendarSource } from '../../db/queries/calendarSource.js';
import { cases, ledger, tasks, units } from '../../db/schema/index.js';
import type { Channel } from '../../notices/channel.js';
import type { NoticeContext } from '../../notices/context.js';
import { noticesInSkippedTime } from '../../notices/resident.js';
import type { StepListener } from '../../observe/steps.js';
import type { Asking, Bureau } from '../../rehearsal/bureau.js';
import { until, World } from '../../rehearsal/world.js';
import { insertRequest, type RequestRow } from '../../relay/insert.js';
import { startRelay, type Relay } from '../../relay/relay.js';
import { type RequestStatus, sendRequest } from '../../relay/send.js';
import { type Instant, parseInstant } from '../../rules/date.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { Actor } from '../../workflows/messages/request.js';
import { templateDatabase } from './globalSetup.js';
import { openEveryDocument } from './papers.js';
import { replayHistories } from './replay.js';

let runtimeInstalled = false;

/** One test's own database, task queue, worker, relay and world, on the servers that all tests share. */
export interface Rig extends Bureau {
  readonly databaseUrl: string;
  readonly client: Client;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly relay: Relay;
  /** What the outbox works with here. */
  readonly notices: NoticeContext;
  /** A number that no other rig has, for permit numbers and credit codes. */
  readonly number: number;
  write(actor: Actor, name: string, caseId: string, body: JsonObject, more?: Asking): Promise<RequestRow>;
  send(row: RequestRow): Promise<RequestStatus>;
  /** A new application's case id. */
  nextApplication(): Promise<string>;
  stopWorker(): Promise<void>;
  /** Starts the worker again, on another way to the database if one is given. */
  startWorker(databaseUrl?: string): Promise<void>;
  /** Ends everything, checks every chain, opens every document and replays every history that was made. */
  close(): Promise<void>;
}

/** Opens a rig whose world begins at this instant. */
export async function openRig(
  at: string,
  options: {
    readonly relay?: boolean;
    readonly codecKeys?: string;
    /** The ways out of the outbox, which then works in the rig's world; without them notices stay queued. */
    readonly channels?: readonly Channel[];
    readonly onStep?: StepListener;
  } = {},
): Promise<Rig> {
  const servers = inject('servers');
  if (!runtimeInstalled) Runtime.install({ logger: new DefaultLogger('ERROR') });
  runtimeInstalled = true;
  const number = await nextNumber(servers.postgresUrl);
  const databaseUrl = await copyDatabase(servers.postgresUrl, `rig_${number}`);
  const { db, close } = openDatabase(databaseUrl);
  await markRehearsal(db, parseInstant(at));
  await db.execute(sql`select setval('application_numbers', ${number * 1000})`);
  await db.execute(sql`select setval('issue_numbers', ${number * 1000})`);
  const dataConverter = dataConverterOf(await openKeyring(options.codecKeys ?? servers.codecKeys));
  const connection = await Connection.connect({ address: servers.temporalAddress });
  const native = await NativeConnection.connect({ address: servers.temporalAddress });
  const { namespace, workflowBundle } = servers;
  const client = new Client({ connection, namespace, dataConverter });
  const taskQueue = `rig-${number}`;
  const sending = { db, client, taskQueue };
  let worker: Worker | undefined;
  let running: Promise<void> | undefined;

  let workerDatabase: OpenDatabase | undefined;
  const startWorker = async (url = databaseUrl): Promise<void> => {
    workerDatabase = openDatabase(url);
    const observed = options.onStep === undefined ? {} : { onStep: options.onStep };
    const parts = { connection: native, namespace, taskQueue, dataConverter, workflowBundle };
    worker = await createCaseWorker({ ...parts, ...observed, db: workerDatabase.db });
    running = worker.run();
  };
  const stopWorker = async (): Promise<void> => {
    worker?.shutdown();
    await running;
    await workerDatabase?.close();
    worker = undefined;
    workerDatabase = undefined;
  };
  await startWorker();
  const relay = startRelay(sending, { databaseUrl, logger: pino({ level: 'silent' }), pollInterval: 500 });
  if (options.relay === false) await relay.stop();

  const notices: NoticeContext = {
    ...{ db, calendars: new CalendarSource(), channels: options.channels ?? [], firstWait: 60_000 },
    ...{ baseUrl: 'https://permits.example.test', logger: pino({ level: 'silent' }) },
  };
  const residents = options.channels === undefined ? [] : [noticesInSkippedTime(notices)];
  const rig: Rig = {
    ...{ db, databaseUrl, client, namespace, taskQueue, relay, number, startWorker, stopWorker, notices },
    world: new World({ db, client, namespace, residents }),
    async write(actor, name, caseId, body, { key = randomUUID(), permitNo } = {}) {
      const asked = { idempotencyKey: key, actor, name, caseId, body };
      return await insertRequest(db, permitNo === undefined ? asked : { ...asked, permitNo });
    },
    send: (row) => sendRequest(sending, row, 20_000),
    async ask(actor, name, caseId, body, more = {}) {
      const status = await rig.send(await rig.write(actor, name, caseId, body, more));
      if (status.status !== 'done' && more.mayRefuse !== true) {
        throw new Error(`${name} on ${caseId}: ${JSON.stringify(status)}`);
      }
      return status;
    },
    async nextApplication() {
      const { rows } = await db.execute<{ next: string }>(sql`select nextval('application_numbers') as next`);
      return `application/2026${String(rows[0]?.next).padStart(6, '0')}`;
    },
    async task(caseId, kind) {
      const open = await db.select().from(tasks).where(eq(tasks.caseId, caseId));
      const found = open.find((task) => task.kind === kind && task.status === 'open');
      if (found === undefined) {
        const kinds = open.filter((task) => task.status === 'open').map((task) => task.kind);
        throw new Error(`no open task ${kind} in ${caseId}; open: ${kinds.join(', ')}`);
      }
      return found.id;
    },
    events: (caseId) => db.select().from(ledger).where(eq(ledger.caseId, caseId)).orderBy(ledger.sequence),
    async close() {
      // Nothing may step any more while heads and chains are compared.
      await relay.stop();
      await stopWorker();
      await openEveryDocument(db);
      const all = await db.select().from(cases);
      for (const each of all) {
        const head = { count: each.ledgerCount, hash: each.ledgerHead };
        expect(firstBreak(each.id, await rig.events(each.id), head), `the chain of ${each.id}`).toBeNull();
      }
      await replayHistories(
        client,
        all.map((each) => each.id),
        { workflowBundle, dataConverter },
      );
      for (const each of all)
        await client.workflow
          .getHandle(each.id)
          .terminate('the test is over')
          .catch(() => undefined);
      await close();
      await connection.close();
      await native.close();
    },
  };
  return rig;
}

/** Writes a unit down, with a credit code that no other rig uses. */
export async function addUnit(
  rig: Rig,
  id: string,
  area = '990100',
): Promise<{ id: string; creditCode: string }> {
  const creditCode = `9199${String(rig.number).padStart(6, '0')}${id.replace(/\W/g, '').padEnd(8, 'X').slice(0, 8).toUpperCase()}`;
  await rig.db
    .insert(units)
    .values({ id, creditCode, name: `示范企业 ${id}`, area, contact: `${id}@example.test` });
  return { id, creditCode };
}

async function nextNumber(postgresUrl: string): Promise<number> {
  const admin = new pg.Client({ connectionString: postgresUrl });
  await admin.connect();
  const { rows } = await admin.query<{ next: string }>(`select nextval('rig_numbers') as next`);
  await admin.end();
  return Number(rows[0]?.next);
}

/** Copies the migrated template; only one copy at a time is possible, so a second waits. */
async function copyDatabase(postgresUrl: string, name: string): Promise<string> {
  await until(async () => {
    const admin = new pg.Client({ connectionString: postgresUrl });
    await admin.connect();
    try {
      await admin.query(`create database ${name} template ${templateDatabase}`);
      return null;
    } catch (error) {
      return String(error);
    } finally {
      await admin.end();
    }
  }, `a copy of the template as ${name}`);
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** An instant as tests write it: `2026-03-02 09:00` in Shanghai. */
export function at(text: string): Instant {
  return parseInstant(`${text.replace(' ', 'T')}:00+08:00`);
}
