import { describe, expect, test } from 'vitest';
import { DomainError } from '../../rules/errors.js';
import { drawnPositions, parseShare, sampleSize } from '../../rules/sampling.js';
import { drawHmac, ordered } from '../../sampling/draw.js';
import { replacementOf } from '../../sampling/replacement.js';
import { drawnByRecipe } from './oracle.js';
import { csvOf, drawn, region } from './sampling.js';

const share = (text: string) => parseShare(text, '--first');
const nothing = { population: 0, drawn: 0 };

describe('Q3, Q4: how many are drawn', () => {
  test.each<[string, number, number]>([
    // In binary fractions 0.07 × 100 is 7.000000000000001, which would draw eight.
    ['0.3', 10, 3],
    ['0.07', 100, 7],
    ['0.3', 11, 4],
    ['.2', 1, 1],
    ['0', 9, 0],
    ['0.0', 9, 0],
    ['1', 9, 9],
    ['1.000', 9, 9],
    ['0.3', 0, 0],
    ['0.000000000000000000000000000001', 5, 1],
  ])('a share of %s of %i is %i: rounded up, exactly', (text, population, expected) => {
    expect(sampleSize(share(text), nothing, population)).toBe(expected);
  });

  test.each(['', '1.1', '2', '-0.1', '30%', '0,3', '1e-1', '0.3 ', 'NaN', '.'])(
    'refuses a share %j',
    (text) => {
      expect(() => share(text)).toThrow(DomainError);
    },
  );

  test('a quarter makes up for what the earlier ones left to round, and never draws less than none', () => {
    // 30 % of 10 + 10 issuances are 6; 3 are drawn already.
    expect(sampleSize(share('0.3'), { population: 10, drawn: 3 }, 10)).toBe(3);
    // 30 % of 1 + 1 + 1 + 1 is 2 in the year: 1, then none twice, then one more.
    expect(sampleSize(share('0.3'), nothing, 1)).toBe(1);
    expect(sampleSize(share('0.3'), { population: 1, drawn: 1 }, 1)).toBe(0);
    expect(sampleSize(share('0.3'), { population: 2, drawn: 1 }, 1)).toBe(0);
    expect(sampleSize(share('0.3'), { population: 3, drawn: 1 }, 1)).toBe(1);
    // More drawn than the share wants: none. Far less: not more than there are.
    expect(sampleSize(share('0.3'), { population: 10, drawn: 10 }, 10)).toBe(0);
    expect(sampleSize(share('0.3'), { population: 1000, drawn: 0 }, 5)).toBe(5);
  });

  test('positions of the whole and of a part, from the first start to the last', () => {
    expect(drawnPositions(0n, 10, 3)).toEqual([0, 3, 6]);
    expect(drawnPositions(2n ** 64n - 1n, 10, 3)).toEqual([3, 6, 9]);
    expect(drawnPositions(2n ** 63n, 7, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(drawnPositions(5n, 7, 0)).toEqual([]);
  });
});

describe('Q3, Q4: rounds of a year', () => {
  const carryText =
    'city,kind,population,drawn\n云川市,first,100,30\r\n"青原市", reapplication ,7,0\n无名县,first,9,9\n';

  test('the earlier totals count, and a city that has only earlier ones draws nothing now', async () => {
    const rows = region(60);
    const printed = await drawn(
      csvOf(rows),
      ['--seed', 'ab', '--first', '0.35', '--reapply', '1', '--carry', 'FOLDER/carry.csv'],
      { 'carry.csv': carryText },
    );
    const carry = {
      '云川市 first': { population: 100, drawn: 30 },
      '青原市 reapplication': { population: 7, drawn: 0 },
    };
    expect(printed).toEqual(
      drawnByRecipe({ rows, seed: 'ab', first: [35, 100], reapplication: [1, 1], carry }),
    );
    // 35 % of 100 + 16 is 40.6, rounded up, less 30.
    expect(printed.draws.map(({ population, size }) => [population, size])).toEqual([
      [16, 11],
      [4, 4],
      [32, 12],
      [8, 8],
    ]);
  });

  test('a share of nothing draws nobody, of everything everybody', async () => {
    const none = await drawn(csvOf(region(20)), ['--seed', 'ab', '--first', '0', '--reapply', '0']);
    expect(none.draws.map(({ size, permits }) => [size, permits.length])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    const all = await drawn(csvOf(region(20)), ['--seed', 'ab', '--first', '1', '--reapply', '1']);
    expect(all.draws.flatMap(({ permits }) => permits).sort()).toEqual(
      region(20)
        .map((row) => row.permit_no)
        .sort(),
    );
  });
});

describe('Q3: one that was drawn and then cancelled is replaced', () => {
  const lineOf = (permit: string, industry: string) =>
    [permit, 'C', 'first', 'key', industry, '2026-01-05'].join('\t');
  const lines = ['A', 'B', 'C', 'D', 'E', 'F'].map((permit) =>
    lineOf(permit, permit < 'E' ? '4620' : '3110'),
  );
  const order = ordered(lines, 'f'.repeat(64), drawHmac(Buffer.from('seed'), null));
  const sewage = order.filter((line) => line.includes('4620'));
  const [first = '', second = '', third = '', fourth = ''] = sewage;

  test('by the next rank of the same class and industry that is not in the sample', () => {
    expect(replacementOf(first, order, new Set([first]))).toBe(second);
    expect(replacementOf(first, order, new Set([first, second]))).toBe(third);
  });
  test('after the last rank by the first', () => {
    expect(replacementOf(fourth, order, new Set([fourth]))).toBe(first);
  });
  test('by nobody when its class and industry is used up', () => {
    expect(replacementOf(second, order, new Set([first, second, third, fourth]))).toBeNull();
  });
});
