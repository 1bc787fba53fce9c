import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Report, withProgress } from './progress.js';
import { messageOf, StackError } from './stackError.js';
import {
  binariesFolder,
  inspectBinaries,
  installBinaries,
  type TemporalBinaries,
  temporalVersion,
} from './temporalBinaries.js';
import { buildFromSource } from './temporalBuild.js';
import { downloadRelease, officialReleases, unpackArchive } from './temporalDownload.js';
import { withCacheLock } from './cacheLock.js';
import type { Supervisor } from './supervisor.js';

export interface FindTemporalOptions {
  /** Where programs are kept between starts, for all clones of a user; by default `~/.cache/yizheng`. */
  cacheFolder?: string | undefined;
  /** An official release archive on this disk, for machines without internet. */
  temporalArchive?: string | undefined;
  /** Where to download releases from, laid out like the official place, which is the default. */
  temporalReleases?: string | undefined;
  report: Report;
}

/**
 * The Temporal server's programs, from the first way that works: the cache folder, an archive on the disk, the
 * official download, a build from source. (The first of the four ways, a server that exists already, is decided
 * before.) What was fetched or built is in the cache next time.
 * @throws StackError naming the four ways, and why each of them failed here.
 */
export async function findTemporal(
  supervisor: Supervisor,
  options: FindTemporalOptions,
): Promise<TemporalBinaries> {
  const { cacheFolder = join(homedir(), '.cache', 'yizheng'), report } = options;
  const cached = await inspectBinaries(binariesFolder(cacheFolder));
  if (typeof cached !== 'string') return cached;
  try {
    return await withCacheLock(`${binariesFolder(cacheFolder)}.lock`, report, supervisor.signal, () =>
      install(supervisor, cacheFolder, options),
    );
  } catch (error) {
    supervisor.signal.throwIfAborted();
    throw error instanceof StackError
      ? error
      : new StackError(`${cacheFolder} can not be used: ${messageOf(error)}`);
  }
}

async function install(
  supervisor: Supervisor,
  cacheFolder: string,
  options: FindTemporalOptions,
): Promise<TemporalBinaries> {
  const { temporalArchive: archive, temporalReleases: releases = officialReleases, report } = options;
  const cached = await inspectBinaries(binariesFolder(cacheFolder)); // another start may just have filled it
  if (typeof cached !== 'string') return cached;

  const ways: { name: string; fill: (folder: string) => Promise<void> }[] = [
    ...(archive === undefined
      ? []
      : [{ name: `TEMPORAL_ARCHIVE=${archive}`, fill: (folder: string) => unpackArchive(archive, folder) }]),
    {
      name: 'Download',
      fill: (folder) => {
        const download = downloadRelease(releases, folder, supervisor.signal);
        return withProgress(report, `Downloading the Temporal server ${temporalVersion}`, download);
      },
    },
    { name: 'Build', fill: (folder) => buildFromSource(supervisor, folder, report) },
  ];
  const failures = [`Cache: ${cached}`];
  for (const { name, fill } of ways) {
    try {
      return await installBinaries(cacheFolder, fill);
    } catch (error) {
      supervisor.signal.throwIfAborted();
      const failure = `${name}: ${messageOf(error)}`;
      failures.push(failure);
      report(`No Temporal server by this way. ${failure}`);
    }
  }
  throw new StackError(
    [
      `There is no Temporal server ${temporalVersion}. Any one of these four ways will do:`,
      '  1. Use a server that exists: set TEMPORAL_ADDRESS (host:port).',
      `  2. Copy temporal-server and temporal-sql-tool into ${binariesFolder(cacheFolder)}.`,
      `  3. Get the official release: let this machine reach ${releases}`,
      `     (TEMPORAL_RELEASES names a mirror), or fetch it elsewhere and set TEMPORAL_ARCHIVE to the file.`,
      '  4. Build it: install Go (https://go.dev/dl), with access to a Go module proxy.',
      'What was tried here:',
      ...failures.map((failure) => `  - ${failure}`),
    ].join('\n'),
  );
}
