import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { copyFile, rename, stat, truncate } from 'node:fs/promises';

const limitBytes = 50 * 1024 * 1024;
const widest = 300; // Temporal writes whole stacks into a line
const checkEveryMillis = 60_000;

/**
 * A new log file for a server, opened to append; the one of the run before stays beside it with `.1` at the end.
 * @returns a file descriptor to hand to the child process; the caller closes its own copy.
 */
export async function openLog(path: string): Promise<number> {
  await rename(path, `${path}.1`).catch(() => undefined);
  return openSync(path, 'a', 0o600);
}

/**
 * Keeps the log file below 50 MB: past that it is copied to `.1` and emptied. The server writes on undisturbed,
 * because its descriptor appends. Returns the function that stops watching.
 */
export function limitLog(path: string): () => void {
  const timer = setInterval(
    () => void emptyWhenLarge(path, limitBytes).catch(() => undefined),
    checkEveryMillis,
  );
  timer.unref();
  return () => clearInterval(timer);
}

/** Copies the file to `.1` and empties it when it is larger than that. */
export async function emptyWhenLarge(path: string, limit: number): Promise<void> {
  if ((await stat(path)).size <= limit) return;
  await copyFile(path, `${path}.1`);
  await truncate(path, 0);
}

/** The last lines of a log file, for an error message; empty when there is none. Synchronous: its caller reports a death. */
export function lastLines(path: string, count = 12): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return '';
  }
  try {
    const size = fstatSync(file).size;
    const tail = Buffer.alloc(Math.min(size, 8 * 1024));
    readSync(file, tail, 0, tail.length, size - tail.length);
    const lines = tail.toString('utf8').trimEnd().split('\n').slice(-count);
    return lines.map((line) => line.slice(0, widest)).join('\n');
  } finally {
    closeSync(file);
  }
}
