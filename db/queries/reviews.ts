import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from '../database.js';
import { cases, checkResults, reviewCampaigns, reviewItems } from '../schema/index.js';
import { after, keyColumn, type Page, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';
import { caseInScope, type Scope } from './scope.js';

/** An item of a campaign, as its list has it. */
export type ReviewItem = typeof reviewItems.$inferSelect;

const campaignColumns = { row: cases, counts: reviewCampaigns };

/** A campaign with its counts, if its case lies within the scope. */
export async function findCampaign(db: Database, scope: Scope, caseId: string) {
  const [found] = await db
    .select(campaignColumns)
    .from(cases)
    .innerJoin(reviewCampaigns, eq(reviewCampaigns.campaign, cases.id))
    .where(and(eq(cases.id, caseId), caseInScope(scope)));
  return found;
}

/** A campaign and how far it has come. */
export type Campaign = NonNullable<Awaited<ReturnType<typeof findCampaign>>>;

const byCampaign: SortKey = [{ by: cases.id, type: 'text' }];

/** The campaigns of a kind within a scope, by number. */
export async function listCampaigns(
  db: Database,
  scope: Scope,
  kind: 'sweep',
  page: PageRequest,
): Promise<Page<Campaign>> {
  const rows = await db
    .select({ ...campaignColumns, key: keyColumn(byCampaign) })
    .from(cases)
    .innerJoin(reviewCampaigns, eq(reviewCampaigns.campaign, cases.id))
    .where(and(eq(cases.kind, kind), caseInScope(scope), after(byCampaign, page.cursor)))
    .orderBy(...sorted(byCampaign))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit);
}

/**
 * What a review came to, and whether it is a second one, is not told while it or another review of the same permit in the same
 * campaign is still to be done: the second one is blind.
 */
const isBlind = sql<boolean>`${reviewItems.state} <> 'done' or exists (select 1 from review_items other
  where other.campaign = ${reviewItems.campaign} and other.permit_no = ${reviewItems.permitNo}
    and other.case_id <> ${reviewItems.caseId} and other.state <> 'done')`;

const byOrdinal: SortKey = [{ by: reviewItems.ordinal, type: 'integer' }];

/** A page of a campaign's list, by ordinal. */
export async function pageOfItems(
  db: Database,
  campaign: string,
  state: ReviewItem['state'] | undefined,
  page: PageRequest,
): Promise<Page<{ readonly item: ReviewItem; readonly blind: boolean }>> {
  const rows = await db
    .select({ item: reviewItems, blind: isBlind, key: keyColumn(byOrdinal) })
    .from(reviewItems)
    .where(
      and(
        eq(reviewItems.campaign, campaign),
        state === undefined ? undefined : eq(reviewItems.state, state),
        after(byOrdinal, page.cursor),
      ),
    )
    .orderBy(...sorted(byOrdinal))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit);
}

/** An item with its case and what the rules found, if its case lies within the scope. */
export async function findReview(db: Database, scope: Scope, caseId: string) {
  const [found] = await db
    .select({ item: reviewItems, row: cases, checked: checkResults, blind: isBlind })
    .from(reviewItems)
    .innerJoin(cases, eq(cases.id, reviewItems.caseId))
    .leftJoin(checkResults, eq(checkResults.caseId, reviewItems.caseId))
    .where(and(eq(reviewItems.caseId, caseId), caseInScope(scope)))
    .orderBy(desc(checkResults.checkedOn))
    .limit(1);
  return found;
}

/** The next free number of an organ's sweeps in a year: `yunchuan-2026-2`. */
export async function nextSweepNumber(db: Database, organ: string, year: number): Promise<string> {
  const beginning = `sweep/${organ}-${year}-`;
  const [found] = await db
    .select({
      last: sql<number>`coalesce(max(substring(${cases.id} from length(${beginning}) + 1)::int), 0)::int`,
    })
    .from(cases)
    .where(and(eq(cases.kind, 'sweep'), sql`starts_with(${cases.id}, ${beginning})`));
  return `${organ}-${year}-${(found?.last ?? 0) + 1}`;
}
