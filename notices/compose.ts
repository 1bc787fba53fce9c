import type { Transaction } from '../db/database.js';
import { type CalendarDate, dateOf, type Instant } from '../rules/date.js';
import type { OutboxRow } from './addressing.js';
import type { NoticeContext } from './context.js';
import { lateSince, nextDigest } from './days.js';
import { digestLetter } from './digestLetter.js';
import { factsOf, type NoticeFacts, type NoticeRow } from './facts.js';
import type { Letter } from './letter.js';
import { overtakenBy } from './overtaken.js';
import { letterOf } from './render.js';
import { isPressing, workloadOf } from './workload.js';

/** A message as it would leave now. */
export interface Composed {
  /** Null where nothing is left to say. */
  readonly letter: Letter | null;
  readonly late: boolean;
  readonly overtaken: readonly { readonly noticeId: string; readonly reason: string }[];
  /** What each notice says by itself, for its row. */
  readonly texts: readonly (Letter & { readonly noticeId: string; readonly late: boolean })[];
}

/** A notice in a digest, and the day that it should have left, if that is over. */
export interface Entry {
  readonly facts: NoticeFacts;
  readonly lateSince: CalendarDate | null;
}

/**
 * Words a message as of now: without what has been overtaken, and saying of itself when it is late. One whose earlier
 * attempt may have arrived is said again whole: nobody knows that it was not read.
 */
export async function composeMessage(
  tx: Transaction,
  { calendars, baseUrl }: NoticeContext,
  row: OutboxRow,
  carried: readonly NoticeRow[],
  now: Instant,
): Promise<Composed> {
  const calendar = await calendars.current(tx);
  const entries: Entry[] = [];
  const overtaken: { noticeId: string; reason: string }[] = [];
  for (const notice of carried) {
    const facts = await factsOf(tx, notice);
    const reason = row.begun ? null : await overtakenBy(tx, facts);
    if (reason !== null) overtaken.push({ noticeId: notice.id, reason });
    // A digest's notices should have left with the first digest after them, a notice alone on its day.
    const own = row.day === null ? notice.queuedAt : nextDigest(notice.queuedAt, calendar);
    if (reason === null) entries.push({ facts, lateSince: lateSince(dateOf(own), now) });
  }
  const texts = entries.map(({ facts, lateSince: since }) => ({
    ...letterOf(facts, { baseUrl, lateSince: since }),
    noticeId: facts.notice.id,
    late: since !== null,
  }));
  const late = texts.some((text) => text.late);
  const { day } = row;
  if (day !== null) {
    const workload = await workloadOf(tx, day, row.owner);
    const isEmpty = texts.length === 0 && !workload.some((task) => isPressing(task, day));
    return { letter: isEmpty ? null : digestLetter(day, entries, workload, baseUrl), late, overtaken, texts };
  }
  const [first] = texts;
  if (first === undefined) return { letter: null, late: false, overtaken, texts: [] };
  const { subject, body } = first;
  return { letter: { subject, body }, late, overtaken, texts };
}
