import { mkdtemp, rm, writeFile, mkdir, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { bundleWorkflows } from '../../cli/bundleWorkflows.js';
import { migrate } from '../../db/migrate.js';
import { startStack } from '../../stack/index.js';
import { searchAttributes } from '../../workflows/messages/searchAttributes.js';

/** What every test file is given: one set of servers for the whole run. */
export interface Servers {
  readonly postgresUrl: string;
  readonly temporalAddress: string;
  readonly namespace: string;
  readonly workflowBundle: string;
  readonly codecKeys: string;
  readonly dataFolder: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    servers: Servers;
  }
}

/** The migrated database that each rig copies. */
export const templateDatabase = 'yizheng_template';

/** Starts PostgreSQL and Temporal on free ports, with skipped time allowed, and ends them after the last test. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'yizheng-test-'));
  await chmod(dataFolder, 0o755);
  const stack = await startStack({
    dataFolder,
    timeSkipping: true,
    historyShards: 4,
    ui: false,
    searchAttributes: searchAttributes.map(({ name }) => ({ name, type: 'KEYWORD' as const })),
    report: (line) => process.stderr.write(`${line}\n`),
  });
  const admin = new pg.Client({ connectionString: stack.postgresUrl });
  await admin.connect();
  await admin.query(`create database ${templateDatabase}`);
  await admin.query('create sequence rig_numbers');
  await admin.end();
  const template = new URL(stack.postgresUrl);
  template.pathname = `/${templateDatabase}`;
  await migrate(template.href);
  const codecKeys = join(dataFolder, 'codec-keys.json');
  const workflowBundle = join(dataFolder, 'workflows', 'bundle.js');
  await mkdir(join(dataFolder, 'workflows'));
  await writeFile(workflowBundle, await bundleWorkflows('workflows'));
  const { postgresUrl, temporalAddress, namespace } = stack;
  project.provide('servers', {
    postgresUrl,
    temporalAddress,
    namespace,
    workflowBundle,
    codecKeys,
    dataFolder,
  });
  return async () => {
    await stack.stop();
    await rm(dataFolder, { recursive: true, force: true });
  };
}
