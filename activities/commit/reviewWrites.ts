import { and, asc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Transaction } from '../../db/database.js';
import { contentAsJson } from '../../db/queries/contents.js';
import { listSweep } from '../../db/queries/sweeps.js';
import { checkResults, reviewCampaigns, reviewItems } from '../../db/schema/index.js';
import { checkPermit } from '../../rules/checks/permitCheck.js';
import { checkSettings } from '../../rules/checks/settings.js';
import { readPermitContent } from '../../rules/content/permit.js';
import { dateOf } from '../../rules/date.js';
import type { Tier } from '../../rules/issueWords.js';
import {
  type ReviewChange,
  reviewCaseId,
  type ReviewOutcome,
  reviewPage,
  type ReviewToList,
  type ReviewToOpen,
} from '../../workflows/messages/reviews.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { ClockRules } from './clocks.js';
import { sendToCases } from './sends.js';
import type { WritingStep } from './writes.js';

/** Rows in one statement: far below what a statement may carry. */
const atOnce = 1000;

/**
 * Puts items on a campaign's list, in the campaign's own step (`tx` is the step's transaction): the draw of a sampling, its
 * blind second reviews and its replacements. Ordinals go on where the list ends; a sweep's list is made by SQL instead.
 *
 * Then a step opens them with `step.reviews({ type: 'open', most: reviewPage })`, as often as it likes; each becomes a case
 * `qualityReview/<campaign>.<ordinal>` (`reviewCaseId`). What became of each stands in `review_items`, the counts in
 * `review_campaigns`. The campaign hears `reviews.progress` after each page of items that is done and when none is open any
 * more; the guard `reviewsLeft` tells it whether there is something to open, to wait for, or nothing left.
 */
export async function listReviewItems(
  tx: Transaction,
  campaign: string,
  tier: Tier,
  items: readonly ReviewToList[],
  page = reviewPage,
): Promise<void> {
  for (let from = 0; from < items.length; from += atOnce) {
    const rows = items.slice(from, from + atOnce).map((item) => ({
      ...item,
      ...{ caseId: reviewCaseId(campaign, item.ordinal), campaign, tier, state: 'listed' as const },
    }));
    await tx.insert(reviewItems).values(rows);
  }
  await countListed(tx, campaign, items.length, page);
}

async function countListed(tx: Transaction, campaign: string, listed: number, page: number): Promise<void> {
  await tx
    .insert(reviewCampaigns)
    .values({ campaign, page, listed, opened: 0, done: 0, problems: 0 })
    .onConflictDoUpdate({
      target: reviewCampaigns.campaign,
      set: { listed: sql`${reviewCampaigns.listed} + ${listed}` },
    });
}

/** Writes what a step does to the items of campaigns; answers with what the checks tell whoever asked for the step. */
export async function writeReviews(
  tx: Transaction,
  step: WritingStep,
  rules: ClockRules,
  changes: readonly ReviewChange[],
): Promise<JsonObject> {
  let told: JsonObject = {};
  for (const change of changes) {
    switch (change.type) {
      case 'listSweep':
        await countListed(tx, step.caseId, await listSweep(tx, step.caseId, change), change.page);
        break;
      case 'open':
        await openNext(tx, step, change.most);
        break;
      case 'check':
        told = await checkHandedIn(tx, step, rules, change.contentId);
        break;
      case 'checked':
        await keepCheck(tx, step, change);
        break;
      case 'done':
        await settleItem(tx, step, change);
        break;
      case 'replaced':
        await closeReplaced(tx, step, change);
        break;
    }
  }
  return told;
}

type Check = Omit<Extract<ReviewChange, { type: 'checked' }>, 'type'>;

async function keepCheck(tx: Transaction, step: WritingStep, check: Check): Promise<void> {
  const { permitNo, version, on: checkedOn, result } = check;
  const { contentId, findings, acts, readable } = result;
  const row = { caseId: step.caseId, permitNo, version, checkedOn, contentId, findings, acts, readable };
  await tx
    .insert(checkResults)
    .values(row)
    .onConflictDoUpdate({
      target: [checkResults.caseId, checkResults.contentId],
      set: { checkedOn, findings, acts, readable },
    });
}

/** Warnings, and nothing more: a content that the rules can not read, or find fault with, is received all the same. */
async function checkHandedIn(
  tx: Transaction,
  step: WritingStep,
  { pack, calendar }: ClockRules,
  contentId: string,
): Promise<JsonObject> {
  const on = dateOf(step.at);
  const content = readPermitContent(await contentAsJson(tx, contentId));
  const result = checkPermit(content, { on, calendar, pack, settings: checkSettings });
  await keepCheck(tx, step, { permitNo: null, version: null, on, result: { contentId, ...result } });
  if (!result.readable) return {};
  const suspicions = result.acts.filter(({ suspicion }) => suspicion).length;
  return { warnings: { acts: result.acts.length, suspicions } };
}

/** Each item that is opened is a request to the case that it becomes: the relay starts it. */
async function openNext(tx: Transaction, step: WritingStep, most: number): Promise<void> {
  const next = await tx
    .select()
    .from(reviewItems)
    .where(and(eq(reviewItems.campaign, step.caseId), eq(reviewItems.state, 'listed')))
    .orderBy(asc(reviewItems.ordinal))
    .limit(most)
    .for('update');
  if (next.length === 0) return;
  await tx
    .update(reviewItems)
    .set({ state: 'open' })
    .where(
      and(
        eq(reviewItems.campaign, step.caseId),
        eq(reviewItems.state, 'listed'),
        sql`${reviewItems.ordinal} <= ${next.at(-1)?.ordinal ?? 0}`,
      ),
    );
  await tx
    .update(reviewCampaigns)
    .set({ opened: sql`${reviewCampaigns.opened} + ${next.length}` })
    .where(eq(reviewCampaigns.campaign, step.caseId));
  const asked = next.map(({ caseId: to, ...item }) => {
    const { campaign, tier, ordinal, permitNo, version, unitId, area, kind, issuedOn, organ } = item;
    // Whether it is a second review stays in the list.
    const opened: ReviewToOpen = {
      ...{ campaign, tier, ordinal, permitNo, version, unitId, area, kind, issuedOn, organ },
    };
    return { to, name: 'qualityReview.open', body: opened };
  });
  await sendToCases(tx, step, asked, 'reviews/');
}

/**
 * The reviews of the same issuance in the same campaign, this one among them, and locked in one order: of two that are done
 * at once, the later knows that the other is.
 */
export async function lockReviews(tx: Transaction, caseId: string) {
  const own = alias(reviewItems, 'own');
  return await tx
    .select({
      ...{ caseId: reviewItems.caseId, state: reviewItems.state },
      ...{ outcome: reviewItems.outcome, second: reviewItems.second },
    })
    .from(reviewItems)
    .innerJoin(
      own,
      and(
        ...[eq(own.caseId, caseId), eq(own.campaign, reviewItems.campaign)],
        ...[
          eq(own.permitNo, reviewItems.permitNo),
          sql`${own.kind} is not distinct from ${reviewItems.kind}`,
        ],
        sql`${own.issuedOn} is not distinct from ${reviewItems.issuedOn}`,
      ),
    )
    .orderBy(asc(reviewItems.caseId))
    .for('update', { of: reviewItems });
}

/** Whether somebody has reviewed it: one that ended without a reviewer is no first review. */
export const isReviewed = (outcome: ReviewOutcome | null): boolean =>
  outcome === 'sound' || outcome === 'problems';

/** One that had waited for this hears that both are done. The blind second of nothing reports like a first. */
async function tellOther(tx: Transaction, step: WritingStep, outcome: ReviewOutcome): Promise<void> {
  const others = (await lockReviews(tx, step.caseId)).filter(({ caseId }) => caseId !== step.caseId);
  const told = others
    .filter((other) => isReviewed(other.outcome))
    .map(({ caseId: to, second }) => ({
      ...{ to, name: 'qualityReview.bothDone', body: { second: second && isReviewed(outcome) } },
    }));
  await sendToCases(tx, step, told, 'bothDone/');
}

type Replaced = Extract<ReviewChange, { type: 'replaced' }>;

/** Only those under way: one that is still to be opened finds by itself that the permit has ended. */
async function closeReplaced(
  tx: Transaction,
  step: WritingStep,
  { permitNo, kind, issuedOn, reason }: Replaced,
): Promise<void> {
  const open = await tx
    .select({ to: reviewItems.caseId })
    .from(reviewItems)
    .where(
      and(
        ...[eq(reviewItems.campaign, step.caseId), eq(reviewItems.permitNo, permitNo)],
        ...[eq(reviewItems.kind, kind), eq(reviewItems.issuedOn, issuedOn), eq(reviewItems.state, 'open')],
      ),
    )
    .orderBy(asc(reviewItems.ordinal));
  const asked = open.map(({ to }) => ({ to, name: 'qualityReview.replaced', body: { reason } }));
  await sendToCases(tx, step, asked, 'replaced/');
}

/** Counted under the lock of the campaign's row: of two that end at once, the second knows that it is the last. */
async function settleItem(
  tx: Transaction,
  step: WritingStep,
  { campaign, outcome, problems, reviewer }: Extract<ReviewChange, { type: 'done' }>,
): Promise<void> {
  // Before the row is written: two that are done at once lock theirs in the same order.
  await lockReviews(tx, step.caseId);
  await tx
    .update(reviewItems)
    .set({ state: 'done', outcome, problems, reviewer, doneAt: step.at })
    .where(eq(reviewItems.caseId, step.caseId));
  await tellOther(tx, step, outcome);
  const [counted] = await tx
    .update(reviewCampaigns)
    .set({
      done: sql`${reviewCampaigns.done} + 1`,
      problems: sql`${reviewCampaigns.problems} + ${problems}`,
    })
    .where(eq(reviewCampaigns.campaign, campaign))
    .returning();
  if (counted === undefined) return;
  const { done, opened, page } = counted;
  if (done < opened && done % page !== 0) return;
  await sendToCases(tx, step, [{ to: campaign, name: 'reviews.progress', body: { done } }], 'reviews/');
}
