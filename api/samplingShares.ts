import type { SharePart } from '../db/queries/samplings.js';
import { parseShare, sampleSize } from '../rules/sampling.js';
import { sampledKinds, type SampledKind } from '../rules/samplingWords.js';

type Sum = { kind: SampledKind; population: number; drawn: number; wanted: number };

/** The shares added up for the region, and by city, approving organ and supervising organ; `wanted` is what the share asks for. */
export function addShares(parts: readonly SharePart[], shares: Readonly<Record<SampledKind, string>>) {
  return {
    region: sums(parts, () => ({}), shares),
    cities: sums(parts, ({ city }) => ({ city }), shares),
    organs: sums(parts, ({ organ }) => ({ organ }), shares),
    supervising: sums(parts, ({ supervising }) => ({ supervising }), shares),
  };
}

function sums<Key extends object>(
  parts: readonly SharePart[],
  keyOf: (part: SharePart) => Key,
  shares: Readonly<Record<SampledKind, string>>,
): readonly (Key & Sum)[] {
  const rows = new Map<string, Key & Sum>();
  for (const part of parts) {
    const key = keyOf(part);
    const id = JSON.stringify([key, sampledKinds.indexOf(part.kind)]);
    const row = rows.get(id) ?? { ...key, kind: part.kind, population: 0, drawn: 0, wanted: 0 };
    const population = row.population + part.population;
    const share = parseShare(shares[part.kind], part.kind);
    const wanted = sampleSize(share, { population: 0, drawn: 0 }, population);
    rows.set(id, { ...row, population, drawn: row.drawn + part.drawn, wanted });
  }
  return [...rows.keys()].sort().flatMap((id) => rows.get(id) ?? []);
}
