import { and, asc, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import type { Transaction } from '../db/database.js';
import { legalNow } from '../db/legalClock.js';
import { notices, outbox, outboxNotices } from '../db/schema/index.js';
import type { DailyJob } from '../relay/daily.js';
import { atTime, type CalendarDate, dateOf, type Instant } from '../rules/date.js';
import { markUndeliverable, putInOutbox } from './addressing.js';
import { channelOf, type NoticeContext } from './context.js';
import { DIGEST_TIME } from './days.js';
import { factsOf } from './facts.js';
import { overtakenBy } from './overtaken.js';
import { audienceOf } from './recipients.js';
import { sortQueued } from './sort.js';
import { isPressing, workloadOf } from './workload.js';

/** The digests of a day, once a legal day, whatever the number of processes. */
export const digestJob = (context: NoticeContext): DailyJob => ({
  name: 'digest',
  at: DIGEST_TIME,
  run: (day) => buildDigests(context, day),
});

/**
 * Puts one message into the outbox for each officer for whom something waits, or with whom something is due or overdue. On a day off nobody is written to; what was
 * missed on a day that is over waits for the next working day. Safe to repeat: the digests of a day are built once.
 */
export async function buildDigests(context: NoticeContext, day: CalendarDate): Promise<void> {
  const { db, calendars } = context;
  // Without a way to send it, what waits goes on waiting for one.
  if (context.channels.length === 0) return;
  await sortQueued(context);
  await db.transaction(async (tx) => {
    const now = await legalNow(tx);
    if (dateOf(now) !== day || !(await calendars.current(tx)).isWorkingDay(day)) return;
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('yizheng digests'))`);
    const [built] = await tx.select({ id: outbox.id }).from(outbox).where(eq(outbox.day, day)).limit(1);
    if (built === undefined) await fillOutbox(tx, context, day, now);
  });
}

/** An officer's digest before it is written: on its channel, the notices that it will carry. */
interface Bundle {
  readonly channel: string;
  readonly owner: string;
  readonly noticeIds: string[];
}

async function fillOutbox(
  tx: Transaction,
  context: NoticeContext,
  day: CalendarDate,
  now: Instant,
): Promise<void> {
  const bundles = await bundlesOf(tx, day, now);
  await takeUpOlder(tx, day, bundles);
  for (const task of await workloadOf(tx, day)) {
    if (!isPressing(task, day)) continue;
    for (const channel of context.channels) bundleOf(bundles, channel.name, task.owner);
  }
  const carried = new Set<string>();
  const missed = new Set<string>();
  for (const { channel: name, owner, noticeIds } of bundles.values()) {
    const channel = channelOf(context, name);
    const message = { key: `digest/${owner}/${day}`, owner, day, queuedAt: now, noticeIds };
    const reached = channel !== undefined && (await putInOutbox(tx, channel, message));
    for (const id of noticeIds) (reached ? carried : missed).add(id);
  }
  await markUndeliverable(
    tx,
    [...missed].filter((id) => !carried.has(id)),
    'nobody',
  );
}

/**
 * What waits, by whom it is for today. What was queued since the digest's hour is the next one's, also where this one is built
 * later than it should be. What has been overtaken or is nobody's ends here.
 */
async function bundlesOf(tx: Transaction, day: CalendarDate, now: Instant): Promise<Map<string, Bundle>> {
  const bundles = new Map<string, Bundle>();
  const waiting = await tx
    .select()
    .from(notices)
    .where(and(eq(notices.status, 'waiting'), lt(notices.queuedAt, atTime(day, DIGEST_TIME))))
    .orderBy(asc(notices.id))
    .for('update');
  for (const notice of waiting) {
    const facts = await factsOf(tx, notice);
    const reason = await overtakenBy(tx, facts);
    if (reason !== null) {
      await tx
        .update(notices)
        .set({ status: 'overtaken', reason, settledAt: now })
        .where(eq(notices.id, notice.id));
      continue;
    }
    const audience = await audienceOf(tx, facts, day);
    if (audience.length === 0) await markUndeliverable(tx, [notice.id], 'nobody');
    for (const owner of audience) bundleOf(bundles, notice.channel, owner).noticeIds.push(notice.id);
  }
  return bundles;
}

function bundleOf(bundles: Map<string, Bundle>, channel: string, owner: string): Bundle {
  const key = `${channel} ${owner}`;
  const bundle = bundles.get(key) ?? { channel, owner, noticeIds: [] };
  bundles.set(key, bundle);
  return bundle;
}

/**
 * A digest that could not leave by the next one is taken up by it, so that nobody finds three in the morning after an
 * outage. One that may have arrived already is left to be repeated.
 */
async function takeUpOlder(tx: Transaction, day: CalendarDate, bundles: Map<string, Bundle>): Promise<void> {
  const older = await tx
    .select()
    .from(outbox)
    .where(
      and(eq(outbox.status, 'open'), isNotNull(outbox.day), lt(outbox.day, day), eq(outbox.begun, false)),
    )
    .orderBy(outbox.id)
    .for('update');
  if (older.length === 0) return;
  const ids = older.map(({ id }) => id);
  const links = await tx.select().from(outboxNotices).where(inArray(outboxNotices.outboxId, ids));
  for (const { id, channel, owner } of older) {
    const bundle = bundleOf(bundles, channel, owner);
    bundle.noticeIds.push(...links.filter((link) => link.outboxId === id).map((link) => link.noticeId));
  }
  await tx
    .update(outbox)
    .set({ status: 'overtaken', reason: 'newerDigest', leasedUntil: null })
    .where(inArray(outbox.id, ids));
}
