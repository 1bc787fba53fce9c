import { expect, test } from 'vitest';
import { configurationOf } from '../../temporal.config.js';
import { post } from '../../webhooks/post.js';
import { guardedLookup, isPublic, targetOf } from '../../webhooks/target.js';
import { Receiver } from './receiver.js';

const strict = { privateTargets: false };

test.each([
  ...[
    'http://example.com/',
    'https://localhost/',
    'https://127.0.0.1/',
    'https://10.1.2.3/x',
    'https://192.168.0.1/',
  ],
  ...[
    'https://172.16.0.1/',
    'https://169.254.169.254/latest',
    'https://[::1]/',
    'https://[fd00::1]/',
    'https://0.0.0.0/',
  ],
  ...[
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::ffff:127.0.0.1]/',
    'https://user:pass@example.com/',
    'ftp://example.com/',
  ],
])('A1: a webhook does not go to %s', (url) => {
  expect(() => targetOf(url, strict)).toThrow('webhooks do not go there');
});

test('A1: public addresses are known from all others', () => {
  for (const address of ['1.1.1.1', '93.184.215.14', '2606:4700::1111', '172.32.0.1'])
    expect(isPublic(address)).toBe(true);
  for (const address of ['127.0.0.1', '::ffff:10.0.0.1', 'fe80::1', '100.64.0.1', '224.0.0.1', 'nonsense'])
    expect(isPublic(address)).toBe(false);
});

test('A1: a name that leads to this machine is refused when it is connected to, not only when it is written down', async () => {
  const look = guardedLookup(strict);
  for (const all of [true, false]) {
    const code = await new Promise((done) => {
      look?.('localhost', { all }, (error) => done(error?.code));
    });
    expect(code).toBe('EPRIVATE');
  }
  expect(guardedLookup({ privateTargets: true })).toBeUndefined();
});

test('A1: a target that is no longer allowed is not connected to, and the attempt says so', async () => {
  const receiver = new Receiver();
  await receiver.up();
  const message = { id: 'm', secret: `whsec_${Buffer.alloc(32).toString('base64')}`, body: '{}' };
  expect(await post({ ...message, url: receiver.url }, strict)).toMatchObject({ delivered: false });
  expect(receiver.arrived).toEqual([]);
  await receiver.down();
});

test('A1: private targets are off unless the environment says otherwise', () => {
  expect(configurationOf({}).webhooks).toEqual({ privateTargets: false });
  expect(configurationOf({ WEBHOOK_PRIVATE_TARGETS: 'true' }).webhooks).toEqual({ privateTargets: true });
});
