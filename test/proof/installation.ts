import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { chooseApiPort } from '../../cli/apiPort.js';
import { seedDemonstration } from '../../cli/demonstration.js';
import { answersAt, partEnvironment } from '../../cli/parts.js';
import { sessionSecret } from '../../cli/secret.js';
import { type Database, openDatabase } from '../../db/database.js';
import { firstBreak } from '../../db/ledgerChain.js';
import { migrate } from '../../db/migrate.js';
import { cases, ledger, requests } from '../../db/schema/index.js';
import { until } from '../../rehearsal/world.js';
import { type Stack, startStack } from '../../stack/index.js';
import { searchAttributes } from '../../workflows/messages/searchAttributes.js';
import type { Acknowledged, Clerks } from './kills/clerk.js';
import { runErrand } from './kills/errands.js';
import { Part } from './kills/part.js';
import type { Random } from './kills/random.js';

/** An installation with its processes, on a data folder. */
export interface Installation {
  readonly stack: Stack;
  readonly url: string;
  readonly environment: NodeJS.ProcessEnv;
  end(): Promise<void>;
}

/** Starts one on a data folder; with `databaseUrl` on that database of a server of one's own. */
export async function openInstallation(
  command: string,
  data: string,
  { seeded, databaseUrl }: { readonly seeded: boolean; readonly databaseUrl?: string },
): Promise<Installation> {
  const attributes = searchAttributes.map(({ name }) => ({ name, type: 'KEYWORD' as const }));
  const stack = await startStack({
    ...{ dataFolder: data, historyShards: 4, ui: false, searchAttributes: attributes, databaseUrl },
  });
  await migrate(stack.databaseUrl);
  const port = await chooseApiPort({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${port}`;
  if (seeded) {
    const { db, close } = openDatabase(stack.databaseUrl, { connections: 2 });
    await seedDemonstration(db, { secret: await sessionSecret(data), baseUrl: url });
    await close();
  }
  const environment = partEnvironment(stack, {
    ...{ YIZHENG_DATA: data, API_PORT: String(port), LOG_LEVEL: 'warn' },
    ...{ RATE_REQUESTS: '0', RATE_SIGN_IN_FAILURES: '0' },
  });
  await mkdir(join(data, 'logs'), { recursive: true });
  const parts = (['worker', 'api'] as const).map(
    (part) => new Part(command, part, environment, join(data, 'logs', `${part}.log`)),
  );
  for (const part of parts) part.start();
  await until(async () => ((await answersAt(`${url}/readyz`)) ? null : 'not yet'), 'it is ready', 120_000);
  return {
    ...{ stack, url, environment },
    async end() {
      await Promise.all(parts.map((part) => part.end()));
      await stack.stop();
    },
  };
}

/** The `yizheng` command as a process of its own. */
export async function runCommand(command: string, env: NodeJS.ProcessEnv, ...args: readonly string[]) {
  return await promisify(execFile)(process.execPath, [command, ...args], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (error: unknown) => {
      const { code, stdout: out, stderr: err } = error as { code: number; stdout: string; stderr: string };
      return { code, out, err };
    },
  );
}

/** Four people who work on one errand after the other until they are told to stop. */
export class PeopleAtWork {
  readonly acknowledged: Acknowledged[] = [];
  private stopped = false;
  private started = 0;
  private readonly working: Promise<unknown>;

  constructor(
    private readonly clerks: Clerks,
    private readonly random: Random,
  ) {
    this.working = Promise.all([this.hand(), this.hand(), this.hand(), this.hand()]);
  }

  private async hand(): Promise<void> {
    while (!this.stopped)
      this.acknowledged.push(...(await runErrand(this.clerks, this.random, this.started++)));
  }

  /** Waits until so many acts were acknowledged; answers with them. */
  async until(count: number): Promise<readonly Acknowledged[]> {
    const few = (): string | null =>
      this.acknowledged.length >= count ? null : `${this.acknowledged.length}`;
    await until(() => Promise.resolve(few()), 'people work', 180_000);
    return [...this.acknowledged];
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.working;
  }
}

/** Every request is answered, what was acknowledged before is there, and every chain is whole. */
export async function auditRestored(db: Database, before: readonly Acknowledged[]): Promise<void> {
  await until(
    async () => {
      const { id, name, caseId, attempts, leasedUntil, receivedAt } = requests;
      const open = await db
        .select({ id, name, caseId, attempts, leasedUntil, receivedAt, stage: cases.stage })
        .from(requests)
        .leftJoin(cases, eq(cases.id, caseId))
        .where(eq(requests.status, 'open'));
      return open.length === 0 ? null : `${open.length} open: ${JSON.stringify(open.slice(0, 10))}`;
    },
    'every request answered',
    300_000,
  );
  const rows = new Map((await db.select().from(requests)).map((row) => [row.id, row]));
  for (const { requestId, revision } of before)
    expect(rows.get(requestId), requestId).toMatchObject({ status: 'done', answer: { revision } });
  const all = await db.select().from(cases);
  expect(all.length).toBeGreaterThan(0);
  for (const { id, ledgerCount: count, ledgerHead: hash } of all) {
    const entries = await db.select().from(ledger).where(eq(ledger.caseId, id)).orderBy(ledger.sequence);
    expect(firstBreak(id, entries, { count, hash }), `the chain of ${id}`).toBeNull();
  }
}
