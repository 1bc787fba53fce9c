import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAlive } from '../../stack/processInfo.js';
import { Supervisor } from '../../stack/supervisor.js';
import { findTemporal } from '../../stack/temporalFind.js';
import { compiledParent } from './compiled.js';
import { temporaryFolder } from './temporaryFolder.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let compiled: Awaited<ReturnType<typeof compiledParent>>;

beforeAll(async () => {
  folder = await temporaryFolder();
  compiled = await compiledParent();
  const cacheFolder = process.env.YIZHENG_CACHE;
  await findTemporal(new Supervisor(folder.path), { cacheFolder, report: () => undefined });
}, 900_000);

afterAll(async () => {
  await compiled.remove();
  await folder.remove();
});

/** Starts the stack in a process of its own. */
async function startParent(): Promise<{ parent: ChildProcess; processes: number[] }> {
  const parent = spawn(process.execPath, [compiled.program, folder.path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = createInterface({ input: parent.stdout });
  const [line] = (await Promise.race([once(output, 'line'), once(output, 'close')])) as [string?];
  if (line === undefined) throw new Error('The parent ended before its stack was up.');
  return { parent, ...(JSON.parse(line) as { processes: number[] }) };
}

const postgresLog = (): Promise<string> => readFile(join(folder.path, 'logs', 'postgres.log'), 'utf8');

test('kill -9 of the process that started them leaves no server behind, and the database in good order', async () => {
  const { parent, processes } = await startParent();
  expect(processes.filter(isAlive)).toHaveLength(4);
  parent.kill('SIGKILL');
  await expect.poll(() => processes.filter(isAlive), { timeout: 20_000 }).toEqual([]);
  expect(await postgresLog()).toContain('database system is shut down');
});

test('right after a kill -9 the next start waits for what is still ending, and Ctrl-C then stops everything', async () => {
  const killed = await startParent();
  killed.parent.kill('SIGKILL');
  const { parent, processes } = await startParent();
  // Its servers have ended by now; their guardian is the last to go, right after it let the next start in.
  await expect.poll(() => killed.processes.filter(isAlive), { timeout: 5000 }).toEqual([]);
  parent.kill('SIGINT');
  const [code] = (await once(parent, 'exit')) as [number];
  expect(code).toBe(0);
  await expect.poll(() => processes.filter(isAlive), { timeout: 5000 }).toEqual([]);
  expect(await postgresLog()).toContain('database system is shut down');
});
