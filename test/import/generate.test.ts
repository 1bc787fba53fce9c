import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { badKinds } from '../../import/generate/badRows.js';
import { generateList } from '../../import/generate/generateList.js';
import { writeList } from '../../import/generate/writeList.js';
import { isCreditCode } from '../../rules/creditCode.js';
import { parseDate } from '../../rules/date.js';
import { read } from './lists.js';

const options = { seed: 'a region', on: parseDate('2026-01-01'), bad: 0 };
const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

test('L16: 10,000 permits with 200 bad rows among them: each bad row is refused for its own reason, no good one is', () => {
  const list = generateList({ ...options, permits: 10_000, bad: 0.02 });
  const { rows, rejected, permits, findings } = read(writeList(list, 'csv'), '2026-01-01');
  expect({ rows, rejected, permits: permits.length }).toEqual({
    rows: list.length,
    rejected: 200,
    permits: 10_000,
  });
  const codes = findings.map(({ code }) => code);
  expect(badKinds.map(({ code }) => [code, codes.filter((each) => each === code).length])).toEqual(
    badKinds.map(({ code }) => [code, 25]),
  );
  expect(findings.filter(({ kind }) => kind === 'warning')).toEqual([]);
});

test('L16: the same seed writes the same bytes, another seed others', () => {
  const bytes = (seed: string, format: 'csv' | 'xlsx') =>
    hash(writeList(generateList({ ...options, permits: 50, seed }), format));
  expect(bytes('one', 'csv')).toBe(bytes('one', 'csv'));
  expect(bytes('one', 'xlsx')).toBe(bytes('one', 'xlsx'));
  expect(bytes('two', 'csv')).not.toBe(bytes('one', 'csv'));
  // On every machine and in every release: whoever changes the lists, changes this on purpose.
  expect(bytes('one', 'csv')).toBe('9ebe01584c13e2206b082728c2a92b3376bda9c6baf3d25141c48f419c139b35');
});

test('L16: a generated region has its cities, counties and zone, both classes, history, and waves of expiry', () => {
  const list = generateList({ ...options, permits: 3000 });
  const { permits, findings } = read(writeList(list, 'xlsx'), '2026-01-01');
  expect(findings).toEqual([]);
  const acts = permits.map(({ acts }) => acts);
  const areas = new Set(acts.flatMap(([first]) => first?.area ?? []));
  expect(areas.size).toBe(16);
  for (const each of ['990100', '990171', '990200', '990300', '990400', '990500'])
    expect(areas).toContain(each);
  expect(
    acts
      .flat()
      .every(({ creditCode, permitNo }) => isCreditCode(creditCode) && permitNo.startsWith(creditCode)),
  ).toBe(true);
  const share = (holds: (act: (typeof acts)[number]) => boolean): number =>
    acts.filter(holds).length / acts.length;
  expect(share(([first]) => first?.permitClass === 'key')).toBeGreaterThan(0.15);
  expect(share(([first]) => first?.permitClass === 'key')).toBeLessThan(0.4);
  expect(share((each) => each.length > 1)).toBeGreaterThan(0.4);
  expect(share((each) => each.some(({ act }) => act === 'renewal'))).toBeGreaterThan(0.25);
  const inMonth = (month: string): number => share((each) => each.at(-1)?.validTo.slice(5, 7) === month);
  expect(inMonth('12')).toBeGreaterThan(2 * inMonth('09'));
  expect(inMonth('06')).toBeGreaterThan(2 * inMonth('02'));
});
