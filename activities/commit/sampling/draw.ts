import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/database.js';
import { findRound, populationOfRound, type SamplingRound } from '../../../db/queries/samplings.js';
import { samplingItems, samplingRounds } from '../../../db/schema/index.js';
import { insertFrom, rowsToJson, statement } from '../../../db/statement.js';
import type { CalendarDate, Instant } from '../../../rules/date.js';
import { DomainError } from '../../../rules/errors.js';
import { parseShare, sampleSize } from '../../../rules/sampling.js';
import type { SampledKind } from '../../../rules/samplingWords.js';
import type { Bytes } from '../../../sampling/bytes.js';
import { drawLines } from '../../../sampling/draw.js';
import type { Hmac } from '../../../sampling/hmac.js';
import type { Secrets } from '../../secrets.js';
import { carryOf, issuanceOfLine, populationOf } from './lines.js';
import { hmacOf } from './seed.js';

const insertItems = statement('sampling.insertItems', insertFrom(samplingItems, '$1'));

/** The round, which must be there: no case asks for another. */
export async function roundOf(tx: Transaction, campaign: string, round: number): Promise<SamplingRound> {
  const found = await findRound(tx, campaign, round);
  if (found === undefined) throw new DomainError('internal', { what: 'no such round', where: campaign });
  return found;
}

/** Draws a frozen round, by the recipe. The same round draws the same however often it is tried. Answers with how many. */
export async function drawRound(
  tx: Transaction,
  secrets: Secrets,
  twice: string,
  { campaign, round, beacon, at }: Drawing,
): Promise<number> {
  const found = { ...(await roundOf(tx, campaign, round)), beacon };
  const population = populationOf(await populationOfRound(tx, campaign, round));
  if (population.hash !== found.populationHash)
    throw new Error(`the population of ${campaign}, round ${round}, is not the frozen one`);
  const hmac = await hmacOf(secrets, found);
  const drawn = drawLines(population, hmac, sharesOfRound(found), carryOf(found.carry ?? []));
  const lines = drawn.flatMap((stratum) => stratum.lines);
  const blind = reviewedTwice(lines, population.hash, hmac, twice);
  const rows = lines.map((line, position) => {
    const { permitNo, kind, issuedOn } = issuanceOfLine(line);
    return {
      ...{ campaign, round, permitNo, kind: kind as SampledKind, issuedOn: issuedOn as CalendarDate },
      ...{ position, twice: blind.has(line), state: 'drawn' as const, reason: null, replaces: null },
      reviews: [],
    };
  });
  if (rows.length > 0) await insertItems(tx, rowsToJson(samplingItems, rows));
  await tx
    .update(samplingRounds)
    .set({ beacon, drawnAt: at })
    .where(and(eq(samplingRounds.campaign, campaign), eq(samplingRounds.round, round)));
  return rows.length;
}

/** What is drawn, and when. */
export interface Drawing {
  readonly campaign: string;
  readonly round: number;
  readonly beacon: string | null;
  readonly at: Instant;
}

/** The shares that a round was committed with. */
function sharesOfRound({ shares }: SamplingRound) {
  return {
    first: parseShare(shares.first, 'shares.first'),
    reapplication: parseShare(shares.reapplication, 'shares.reapplication'),
  };
}

/** Which of the drawn two people review: those of the lowest ranks, so that nobody picks them. */
function reviewedTwice(lines: readonly Bytes[], hash: string, hmac: Hmac, share: string): ReadonlySet<Bytes> {
  const many = sampleSize(parseShare(share, 'sampling.twice'), { population: 0, drawn: 0 }, lines.length);
  const ranked = lines.map((line) => ({ line, rank: hmac(`${hash}\0${line}`) }));
  return new Set(
    ranked
      .sort((one, other) => (one.rank < other.rank ? -1 : 1))
      .slice(0, many)
      .map(({ line }) => line),
  );
}
