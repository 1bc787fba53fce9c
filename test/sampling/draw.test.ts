import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draw, drawHmac } from '../../sampling/draw.js';
import { hmacSha256 } from '../../sampling/hmac.js';
import { parseShare } from '../../rules/sampling.js';
import { bytesOf } from '../../sampling/bytes.js';
import { drawnByRecipe, type Row } from './oracle.js';
import { csvOf, drawn, region, sample } from './sampling.js';

/** Letters on both sides of the surrogates, where UTF-16 and bytes disagree; composed and decomposed; quotes and commas. */
const cities = ['云川市', '青原市', '\uff21市', '\u{20000}县', 'e\u0301tang', '\u00e9tang'];

const rows = fc
  .uniqueArray(
    fc.record({
      permit_no: fc.integer({ min: 1, max: 999 }).map((number) => `P${number}`),
      city: fc.constantFrom(...cities),
      kind: fc.constantFrom('first' as const, 'reapplication' as const),
      class: fc.constantFrom('key', 'simplified', 'key2', '\u{20000}', '\uff21'),
      industry: fc.constantFrom('46', '462', '4620', ' 782 '),
      issued_on: fc.constantFrom('2026-01-05', '2026-02-28'),
    }),
    { minLength: 1, maxLength: 60, selector: (row) => [row.permit_no, row.kind, row.issued_on].join() },
  )
  .map((made): readonly Row[] => made);

describe('Q4: a draw that anyone can re-run', () => {
  test('gives what the recipe gives when somebody else writes it', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        fc.option(
          fc.string({ minLength: 1 }).filter((text) => !text.startsWith('-')),
          { nil: undefined },
        ),
        async (population, seedBytes, beacon) => {
          const seed = Buffer.from(seedBytes).toString('hex');
          const args = ['--seed', seed, ...(beacon === undefined ? [] : ['--beacon', beacon])];
          const expected = drawnByRecipe({
            rows: population,
            seed,
            ...(beacon === undefined ? {} : { beacon }),
          });
          expect(await drawn(csvOf(population), args)).toEqual(expected);
        },
      ),
      { seed: 20260101, numRuns: 60 },
    );
  });

  test.each([
    ['plain', ['--seed', '00112233445566778899aabbccddeeff']],
    ['beacon', ['--seed', '00112233445566778899AABBCCDDEEFF', '--beacon', '2026-01-04 03 09 11']],
  ])('gives the known answer that the recipe gave in Python: %s', async (name, args) => {
    const known = new URL('./known/', import.meta.url);
    const [hash, ...lines] = readFileSync(new URL(`${name}.txt`, known), 'utf8')
      .trim()
      .split('\n');
    const { populationHash, draws } = await drawn(readFileSync(new URL('population.csv', known)), args);
    expect(populationHash).toBe(hash);
    expect(draws.flatMap(({ city, kind, permits }) => permits.map((permit) => [permit, city, kind]))).toEqual(
      lines.map((line) => line.split('\t').slice(0, 3)),
    );
    expect(draws.map(({ city, kind, population, size }) => [city, kind, population, size])).toEqual([
      ['云川市', 'first', 6, 2],
      ['云川市', 'reapplication', 2, 1],
      ['青原市', 'first', 13, 4],
      ['青原市', 'reapplication', 3, 1],
    ]);
  });

  test('does not depend on the order of rows or columns, line ends, quotes, a byte-order mark or white space', async () => {
    const rowsOfRegion = region(40);
    const expected = await drawn(csvOf(rowsOfRegion));
    const otherwise = [
      '\ufeffissued_on,"kind",class,city,industry,permit_no',
      ...[...rowsOfRegion]
        .reverse()
        .map((row) =>
          [
            `"${row.issued_on}"`,
            row.kind,
            ` ${row.class}\t`,
            `"${row.city}"`,
            row.industry,
            row.permit_no,
          ].join(),
        ),
      '',
      '',
    ].join('\r\n');
    expect(await drawn(otherwise)).toEqual(expected);
  });

  test('does not depend on time zone or locale', async () => {
    const expected = await drawn(csvOf(region(40)));
    const before = { TZ: process.env.TZ, LC_ALL: process.env.LC_ALL };
    try {
      process.env.TZ = 'Pacific/Kiritimati';
      process.env.LC_ALL = 'tr_TR.UTF-8';
      expect(await drawn(csvOf(region(40)))).toEqual(expected);
    } finally {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
  });

  test('another seed, another beacon or another population is another draw', async () => {
    const one = await drawn(csvOf(region(200)));
    expect(await drawn(csvOf(region(200)), ['--seed', '00fe'])).not.toEqual(one);
    expect(await drawn(csvOf(region(200)), ['--seed', '00ff', '--beacon', 'x'])).not.toEqual(one);
    expect((await drawn(csvOf(region(199)))).populationHash).not.toBe(one.populationHash);
  });

  test('a composed and a decomposed letter are the same city', async () => {
    const [row] = region(1);
    if (row === undefined) throw new Error('no row');
    const { draws } = await drawn(
      csvOf([
        { ...row, permit_no: 'P1', city: 'e\u0301tang' },
        { ...row, permit_no: 'P2', city: '\u00e9tang' },
      ]),
    );
    expect(draws).toMatchObject([{ city: '\u00e9tang', population: 2 }]);
  });

  test('an empty population has the hash of nothing and no draws', async () => {
    expect(await drawn(csvOf([]))).toEqual({
      populationHash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      draws: [],
    });
  });

  test('without --json it names the hashes, the strata and the permits', async () => {
    const { code, out } = await sample(csvOf(region(10)));
    expect(code).toBe(0);
    // SHA-256 of the bytes 00 ff, by another program.
    expect(out).toContain('06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8');
    expect(out).toContain('青原市 first: 总体 population 5, 抽取 drawn 2');
    expect(out.match(/^ {2}91990100MA0/gm)).toHaveLength(5);
  });

  test('the keyed hash is that of the standard library, for keys and messages of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ maxLength: 3000 }), (key, text) => {
        const expected = createHmac('sha256', key).update(text).digest('hex');
        const mac = hmacSha256(Buffer.from(key));
        mac('another message before');
        expect(Buffer.from(mac(bytesOf(text)), 'latin1').toString('hex')).toBe(expected);
      }),
      { seed: 20260101 },
    );
  });
});

describe('Q4: the draw is fair', () => {
  const lines = Array.from({ length: 30 }, (_, index) =>
    [
      'P' + String(index).padStart(2, '0'),
      'C',
      'first',
      index < 20 ? 'key' : 'simplified',
      '4620',
      '2026-01-05',
    ].join('\t'),
  );
  const shares = { first: parseShare('0.3', '--first'), reapplication: parseShare('0.2', '--reapply') };
  const drawBy = (seed: number) =>
    draw({ lines, hash: 'f'.repeat(64) }, drawHmac(Buffer.from(String(seed)), null), shares, new Map())[0]
      ?.permits ?? [];

  test('over 6000 seeds every issuance is drawn equally often', () => {
    const times = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed += 1)
      for (const permit of drawBy(seed)) times.set(permit, (times.get(permit) ?? 0) + 1);
    expect(times.size).toBe(30);
    // 6000 draws of 9 of 30: 1800 each; the chi-square of 29 degrees of freedom is below 52.3 in 99.5 % of fair draws.
    const counts = [...times.values()];
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(6000 * 9);
    const chiSquare = counts.reduce((sum, count) => sum + (count - 1800) ** 2 / 1800, 0);
    expect(chiSquare).toBeLessThan(52.3);
  });

  test('every draw represents the classes in proportion: 6 of 20 and 3 of 10, never one more or less', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const permits = drawBy(seed);
      expect(permits).toHaveLength(9);
      expect(permits.filter((permit) => permit < 'P20')).toHaveLength(6);
    }
  });
});
