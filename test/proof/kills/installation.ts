import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { eq } from 'drizzle-orm';
import { chooseApiPort } from '../../../cli/apiPort.js';
import { seedDemonstration } from '../../../cli/demonstration.js';
import { answersAt, partEnvironment } from '../../../cli/parts.js';
import { sessionSecret } from '../../../cli/secret.js';
import { dataConverterOf } from '../../../codec/dataConverter.js';
import { openKeyring } from '../../../codec/keyring.js';
import { type Database, openDatabase } from '../../../db/database.js';
import { migrate } from '../../../db/migrate.js';
import { notices, outbox, requests } from '../../../db/schema/index.js';
import { until } from '../../../rehearsal/world.js';
import { type Stack, startStack } from '../../../stack/index.js';
import { searchAttributes } from '../../../workflows/messages/searchAttributes.js';
import { compiledCommand } from '../../cli/compiled.js';
import { MailServer } from '../../notices/mailServer.js';
import { temporaryFolder } from '../../stack/temporaryFolder.js';
import { Part } from './part.js';
import { partVictim, serverVictim, type Victim } from './victims.js';

/** The product as an installation runs it, each part a process of its own, on servers of its own: all to be killed. */
export class Installation {
  private constructor(
    private readonly folder: Awaited<ReturnType<typeof temporaryFolder>>,
    readonly stack: Stack,
    readonly mail: MailServer,
    readonly worker: Part,
    readonly api: Part,
    readonly url: string,
    private readonly run: (...asked: readonly string[]) => Promise<string>,
  ) {}

  /** `prepare` may still change the database before anybody works with it. */
  static async start(
    prepare: (db: Database) => Promise<void> = () => Promise.resolve(),
  ): Promise<Installation> {
    const command = compiledCommand();
    const mail = await MailServer.start();
    const folder = await temporaryFolder();
    const attributes = searchAttributes.map(({ name }) => ({ name, type: 'KEYWORD' as const }));
    const stack = await startStack({
      ...{ dataFolder: folder.path, historyShards: 4, ui: false },
      searchAttributes: attributes,
    });
    await migrate(stack.databaseUrl);
    const port = await chooseApiPort({ host: '127.0.0.1', port: 0 });
    const url = `http://127.0.0.1:${port}`;
    const { db, close } = openDatabase(stack.databaseUrl, { connections: 2 });
    await seedDemonstration(db, { secret: await sessionSecret(folder.path), baseUrl: url });
    await prepare(db);
    await close();
    const environment = partEnvironment(stack, {
      ...{ SMTP_URL: mail.options.url, MAIL_FROM: mail.options.from },
      ...{ YIZHENG_DATA: folder.path, API_PORT: String(port), LOG_LEVEL: 'warn' },
      // Limits are for people: clerks in a test ask again and again.
      ...{ RATE_REQUESTS: '0', RATE_SIGN_IN_FAILURES: '0' },
    });
    await mkdir(join(folder.path, 'logs'), { recursive: true });
    const part = (name: 'worker' | 'api') =>
      new Part(command, name, environment, join(folder.path, 'logs', `${name}.log`));
    const run = async (...asked: readonly string[]): Promise<string> => {
      const child = spawn(process.execPath, [command, ...asked], { env: environment });
      const said = text(child.stdout);
      await once(child, 'exit');
      return await said;
    };
    const installation = new Installation(folder, stack, mail, part('worker'), part('api'), url, run);
    installation.worker.start();
    installation.api.start();
    await installation.untilReady(60_000);
    return installation;
  }

  async untilReady(patience: number): Promise<void> {
    const ready = async () => ((await answersAt(`${this.url}/readyz`)) ? null : 'not yet');
    await until(ready, 'the product is ready', patience);
  }

  /** The database and Temporal, for as long as `look` takes. */
  async inspect<Answer>(look: (db: Database, client: Client) => Promise<Answer>): Promise<Answer> {
    const { databaseUrl, temporalAddress, namespace } = this.stack;
    const { db, close } = openDatabase(databaseUrl);
    const connection = await Connection.connect({ address: temporalAddress });
    const dataConverter = dataConverterOf(await openKeyring(join(this.folder.path, 'codec-keys.json')));
    try {
      return await look(db, new Client({ connection, namespace, dataConverter }));
    } finally {
      await connection.close();
      await close();
    }
  }

  /**
   * `yizheng doctor --deep --repair`: a step whose history was lost with the power is learnt by its workflow with the next
   * request, or because the watch wakes it.
   */
  async repair(): Promise<string> {
    return await this.run('doctor', '--deep', '--repair');
  }

  get victims(): Readonly<Record<'postgres' | 'temporal' | 'worker' | 'api', Victim>> {
    const { postgres, temporal } = this.stack.servers;
    if (postgres === null || temporal === null) throw new Error('the servers are ours');
    return {
      postgres: serverVictim('PostgreSQL', postgres),
      temporal: serverVictim('Temporal', temporal, () => this.temporalWorks()),
      worker: partVictim('worker', this.worker),
      api: partVictim('API', this.api),
    };
  }

  /**
   * Temporal serves calls some seconds before its own workers run, and gives up when the database is taken from it in between,
   * as at any start. So it works when those poll.
   */
  private async temporalWorks(): Promise<boolean> {
    const connection = Connection.lazy({ address: this.stack.temporalAddress });
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

  async stop(): Promise<void> {
    await Promise.all([this.worker.end(), this.api.end()]);
    await this.stack.stop();
    await this.mail.down();
    await this.folder.remove();
  }
}

/** Every request has its answer. */
export async function untilAnswered(db: Database): Promise<void> {
  await until(
    async () => {
      const open = await db.$count(requests, eq(requests.status, 'open'));
      return open === 0 ? null : `${open} open`;
    },
    'every request answered',
    120_000,
  );
}

/**
 * Every notice has left but those for a digest still to come. One that was being sent when its process or the database died
 * waits three minutes, and then perhaps meets a mail server that hangs up: each of so many kills holds some up.
 */
export async function untilNoticesLeft(db: Database, kills = 4): Promise<void> {
  await until(
    async () => {
      const queued = await db.$count(notices, eq(notices.status, 'queued'));
      const open = await db
        .select({ attempts: outbox.attempts, leasedUntil: outbox.leasedUntil })
        .from(outbox)
        .where(eq(outbox.status, 'open'));
      const attempts = Math.max(0, ...open.map((message) => message.attempts));
      const last = open
        .map(({ leasedUntil }) => leasedUntil ?? '')
        .reduce((one, other) => (one > other ? one : other), '');
      const unsent = `${open.length} unsent, after up to ${attempts} attempts, the last to be tried again at ${last}`;
      return queued + open.length === 0 ? null : `${queued} queued, ${unsent}`;
    },
    'every notice has left',
    300_000 + kills * 5000,
  );
}
