import { createHash, randomBytes } from 'node:crypto';
import type { Transaction } from '../../../db/database.js';
import type { SamplingRound } from '../../../db/queries/samplings.js';
import { samplingRounds } from '../../../db/schema/index.js';
import type { Instant } from '../../../rules/date.js';
import type { RulePack } from '../../../rules/pack.js';
import { drawHmac } from '../../../sampling/draw.js';
import type { Hmac } from '../../../sampling/hmac.js';
import type { Secrets } from '../../secrets.js';

const seedLength = 32;

/** Makes a round with its secret seed; answers with the seed's hash, which is all that leaves the transaction. */
export async function commitSeed(
  tx: Transaction,
  secrets: Secrets,
  pack: RulePack,
  round: { readonly campaign: string; readonly round: number; readonly beaconSource: string | null },
  at: Instant,
): Promise<string> {
  const seed = randomBytes(seedLength);
  const seedHash = createHash('sha256').update(seed).digest('hex');
  const { first, reapplication } = pack.settings.sampling;
  await tx.insert(samplingRounds).values({
    ...{ ...round, seedHash, committedAt: at, sealedSeed: await secrets.seal(seed) },
    shares: { first, reapplication },
  });
  return seedHash;
}

/** The round's keyed hash. Throws where the sealed seed is no longer the one that was committed to. */
export async function hmacOf(secrets: Secrets, round: SamplingRound): Promise<Hmac> {
  return drawHmac(await seedOf(secrets, round), round.beacon);
}

/** The round's seed; the same whoever opens it. */
export async function seedOf(secrets: Secrets, round: SamplingRound): Promise<Buffer> {
  const seed = await secrets.open(round.sealedSeed);
  if (createHash('sha256').update(seed).digest('hex') !== round.seedHash)
    throw new Error(`the sealed seed of ${round.campaign}, round ${round.round}, is not the committed one`);
  return seed;
}
