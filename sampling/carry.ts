import type { Carried } from '../rules/sampling.js';
import { type Bytes, bytesOf } from './bytes.js';
import { sampledKinds, unknownKind } from './population.js';
import { readTable } from './table.js';

/** The columns of what the earlier rounds of the year come to. */
export const carryColumns = ['city', 'kind', 'population', 'drawn'] as const;

/** The earlier rounds' totals by stratum: `city` tab `kind`, as bytes. */
export type Carry = ReadonlyMap<Bytes, Carried>;

const count = /^\d{1,9}$/;

/** Reads the totals of the earlier rounds (see `carryColumns`). Throws `FaultyInput`. */
export async function readCarry(path: string): Promise<Carry> {
  const carry = new Map<Bytes, Carried>();
  await readTable(path, carryColumns, ([city = '', kind = '', population = '', drawn = '']) => {
    const stratum = bytesOf(`${city}\t${kind}`);
    const faults = [
      ...(city === '' ? [{ what: 'empty field', where: 'city', expected: 'a value', found: 'nothing' }] : []),
      ...(sampledKinds.some((each) => each === kind) ? [] : [unknownKind(kind)]),
      ...[
        { where: 'population', found: population },
        { where: 'drawn', found: drawn },
      ]
        .filter(({ found }) => !count.test(found))
        .map(({ where, found }) => ({ what: 'not a count', where, expected: 'a whole number', found })),
    ];
    if (faults.length > 0) return faults;
    if (carry.has(stratum))
      return [
        {
          what: 'duplicate row',
          where: 'city',
          expected: 'every city and kind once',
          found: `${city} ${kind}`,
        },
      ];
    if (Number(drawn) > Number(population))
      return [
        { what: 'more drawn than issued', where: 'drawn', expected: `at most ${population}`, found: drawn },
      ];
    carry.set(stratum, { population: Number(population), drawn: Number(drawn) });
    return [];
  });
  return carry;
}
