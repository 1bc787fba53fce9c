import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/database.js';
import { legalNow } from '../../db/legalClock.js';
import { type CalendarSource, calendarWith } from '../../db/queries/calendarSource.js';
import {
  advancePublication,
  lockPublication,
  type Publication,
  yearOfPublication,
} from '../../db/queries/publications.js';
import { calendarChanges, calendarWakes, calendarYears } from '../../db/schema/index.js';
import type { EditionRef, PublicationPage } from '../../workflows/messages/publication.js';
import { openCasesAfter } from './openCases.js';
import { retimeCases } from './retimeCases.js';
import { tryPage, withCalendar } from './trial.js';

/**
 * Does the next piece of an edition's way into force, in one transaction that moves its row on: a page of the dry run, the
 * coming into force, or a page of open cases counted anew. Whatever ends the process, the next call goes on behind the last
 * page; two at once share the pages.
 */
export async function nextPage(
  db: Database,
  calendars: CalendarSource,
  ref: EditionRef,
): Promise<PublicationPage> {
  return await db.transaction(async (tx) => {
    const row = await lockPublication(tx, ref);
    switch (row.status) {
      case 'trying':
        return await trialPage(tx, row);
      case 'confirmed':
        return await enterIntoForce(tx, row);
      case 'publishing':
        return await publishedPage(tx, calendars, row);
      case 'tried':
      case 'published':
        return { done: true };
    }
  });
}

async function trialPage(tx: Transaction, row: Publication): Promise<PublicationPage> {
  const calendar = await calendarWith(tx, yearOfPublication(row));
  const { cases, changes, cursor } = await tryPage(tx, row.cursor, withCalendar(calendar));
  if (cursor === null) {
    await advancePublication(tx, row, { status: 'tried' });
    return { done: true };
  }
  const { year, edition } = row;
  // A statement takes at most 65,535 parameters.
  for (let first = 0; first < changes.length; first += 1000) {
    const some = changes.slice(first, first + 1000);
    await tx.insert(calendarChanges).values(some.map((change) => ({ year, edition, ...change })));
  }
  const tried = row.tried + changes.length;
  await advancePublication(tx, row, { cursor, cases: row.cases + cases.length, tried });
  return { done: false };
}

/**
 * From here on every step counts by the new edition. The lock waits for the steps under way, which read the calendar without
 * it, so that every case that they leave behind is there for the pages to find. It waits shortly, because steps wait behind
 * it: a long reader, such as a backup, puts the publication off until it has ended, and holds up no case.
 */
async function enterIntoForce(tx: Transaction, row: Publication): Promise<PublicationPage> {
  await tx.execute(sql`set local lock_timeout = '2s'`);
  await tx.execute(sql`lock table ${calendarYears} in access exclusive mode`);
  const { year, edition, document, days } = row;
  await tx.insert(calendarYears).values({
    ...{ year, edition, document, estimated: false },
    days: {
      holidays: days.holidays.map((day) => ({ ...day })),
      workdays: days.workdays.map((day) => ({ ...day })),
    },
  });
  await advancePublication(tx, row, { status: 'publishing', cursor: '', cases: 0 });
  return { done: false };
}

async function publishedPage(
  tx: Transaction,
  calendars: CalendarSource,
  row: Publication,
): Promise<PublicationPage> {
  const cases = await openCasesAfter(tx, row.cursor, { locked: true });
  const cursor = cases.at(-1)?.row.id;
  const now = await legalNow(tx);
  if (cursor === undefined) {
    await advancePublication(tx, row, { status: 'published', publishedAt: now });
    return { done: true };
  }
  const { changed, woken } = await retimeCases(tx, cases, {
    ...{ ref: row, now, calendar: await calendars.current(tx) },
  });
  const { year, edition } = row;
  if (woken.length > 0) {
    await tx.insert(calendarWakes).values(woken.map((caseId) => ({ year, edition, caseId })));
  }
  await advancePublication(tx, row, {
    ...{ cursor, cases: row.cases + cases.length },
    ...{ changed: row.changed + changed, woken: row.woken + woken.length },
  });
  return { done: false };
}
