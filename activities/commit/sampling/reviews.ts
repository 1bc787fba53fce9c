import { randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/database.js';
import type { FrozenIssuance, SamplingItem } from '../../../db/queries/samplings.js';
import { reviewCampaigns, samplingItems, samplingPopulation } from '../../../db/schema/index.js';
import { findingOrgan } from '../../../rules/issues.js';
import type { RulePack } from '../../../rules/pack.js';
import { reviewCaseId, type ReviewToList } from '../../../workflows/messages/reviews.js';
import { listReviewItems } from '../reviewWrites.js';

/**
 * Puts drawn issuances on the campaign's list of reviews; some of them twice, and the second reviewer does not know the first.
 * Nor do the ordinals tell which is which: they are given by chance.
 */
export async function listReviews(
  tx: Transaction,
  pack: RulePack,
  items: readonly SamplingItem[],
): Promise<void> {
  const [first] = items;
  if (first === undefined) return;
  const { campaign, round } = first;
  const frozen = await tx
    .select()
    .from(samplingPopulation)
    .where(and(eq(samplingPopulation.campaign, campaign), eq(samplingPopulation.round, round)));
  const issuances = new Map(frozen.map((row) => [keyOf(row), row] as const));
  const asked = [
    ...items.map((item) => ({ item, second: false })),
    ...items.filter(({ twice }) => twice).map((item) => ({ item, second: true })),
  ]
    .map((review) => ({ ...review, chance: randomBytes(8).toString('hex') }))
    .sort((one, other) => (one.chance < other.chance ? -1 : 1));
  let ordinal = await listedSoFar(tx, campaign);
  const listed: ReviewToList[] = [];
  const reviews = new Map<SamplingItem, readonly string[]>();
  for (const { item, second } of asked) {
    const issuance = issuances.get(keyOf(item));
    if (issuance === undefined) throw new Error(`${item.permitNo} was drawn from no population`);
    ordinal += 1;
    listed.push(toList(pack, issuance, ordinal, second));
    const [own, known] = [reviewCaseId(campaign, ordinal), reviews.get(item) ?? []];
    // In the row the first comes first, whatever its ordinal.
    reviews.set(item, second ? [...known, own] : [own, ...known]);
  }
  await listReviewItems(tx, campaign, 'sampling', listed);
  for (const [item, cases] of reviews)
    await tx
      .update(samplingItems)
      .set({ reviews: cases })
      .where(
        and(
          eq(samplingItems.campaign, campaign),
          eq(samplingItems.permitNo, item.permitNo),
          eq(samplingItems.kind, item.kind),
          eq(samplingItems.issuedOn, item.issuedOn),
        ),
      );
}

function toList(pack: RulePack, issuance: FrozenIssuance, ordinal: number, second: boolean): ReviewToList {
  const { permitNo, version, unitId, area, kind, issuedOn, supervising } = issuance;
  const organ = findingOrgan(pack, 'sampling', supervising);
  return { ordinal, permitNo, version, unitId, area, kind, issuedOn, organ, second };
}

async function listedSoFar(tx: Transaction, campaign: string): Promise<number> {
  const [counted] = await tx
    .select({ listed: reviewCampaigns.listed })
    .from(reviewCampaigns)
    .where(eq(reviewCampaigns.campaign, campaign));
  return counted?.listed ?? 0;
}

const keyOf = ({ permitNo, kind, issuedOn }: Pick<SamplingItem, 'permitNo' | 'kind' | 'issuedOn'>): string =>
  `${permitNo} ${kind} ${issuedOn}`;
