import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addKey, openKeyring } from '../../codec/keyring.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yizheng-keyring-'));
  path = join(folder, 'data', 'codec-keys.json');
});
afterEach(() => rm(folder, { recursive: true }));

test('the keyring is made once, for its owner alone, and found again', async () => {
  const made = await openKeyring(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(made.keys[made.current]).toHaveLength(32);
  expect(await openKeyring(path)).toEqual(made);
  expect(await readdir(join(folder, 'data'))).toEqual(['codec-keys.json']);
});

test('of several processes that make it at once, all hold the same keys', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => openKeyring(path)));
  expect(new Set(made.map(({ current }) => current)).size).toBe(1);
  expect(await openKeyring(path)).toEqual(made[0]);
  expect(await readdir(join(folder, 'data'))).toEqual(['codec-keys.json']);
});

test('a second key becomes the current one, and the first stays', async () => {
  const first = await openKeyring(path);
  const second = await addKey(path);
  expect(second.current).not.toBe(first.current);
  expect(second.keys).toMatchObject(first.keys);
  expect(Object.keys(second.keys)).toHaveLength(2);
  expect(await openKeyring(path)).toEqual(second);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('a bad file is named with what is wrong, its keys are not said, and it stays as it is', async () => {
  await openKeyring(path);
  const whole = await readFile(path, 'utf8');
  const secret = Buffer.alloc(32, 7).toString('base64');
  const bad = {
    'no JSON': `{"current":"a","keys":{"a":"${secret}"`,
    'expected object': '[]',
    'expected string': `{"current":1,"keys":{"a":"${secret}"}}`,
    'current key is not among': `{"current":"b","keys":{"a":"${secret}"}}`,
    'the keys': `{"current":"toString","keys":{"a":"${secret}"}}`,
    'key a has 3 bytes': '{"current":"a","keys":{"a":"AAAA"}}',
    base64: '{"current":"a","keys":{"a":"not base64!"}}',
    ' ': '',
  };
  for (const [reason, text] of Object.entries(bad)) {
    await writeFile(path, text);
    const error: unknown = await openKeyring(path).catch((thrown: unknown) => thrown);
    expect(error, text).toMatchObject({ code: 'input.invalid', detail: { where: path } });
    expect(String(error), text).toContain(reason);
    expect(String(error)).not.toContain(secret);
    await expect(addKey(path)).rejects.toMatchObject({ code: 'input.invalid' });
    expect(await readFile(path, 'utf8')).toBe(text);
  }
  await writeFile(path, whole);
  await openKeyring(path);
});

test('a keyring that can not be read is not replaced by a new one', async () => {
  await expect(openKeyring(folder)).rejects.toThrow('EISDIR');
});
