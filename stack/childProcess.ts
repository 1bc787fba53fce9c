import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Guardian } from './guardian.js';

/** A program to run. */
export interface Command {
  /** What messages call it. */
  name: string;
  file: string;
  args: readonly string[];
  /** Its working folder. */
  folder: string;
  /** Its whole environment; by default `bareEnvironment()`. */
  environment?: NodeJS.ProcessEnv;
  /** Only root may give another user. */
  user?: UserIds;
}

export interface UserIds {
  uid: number;
  gid: number;
}

/** Where a child's output goes: an open file, or pipes to us. */
export type Output = number | 'pipe';

/**
 * The environment for our servers: what any program needs and no more. Ours may hold secrets and settings (PGHOST,
 * TEMPORAL_…) that are not meant for them.
 */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, TZ } = process.env;
  return { PATH, HOME, TMPDIR, TZ };
}

// The child first waits for our word on descriptor 3. Should we be killed between starting it and telling the
// guardian of it, the word never comes and it ends by itself: no moment is left in which it could be orphaned.
const gate = 'read -r word <&3 || exit 0; exec 3<&-; exec "$0" "$@"';

/** Creates the child, held at the gate, as leader of a process group of its own. */
export function prepare(command: Command, output: Output): ChildProcess {
  return spawn('/bin/sh', ['-c', gate, command.file, ...command.args], {
    detached: true,
    cwd: command.folder,
    env: command.environment ?? bareEnvironment(),
    stdio: ['ignore', output, output, 'pipe'],
    ...command.user,
  });
}

/** Puts the child under the guardian's watch, then lets it through the gate. */
export async function release(
  child: ChildProcess,
  guardian: Guardian,
  signal: NodeJS.Signals,
): Promise<void> {
  if (child.pid === undefined) {
    const [error] = (await once(child, 'error')) as [Error];
    throw error;
  }
  const group = child.pid;
  child.once('exit', () => void guardian.forget(group));
  await guardian.watch(group, signal);
  const word = child.stdio[3] as Writable;
  word.on('error', () => undefined); // it died at the gate; its exit tells
  word.end('go\n');
}

/** Ends the child's process group: its signal first, KILL when it is still there after `patienceMillis`. */
export async function endGroup(
  child: ChildProcess,
  signal: NodeJS.Signals,
  patienceMillis: number,
): Promise<void> {
  const { pid } = child;
  if (pid === undefined || hasExited(child)) return;
  const exited = once(child, 'exit');
  signalGroup(pid, signal);
  const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), patienceMillis);
  await exited;
  clearTimeout(timer);
}

export function hasExited(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // Already gone; the exit event follows.
  }
}
