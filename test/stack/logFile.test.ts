import { closeSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyWhenLarge, lastLines, openLog } from '../../stack/logFile.js';
import { temporaryFolder } from './temporaryFolder.js';

test('a log that grows too large is moved aside while its server writes on', async () => {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'server.log');
  const log = await openLog(path);
  writeSync(log, 'old line\n'.repeat(100));
  await emptyWhenLarge(path, 10_000);
  expect(await readFile(path, 'utf8')).toHaveLength(900);
  await emptyWhenLarge(path, 500);
  writeSync(log, 'new line\n');
  closeSync(log);
  expect(await readFile(path, 'utf8')).toBe('new line\n');
  expect(await readFile(`${path}.1`, 'utf8')).toHaveLength(900);
  await folder.remove();
});

test('the log of the run before stays beside that of this one', async () => {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'server.log');
  for (const text of ['first run', 'second run']) {
    const log = await openLog(path);
    writeSync(log, text);
    closeSync(log);
  }
  expect(lastLines(path)).toBe('second run');
  expect(lastLines(`${path}.1`)).toBe('first run');
  expect(lastLines(join(folder.path, 'none.log'))).toBe('');
  await folder.remove();
});
