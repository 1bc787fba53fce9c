import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { create } from 'tar';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Supervisor } from '../../stack/supervisor.js';
import { archiveName } from '../../stack/temporalDownload.js';
import { findTemporal } from '../../stack/temporalFind.js';
import { temporaryFolder } from './temporaryFolder.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let supervisor: Supervisor;
let mirror: Server;
let releases: string;
let requests: string[];
/** What the mirror serves, by path below the release. */
let served: Map<string, Buffer>;
let lines: string[];

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const programThatSays = (text: string): string => `#!/bin/sh\necho ${text}\n`;

async function writePrograms(path: string, version = '1.32.0'): Promise<void> {
  await mkdir(path, { recursive: true });
  for (const name of ['temporal-server', 'temporal-sql-tool']) {
    await writeFile(join(path, name), programThatSays(`${name} version ${version}`), { mode: 0o755 });
  }
}

/** A release archive with small programs in the place of the real ones. */
async function releaseArchive(version?: string): Promise<{ path: string; content: Buffer }> {
  const source = join(folder.path, 'release');
  await writePrograms(source, version);
  await mkdir(join(source, 'config'));
  await writeFile(join(source, 'config', 'development.yaml'), 'not wanted');
  const path = join(folder.path, archiveName());
  await create({ file: path, gzip: true, cwd: source }, await readdir(source));
  return { path, content: await readFile(path) };
}

const cacheFolder = (): string => join(folder.path, 'cache');
const installed = (): string => join(cacheFolder(), 'temporal-1.32.0');

beforeEach(async () => {
  folder = await temporaryFolder();
  supervisor = new Supervisor(folder.path);
  requests = [];
  served = new Map();
  lines = [];
  mirror = createServer((request, response) => {
    requests.push(request.url ?? '');
    const content = served.get((request.url ?? '').replace('/v1.32.0/', ''));
    response.writeHead(content ? 200 : 404).end(content);
  });
  await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve));
  releases = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`;
  // No Go unless a test puts one there.
  await mkdir(join(folder.path, 'bin'));
  vi.stubEnv('PATH', join(folder.path, 'bin'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await supervisor.stop();
  mirror.close();
  await folder.remove();
});

function find(more: { temporalArchive?: string } = {}): ReturnType<typeof findTemporal> {
  return findTemporal(supervisor, {
    cacheFolder: cacheFolder(),
    temporalReleases: releases,
    report: (line) => lines.push(line),
    ...more,
  });
}

async function serve(content: Buffer, checksum = sha256(content)): Promise<void> {
  served.set(archiveName(), content);
  served.set(
    'checksums.txt',
    Buffer.from(`${'0'.repeat(64)}  other.tar.gz\n${checksum}  ${archiveName()}\n`),
  );
  return Promise.resolve();
}

test('a cache of the right version is taken as it is', async () => {
  await writePrograms(installed());
  expect(await find()).toEqual({
    server: join(installed(), 'temporal-server'),
    sqlTool: join(installed(), 'temporal-sql-tool'),
    ui: null,
  });
  expect(requests).toEqual([]);
});

test('the release is downloaded, checked and kept, without what is not needed', async () => {
  const { content } = await releaseArchive();
  await serve(content);
  expect((await find()).server).toBe(join(installed(), 'temporal-server'));
  expect((await readdir(installed())).filter((name) => name.startsWith('temporal-'))).toHaveLength(2);
  expect(await readdir(installed())).not.toContain('config');
  expect(await readdir(cacheFolder())).toEqual(['temporal-1.32.0']);
  await find();
  expect(requests).toEqual(['/v1.32.0/checksums.txt', `/v1.32.0/${archiveName()}`]);
});

test('a cache of another version is replaced', async () => {
  await writePrograms(installed(), '1.31.0');
  const { content } = await releaseArchive();
  await serve(content);
  await find();
  expect(await readFile(join(installed(), 'temporal-server'), 'utf8')).toContain('1.32.0');
});

test('two starts at once download once', async () => {
  const { content } = await releaseArchive();
  await serve(content);
  await Promise.all([find(), find()]);
  expect(requests).toHaveLength(2);
});

test('an archive on the disk needs no network', async () => {
  const { path } = await releaseArchive();
  expect((await find({ temporalArchive: path })).server).toBe(join(installed(), 'temporal-server'));
  expect(requests).toEqual([]);
});

test('an archive on the disk is held to the checksum file beside it, and the download comes next', async () => {
  const { path, content } = await releaseArchive();
  await writeFile(join(folder.path, 'checksums.txt'), `${'0'.repeat(64)}  ${archiveName()}\n`);
  await serve(content);
  await find({ temporalArchive: path });
  expect(lines.join('\n')).toContain(`TEMPORAL_ARCHIVE=${path}: ${archiveName()} has SHA-256`);
  expect(requests).toHaveLength(2);
});

test('a download with a wrong checksum is thrown away, and Go builds the server instead', async () => {
  const { content } = await releaseArchive();
  await serve(content, '0'.repeat(64));
  const go = join(folder.path, 'bin', 'go');
  // `go build -trimpath -ldflags=… -o FILE PACKAGE`, in a folder with our module file.
  await writeFile(
    go,
    [
      '#!/bin/sh',
      '[ "$1" = build ] && [ -s go.mod ] && [ -s go.sum ] || exit 1',
      'printf "#!/bin/sh\\necho temporal version 1.32.0\\n" > "$5"',
      '/bin/chmod +x "$5"',
      `echo "$6" >> ${join(folder.path, 'built')}`,
    ].join('\n'),
  );
  await chmod(go, 0o755);
  expect(await find()).toMatchObject({ ui: join(installed(), 'temporal-ui') });
  expect(lines.join('\n')).toContain(`the release's checksum file says ${'0'.repeat(64)}`);
  expect((await readFile(join(folder.path, 'built'), 'utf8')).trim().split('\n')).toEqual([
    'go.temporal.io/server/cmd/server',
    'go.temporal.io/server/cmd/tools/sql',
    'github.com/temporalio/ui-server/v2/cmd/server',
  ]);
});

test('a release with programs of another version is not installed', async () => {
  const { content } = await releaseArchive('1.30.0');
  await serve(content);
  await expect(find()).rejects.toThrow('is version 1.30.0, not 1.32.0');
  expect(await readdir(cacheFolder())).toEqual([]);
});

test('when nothing works, the error names the four ways and why each failed', async () => {
  mirror.close();
  const error = await find().catch((each: unknown) => each as Error);
  const { message } = error as Error;
  expect(message).toContain('There is no Temporal server 1.32.0. Any one of these four ways will do:');
  expect(message).toContain('1. Use a server that exists: set TEMPORAL_ADDRESS');
  expect(message).toContain(`2. Copy temporal-server and temporal-sql-tool into ${installed()}`);
  expect(message).toMatch(/3\. Get the official release[^]*TEMPORAL_ARCHIVE[^]*4\. Build it: install Go/);
  expect(message).toMatch(
    /- Cache: .* is not there\n[^]*- Download: .*ECONNREFUSED[^]*- Build: [^]*go: not found/,
  );
});
