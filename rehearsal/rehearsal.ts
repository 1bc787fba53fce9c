import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { and, eq } from 'drizzle-orm';
import { pino } from 'pino';
import { createCaseWorker } from '../activities/worker.js';
import { dataConverterOf } from '../codec/dataConverter.js';
import { openKeyring } from '../codec/keyring.js';
import { openDatabase } from '../db/database.js';
import { markRehearsal } from '../db/legalClock.js';
import { migrate } from '../db/migrate.js';
import { CalendarSource } from '../db/queries/calendarSource.js';
import { ledger, tasks, units } from '../db/schema/index.js';
import { noticesInSkippedTime } from '../notices/resident.js';
import { insertRequest } from '../relay/insert.js';
import { startRelay } from '../relay/relay.js';
import { sendRequest } from '../relay/send.js';
import type { Instant } from '../rules/date.js';
import type { Bureau } from './bureau.js';
import { World } from './world.js';

/** Where a rehearsal takes place. The server must allow skipped time; the database must hold no case yet. */
export interface RehearsalOptions {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly namespace: string;
  readonly codecKeys: string;
  readonly workflowBundle: string;
  readonly begins: Instant;
}

/** A bureau in a world of its own, with its worker and its relay in this process. */
export interface Rehearsal extends Bureau {
  addUnit(unit: typeof units.$inferInsert): Promise<void>;
  close(): Promise<void>;
}

/** Opens a rehearsal: migrates and marks the database, starts a worker and the relay. */
export async function openRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const { databaseUrl, namespace, workflowBundle, temporalAddress: address } = options;
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  await migrate(databaseUrl);
  const { db, close } = openDatabase(databaseUrl);
  await markRehearsal(db, options.begins);
  const dataConverter = dataConverterOf(await openKeyring(options.codecKeys));
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection, namespace, dataConverter });
  const taskQueue = 'rehearsal';
  const sending = { db, client, taskQueue };
  const worker = await createCaseWorker({
    ...{ connection: native, namespace, taskQueue, dataConverter, db, workflowBundle },
  });
  const running = worker.run();
  const logger = pino({ level: 'silent' });
  const relay = startRelay(sending, { databaseUrl, logger, pollInterval: 500 });
  // Nobody is written to in a rehearsal: its notices are kept.
  const keeping = { db, logger, calendars: new CalendarSource(), channels: [], firstWait: 1000 };
  const notices = noticesInSkippedTime({ ...keeping, baseUrl: 'http://rehearsal.invalid' });
  return {
    db,
    world: new World({ db, client, namespace, residents: [notices] }),
    async ask(actor, name, caseId, body, { key = randomUUID(), permitNo, mayRefuse = false } = {}) {
      const asked = { idempotencyKey: key, actor, name, caseId, body };
      const row = await insertRequest(db, permitNo === undefined ? asked : { ...asked, permitNo });
      const status = await sendRequest(sending, row, 20_000);
      if (status.status === 'done' || mayRefuse) return status;
      throw new Error(`${name} on ${caseId}: ${JSON.stringify(status)}`);
    },
    async task(caseId, kind) {
      const open = and(eq(tasks.caseId, caseId), eq(tasks.kind, kind), eq(tasks.status, 'open'));
      const [found] = await db.select().from(tasks).where(open);
      if (found === undefined) throw new Error(`no open task ${kind} in ${caseId}`);
      return found.id;
    },
    events: (caseId) => db.select().from(ledger).where(eq(ledger.caseId, caseId)).orderBy(ledger.sequence),
    async addUnit(unit) {
      await db.insert(units).values(unit);
    },
    async close() {
      await relay.stop();
      worker.shutdown();
      await running;
      await connection.close();
      await native.close();
      await close();
    },
  };
}
