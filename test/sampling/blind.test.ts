import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { itemsOfRound } from '../../db/queries/samplings.js';
import { cases, issues, requests, reviewItems } from '../../db/schema/index.js';
import { Office, type Refusal } from '../../rehearsal/office.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { type Api, type Caller, openApi } from '../api/client.js';
import { unitOf } from '../import/lists.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { answers, Review } from '../tiers/campaign.js';
import { Campaign, inspector, other } from './campaign.js';

let rig: Rig;
let api: Api;
let campaign: Campaign;
let one: Caller;
let two: Caller;
let head: Caller;
/** The issuances that are reviewed twice: the cases of both reviews, the blind second behind. */
let pairs: readonly (readonly [first: string, second: string])[];
let once: readonly string[];

const today = '2033-03-30';
const mayRefuse: Refusal = { mayRefuse: true };

beforeAll(async () => {
  // A year of this file's own: worlds share a namespace.
  rig = await openRig('2033-01-05T09:00:00+08:00');
  api = await openApi(rig);
  one = await api.account('one', { role: 'inspector', organ: 'province' });
  two = await api.account('two', { role: 'inspector', organ: 'province' });
  head = await api.account('head', { role: 'deputyHead', organ: 'province' });
  campaign = new Campaign(rig, 2033);
  await campaign.ask(inspector, 'sampling.open', { region: '990000', year: 2033 });
  await rig.world.advanceTo(at('2033-03-30 09:00'));
  await campaign.import(
    Array.from({ length: 34 }, (_, index) => ({
      ...{ unit: unitOf(rig, index + 1), city: '990300' as const, kind: 'first' as const },
      on: `2033-02-${String((index % 20) + 1).padStart(2, '0')}`,
    })),
  );
  await campaign.draw(today);
  const items = await itemsOfRound(rig.db, campaign.caseId, 1);
  pairs = items.filter(({ twice }) => twice).map(({ reviews: [first = '', second = ''] }) => [first, second]);
  once = items.filter(({ twice }) => !twice).map(({ reviews: [only = ''] }) => only);
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

const pair = (index: number): readonly [first: string, second: string] => pairs[index] ?? ['', ''];
const pathsOf = (caseId: string) => [
  `/quality-reviews/${caseId.slice('qualityReview/'.length)}`,
  ...['', '/ledger', '/requests'].map((part) => `/cases/${caseId}${part}`),
  `/tasks/${caseId}/qualityReview.1`,
];
const statuses = async (caller: Caller, caseId: string) =>
  await Promise.all(pathsOf(caseId).map(async (path) => (await caller.get(path)).status));
const seen = async (caller: Caller, path: string) => JSON.stringify((await caller.get(path)).body);
const failing = (item: string): readonly JsonObject[] =>
  answers({
    ...{ item, answer: 'fails' },
    problem: { category: 'standard', severity: 'general', description: `问题 ${item}`, basis: 'GB 28662' },
  });
/** Over HTTP, as the reviewer does it himself. */
async function complete(caller: Caller, caseId: string, item: string): Promise<void> {
  const verdicts = (await new Review(rig, caseId).acts()).map(({ act }) => ({ act, outcome: 'confirmed' }));
  const form = { outcome: 'reviewed', on: today, method: 'documentsBasis', opinion: '已核', verdicts };
  const { status, body } = await caller.post(`/tasks/${caseId}/qualityReview.1/complete`, {
    form: { ...form, answers: failing(item) },
  });
  expect(status, JSON.stringify(body)).toBe(200);
  await rig.world.settle();
}
const subjects = async (caseId: string) => {
  const [item] = await rig.db.select().from(reviewItems).where(eq(reviewItems.caseId, caseId));
  const found = await rig.db
    .select({ subject: issues.subject })
    .from(issues)
    .where(and(eq(issues.tier, 'sampling'), eq(issues.permitNo, item?.permitNo ?? '')));
  return found.map(({ subject }) => subject);
};

test('Q3: of two reviews of an issuance nothing tells which is the second: no answer, no fact, no message, no number', async () => {
  const [first, second] = pair(0);
  for (const caseId of [first, second]) {
    expect(await statuses(one, caseId)).toEqual([200, 200, 200, 200, 200]);
    for (const path of pathsOf(caseId)) expect(await seen(one, path)).not.toMatch(/"second":(true|false)/);
    const [row] = await rig.db.select({ facts: cases.facts }).from(cases).where(eq(cases.id, caseId));
    const [opened] = await rig.db.select().from(requests).where(eq(requests.caseId, caseId));
    expect(JSON.stringify([row, opened])).not.toContain('"second"');
  }
  // The list itself knows; and ordinals are given by chance: not every second review stands behind all the first ones.
  const rows = await rig.db.select().from(reviewItems).where(eq(reviewItems.campaign, campaign.caseId));
  expect(rows.filter((row) => row.second)).toHaveLength(2);
  expect(rows.map(({ ordinal }) => ordinal).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 13 }, (_, index) => index + 1),
  );
});

test('Q3: what the one has found neither case, task, ledger, feed nor issue tells the other, until both are done', async () => {
  const [first, second] = pair(0);
  await complete(one, second, 'P-F3');
  expect(await subjects(second)).toEqual([]);
  expect(await statuses(two, second)).toEqual([404, 404, 404, 404, 404]);
  for (const list of ['/cases?kind=qualityReview&limit=100', '/tasks?status=completed&limit=100'])
    expect(await seen(two, list)).not.toContain(`"${second}`);
  expect(await seen(two, `/events?limit=1000&case=${second}`)).not.toContain('qualityReview.done');
  // Its own reviewer sees it, and a head does; of the other nobody learns by it which is the second.
  expect(await statuses(one, second)).toEqual([200, 200, 200, 200, 200]);
  expect(await seen(one, pathsOf(second)[0] ?? '')).not.toMatch(/"second":(true|false)/);
  expect(await seen(head, `/cases/${second}/ledger`)).toContain('qualityReview.done');
  // Who has reviewed it once does not take it up again.
  const again = await one.post(`/tasks/${first}/qualityReview.1/claim`, {});
  expect(again.status).toBe(422);
  expect(JSON.stringify(again.body)).toContain('a second review is another person’s');

  await complete(two, first, 'P-S1');
  // The first review's problem is the ledger's; the second's is counted.
  expect(await subjects(first)).toEqual(['P-S1']);
  const outcomes = await rig.db
    .select({ outcome: cases.outcome })
    .from(cases)
    .where(sql`${cases.id} in (${first}, ${second})`);
  expect(outcomes).toEqual([{ outcome: 'problems' }, { outcome: 'problems' }]);
  // Afterwards it is proven to everybody of the organ.
  expect(await statuses(two, second)).toEqual([200, 200, 200, 200, 200]);
  expect(await seen(two, pathsOf(second)[0] ?? '')).toContain('"second":true');
  expect(await seen(head, pathsOf(first)[0] ?? '')).toContain('"second":false');
  expect(await seen(head, `/cases/${second}/ledger`)).toContain('qualityReview.second');
});

test('Q3: of two reviewers who are done at once one finds that the other is, and neither waits for ever', async () => {
  const [first, second] = pair(1);
  await Promise.all([
    new Review(rig, first).review(inspector, today, { answers: failing('P-F3') }),
    new Review(rig, second).review(other, today, { answers: failing('P-S1') }),
  ]);
  await rig.world.settle();
  expect(await subjects(first)).toEqual(['P-F3']);
  for (const caseId of [first, second]) {
    const [row] = await rig.db.select({ stage: cases.stage }).from(cases).where(eq(cases.id, caseId));
    expect(row?.stage).toBe('closed');
  }
});

test('Q3: an issuance that is replaced closes its open review, with the reason', async () => {
  const [caseId = ''] = once;
  const [item] = await rig.db.select().from(reviewItems).where(eq(reviewItems.caseId, caseId));
  if (item === undefined) throw new Error('no review');
  const { permitNo, kind, issuedOn } = item;
  const review = new Office(rig, caseId);
  expect(await review.openTasks()).toEqual(['qualityReview']);
  await campaign.cancel(permitNo, today);
  await rig.world.settle();
  const reason = '许可证已注销';
  const asked = await campaign.ask(
    inspector,
    'sampling.replace',
    { permitNo, kind, issuedOn, reason },
    mayRefuse,
  );
  expect(asked).toMatchObject({ status: 'done' });
  await rig.world.settle();
  expect(await review.openTasks()).toEqual([]);
  expect((await review.entries('qualityReview.replaced'))[0]?.params).toMatchObject({ permitNo, reason });
  const rows = await campaign.reviews();
  expect(rows.find((row) => row.caseId === caseId)).toMatchObject({
    ...{ state: 'done', outcome: 'sampleReplaced', problems: 0, reviewer: null },
  });
  // Whoever took its place is under review.
  expect(rows).toHaveLength(14);
  expect(rows.filter(({ state }) => state === 'open')).toHaveLength(once.length);
});
