import { readdirSync, readFileSync } from 'node:fs';

/** Processor time by part, in milliseconds. */
export interface CpuTime {
  readonly worker: number;
  readonly temporal: number;
  readonly postgres: number;
}

/** The kernel counts in ticks of a hundredth of a second on every Linux that Node runs on. */
const millisPerTick = 10;

/**
 * The processor time that a process, and with `descendants` everything below it, has taken so far, in milliseconds; null
 * where the system has no /proc (macOS): the measures then leave it out.
 */
export function cpuMillis(pid: number, descendants = false): number | null {
  const own = statOf(pid);
  if (own === null) return null;
  if (!descendants) return own.ticks * millisPerTick;
  const below = childrenOf(pid).map(statOf);
  // What ended meanwhile counts in its parent.
  const ticks = own.ticks + own.ended + below.reduce((sum, stat) => sum + (stat?.ticks ?? 0), 0);
  return ticks * millisPerTick;
}

/** The processes that a process has started, where there is a /proc. */
export const childrenOf = (pid: number): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => statOf(child)?.parent === pid);

interface ProcessStat {
  readonly parent: number;
  readonly ticks: number;
  readonly ended: number;
}

function statOf(pid: number): ProcessStat | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The command's name, in brackets, may hold blanks and brackets itself.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const at = (index: number): number => fields[index] ?? 0;
  return { parent: at(1), ticks: at(11) + at(12), ended: at(13) + at(14) };
}
