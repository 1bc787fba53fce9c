import { mkdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Report, withProgress } from './progress.js';

const touchEveryMillis = 2_000;
const staleAfterMillis = 15_000;

/**
 * Does the work while holding a lock file, so that two starts at once do not build the same thing twice. The holder
 * touches the file again and again; a file left by a killed one goes stale after fifteen seconds. (Process ids would
 * not do: the cache may be a volume shared by containers.)
 */
export async function withCacheLock<T>(
  path: string,
  report: Report,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  await withProgress(
    report,
    'Another start prepares the Temporal server; waiting for it',
    acquire(path, signal),
  );
  const timer = setInterval(() => {
    const now = new Date();
    void utimes(path, now, now).catch(() => undefined);
  }, touchEveryMillis);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await rm(path, { force: true });
  }
}

async function acquire(path: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const held = await stat(path).catch(() => null);
    if (held && Date.now() - held.mtimeMs > staleAfterMillis) await rm(path, { force: true });
    else await pause(200);
  }
}
