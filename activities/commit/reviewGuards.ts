import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { checkPermit, actsToJudge } from '../../rules/checks/permitCheck.js';
import { checkSettings } from '../../rules/checks/settings.js';
import { readPermitContent } from '../../rules/content/permit.js';
import { dateOf } from '../../rules/date.js';
import { DomainError } from '../../rules/errors.js';
import { selfCheckItems } from '../../rules/selfCheck.js';
import type { Transaction } from '../../db/database.js';
import { contentAsJson } from '../../db/queries/contents.js';
import { currentContentOf } from '../../db/queries/permits.js';
import { countSweep } from '../../db/queries/sweeps.js';
import { cases, permits, permitVersions, reviewCampaigns, reviewItems } from '../../db/schema/index.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { type CommitInput, type GuardParams, isEnded } from '../../workflows/messages/step.js';
import type { ClockRules } from './clocks.js';
import { examinationsOf, institutionsOf } from './examiners.js';
import type { GuardAnswer } from './found.js';
import { required } from './permitRows.js';
import { isReviewed, lockReviews } from './reviewWrites.js';

/** Ledger rows name so many examiners. */
const mostExaminers = 20;

async function requireFree(tx: Transaction, params: GuardParams, input: CommitInput): Promise<void> {
  const [permitNo, campaign] = [required(params, 'permitNo'), required(params, 'campaign')];
  const person = required(params, 'person');
  const refuse = (what: string, where: string, expected: string): never => {
    throw new DomainError('rule.refused', { what, where, expected, found: person });
  };
  const examined = (await examinationsOf(tx, permitNo)).find((each) => each.person === person);
  if (examined !== undefined) {
    refuse(
      'nobody reviews a permit that he examined',
      examined.task,
      'somebody who did not examine the permit',
    );
  }
  // One person at both blind reviews in the same moment: the second finds the first.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`review ${campaign} ${permitNo}`}))`);
  const [other] = await tx
    .select({ caseId: reviewItems.caseId })
    .from(reviewItems)
    .where(
      and(
        eq(reviewItems.campaign, campaign),
        eq(reviewItems.permitNo, permitNo),
        // What was issued anew in the same year is another issuance, and anybody's.
        sql`${reviewItems.version} = (select own.version from ${reviewItems} own where own.case_id = ${input.caseId})`,
        eq(reviewItems.reviewer, person),
        ne(reviewItems.caseId, input.caseId),
      ),
    )
    .limit(1);
  if (other !== undefined) {
    refuse('a second review is another person’s', other.caseId, 'somebody who has not reviewed it yet');
  }
}

/** The institutions of the version that is under review stand in its content. */
async function requireOtherInstitution(tx: Transaction, params: GuardParams): Promise<void> {
  const { institution = null, version = null } = params;
  if (institution === null || version === null) return;
  const named = await institutionsOf(tx, required(params, 'permitNo'), version);
  if (!named.includes(institution)) return;
  throw new DomainError('rule.refused', {
    what: 'no institution reviews what it compiled or assessed',
    where: 'institution',
    expected: 'somebody of another institution',
    found: institution,
  });
}

/** What only the transaction can tell of a review: the permit's version and what the rules find in it, and who may judge it. */
export const reviewGuards = {
  /**
   * Runs the automatic checks on a version of a permit, with who has examined it. `gone` where the permit has ended or has no
   * such version: nothing is left to review.
   */
  async reviewedVersion(
    tx: Transaction,
    params: GuardParams,
    input: CommitInput,
    { pack, calendar }: ClockRules,
  ): Promise<string | GuardAnswer> {
    const [permitNo, version] = [required(params, 'permitNo'), Number(required(params, 'version'))];
    const [found] = await tx
      .select({ contentId: permitVersions.contentId, state: permits.state })
      .from(permitVersions)
      .innerJoin(permits, eq(permits.permitNo, permitVersions.permitNo))
      .where(and(eq(permitVersions.permitNo, permitNo), eq(permitVersions.version, version)));
    if (found === undefined || isEnded(found.state)) return 'gone';
    const { contentId } = found;
    const context = { on: dateOf(input.at), calendar, pack, settings: checkSettings };
    const content = readPermitContent(await contentAsJson(tx, contentId));
    const result = checkPermit(content, context);
    const people = (await examinationsOf(tx, permitNo)).map(({ person }) => person);
    // Plain data, all of it: what a guard finds is put into the draft as JSON.
    const checked = {
      ...{ result: { contentId, ...result }, acts: actsToJudge(result), readable: result.readable },
      examiners: [...new Set(people)].slice(0, mostExaminers),
      institution: content?.permit.institutions?.[0] ?? null,
    } as unknown as JsonObject;
    return { answer: 'checked', found: checked };
  },

  /** Has this person had a part in the permit, or in another review of it in this campaign? Throws if so, with the reason. */
  async reviewerIsFree(tx: Transaction, params: GuardParams, input: CommitInput): Promise<string> {
    await requireFree(tx, params, input);
    return 'free';
  },

  /**
   * The same, of somebody who is done; and whether another reviews the same issuance and is not done yet (`otherOpen`), or has
   * done so while this was the blind second review (`second`). Else the review is the one that counts (`alone`).
   */
  async reviewDone(tx: Transaction, params: GuardParams, input: CommitInput): Promise<string> {
    await requireOtherInstitution(tx, params);
    await requireFree(tx, params, input);
    const reviews = await lockReviews(tx, input.caseId);
    const others = reviews.filter(({ caseId }) => caseId !== input.caseId);
    if (others.some(({ state }) => state !== 'done')) return 'otherOpen';
    const isSecond = reviews.some(({ caseId, second }) => caseId === input.caseId && second);
    return isSecond && others.some(({ outcome }) => isReviewed(outcome)) ? 'second' : 'alone';
  },

  /** What is left in a campaign: items to open (`listed`), only such as are open (`open`), or `none`. Locks the counts. */
  async reviewsLeft(tx: Transaction, params: GuardParams): Promise<string | GuardAnswer> {
    const [counts] = await tx
      .select()
      .from(reviewCampaigns)
      .where(eq(reviewCampaigns.campaign, required(params, 'campaign')))
      .for('update');
    if (counts === undefined) return 'none';
    const { listed, opened, done, problems } = counts;
    const under = opened - done;
    const answer =
      opened < listed && under <= Number(required(params, 'most'))
        ? 'listed'
        : done < listed
          ? 'open'
          : 'none';
    return { answer, found: { listed, opened, done, problems } };
  },

  /** What does the permit's newest version ask of its unit? `gone` where the permit is not in force. */
  async selfCheckTerms(tx: Transaction, params: GuardParams): Promise<string | GuardAnswer> {
    const permitNo = required(params, 'permitNo');
    const [permit] = await tx.select().from(permits).where(eq(permits.permitNo, permitNo)).for('share');
    const contentId = await currentContentOf(tx, permitNo);
    if (permit === undefined || isEnded(permit.state) || permit.state === 'lapsed' || contentId === undefined)
      return 'gone';
    const items = selfCheckItems(readPermitContent(await contentAsJson(tx, contentId)));
    return { answer: 'terms', found: { version: permit.version, items } };
  },

  /** Is there anything to sweep, and how much? Throws where there is not, or where a sweep of the area is under way. */
  async sweepPopulation(tx: Transaction, params: GuardParams, input: CommitInput): Promise<GuardAnswer> {
    const [organ, area] = [required(params, 'organ'), required(params, 'area')];
    // Two that begin at once: the second finds the first.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`sweep ${area}`}))`);
    const open = and(eq(cases.kind, 'sweep'), eq(cases.area, area), isNull(cases.outcome));
    const [under] = await tx
      .select({ id: cases.id })
      .from(cases)
      .where(and(open, ne(cases.id, input.caseId)))
      .limit(1);
    if (under !== undefined) {
      throw new DomainError('rule.refused', {
        what: 'a sweep of this area is under way',
        where: area,
        expected: 'its end',
        found: under.id,
      });
    }
    const [year, parts] = [Number(required(params, 'year')), Number(required(params, 'parts'))];
    const listed = await countSweep(tx, { organ, area, year, parts });
    if (listed > 0) return { answer: 'some', found: { listed } };
    throw new DomainError('rule.refused', {
      what: 'nothing is left to sweep',
      where: area,
      expected: 'a permit that no sweep of the year has listed at its present version',
      found: String(year),
    });
  },
};
