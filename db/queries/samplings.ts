import { and, asc, eq, lt, or, sql } from 'drizzle-orm';
import type { SampledKind } from '../../rules/samplingWords.js';
import type { CarriedRow } from '../../workflows/messages/samplings.js';
import type { Database, Transaction } from '../database.js';
import { cases, samplingCounts, samplingItems, samplingPopulation, samplingRounds } from '../schema/index.js';
import { after, keyColumn, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';
import { caseInScope, type Scope } from './scope.js';

/** A round of a sampling. */
export type SamplingRound = typeof samplingRounds.$inferSelect;
/** An issuance of a frozen population. */
export type FrozenIssuance = typeof samplingPopulation.$inferSelect;
/** An issuance of a sample. */
export type SamplingItem = typeof samplingItems.$inferSelect;

const roundCount = (published: boolean) => sql<number>`(select count(*)::int from ${samplingRounds} round
  where round.campaign = ${cases.id} and (round.published_at is not null or not ${published}))`;

const byCampaign: SortKey = [{ by: cases.id, type: 'text' }];

/** The samplings by number: those of a scope, and what others have published, with how many rounds of each may be seen. */
export async function listSamplings(db: Database, scope: Scope, page: PageRequest) {
  const inside = caseInScope(scope);
  const rounds = sql<number>`case when ${inside} then ${roundCount(false)} else ${roundCount(true)} end`;
  const rows = await db
    .select({ row: cases, rounds: rounds.as('rounds'), key: keyColumn(byCampaign) })
    .from(cases)
    .where(
      and(
        eq(cases.kind, 'sampling'),
        or(inside, sql`${roundCount(true)} > 0`),
        after(byCampaign, page.cursor),
      ),
    )
    .orderBy(...sorted(byCampaign))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit);
}

/** A sampling in a list. */
export type ListedSampling = Awaited<ReturnType<typeof listSamplings>>['items'][number];

/** A round of a campaign. */
export async function findRound(
  db: Database | Transaction,
  campaign: string,
  round: number,
): Promise<SamplingRound | undefined> {
  const [found] = await db
    .select()
    .from(samplingRounds)
    .where(and(eq(samplingRounds.campaign, campaign), eq(samplingRounds.round, round)));
  return found;
}

/** The rounds of a campaign, in order. */
export async function roundsOf(db: Database, campaign: string): Promise<readonly SamplingRound[]> {
  return await db
    .select()
    .from(samplingRounds)
    .where(eq(samplingRounds.campaign, campaign))
    .orderBy(asc(samplingRounds.round));
}

/** The population that a round froze, by the permits' numbers. */
export async function populationOfRound(
  db: Database | Transaction,
  campaign: string,
  round: number,
): Promise<readonly FrozenIssuance[]> {
  return await db
    .select()
    .from(samplingPopulation)
    .where(and(eq(samplingPopulation.campaign, campaign), eq(samplingPopulation.round, round)))
    .orderBy(samplingPopulation.permitNo, samplingPopulation.kind, samplingPopulation.issuedOn);
}

/** What a round has drawn, in the order of its result; replacements after it. */
export async function itemsOfRound(
  db: Database | Transaction,
  campaign: string,
  round: number,
): Promise<readonly SamplingItem[]> {
  return await db
    .select()
    .from(samplingItems)
    .where(and(eq(samplingItems.campaign, campaign), eq(samplingItems.round, round)))
    .orderBy(samplingItems.position);
}

/** What the rounds before this one come to by city and kind: what they froze, and what of their samples still stands. */
export async function carriedInto(
  db: Database | Transaction,
  campaign: string,
  round: number,
): Promise<readonly Omit<CarriedRow, 'expected'>[]> {
  const drawn = sql<number>`count(*) filter (where ${samplingItems.state} = 'drawn')::int`;
  return await db
    .select({
      ...{ city: samplingPopulation.city, kind: samplingPopulation.kind },
      ...{ population: sql<number>`count(*)::int`, drawn },
    })
    .from(samplingPopulation)
    .leftJoin(
      samplingItems,
      and(
        eq(samplingItems.campaign, samplingPopulation.campaign),
        eq(samplingItems.permitNo, samplingPopulation.permitNo),
        eq(samplingItems.kind, samplingPopulation.kind),
        eq(samplingItems.issuedOn, samplingPopulation.issuedOn),
      ),
    )
    .where(and(eq(samplingPopulation.campaign, campaign), lt(samplingPopulation.round, round)))
    .groupBy(samplingPopulation.city, samplingPopulation.kind)
    .orderBy(samplingPopulation.city, samplingPopulation.kind);
}

/** What a campaign has frozen and drawn so far, in one place. */
export interface SharePart {
  readonly city: string;
  readonly organ: string;
  readonly supervising: string;
  readonly kind: SampledKind;
  readonly population: number;
  readonly drawn: number;
}

/** The shares of a campaign, by city, approving and supervising organ and kind; whoever shows them adds up. */
export async function sharesOf(
  db: Database | Transaction,
  campaign: string,
  { publishedOnly = false }: { readonly publishedOnly?: boolean } = {},
): Promise<readonly SharePart[]> {
  const { rows } = await db.execute<SharePart & Record<string, unknown>>(sql`
    select population.city, population.organ, population.supervising, population.kind, count(*)::int as population,
      count(*) filter (where item.state = 'drawn')::int as drawn
    from ${samplingPopulation} population
      join ${samplingRounds} round on round.campaign = population.campaign and round.round = population.round
      left join ${samplingItems} item on item.campaign = population.campaign and item.permit_no = population.permit_no
        and item.kind = population.kind and item.issued_on = population.issued_on
    where population.campaign = ${campaign} and (round.published_at is not null or not ${publishedOnly})
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`);
  return rows;
}

/** The platform's counts of a campaign, as they were entered. */
export async function countsEntered(db: Database, campaign: string) {
  return await db
    .select()
    .from(samplingCounts)
    .where(eq(samplingCounts.campaign, campaign))
    .orderBy(samplingCounts.at, samplingCounts.task, samplingCounts.organ, samplingCounts.kind);
}
