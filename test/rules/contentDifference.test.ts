import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentDifferences } from '../../rules/changes/contentDifference.js';

const scalar = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom('a', 'b', 'c'), fc.boolean());
const entries = (...names: readonly string[]) =>
  fc.uniqueArray(fc.record({ id: fc.constantFrom(...names), value: scalar }, { requiredKeys: ['id'] }), {
    selector: ({ id }) => id,
    maxLength: 4,
  });

/** Contents in small, with everything that a real one has: parts, numbered lists, texts, years, and what is compared whole. */
const contents = fc.record(
  {
    unit: fc.record(
      { name: scalar, industries: fc.array(fc.constantFrom('3039', '4411', '22')) },
      { requiredKeys: [] },
    ),
    outlets: entries('DA001', 'DA002', 'DW001'),
    limits: fc.uniqueArray(
      fc.record({
        outlet: fc.constantFrom('DA001', 'DW001'),
        pollutant: fc.constantFrom('颗粒物', 'SO2'),
        annual: fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 3 }),
      }),
      { selector: ({ outlet, pollutant }) => `${outlet} ${pollutant}` },
    ),
    boundary: fc.array(fc.record({ lon: scalar, lat: scalar }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const numbered: readonly string[] = ['outlets', 'limits'];

/** The same content with every list that knows its entries by number or by their text in one order, and nothing empty. */
function canonical(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const inner = value.map((entry) => canonical(entry));
    const sorts = numbered.includes(name) || inner.every((entry) => typeof entry === 'string');
    return sorts ? inner.map((entry) => JSON.stringify(entry)).sort() : inner;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, canonical(inner, key)] as const)
      .filter(
        ([, inner]) =>
          inner !== undefined && JSON.stringify(inner) !== '[]' && JSON.stringify(inner) !== '{}',
      )
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

test('L9: a content does not differ from itself, nor from itself in another order', () => {
  fc.assert(
    fc.property(contents, fc.infiniteStream(fc.nat()), (content, stream: Iterator<number, number>) => {
      const shuffled = <Entry>(list: readonly Entry[] | undefined): readonly Entry[] | undefined =>
        list
          ?.map((entry): [number, Entry] => [stream.next().value, entry])
          .sort(([one], [other]) => one - other)
          .map(([, entry]) => entry);
      const again = { ...content, outlets: shuffled(content.outlets), limits: shuffled(content.limits) };
      expect(contentDifferences(content, content)).toEqual([]);
      expect(contentDifferences(content, again)).toEqual([]);
    }),
  );
});

test('L9: whatever differs is found, and nothing else is', () => {
  fc.assert(
    fc.property(contents, contents, (before, after) => {
      const same = JSON.stringify(canonical(before)) === JSON.stringify(canonical(after));
      expect(contentDifferences(before, after).length === 0).toBe(same);
    }),
  );
});

test('L9: looked at from the other side, what was added was removed, and values change places', () => {
  const turned = { added: 'removed', removed: 'added', altered: 'altered' } as const;
  const asText = (of: ReturnType<typeof contentDifferences>) =>
    of
      .map(({ path, change, before, after }) => JSON.stringify([path, change, before ?? null, after ?? null]))
      .sort();
  fc.assert(
    fc.property(contents, contents, (one, other) => {
      const there = contentDifferences(one, other).map(({ path, change, before, after }) => ({
        ...{ path, change: turned[change], before: after, after: before },
      }));
      expect(asText(there)).toEqual(asText(contentDifferences(other, one)));
    }),
  );
});

test('L9: an outfall is known by its number and a limit by its outfall and pollutant, not by their places', () => {
  const limit = (outlet: string, value: number) => ({
    outlet,
    pollutant: '颗粒物',
    concentration: { value },
  });
  const before = {
    outlets: [{ id: 'DA001' }, { id: 'DA002', mode: 'direct' }],
    limits: [limit('DA001', 10)],
  };
  const after = {
    outlets: [{ id: 'DA002', mode: 'indirect' }, { id: 'DA003' }],
    limits: [limit('DA002', 20), limit('DA001', 8)],
  };
  expect(contentDifferences(before, after)).toEqual([
    { path: ['limits', 'DA001 颗粒物', 'concentration', 'value'], change: 'altered', before: 10, after: 8 },
    { path: ['limits', 'DA002 颗粒物'], change: 'added', after: limit('DA002', 20) },
    { path: ['outlets', 'DA001'], change: 'removed', before: { id: 'DA001' } },
    { path: ['outlets', 'DA002', 'mode'], change: 'altered', before: 'direct', after: 'indirect' },
    { path: ['outlets', 'DA003'], change: 'added', after: { id: 'DA003' } },
  ]);
});

test('L9: two entries of one number are two entries', () => {
  const before = { outlets: [{ id: 'DA001', mode: 'direct' }] };
  const after = {
    outlets: [
      { id: 'DA001', mode: 'direct' },
      { id: 'DA001', mode: 'none' },
    ],
  };
  expect(contentDifferences(before, after)).toEqual([
    { path: ['outlets', 'DA001#2'], change: 'added', after: { id: 'DA001', mode: 'none' } },
  ]);
});
