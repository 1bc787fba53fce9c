import { eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listReviewItems } from '../../activities/commit/reviewWrites.js';
import { issues, permitVersions, reviewCampaigns, reviewItems, tasks } from '../../db/schema/index.js';
import type { RequestStatus } from '../../relay/send.js';
import { parseDate } from '../../rules/date.js';
import { reviewCaseId, type ReviewToList } from '../../workflows/messages/reviews.js';
import type { Actor } from '../../workflows/messages/request.js';
import { openRig, type Rig } from '../rig/rig.js';
import { faultyPermit, inspector, permitNoOf, register, Review, second, Sweep } from './campaign.js';

let rig: Rig;
let sweep: Sweep;
/** Eight faulty permits: four are claimed by two people at once, four are completed by two at once. */
const ordinals = [1, 2, 3, 4, 5, 6, 7, 8];
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  await register(
    rig,
    ordinals.map((each) => ({
      ...{ permitNo: permitNoOf(rig, each), issuedOn: '2026-02-03', content: faultyPermit },
    })),
  );
  sweep = await Sweep.start(rig, 1);
});
afterAll(() => rig.close());

const mayRefuse = { mayRefuse: true } as const;

/** Two people do the same at the same moment: one is done, and the other's refusal says what it was. */
async function oneOfTwo(
  act: (actor: Actor) => Promise<RequestStatus>,
  code: string,
): Promise<{ readonly winner: Actor; readonly late: Actor }> {
  const [one, two] = await Promise.all([act(inspector), act(second)]);
  const [winner, late, refusal] = one.status === 'done' ? [inspector, second, two] : [second, inspector, one];
  expect([one.status, two.status].sort()).toEqual(['done', 'refused']);
  expect(refusal).toMatchObject({ code });
  return { winner, late };
}

/** Lists these items, and opens them as their campaign's step would; there is no campaign that would hear of them. */
async function opened(campaign: string, items: readonly ReviewToList[]): Promise<void> {
  await rig.db.transaction((tx) => listReviewItems(tx, campaign, 'sampling', items));
  await rig.db.update(reviewItems).set({ state: 'open' }).where(eq(reviewItems.campaign, campaign));
  await rig.db
    .update(reviewCampaigns)
    .set({ opened: items.length + 1 })
    .where(eq(reviewCampaigns.campaign, campaign));
  const system = { id: campaign, kind: 'system', roles: [] } as const;
  await Promise.all(
    items.map((item) =>
      rig.ask(system, 'qualityReview.open', reviewCaseId(campaign, item.ordinal), {
        ...{ ...item, campaign, tier: 'sampling' },
      }),
    ),
  );
}

test('two claim a review at once: one has it, the other is told that it is claimed, and can not complete it', async () => {
  await Promise.all(
    ordinals.slice(0, 4).map(async (ordinal) => {
      const review = sweep.item(ordinal);
      const taskId = await rig.task(review.caseId, 'qualityReview');
      const claim = (actor: Actor) => review.ask(actor, 'task.claim', { taskId }, mayRefuse);
      const { winner, late } = await oneOfTwo(claim, 'task.claimed');
      const [task] = await rig.db.select().from(tasks).where(eq(tasks.id, taskId));
      expect(task).toMatchObject({ status: 'open', assignee: winner.id });
      expect(await review.entries('task.claimed')).toHaveLength(1);
      expect(await review.review(late, '2026-03-05', {}, mayRefuse)).toMatchObject({
        ...{ status: 'refused', code: 'task.claimed' },
        detail: { where: taskId },
      });
      await review.review(winner, '2026-03-05');
    }),
  );
});

test('two complete a review at once: one counts, the other is told that it is closed, and nothing is found twice', async () => {
  await Promise.all(
    ordinals.slice(4).map(async (ordinal) => {
      const review = sweep.item(ordinal);
      const taskId = await rig.task(review.caseId, 'qualityReview');
      const complete = async (actor: Actor): Promise<RequestStatus> => {
        const status = await review.review(actor, '2026-03-05', {}, mayRefuse).catch((error: unknown) => {
          // The other was done before this one had looked for the task.
          if (!String(error).includes('no open task')) throw error;
          return review.ask(actor, 'task.claim', { taskId }, mayRefuse);
        });
        // With its only task done the case is over: the refusal is the case's, or the task's.
        return status.status === 'refused' && status.code === 'case.closed'
          ? { ...status, code: 'task.closed' }
          : status;
      };
      const { winner } = await oneOfTwo(complete, 'task.closed');
      const [item] = await rig.db.select().from(reviewItems).where(eq(reviewItems.caseId, review.caseId));
      expect(item).toMatchObject({ state: 'done', reviewer: winner.id, problems: 1 });
      expect(await review.entries('qualityReview.done')).toHaveLength(1);
    }),
  );
  await rig.world.settle();
  expect(await sweep.counts()).toEqual({ listed: 8, opened: 8, done: 8, problems: 8 });
  const found = await rig.db.select().from(issues);
  expect(new Set(found.map(({ permitNo }) => permitNo)).size).toBe(8);
  expect(found).toHaveLength(8);
});

test('one person completes both blind reviews of an issuance at once: one of them counts, the other is another person’s', async () => {
  // Ten pairs, so that the moments do meet.
  const campaign = `sampling/race-${rig.number}`;
  const pairs = Array.from({ length: 10 }, (_, index) => permitNoOf(rig, 20 + index));
  await register(
    rig,
    pairs.map((permitNo) => ({ permitNo, issuedOn: '2026-02-03' })),
  );
  const items = pairs.flatMap((permitNo, index) =>
    [false, true].map((isSecond): ReviewToList => ({
      ...{ ordinal: 2 * index + (isSecond ? 2 : 1), permitNo, version: 1, unitId: `unit.${permitNo}` },
      ...{ area: '990100', kind: 'first', issuedOn: parseDate('2026-02-03'), organ: 'yunchuan' },
      ...{ second: isSecond },
    })),
  );
  await opened(campaign, items);
  const answers = await Promise.all(
    items.map(({ ordinal }) =>
      new Review(rig, reviewCaseId(campaign, ordinal)).review(inspector, '2026-03-05', {}, mayRefuse),
    ),
  );
  for (const [index, permitNo] of pairs.entries()) {
    const [one, two] = [answers[2 * index], answers[2 * index + 1]];
    expect([one?.status, two?.status].sort(), permitNo).toEqual(['done', 'refused']);
    expect([one, two], permitNo).toContainEqual(
      expect.objectContaining({
        ...{ status: 'refused', code: 'rule.refused' },
        detail: expect.objectContaining({ what: 'a second review is another person’s' }) as unknown,
      }),
    );
  }
  const done = await rig.db.select().from(reviewItems).where(inArray(reviewItems.permitNo, pairs));
  expect(done.filter(({ state }) => state === 'done')).toHaveLength(10);
});

test('who has reviewed a first issuance may review what was issued anew to the same permit in the year', async () => {
  const campaign = `sampling/anew-${rig.number}`;
  const permitNo = permitNoOf(rig, 40);
  await register(rig, [{ permitNo, issuedOn: '2026-02-03' }]);
  const [version] = await rig.db.select().from(permitVersions).where(eq(permitVersions.permitNo, permitNo));
  if (version === undefined) throw new Error('no version');
  await rig.db.insert(permitVersions).values({ ...version, version: 2, kind: 'reapplication' });
  const items = [1, 2].map((each): ReviewToList => ({
    ...{ ordinal: each, permitNo, version: each, unitId: `unit.${permitNo}`, area: '990100' },
    ...{ kind: each === 1 ? 'first' : 'reapplication', issuedOn: parseDate('2026-02-03'), organ: 'yunchuan' },
    ...{ second: false },
  }));
  await opened(campaign, items);
  for (const { ordinal } of items)
    await new Review(rig, reviewCaseId(campaign, ordinal)).review(inspector, '2026-03-05');
});
