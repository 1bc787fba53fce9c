import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { connectServices } from '../../cli/connect.js';
import { addKey, openKeyring } from '../../codec/keyring.js';
import { settings } from '../../db/schema/index.js';
import { configurationOf } from '../../temporal.config.js';
import { openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
let folder: string;
let keys: string;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  folder = await mkdtemp(join(tmpdir(), 'yizheng-connect-'));
  keys = join(folder, 'keys.json');
});
afterAll(async () => {
  await rig.close();
  await rm(folder, { recursive: true });
});

async function connect(more: Record<string, string> = {}): Promise<void> {
  const { temporalAddress, namespace } = inject('servers');
  const variables = {
    DATABASE_URL: rig.databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    YIZHENG_CODEC_KEYS: keys,
    LOG_LEVEL: 'silent',
  };
  const services = await connectServices(configurationOf({ ...variables, ...more }));
  await services.close();
}

async function noted(): Promise<unknown> {
  const [row] = await rig.db.select().from(settings).where(eq(settings.key, 'codecKeys'));
  return row?.value['ids'];
}

test('nothing starts without a payload key that the installation has used, and its restored file mends it', async () => {
  await connect();
  const first = await openKeyring(keys);
  await connect();
  expect(await noted()).toEqual([first.current]);

  const second = await addKey(keys);
  await connect();
  expect(await noted()).toEqual([first.current, second.current]);
  await copyFile(keys, `${keys}.kept`);

  const old = {
    current: first.current,
    keys: { [first.current]: first.keys[first.current]?.toString('base64') },
  };
  await writeFile(keys, JSON.stringify(old));
  await expect(connect()).rejects.toMatchObject({
    code: 'service.unavailable',
    detail: { where: keys, expected: second.current, found: first.current },
  });

  // The file is lost: a new keyring opens none of the histories, and must not become one that is missed later.
  await rm(keys);
  await expect(connect()).rejects.toMatchObject({
    detail: { expected: `${first.current}, ${second.current}` },
  });
  expect(await noted()).toEqual([first.current, second.current]);
  await copyFile(`${keys}.kept`, keys);
  await connect();
});

test('a variable that is missing is named, and a server that is not there ends the start', async () => {
  await expect(connect({ DATABASE_URL: '' })).rejects.toMatchObject({
    code: 'input.invalid',
    detail: { where: 'DATABASE_URL' },
  });
  await expect(connect({ TEMPORAL_ADDRESS: '' })).rejects.toMatchObject({
    detail: { where: 'TEMPORAL_ADDRESS' },
  });
  await expect(connect({ TEMPORAL_ADDRESS: '127.0.0.1:1' })).rejects.toThrow();
  await expect(connect({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toThrow();
});
