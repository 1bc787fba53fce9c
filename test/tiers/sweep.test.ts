import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { and, count, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cases, issues, steps } from '../../db/schema/index.js';
import { until } from '../../rehearsal/world.js';
import { forecastOf } from '../../rules/progress.js';
import { parseDate } from '../../rules/date.js';
import { type Api, type Caller, openApi } from '../api/client.js';
import { allPages } from '../api/filing.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { startWorkerProcess } from '../rig/workerProcess.js';
import { faultyPermit, inspector, permitNoOf, register, second, Sweep } from './campaign.js';

/** How many permits the city has; `SWEEP=3000` for the whole proof. */
const many = Number(process.env['SWEEP'] ?? 60);
/** So many reviews are opened at a time: the pages of the real thing are of 500. */
const atOnce = many >= 2000 ? 500 : Math.ceil(many / 6);
const patience = 3_600_000;

let rig: Rig;
let worker: ChildProcess;
let api: Api;
let desk: Caller;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  api = await openApi(rig);
  desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
  await rig.stopWorker();
  worker = await startWorkerProcess(rig);
}, patience);
afterAll(async () => {
  worker.kill('SIGKILL');
  await api.close();
  await rig.close();
}, patience);

/** The worker dies at once, in the middle of whatever it does, and another one starts. */
async function killWorker(): Promise<void> {
  const died = once(worker, 'exit');
  worker.kill('SIGKILL');
  await died;
  worker = await startWorkerProcess(rig);
}

const faulty = (ordinal: number): boolean => ordinal % 10 === 0;

/** Two reviewers work on everything that is open, some items at once; the last of them, up to `left`, they leave. */
async function reviewOpen(sweep: Sweep, on: string, left = 0): Promise<void> {
  const open = await sweep.items('open');
  const waiting = open.slice(0, Math.max(0, open.length - left));
  const work = async (actor: typeof inspector): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      const review = sweep.item(item.ordinal);
      await until(
        async () => ((await review.openTasks()).length > 0 ? null : 'no task'),
        `${item.caseId} opened`,
        300_000,
      );
      await review.review(actor, on);
    }
  };
  await Promise.all(Array.from({ length: 4 }, (_, index) => work(index % 2 === 0 ? inspector : second)));
}

async function untilCounts(sweep: Sweep, wanted: Record<string, number>): Promise<void> {
  await until(
    async () => {
      const counts: Record<string, number> = await sweep.counts();
      return Object.entries(wanted).every(([name, value]) => counts[name] === value)
        ? null
        : JSON.stringify(counts);
    },
    `the counts ${JSON.stringify(wanted)}`,
    300_000,
  );
}

/** The two pages that may be open at once. */
const window = Math.min(2 * atOnce, many);

test(
  `Q2: a sweep of ${many} permits, paused and resumed, its worker killed in the middle, reviews each of them once`,
  async () => {
    await register(
      rig,
      Array.from({ length: many }, (_, index) => ({
        permitNo: permitNoOf(rig, index + 1),
        issuedOn: '2026-02-03',
        ...(faulty(index + 1) ? { content: faultyPermit } : {}),
      })),
    );
    const sweep = await Sweep.start(rig, 1, { atOnce });
    await untilCounts(sweep, { listed: many, opened: window, done: 0 });

    // The worker dies while the reviewers are at it: they go on with the next, and nothing is lost or done twice.
    const reviewing = reviewOpen(sweep, '2026-03-05', window - Math.ceil(atOnce / 2));
    await killWorker();
    await reviewing;
    await untilCounts(sweep, { done: Math.ceil(atOnce / 2) });

    // Paused: a page is done, and no further one is opened.
    await sweep.ask(inspector, 'sweep.pause', { reason: '专班另有任务' });
    const again = await sweep.ask(inspector, 'sweep.pause', { reason: '再停' }, { mayRefuse: true });
    expect(again).toMatchObject({ status: 'refused', code: 'case.stage' });
    await reviewOpen(sweep, '2026-03-05');
    await rig.world.settle();
    expect(await sweep.counts()).toMatchObject({ opened: window, done: window });

    // Ten days later it goes on, and the worker dies again while a page is being opened.
    await rig.world.advanceTo(at('2026-03-16 09:00'));
    await sweep.ask(inspector, 'sweep.resume', { note: '恢复' });
    await killWorker();
    for (let round = 0; round < 4 * Math.ceil(many / atOnce); round += 1) {
      await rig.world.settle();
      if ((await sweep.counts()).done === many) break;
      await reviewOpen(sweep, '2026-03-16');
    }
    await rig.world.settle();
    const problems = Array.from({ length: many }, (_, index) => index + 1).filter(faulty).length;
    expect(await sweep.counts()).toEqual({ listed: many, opened: many, done: many, problems });
    const items = await sweep.items();
    expect(new Set(items.map(({ permitNo }) => permitNo)).size).toBe(many);
    expect(new Set(items.map(({ reviewer }) => reviewer))).toEqual(new Set([inspector.id, second.id]));
    expect(await rig.db.$count(issues, eq(issues.tier, 'sweep'))).toBe(problems);
    const [closed] = await rig.db.select().from(cases).where(eq(cases.id, sweep.caseId));
    expect(closed).toMatchObject({ stage: 'closed', outcome: 'completed' });
    const reviews = await rig.db
      .select({ outcome: cases.outcome, count: count() })
      .from(cases)
      .where(and(eq(cases.kind, 'qualityReview'), sql`${cases.id} like ${`%${rig.number}1.%`}`))
      .groupBy(cases.outcome);
    expect(Object.fromEntries(reviews.map((row) => [row.outcome, row.count]))).toEqual({
      ...{ sound: many - problems, problems },
    });
    const listed = await allPages(desk, `/sweeps/${sweep.caseId.replace('sweep/', '')}/items`, 7);
    expect(listed.map((item) => [item['ordinal'], item['state']])).toEqual(
      items.map(({ ordinal }) => [ordinal, 'done']),
    );
    // The campaign's own part stays small: a few steps a page, whatever the number of its items.
    const own = await rig.db.$count(steps, eq(steps.caseId, sweep.caseId));
    expect(own).toBeLessThanOrEqual(5 + 4 * Math.ceil(many / atOnce));
  },
  patience,
);

test('Q2: the end of a sweep is forecast by the rate that was seen, without the days on which it was paused', () => {
  const startedOn = parseDate('2026-03-02');
  const progress = { listed: 300, done: 100, startedOn, pauses: [] };
  // 100 in ten days: another 200 take twenty more.
  expect(forecastOf(progress, parseDate('2026-03-12'))).toBe('2026-04-01');
  const pauses = [{ from: parseDate('2026-03-05'), to: parseDate('2026-03-10') }];
  expect(forecastOf({ ...progress, pauses }, parseDate('2026-03-12'))).toBe('2026-03-22');
  const paused = [{ from: parseDate('2026-03-12'), to: null }];
  expect(forecastOf({ ...progress, pauses: paused }, parseDate('2026-03-14'))).toBeNull();
  expect(forecastOf({ ...progress, done: 0 }, parseDate('2026-03-12'))).toBeNull();
  expect(forecastOf({ ...progress, done: 300 }, parseDate('2026-03-12'))).toBeNull();
});

test('Q2: a sweep that is not done in time climbs the ladder, and goes on', async () => {
  await register(rig, [{ permitNo: permitNoOf(rig, many + 1), issuedOn: '2026-03-10' }]);
  const sweep = await Sweep.start(rig, 2);
  await rig.world.advanceTo(at('2026-09-14 09:00'));
  const story = (await rig.events(sweep.caseId)).map((entry) => `${entry.at.slice(0, 10)} ${entry.event}`);
  expect(story).toContain('2026-09-13 sweep.overdue');
  expect(story).toContain('2026-09-14 clock.escalate');
  const sweeps = await allPages(desk, '/sweeps', 1);
  expect(sweeps.map(({ number, left }) => [number, left])).toEqual([
    [`yunchuan-2026-${rig.number}1`, 0],
    [`yunchuan-2026-${rig.number}2`, 1],
  ]);
  await sweep.item(1).review(inspector, '2026-09-14');
  await rig.world.settle();
  expect(await sweep.story()).toContain('sweep.completed');
}, 300_000);
