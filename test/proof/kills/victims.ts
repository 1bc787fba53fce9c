import { readdirSync, readFileSync } from 'node:fs';
import { isAlive } from '../../../stack/processInfo.js';
import type { Server } from '../../../stack/index.js';
import { until } from '../../../rehearsal/world.js';
import type { Part } from './part.js';

/** Something whose plug is pulled. */
export interface Victim {
  readonly name: string;
  /** kill -9, then the way back; resolves when it is there again. */
  killAndRevive(): Promise<void>;
}

/** A part of the product: its process manager starts it again at once, whether or not the servers are there. */
export const partVictim = (name: string, part: Part): Victim => ({
  name,
  async killAndRevive() {
    await part.kill();
    await until(() => Promise.resolve(part.isAlive ? null : 'not yet'), `${name} runs again`);
  },
});

/**
 * A server on its own data. PostgreSQL's workers are killed with it, as by a power cut: those of a dead server that are still
 * ending hold its memory, and a new one must wait for them.
 */
export const serverVictim = (
  name: string,
  server: Server,
  works: () => Promise<boolean> = () => Promise.resolve(true),
): Victim => ({
  name,
  async killAndRevive() {
    const children = server.pid === undefined ? [] : childrenOf(server.pid);
    await server.stop('SIGKILL');
    for (const pid of children) killQuietly(pid);
    await until(
      () => Promise.resolve(children.some(isAlive) ? 'still there' : null),
      `every process of ${name} gone`,
    );
    await server.start();
    await until(async () => ((await works()) ? null : 'not yet'), `${name} works`, 120_000);
  },
});

function childrenOf(parent: number): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
    } catch {
      return false; // It ended while we looked.
    }
  });
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
