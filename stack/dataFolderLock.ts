import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { guardianName } from './guardian.js';
import { commandOf, isAlive } from './processInfo.js';
import { type Report, withProgress } from './progress.js';
import { StackError } from './stackError.js';

const lockPath = (dataFolder: string): string => join(dataFolder, 'stack.lock');

/**
 * Waits until no earlier stack works on the data folder. A stack whose process was killed a moment ago is still
 * being ended by its guardian; a lock left by a power cut means nothing.
 * @throws StackError when a stack is running on the folder.
 */
export async function awaitDataFolder(dataFolder: string, report: Report): Promise<void> {
  await withProgress(report, 'Waiting for the servers of an earlier run to end', untilFree(dataFolder));
}

async function untilFree(dataFolder: string): Promise<void> {
  for (;;) {
    const lock = await readFile(lockPath(dataFolder), 'utf8').catch(() => '');
    const [owner, guardian] = lock.split(' ').map(Number);
    if (!owner || !guardian || !commandOf(guardian)?.includes(guardianName)) return;
    if (isAlive(owner)) {
      throw new StackError(
        `The data folder ${dataFolder} is in use: process ${owner} runs its servers. ` +
          'Stop that one first, or choose another data folder.',
      );
    }
    await pause(100);
  }
}

/** Notes in the data folder who runs its servers and which guardian watches over them. */
export async function lockDataFolder(dataFolder: string, guardianPid: number): Promise<void> {
  await writeFile(lockPath(dataFolder), `${process.pid} ${guardianPid}`, { mode: 0o600 });
}

export async function unlockDataFolder(dataFolder: string): Promise<void> {
  await rm(lockPath(dataFolder), { force: true });
}
