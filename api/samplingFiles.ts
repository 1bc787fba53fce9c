import Papa from 'papaparse';
import type { FrozenIssuance, SamplingItem, SamplingRound } from '../db/queries/samplings.js';
import { carryColumns } from '../sampling/carry.js';
import { populationColumns } from '../sampling/population.js';

// What anybody needs to draw a round again, as `yizheng sample` takes it.

/** The frozen population: `--population`. */
export const populationFile = (rows: readonly FrozenIssuance[]): string =>
  csv(
    populationColumns,
    rows.map(({ permitNo, city, kind, permitClass, industry, issuedOn }) => [
      ...[permitNo, city, kind, permitClass, industry, issuedOn],
    ]),
  );

/** What the earlier rounds, and what was expected, come to: `--carry`. */
export const carryFile = ({ carry }: Pick<SamplingRound, 'carry'>): string =>
  csv(
    carryColumns,
    (carry ?? []).map(({ city, kind, population, expected, drawn }) => [
      ...[city, kind, String(population + expected), String(drawn)],
    ]),
  );

const csv = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  `${Papa.unparse([[...columns], ...rows.map((row) => [...row])], { newline: '\n' })}\n`;

/** The options that `yizheng sample` takes beside the files. A beacon, if there was one, is part of the key. */
export function optionsOf({ seed, beacon, shares }: SamplingRound): readonly string[] {
  return [
    ...['--seed', seed ?? ''],
    ...(beacon === null ? [] : ['--beacon', beacon]),
    ...['--first', shares.first, '--reapply', shares.reapplication],
  ];
}

/** The result in the command's own form. */
export function resultOf(
  { populationHash }: Pick<SamplingRound, 'populationHash'>,
  population: readonly FrozenIssuance[],
  items: readonly SamplingItem[],
) {
  const places = new Map(population.map((row) => [keyOf(row), row] as const));
  const strata = new Map<string, { city: string; kind: string; population: number; permits: string[] }>();
  for (const { city, kind } of population) {
    const stratum = strata.get(`${city}\t${kind}`) ?? { city, kind, population: 0, permits: [] };
    strata.set(`${city}\t${kind}`, { ...stratum, population: stratum.population + 1 });
  }
  // A replacement is no part of what was drawn.
  for (const item of items.filter(({ replaces }) => replaces === null)) {
    const place = places.get(keyOf(item));
    if (place !== undefined) strata.get(`${place.city}\t${place.kind}`)?.permits.push(item.permitNo);
  }
  const draws = [...strata.keys()].sort().flatMap((key) => {
    const stratum = strata.get(key);
    if (stratum === undefined) return [];
    const { city, kind, population: many, permits } = stratum;
    return [{ city, kind, population: many, size: permits.length, permits }];
  });
  return { populationHash, draws };
}

const keyOf = ({ permitNo, kind, issuedOn }: Pick<SamplingItem, 'permitNo' | 'kind' | 'issuedOn'>): string =>
  `${permitNo} ${kind} ${issuedOn}`;
