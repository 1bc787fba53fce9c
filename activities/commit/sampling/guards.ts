import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { issuancesOf } from '../../../db/queries/issuances.js';
import { forecastOf, type ForecastRow } from '../../../db/queries/samplingForecast.js';
import { itemsOfRound, sharesOf } from '../../../db/queries/samplings.js';
import { samplingRounds } from '../../../db/schema/index.js';
import { type CalendarDate, parseDate } from '../../../rules/date.js';
import { sampledKinds } from '../../../rules/samplingWords.js';
import type { JsonObject } from '../../../workflows/messages/json.js';
import type { CommitInput, GuardParams } from '../../../workflows/messages/step.js';
import type { Guard } from '../guards.js';
import { required } from '../permitRows.js';
import { type PlatformCounts, reconcile } from './counts.js';
import { drawRound, roundOf } from './draw.js';
import { freeze } from './freeze.js';
import { replace } from './replacement.js';
import { listReviews } from './reviews.js';
import { commitSeed, seedOf } from './seed.js';

/**
 * What only the transaction can do in a provincial sampling: each guard makes its part of the round (seed, population, sample)
 * in the rows, and answers with the hash or the number that the ledger tells. So no seed and no list ever passes through a
 * workflow.
 */
export const samplingGuards: Readonly<Record<string, Guard>> = {
  /** Makes the round's seed, keeps it sealed, and answers with its hash. */
  async samplingSeed(tx, params, input, { pack }, secrets) {
    const beaconSource = params['beacon'] ?? null;
    const seedHash = await commitSeed(tx, secrets, pack, { ...roundIn(params), beaconSource }, input.at);
    return { answer: 'committed', found: { seedHash } };
  },

  /** Do the platform's counts agree with ours? Then the population is frozen in the same moment. */
  async samplingFreeze(tx, params, input, { pack }) {
    const counts = countsIn(params, input);
    const issuances = await issuancesOf(tx, pack, firstDayOf(params), counts.asOf);
    const differences = await reconcile(tx, issuances, counts);
    if (differences.length > 0) return { answer: 'differ', found: { differences: sentencesOf(differences) } };
    const { hash, count } = await freeze(
      tx,
      pack,
      { ...roundIn(params), asOf: counts.asOf, at: input.at },
      issuances,
    );
    return { answer: 'agree', found: { populationHash: hash, population: count } };
  },

  /** Draws the frozen round. */
  async samplingDraw(tx, params, input, { pack }, secrets) {
    const { twice } = pack.settings.sampling;
    const beacon = params['beacon'] ?? null;
    const drawn = await drawRound(tx, secrets, twice, { ...roundIn(params), beacon, at: input.at });
    return { answer: 'drawn', found: { drawn } };
  },

  /** Publishes the drawn round: its seed is no secret any more, and its sample is listed for review. */
  async samplingPublication(tx, params, input, { pack }, secrets) {
    const { campaign, round } = roundIn(params);
    const seed = await seedOf(secrets, await roundOf(tx, campaign, round));
    await tx
      .update(samplingRounds)
      .set({ seed: seed.toString('hex'), publishedAt: input.at })
      .where(and(eq(samplingRounds.campaign, campaign), eq(samplingRounds.round, round)));
    await listReviews(tx, pack, await itemsOfRound(tx, campaign, round));
    return { answer: 'published', found: {} };
  },

  /** Who takes the place of a drawn issuance whose permit has ended? */
  async samplingReplacement(tx, params, _input, { pack }, secrets) {
    const { answer, ...found } = await replace(tx, secrets, pack, {
      ...{ campaign: required(params, 'campaign'), permitNo: required(params, 'permitNo') },
      ...{ kind: kindOf.parse(params['kind']), issuedOn: parseDate(required(params, 'issuedOn')) },
      reason: required(params, 'reason'),
    });
    return { answer, found };
  },

  /** What is still to be drawn so that the shares hold on 31 December? */
  async samplingForecast(tx, params, _input, { pack }) {
    const missing = missingIn(await forecastOf(tx, pack, required(params, 'campaign'), yearIn(params)));
    return { answer: missing.length > 0 ? 'missing' : 'met', found: { missing } };
  },

  /** The year as it was: agreed with the platform, frozen to the last issuance, and whether every share holds. */
  async samplingProof(tx, params, input, { pack }) {
    const counts = countsIn(params, input);
    const issuances = await issuancesOf(tx, pack, firstDayOf(params), counts.asOf);
    const differences = await reconcile(tx, issuances, counts);
    if (differences.length > 0) return { answer: 'differ', found: { differences: sentencesOf(differences) } };
    const parts = await sharesOf(tx, counts.campaign);
    const frozen = parts.reduce((sum, { population }) => sum + population, 0);
    if (frozen < issuances.length) return { answer: 'unfrozen', found: { left: issuances.length - frozen } };
    const short = missingIn(await forecastOf(tx, pack, counts.campaign, null));
    const drawn = parts.reduce((sum, part) => sum + part.drawn, 0);
    const found: JsonObject = { population: frozen, drawn, short };
    return { answer: short.length > 0 ? 'short' : 'met', found };
  },
};

const kindOf = z.enum(sampledKinds);

const countsParam = z.array(z.object({ organ: z.string(), kind: z.enum(sampledKinds), count: z.number() }));

const yearIn = (params: GuardParams): number => Number(required(params, 'year'));

const firstDayOf = (params: GuardParams): CalendarDate => parseDate(`${yearIn(params)}-01-01`);

const roundIn = (params: GuardParams) => ({
  campaign: required(params, 'campaign'),
  round: Number(required(params, 'round')),
});

function countsIn(params: GuardParams, { at, actor }: CommitInput): PlatformCounts {
  return {
    ...{ campaign: required(params, 'campaign'), task: required(params, 'task'), at, enteredBy: actor.id },
    ...{ asOf: parseDate(required(params, 'asOf')), source: required(params, 'source') },
    counts: countsParam.parse(JSON.parse(required(params, 'counts'))),
  };
}

const sentencesOf = (differences: Awaited<ReturnType<typeof reconcile>>): readonly string[] =>
  differences.map(({ organ, kind, ours, platform }) => `${organ} ${kind} ${ours}/${platform}`);

/** Cities and kinds that lack something, as the ledger says it. */
const missingIn = (rows: readonly ForecastRow[]): readonly string[] =>
  rows.filter(({ missing }) => missing > 0).map(({ city, kind, missing }) => `${city} ${kind} ${missing}`);
