import { randomUUID } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database, Transaction } from '../db/database.js';
import { legalNow } from '../db/legalClock.js';
import { CalendarSource } from '../db/queries/calendarSource.js';
import {
  advanceClassReview,
  beginClassReview,
  type ClassReview,
  type Holder,
  layDownClassReview,
  lockClassReview,
  permitHolders,
  registrationHolders,
  takeClassReview,
} from '../db/queries/classReviews.js';
import { bodyHash, REQUESTS_CHANNEL } from '../db/requestRows.js';
import { cases, requests } from '../db/schema/index.js';
import { type ClassOfHolder, classOfHolder } from '../rules/checks/classOfHolder.js';
import { checkSettings } from '../rules/checks/settings.js';
import type { CheckContext } from '../rules/checks/rule.js';
import { permitCategory } from '../rules/content/fields.js';
import { dailyJobs } from '../rules/dailyJobs.js';
import { dateOf, type Instant, yearOf } from '../rules/date.js';
import { packOfArea, packsOn } from '../rules/packs/index.js';
import { caseKindOf } from '../workflows/messages/caseId.js';
import type { JsonObject } from '../workflows/messages/json.js';
import type { DailyJob } from './daily.js';

/** Holders in one transaction. */
const page = 500;

/** Where the registration forms begin, in the order in which a review goes through the cases. */
const formsBegin = 'registration/';

/**
 * Carries out the reviews of the classes that are in nobody's hands, page by page, each in one transaction that moves the
 * review on: whatever ends the process, the next run goes on behind the last page. `stopped` is asked after each page.
 */
export async function runClassReviews(db: Database, stopped: () => boolean = () => false): Promise<void> {
  const calendars = new CalendarSource();
  for (;;) {
    const review = stopped() ? undefined : await takeClassReview(db);
    if (review === undefined) return;
    while (await db.transaction((tx) => reviewPage(tx, calendars, review.id))) {
      if (!stopped()) continue;
      await layDownClassReview(db, review.id);
      return;
    }
  }
}

/** One page; answers with whether there is more. */
async function reviewPage(tx: Transaction, calendars: CalendarSource, id: string): Promise<boolean> {
  const review = await lockClassReview(tx, id);
  if (review.status !== 'running') return false;
  const now = await legalNow(tx);
  const { reached, area } = review;
  const atForms = reached.startsWith(formsBegin);
  const behind = reached.slice(reached.indexOf('/') + 1);
  const holders = await (atForms ? registrationHolders : permitHolders)(tx, area, behind, page);
  const last = holders.at(-1);
  if (last === undefined) {
    const over = { status: 'done' as const, finishedAt: now, leasedUntil: null };
    await advanceClassReview(tx, id, atForms ? over : { reached: formsBegin });
    return !atForms;
  }
  const calendar = await calendars.current(tx);
  const judged = holders.map((holder) => {
    const on = dateOf(now);
    const context = { on, calendar, pack: packOfArea(holder.area, on), settings: checkSettings };
    return { holder, result: judge(holder, context) };
  });
  const found = judged.flatMap(({ holder, result }) =>
    result.type === 'mismatch' ? [{ holder, result }] : [],
  );
  await raise(tx, review, found, now);
  await advanceClassReview(tx, id, {
    reached: last.caseId,
    holders: review.holders + holders.length,
    mismatches: review.mismatches + found.length,
    unreadable: review.unreadable + judged.filter(({ result }) => result.type === 'unreadable').length,
  });
  return true;
}

function judge({ content, held }: Holder, context: CheckContext): ClassOfHolder {
  const category = permitCategory.safeParse(held);
  if (content === null || !category.success) return { type: 'unreadable' };
  try {
    return classOfHolder(JSON.parse(content.toString()), category.data, context);
  } catch (error) {
    if (error instanceof SyntaxError) return { type: 'unreadable' };
    throw error;
  }
}

/** A request of the system to each holder's case, once a year: its key is the year and the case. */
async function raise(
  tx: Transaction,
  { year }: ClassReview,
  found: readonly {
    readonly holder: Holder;
    readonly result: Extract<ClassOfHolder, { type: 'mismatch' }>;
  }[],
  now: Instant,
): Promise<void> {
  if (found.length === 0) return;
  // As with every request: what a case's deadline must wait for is received under a lock that its step takes too.
  const ids = found.map(({ holder }) => holder.caseId);
  await tx.select({ id: cases.id }).from(cases).where(inArray(cases.id, ids)).orderBy(cases.id).for('share');
  const actor = { id: `classReview/${year}`, kind: 'system' as const, roles: [] };
  const rows = found.map(({ holder: { caseId, held }, result: { expected, rules } }) => {
    const name = `${caseKindOf(caseId)}.classMismatch`;
    const body: JsonObject = { year, held, expected: { ...expected }, rules: [...rules] };
    return {
      ...{ id: randomUUID(), idempotencyKey: caseId, actor, actorId: actor.id, name, caseId, body },
      ...{ bodyHash: bodyHash({ name, body }), receivedAt: now, status: 'open' as const },
    };
  });
  await tx.insert(requests).values(rows).onConflictDoNothing();
  await tx.execute(sql`select pg_notify(${REQUESTS_CHANNEL}, '')`);
}

/** Looks every `interval` milliseconds for reviews to carry out. `stop` waits for the page under way. */
export function startClassReviews(
  db: Database,
  { logger, interval = 5000 }: { readonly logger: Logger; readonly interval?: number },
): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<unknown> | undefined;
  const look = (): void => {
    running ??= runClassReviews(db, () => stopped)
      .catch((error: unknown) => {
        logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'class reviews stopped');
      })
      .finally(() => (running = undefined));
  };
  const timer = setInterval(look, interval);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** Begins the year's review of each region once the region's day of the year has come, so that it hangs on nobody's memory. */
export function classReviewJob(db: Database): DailyJob {
  return {
    name: 'classReview',
    at: dailyJobs.classReview,
    async run(day) {
      for (const { region, settings } of packsOn(day)) {
        if (day.slice('2026-'.length) < settings.classReviewFrom) continue;
        const area = region.replace(/(00)+$/, '');
        await beginClassReview(db, { year: yearOf(day), area, requestedBy: 'daily' });
      }
    },
  };
}
