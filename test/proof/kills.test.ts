import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseApiPort } from '../../cli/apiPort.js';
import { seedDemonstration } from '../../cli/demonstration.js';
import { answersAt, partEnvironment } from '../../cli/parts.js';
import { sessionSecret } from '../../cli/secret.js';
import { dataConverterOf } from '../../codec/dataConverter.js';
import { openKeyring } from '../../codec/keyring.js';
import { openDatabase } from '../../db/database.js';
import { migrate } from '../../db/migrate.js';
import { fromProject } from '../../db/projectFolder.js';
import { cases, notices, outbox, requests, tasks } from '../../db/schema/index.js';
import { until } from '../../rehearsal/world.js';
import { type Stack, startStack } from '../../stack/index.js';
import { searchAttributes } from '../../workflows/messages/searchAttributes.js';
import { compiledCommand } from '../cli/compiled.js';
import { MailServer } from '../notices/mailServer.js';
import { replayHistories } from '../rig/replay.js';
import { temporaryFolder } from '../stack/temporaryFolder.js';
import { auditCase, auditNotices, auditRequests } from './kills/audit.js';
import { type Acknowledged, Clerks } from './kills/clerk.js';
import { runErrand } from './kills/errands.js';
import { Part } from './kills/part.js';
import { Random } from './kills/random.js';
import { partVictim, serverVictim, type Victim } from './kills/victims.js';

/** More of both by the environment, for a soak: `KILLS=120 KILL_CASES=240`. A seed that was printed brings its moments back. */
const kills = Number(process.env['KILLS'] ?? 32);
const caseCount = Number(process.env['KILL_CASES'] ?? 60);
const seed = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 1e9));

/** How many people are at work at once. */
const hands = 12;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let stack: Stack;
let mail: MailServer;
let worker: Part;
let api: Part;
let url: string;
/** The test has ended, as it should or not: nothing is killed or started again any more. */
let over = false;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const command = compiledCommand();
  mail = await MailServer.start();
  folder = await temporaryFolder();
  const attributes = searchAttributes.map(({ name }) => ({ name, type: 'KEYWORD' as const }));
  stack = await startStack({
    dataFolder: folder.path,
    historyShards: 4,
    ui: false,
    searchAttributes: attributes,
  });
  await migrate(stack.databaseUrl);
  const port = await chooseApiPort({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${port}`;
  const { db, close } = openDatabase(stack.databaseUrl, { connections: 2 });
  await seedDemonstration(db, { secret: await sessionSecret(folder.path), baseUrl: url });
  await close();
  const environment = partEnvironment(stack, {
    ...{ SMTP_URL: mail.options.url, MAIL_FROM: mail.options.from },
    ...{ YIZHENG_DATA: folder.path, API_PORT: String(port), LOG_LEVEL: 'warn' },
    // Limits are for people: these clerks ask again and again.
    ...{ RATE_REQUESTS: '0', RATE_SIGN_IN_FAILURES: '0' },
  });
  await mkdir(join(folder.path, 'logs'), { recursive: true });
  worker = new Part(command, 'worker', environment, join(folder.path, 'logs', 'worker.log'));
  api = new Part(command, 'api', environment, join(folder.path, 'logs', 'api.log'));
  worker.start();
  api.start();
  await until(async () => ((await ready()) ? null : 'not yet'), 'the product is ready', 60_000);
});

afterAll(async () => {
  over = true;
  await Promise.all([worker.end(), api.end()]);
  await stack.stop();
  await mail.down();
  await folder.remove();
});

const ready = (): Promise<boolean> => answersAt(`${url}/readyz`);

test(`${kills} times kill -9 over ${caseCount} cases: all is answered, nothing is lost, done twice or left hanging`, async () => {
  const random = new Random(seed);
  const killed: string[] = [];
  const clerks = new Clerks(url);
  const began = Date.now();
  process.stderr.write(`KILL_SEED=${seed}\n`);

  // People work for as long as plugs are pulled, and until each has brought his cases to their end.
  let started = 0;
  const acknowledged: Acknowledged[] = [];
  const hand = async (): Promise<void> => {
    while (started < caseCount || killed.length < kills) {
      const index = started;
      started += 1;
      acknowledged.push(...(await runErrand(clerks, random, index)));
    }
  };
  const working = Promise.all(Array.from({ length: hands }, hand));
  await Promise.all([pullPlugs(killed), working]);

  const minutes = ((Date.now() - began) / 60_000).toFixed(1);
  const counts = [...new Set(killed)].map(
    (name) => `${name} ${killed.filter((each) => each === name).length}`,
  );
  process.stderr.write(
    `${killed.length} kills (${counts.join(', ')}), ${started} cases, ${acknowledged.length} acts in ${minutes} min; ` +
      `setbacks ${JSON.stringify(clerks.setbacks)}; ended by themselves: worker ${worker.endedByItself}, api ${api.endedByItself}\n`,
  );
  expect(killed).toHaveLength(kills);
  expect(started).toBeGreaterThanOrEqual(caseCount);

  await audit(clerks, acknowledged);
}, 1_800_000);

/**
 * Temporal serves calls some seconds before its own workers run, and gives up when the database is taken from it in between,
 * as at any start. So it works when those poll.
 */
async function temporalWorks(): Promise<boolean> {
  const connection = Connection.lazy({ address: stack.temporalAddress });
  try {
    const { pollers } = await connection.withDeadline(Date.now() + 2000, () =>
      connection.workflowService.describeTaskQueue({
        namespace: 'temporal-system',
        taskQueue: { name: 'temporal-sys-tq-scanner-taskqueue-0' },
        taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
      }),
    );
    return pollers.length > 0;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

/**
 * Two hands pull plugs, the one the servers', the other the product's: so a worker dies while Temporal comes back, too. A
 * server is killed again only when both work: Temporal can not start on a database that is away.
 */
async function pullPlugs(killed: string[]): Promise<void> {
  const { postgres, temporal } = stack.servers;
  if (postgres === null || temporal === null) throw new Error('the servers are ours');
  const servers = [serverVictim('PostgreSQL', postgres), serverVictim('Temporal', temporal, temporalWorks)];
  const parts = [partVictim('worker', worker), partVictim('API', api)];
  const pull = async (victims: readonly Victim[], count: number, random: Random, pause: number) => {
    const order: Victim[] = [];
    for (let pulled = 0; pulled < count && !over; pulled += 1) {
      await new Promise((resolve) => setTimeout(resolve, random.between(pause / 10, pause)));
      if (order.length === 0) order.push(...random.shuffled(victims));
      const victim = order.shift();
      if (victim === undefined) break;
      killed.push(victim.name);
      // The mail server, too, now and then hangs up on a message that it has taken.
      mail.drops += 1;
      await victim.killAndRevive();
    }
  };
  const half = Math.floor(kills / 2);
  await Promise.all([
    pull(servers, half, new Random(seed + 1), 3000),
    pull(parts, kills - half, new Random(seed + 2), 6000),
  ]);
}

async function audit(clerks: Clerks, acknowledged: Acknowledged[]): Promise<void> {
  await until(async () => ((await ready()) ? null : 'not ready'), 'the product is ready', 120_000);
  const { db, close } = openDatabase(stack.databaseUrl);
  const connection = await Connection.connect({ address: stack.temporalAddress });
  const dataConverter = dataConverterOf(await openKeyring(join(folder.path, 'codec-keys.json')));
  const client = new Client({ connection, namespace: stack.namespace, dataConverter });
  try {
    await until(
      async () => {
        const open = await db.select({ id: requests.id }).from(requests).where(eq(requests.status, 'open'));
        return open.length === 0 ? null : `${open.length} open`;
      },
      'every request answered',
      120_000,
    );
    // A step whose history was lost with the power is learnt with the next one: each case that goes on takes another.
    const waiting = await db
      .select()
      .from(tasks)
      .where(and(eq(tasks.kind, 'seal.1'), eq(tasks.status, 'open')));
    for (const { caseId } of waiting)
      acknowledged.push(await clerks.act('seal', `/tasks/${caseId}/seal.1.1/claim`, {}));

    await auditRequests(db, acknowledged);
    const all = (await db.select({ id: cases.id }).from(cases)).map(({ id }) => id);
    expect(new Set(all)).toEqual(new Set(acknowledged.map(({ caseId }) => caseId)));
    for (const caseId of all) await auditCase(db, client, caseId);
    await replayHistories(client, all, {
      workflowBundle: fromProject('dist/workflow-bundle.js'),
      dataConverter,
    });
    await until(
      async () => {
        const queued = await db.select().from(notices).where(eq(notices.status, 'queued'));
        const unsent = await db.select().from(outbox).where(eq(outbox.status, 'open'));
        return queued.length + unsent.length === 0
          ? null
          : `${queued.length} queued, ${unsent.length} unsent`;
      },
      'every notice has left',
      // A message that was being sent when its process died is left alone for three minutes.
      300_000,
    );
    const mails = await auditNotices(db, mail);
    process.stderr.write(`${mails} mails by Message-ID, ${mail.received.length} with the repeated ones\n`);
    expect(mails).toBeGreaterThan(0);
  } finally {
    await connection.close();
    await close();
  }
}
