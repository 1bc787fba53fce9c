import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import { temporalVersion } from './temporalBinaries.js';

/** Where the official releases are; a mirror must lay its files out alike. */
export const officialReleases = 'https://github.com/temporalio/temporal/releases/download';

const connectMillis = 5_000;
const silenceMillis = 30_000;

/** The name of the release archive for this machine. @throws Error when there is none. */
export function archiveName(platform: string = process.platform, cpu: string = process.arch): string {
  const systems: Record<string, string> = { linux: 'linux', darwin: 'darwin' };
  const cpus: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };
  const system = systems[platform];
  const architecture = cpus[cpu];
  if (!system || !architecture) throw new Error(`there is no official release for ${platform} on ${cpu}`);
  return `temporal_${temporalVersion}_${system}_${architecture}.tar.gz`;
}

/**
 * Downloads the official archive, checks it against the release's checksum file and unpacks its programs.
 * @param baseAddress the address of all releases, without the version.
 * @throws Error with the reason, also when no connection is made within 5 s or nothing comes for 30 s.
 */
export async function downloadRelease(
  baseAddress: string,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const name = archiveName();
  const release = `${baseAddress.replace(/\/$/, '')}/v${temporalVersion}`;
  await ensureConnects(new URL(release));
  const checksums = join(folder, 'checksums.txt');
  await download(`${release}/checksums.txt`, checksums, signal);
  const expected = checksumIn(await readFile(checksums, 'utf8'), name);
  if (expected === null) throw new Error(`${release}/checksums.txt does not name ${name}`);
  const archive = join(folder, name);
  await download(`${release}/${name}`, archive, signal);
  await checkAndUnpack(archive, expected, folder);
  await rm(archive);
}

/**
 * Unpacks an archive that somebody laid on the disk. It is checked when the release's `checksums.txt` lies beside it;
 * without one the person who named the file answers for it.
 * @throws Error with the reason.
 */
export async function unpackArchive(archive: string, folder: string): Promise<void> {
  const checksums = await readFile(join(dirname(archive), 'checksums.txt'), 'utf8').catch(() => null);
  const expected = checksums === null ? null : checksumIn(checksums, basename(archive));
  if (checksums !== null && expected === null) {
    throw new Error(`the checksums.txt beside it does not name ${basename(archive)}`);
  }
  await checkAndUnpack(archive, expected, folder);
}

async function checkAndUnpack(archive: string, expected: string | null, folder: string): Promise<void> {
  if (expected !== null) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(archive), hash);
    const found = hash.digest('hex');
    if (found !== expected) {
      throw new Error(
        `${basename(archive)} has SHA-256 ${found}; the release's checksum file says ${expected}`,
      );
    }
  }
  const wanted = ['temporal-server', 'temporal-sql-tool'];
  await extract({ file: archive, cwd: folder, filter: (path) => wanted.includes(path.replace(/^\.\//, '')) });
}

/** Lines of `<hex>  <file name>`, as sha256sum writes them. */
function checksumIn(checksums: string, name: string): string | null {
  const line = checksums.split('\n').find((each) => each.trim().split(/\s+\*?/)[1] === name);
  return line?.trim().split(/\s+/)[0]?.toLowerCase() ?? null;
}

/** `fetch` can not bound the time to connect by itself, and behind some firewalls nothing ever answers. */
function ensureConnects(address: URL): Promise<void> {
  const port = Number(address.port) || (address.protocol === 'http:' ? 80 : 443);
  return new Promise((resolve, reject) => {
    const finish = (problem?: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      if (problem) reject(problem);
      else resolve();
    };
    const socket = connect(port, address.hostname);
    // Our own timer, because the socket's does not cover the look-up of the name.
    const timer = setTimeout(
      () => finish(new Error(`no connection to ${address.host} within ${connectMillis / 1000} s`)),
      connectMillis,
    );
    socket.once('connect', () => finish());
    socket.once('error', finish);
  });
}

/** Saves what is at the address; gives up when nothing comes for 30 s. */
async function download(address: string, file: string, signal: AbortSignal): Promise<void> {
  const silence = new AbortController();
  const timer = setTimeout(
    () => silence.abort(new Error(`nothing came from ${address} for ${silenceMillis / 1000} s`)),
    silenceMillis,
  );
  const heard = async function* (chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const chunk of chunks) {
      timer.refresh();
      yield chunk;
    }
  };
  try {
    const response = await fetch(address, { signal: AbortSignal.any([signal, silence.signal]) });
    if (!response.ok || response.body === null) throw new Error(`${address} answers ${response.status}`);
    await pipeline(Readable.fromWeb(response.body), heard, createWriteStream(file));
  } finally {
    clearTimeout(timer);
  }
}
