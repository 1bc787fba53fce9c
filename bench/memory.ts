import { readFileSync } from 'node:fs';
import type { Server } from '../stack/index.js';
import { childrenOf } from './cpu.js';
import type { Servers } from './servers.js';

/** What the parts weigh, in MiB; null where the system does not tell. */
export type Memory = Readonly<Record<'worker' | 'temporal' | 'postgres', number | null>>;

/** What this worker and the servers weigh now. */
export function memoryOf({ stack }: Servers, worker: Server): Memory {
  const of = (server: Server | null, descendants = false) =>
    server?.pid === undefined ? null : memoryMiB(server.pid, descendants);
  const { temporal, postgres } = stack.servers;
  return { worker: of(worker), temporal: of(temporal), postgres: of(postgres, true) };
}

/**
 * The memory that a process takes, and with `descendants` its children too, in MiB: its proportional share (PSS), so that
 * memory which processes share counts once. Null where the system does not tell (no Linux).
 */
function memoryMiB(pid: number, descendants = false): number | null {
  const own = shareOf(pid);
  if (own === null) return null;
  const children = descendants ? childrenOf(pid).map((child) => shareOf(child) ?? 0) : [];
  return [own, ...children].reduce((sum, share) => sum + share, 0) / 1024;
}

/** In KiB. */
function shareOf(pid: number): number | null {
  try {
    const found = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return found === null ? null : Number(found[1]);
  } catch {
    return null; // It has ended, or there is no /proc.
  }
}

/** The most memory that a process has had resident so far, in MiB. Null where the system does not tell. */
export function peakMiB(pid: number): number | null {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return found === null ? null : Number(found[1]) / 1024;
  } catch {
    return null; // It has ended, or there is no /proc.
  }
}
