import { drawnPositions, sampleSize, type Share } from '../rules/sampling.js';
import { type Bytes, bytesOf, textOf } from './bytes.js';
import type { Carry } from './carry.js';
import { type Hmac, hmacSha256 } from './hmac.js';
import { groupOf, type Population, stratumOf } from './population.js';

/** What is drawn in one city and kind. */
export interface Draw {
  readonly city: string;
  readonly kind: string;
  /** The issuances of this round. */
  readonly population: number;
  readonly size: number;
  /** The permits drawn, in the order of class, industry and rank. */
  readonly permits: readonly string[];
}

/** The same by its issuances: a permit may be issued twice in a round. */
export interface DrawnLines extends Omit<Draw, 'permits'> {
  readonly lines: readonly Bytes[];
}

/** The keyed hash of a draw. Its key is the seed's bytes; with a beacon, the HMAC-SHA-256 of the beacon (UTF-8) under them. */
export function drawHmac(seed: Buffer, beacon: string | null): Hmac {
  const bySeed = hmacSha256(seed);
  return beacon === null ? bySeed : hmacSha256(Buffer.from(bySeed(bytesOf(beacon)), 'latin1'));
}

/** The stratum's lines in the order from which the draw takes positions: by class, industry, rank. */
export function ordered(lines: readonly Bytes[], hash: string, hmac: Hmac): readonly Bytes[] {
  return groupsOf(lines).flatMap(([, group]) => byRank(group, hash, hmac));
}

/** The lines by city, kind, class and industry, in this order of their bytes: a tab sorts before all that a field may hold. */
function groupsOf(lines: readonly Bytes[]): readonly (readonly [Bytes, readonly Bytes[]])[] {
  const groups = new Map<Bytes, Bytes[]>();
  for (const line of lines) {
    const group = groupOf(line);
    const known = groups.get(group);
    if (known === undefined) groups.set(group, [line]);
    else known.push(line);
  }
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** By the whole rank; its first six bytes, as a number, decide all but never, and a million of them sort in half the time. */
function byRank(lines: readonly Bytes[], hash: string, hmac: Hmac): readonly Bytes[] {
  const rank = (line: Bytes) => hmac(`${hash}\0${line}`);
  const ranked = lines.map((line) => ({ line, first: firstOf(rank(line)) }));
  ranked.sort((one, other) => one.first - other.first || (rank(one.line) < rank(other.line) ? -1 : 1));
  return ranked.map(({ line }) => line);
}

/** The first six bytes as a number: as many as one holds exactly. */
function firstOf(rank: Bytes): number {
  let number = 0;
  for (let index = 0; index < 6; index += 1) number = number * 256 + rank.charCodeAt(index);
  return number;
}

/** The draw of a round as it is printed: by the permits' numbers. */
export function draw(...inputs: Parameters<typeof drawLines>): readonly Draw[] {
  return drawLines(...inputs).map(({ lines, ...drawn }) => ({
    ...drawn,
    permits: lines.map((line) => textOf(line.slice(0, line.indexOf('\t')))),
  }));
}

/** The draw of a round: strata in the order of their city's and kind's bytes. The same inputs give the same draw anywhere. */
export function drawLines(
  population: Population,
  hmac: Hmac,
  shares: { readonly first: Share; readonly reapplication: Share },
  carry: Carry,
): readonly DrawnLines[] {
  const strata = new Map<Bytes, (readonly Bytes[])[]>();
  for (const [group, lines] of groupsOf(population.lines)) {
    const stratum = stratumOf(group);
    strata.set(stratum, [...(strata.get(stratum) ?? []), lines]);
  }
  return [...strata].map(([stratum, groups]): DrawnLines => {
    const [city = '', kind = ''] = stratum.split('\t');
    const count = groups.reduce((sum, lines) => sum + lines.length, 0);
    const share = kind === 'first' ? shares.first : shares.reapplication;
    const size = sampleSize(share, carry.get(stratum) ?? { population: 0, drawn: 0 }, count);
    const start = Buffer.from(hmac(`${population.hash}\0${stratum}`), 'latin1').readBigUInt64BE();
    const positions = drawnPositions(start, count, size);
    // Nothing to take from: nothing to put in order.
    const order = size === 0 ? [] : groups.flatMap((lines) => byRank(lines, population.hash, hmac));
    const taken = positions.map((position) => order[position] ?? '');
    return { city: textOf(city), kind, population: count, size, lines: taken };
  });
}
