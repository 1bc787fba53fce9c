import { execFile } from 'node:child_process';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from './stackError.js';

/** The release that the schema, the pinned module file and the tests are made for. */
export const temporalVersion = '1.32.0';

export interface TemporalBinaries {
  server: string;
  sqlTool: string;
  /** Null when there is none: the official archive does not hold it. */
  ui: string | null;
}

/** The folder of this release inside the cache folder. */
export function binariesFolder(cacheFolder: string): string {
  return join(cacheFolder, `temporal-${temporalVersion}`);
}

/** The binaries in a folder, when they are complete and of the right version; otherwise what is wrong with them. */
export async function inspectBinaries(folder: string): Promise<TemporalBinaries | string> {
  const server = join(folder, 'temporal-server');
  const sqlTool = join(folder, 'temporal-sql-tool');
  const ui = join(folder, 'temporal-ui');
  for (const file of [server, sqlTool]) {
    if (!(await exists(file))) return `${file} is not there`;
    try {
      const { stdout } = await promisify(execFile)(file, ['--version'], { timeout: 30_000 });
      const version = /\d+\.\d+\.\d+\S*/.exec(stdout)?.[0];
      if (version !== temporalVersion)
        return `${file} is version ${version ?? 'unknown'}, not ${temporalVersion}`;
    } catch (error) {
      return `${file} does not run (${messageOf(error).split('\n')[0]})`;
    }
  }
  return { server, sqlTool, ui: (await exists(ui)) ? ui : null };
}

/**
 * Fills the release's folder in the cache by `fill`, all or nothing: `fill` works in a new folder beside it, which
 * takes its place only when the binaries in it run and are of the right version. The caller holds the cache's lock.
 */
export async function installBinaries(
  cacheFolder: string,
  fill: (folder: string) => Promise<void>,
): Promise<TemporalBinaries> {
  const target = binariesFolder(cacheFolder);
  const unfinished = `${target}.unfinished`;
  await rm(unfinished, { recursive: true, force: true }); // of a start that was killed
  await mkdir(unfinished, { recursive: true });
  try {
    await fill(unfinished);
    const problem = await inspectBinaries(unfinished);
    if (typeof problem === 'string') throw new Error(problem);
    await rm(target, { recursive: true, force: true });
    await rename(unfinished, target);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  const installed = await inspectBinaries(target);
  if (typeof installed === 'string') throw new Error(installed);
  return installed;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
