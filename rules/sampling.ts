import { DomainError } from './errors.js';

/** A share of a population as an exact fraction: binary fractions such as 0.3 would round the wrong way. */
export interface Share {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** What earlier rounds of the same year had in a city and kind: how many were issued, how many of them were drawn. */
export interface Carried {
  readonly population: number;
  readonly drawn: number;
}

/** One more than the largest number of eight bytes: a random start is a fraction of it. */
const whole = 2n ** 64n;

/** Reads a share written as a decimal from 0 to 1, such as `0.3`. Throws `input.invalid`; `where` names the option. */
export function parseShare(text: string, where: string): Share {
  const match = /^(?:([01])(?:\.(\d{1,30}))?|\.(\d{1,30}))$/.exec(text);
  const fraction = match?.[2] ?? match?.[3] ?? '';
  const denominator = 10n ** BigInt(fraction.length);
  const numerator = match === null ? -1n : BigInt((match[1] ?? '0') + fraction);
  if (numerator < 0n || numerator > denominator) {
    throw new DomainError('input.invalid', {
      what: 'not a share',
      where,
      expected: 'a decimal from 0 to 1, such as 0.3',
      found: text,
    });
  }
  return { numerator, denominator };
}

/**
 * How many to draw in a round: the share of all that was issued in the year so far, rounded up, less what was drawn
 * already; at least none and at most the round's own population.
 */
export function sampleSize(share: Share, carried: Carried, population: number): number {
  const issued = BigInt(carried.population + population);
  const wanted = (share.numerator * issued + share.denominator - 1n) / share.denominator;
  return Math.max(0, Math.min(population, Number(wanted) - carried.drawn));
}

/**
 * The positions, from 0, that a systematic draw takes: floor((u + i) × population ÷ size), where u is `start` ÷ 2^64. They
 * are spread evenly over the order, and each position is equally likely over all starts.
 */
export function drawnPositions(start: bigint, population: number, size: number): readonly number[] {
  const [count, wanted] = [BigInt(population), BigInt(size)];
  return Array.from({ length: size }, (_, index) =>
    Number(((start + BigInt(index) * whole) * count) / (wanted * whole)),
  );
}
