import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive } from '../../stack/processInfo.js';
import type { ServerCommand } from '../../stack/server.js';
import { Supervisor } from '../../stack/supervisor.js';
import { temporaryFolder } from './temporaryFolder.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let supervisor: Supervisor;

beforeEach(async () => {
  folder = await temporaryFolder();
  supervisor = new Supervisor(folder.path);
});

afterEach(async () => {
  await supervisor.stop();
  await folder.remove();
});

const logOf = (name: string): string => join(folder.path, `${name}.log`);

/** A server that is a line of shell. */
function server(name: string, shell: string): ServerCommand {
  return {
    name,
    file: '/bin/sh',
    args: ['-c', `echo ${name} is up; ${shell}`],
    folder: folder.path,
    logFile: logOf(name),
    stopSignal: 'SIGTERM',
    ready: async () => (await readFile(logOf(name), 'utf8')).includes('is up'),
    readyWithinMillis: 5_000,
  };
}

const untilStopped = (onStop: string): string => `trap '${onStop}; exit' TERM; while :; do sleep 0.05; done`;

test('servers stop in the reverse of the order in which they were started', async () => {
  for (const name of ['first', 'second', 'third']) {
    await supervisor.start(server(name, untilStopped(`echo ${name} >> stopped`)));
  }
  await supervisor.stop();
  expect(await readFile(join(folder.path, 'stopped'), 'utf8')).toBe('third\nsecond\nfirst\n');
  expect(await supervisor.ended).toBeNull();
});

test('a server that dies by itself brings the others down and is named with its last log lines', async () => {
  const quiet = await supervisor.start(server('quiet', untilStopped('')));
  await supervisor.start(server('weak', 'sleep 0.2; echo no more disk space; exit 3'));
  const failure = await supervisor.ended;
  expect(failure?.message).toMatch(/^weak ended by itself \(exit code 3\)[^]*\nno more disk space$/);
  expect(quiet.pid).toBeUndefined();
});

test('a server that never gets ready is an error in words, and is stopped with the rest', async () => {
  const command = {
    ...server('slow', untilStopped('')),
    ready: () => Promise.resolve(false),
    readyWithinMillis: 200,
  };
  await expect(supervisor.start(command)).rejects.toThrow('slow did not get ready within 0.2 s.');
});

test('a single server can be killed and started again while the stack goes on', async () => {
  const one = await supervisor.start(server('one', untilStopped('')));
  const before = one.pid ?? 0;
  await one.stop('SIGKILL');
  expect(isAlive(before)).toBe(false);
  await one.start();
  expect(one.pid).not.toBe(before);
  expect(supervisor.signal.aborted).toBe(false);
});

test('a failed program is an error with its last lines', async () => {
  const command = {
    name: 'check',
    file: '/bin/sh',
    args: ['-c', 'echo bad page >&2; exit 7'],
    folder: folder.path,
  };
  await expect(supervisor.run(command)).rejects.toThrow('check failed (exit code 7):\nbad page');
});

test('stopping ends a program that is still running', async () => {
  const running = supervisor.run({ name: 'long', file: 'sleep', args: ['60'], folder: folder.path });
  const failed = expect(running).rejects.toThrow('The stack was stopped.');
  await new Promise((resolve) => setTimeout(resolve, 100));
  await supervisor.stop();
  await failed;
});

test('without its guardian the stack does not go on', async () => {
  await supervisor.start(server('one', untilStopped('')));
  const guardian = await supervisor.watchedByGuardian();
  process.kill(guardian.pid, 'SIGKILL');
  expect((await supervisor.ended)?.message).toContain('The guardian process ended');
});
