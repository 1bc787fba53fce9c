import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { decode, encode } from '@temporalio/common/lib/encoding.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aesGcmCodec } from '../../codec/aesGcmCodec.js';
import type { Keyring } from '../../codec/keyring.js';

const first: Keyring = { current: 'first', keys: { first: randomBytes(32) } };
const second: Keyring = { current: 'second', keys: { ...first.keys, second: randomBytes(32) } };

const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);

async function seal(keyring: Keyring, value: unknown): Promise<Payload> {
  const [sealed] = await aesGcmCodec(keyring).encode([payloadOf(value)]);
  if (sealed === undefined) throw new Error('nothing was sealed');
  return sealed;
}

async function open(keyring: Keyring, payload: Payload): Promise<unknown> {
  const [opened] = await aesGcmCodec(keyring).decode([payload]);
  if (opened === undefined) throw new Error('nothing was opened');
  return defaultPayloadConverter.fromPayload(opened);
}

const named = (payload: Payload, name: string): string =>
  decode(payload.metadata?.[name] ?? new Uint8Array());

test('a payload names its algorithm and its key, and nothing of what it holds', async () => {
  const sealed = await seal(first, { name: '示范钢铁 MARKER' });
  expect(named(sealed, 'encoding')).toBe('binary/encrypted');
  expect(named(sealed, 'algorithm')).toBe('AES-256-GCM');
  expect(named(sealed, 'key-id')).toBe('first');
  expect(Object.keys(sealed.metadata ?? {})).toHaveLength(3);
  const data = Buffer.from(sealed.data ?? []);
  for (const text of ['MARKER', '示范', 'name', 'json/plain']) expect(data.includes(text)).toBe(false);
  expect(await seal(first, 'the same')).not.toEqual(await seal(first, 'the same'));
});

test('a long payload takes less room in the history, and a short one is left as it is', async () => {
  const tasks = Array.from({ length: 20 }, (_, count) => ({ id: `opinion.${count}`, role: 'element.air' }));
  const long = await seal(first, { tasks });
  expect(named(long, 'compression')).toBe('deflate-raw');
  expect((long.data ?? []).length).toBeLessThan(JSON.stringify({ tasks }).length / 2);
  expect(await open(first, long)).toEqual({ tasks });
  expect(named(await seal(first, { tasks: [] }), 'compression')).toBe('');
});

test('a payload that is longer than anything the codec holds at once comes out whole', async () => {
  const lines = Array.from(
    { length: 3000 },
    (_, count) => `${count} ${randomBytes(count % 40).toString('base64')}`,
  );
  expect(JSON.stringify(lines).length).toBeGreaterThan(100_000);
  expect(await open(first, await seal(first, lines))).toEqual(lines);
});

/** `line 0` to `line 59` under a key of sevens, as the first release that deflated sealed it. */
const sealedThen =
  'v7B+TZiDRJRZ2cl1jE4x2AtI7N16fCJLBuWK2Zjd9aTJTQ1G2nJL4t9qgwNmDkStwomNnzJ6taGv2WjVp7gGBZ4kRYV0VGMNIN91lx1QiJDPEgFZlZWmuh8s5Xf/+IVgoROYJQMWsWh2cm9J00cz8DpPclshBjxQBRitpYbBrDDH7T/Pnwg5LnmlgJ+CXleKB+EhWuibyKfgEQ/dKlJS4ZuOaZDbCqbWp6P9rCtZU3M/qTT8L8CtBxFx6w2L3734RP/lu1o=';

test('a payload of the first release that deflated still opens', async () => {
  const keyring: Keyring = { current: 'kept', keys: { kept: Buffer.alloc(32, 7) } };
  const data = Buffer.from(sealedThen, 'base64');
  const metadata = {
    encoding: 'binary/encrypted',
    algorithm: 'AES-256-GCM',
    'key-id': 'kept',
    compression: 'deflate-raw',
  };
  const kept = Object.fromEntries(Object.entries(metadata).map(([name, text]) => [name, encode(text)]));
  expect(await open(keyring, { metadata: kept, data })).toEqual({
    lines: Array.from({ length: 60 }, (_, count) => `line ${count}`),
  });
});

test('a payload that another release has compressed in its own way is refused by that name, not by its key', async () => {
  const sealed = await seal(first, 'short');
  const other = { ...sealed, metadata: { ...sealed.metadata, compression: encode('zstd') } };
  await expect(open(first, other)).rejects.toThrow('compressed with zstd; expected deflate-raw');
});

test('whatever goes in comes out', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      const plain = JSON.parse(JSON.stringify(value)) as unknown;
      expect(await open(first, await seal(first, plain))).toEqual(plain);
    }),
  );
  expect(await open(first, await seal(first, undefined))).toBeUndefined();
  expect(await open(first, await seal(first, new Uint8Array([1, 2, 3])))).toEqual(new Uint8Array([1, 2, 3]));
});

test('a second key encrypts, and the first still decrypts', async () => {
  const old = await seal(first, 'old');
  expect(named(await seal(second, 'new'), 'key-id')).toBe('second');
  expect(await open(second, old)).toBe('old');
});

test('a payload of before the codec is handed on as it is', async () => {
  expect(await open(first, payloadOf('plain'))).toBe('plain');
});

test('a missing key is named', async () => {
  const sealed = await seal(second, 'secret');
  await expect(open(first, sealed)).rejects.toThrow('the keyring has no payload key second; restore it');
  const strange = { ...sealed, metadata: { ...sealed.metadata, 'key-id': Buffer.from('toString') } };
  await expect(open(first, strange)).rejects.toThrow('no payload key toString');
  await expect(seal({ current: 'lost', keys: {} }, 1)).rejects.toThrow('no payload key lost');
});

test('another key under the same id, a changed byte, a cut end and another algorithm are refused and said', async () => {
  const sealed = await seal(first, 'secret');
  const data = Buffer.from(sealed.data ?? []);
  const refused = 'payload key first does not open this payload';
  await expect(open({ ...first, keys: { first: randomBytes(32) } }, sealed)).rejects.toThrow(refused);
  for (const position of [0, 12, data.length - 1]) {
    const changed = Buffer.from(data);
    changed[position] = (changed[position] ?? 0) ^ 1;
    await expect(open(first, { ...sealed, data: changed })).rejects.toThrow(refused);
  }
  for (const length of [0, 5, 16, 28, data.length - 1]) {
    await expect(open(first, { ...sealed, data: data.subarray(0, length) })).rejects.toThrow(refused);
  }
  const other = { ...sealed, metadata: { ...sealed.metadata, algorithm: Buffer.from('ROT13') } };
  await expect(open(first, other)).rejects.toThrow('encrypted with ROT13; expected AES-256-GCM');
});
