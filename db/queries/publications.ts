import { and, count, desc, eq, inArray, sql } from 'drizzle-orm';
import type { CalendarYear } from '../../rules/calendar.js';
import type { AnnouncedYear } from '../../rules/calendarEdition.js';
import { DomainError } from '../../rules/errors.js';
import { type EditionRef, editionText } from '../../workflows/messages/publication.js';
import type { Database, Transaction } from '../database.js';
import { legalNow } from '../legalClock.js';
import { bodyHash } from '../requestRows.js';
import { calendarChanges, calendarPublications, calendarYears } from '../schema/index.js';
import { type Doer, writeAudit } from './audit.js';
import { after, keyColumn, type Page, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';

/** An edition on its way into force. */
export type Publication = typeof calendarPublications.$inferSelect;

/** A due day that a dry run found changed. */
export type CalendarChange = typeof calendarChanges.$inferSelect;

const isEdition = ({ year, edition }: EditionRef) =>
  and(eq(calendarPublications.year, year), eq(calendarPublications.edition, edition));

/** The changes of an edition's dry run. */
const ofEdition = ({ year, edition }: EditionRef) =>
  and(eq(calendarChanges.year, year), eq(calendarChanges.edition, edition));

/** SHA-256 over what an edition says, whatever the order and the layout of its file. */
const hashOfEdition = ({ year, document, holidays, workdays }: AnnouncedYear): string =>
  bodyHash({
    year,
    document,
    holidays: holidays.map((day) => ({ ...day })),
    workdays: workdays.map((day) => ({ ...day })),
  });

/** The year that a publication brings, as the rules know it. */
export const yearOfPublication = ({ year, edition, document, days }: Publication): CalendarYear => ({
  ...{ year, edition, document, estimated: false },
  ...days,
});

/**
 * Writes an edition down, to be tried on every open clock before anybody confirms it. The same edition again finds the row
 * that stands; a changed one takes the place of one that nobody has confirmed yet. Throws `case.stage` while an edition of
 * the year is being published.
 */
export async function proposeEdition(db: Database, announced: AnnouncedYear, by: Doer): Promise<Publication> {
  const { year, document, holidays, workdays } = announced;
  const hash = hashOfEdition(announced);
  return await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('calendar ' || ${year}::text))`);
    const [last] = await tx
      .select()
      .from(calendarPublications)
      .where(eq(calendarPublications.year, year))
      .orderBy(desc(calendarPublications.edition))
      .limit(1)
      .for('update');
    if (last?.hash === hash) return last;
    if (last?.status === 'confirmed' || last?.status === 'publishing') {
      throw new DomainError('case.stage', {
        what: '该年度另一版正在发布 · another edition of the year is being published',
        where: editionText(last),
        found: last.status,
      });
    }
    const edition =
      last === undefined || last.status === 'published' ? await nextEdition(tx, year) : last.edition;
    const asked = {
      ...{ year, edition, document, hash, days: { holidays, workdays }, status: 'trying' as const },
      ...{ proposedBy: by.actorId, proposedAt: await legalNow(tx), cursor: '', cases: 0, tried: 0 },
    };
    await tx.delete(calendarChanges).where(ofEdition({ year, edition }));
    const [row] = await tx
      .insert(calendarPublications)
      .values(asked)
      .onConflictDoUpdate({
        target: [calendarPublications.year, calendarPublications.edition],
        set: asked,
      })
      .returning();
    if (row === undefined) throw new DomainError('internal', { what: 'an edition was not written down' });
    const subject = `calendar/${editionText(row)}`;
    await writeAudit(tx, {
      category: 'change',
      action: 'calendar.proposed',
      subject,
      detail: { hash },
      ...by,
    });
    return row;
  });
}

async function nextEdition(tx: Transaction, year: number): Promise<number> {
  const [newest] = await tx
    .select({ edition: calendarYears.edition })
    .from(calendarYears)
    .where(eq(calendarYears.year, year))
    .orderBy(desc(calendarYears.edition))
    .limit(1);
  return (newest?.edition ?? 0) + 1;
}

/** Who lets an edition into force: a legal officer, by name; where no due day changes, whoever keeps the calendar too. */
export interface Confirmation extends Doer {
  /** Who confirms. */
  readonly person: string;
  readonly isLegalOfficer: boolean;
  /** The hash of the edition whose dry run he has seen. */
  readonly hash: string;
  readonly reason: string;
}

/**
 * Confirms an edition that was tried; a workflow then publishes it. Once confirmed, doing it again changes nothing. Throws
 * `not.found`, `request.mismatch` for another edition than the one that stands, `case.stage` while it is being tried, and
 * `auth.forbidden` where due days change and the person is no legal officer.
 */
export async function confirmEdition(
  db: Database,
  ref: EditionRef,
  { person, isLegalOfficer, hash, reason, ...by }: Confirmation,
): Promise<Publication> {
  const where = editionText(ref);
  return await db.transaction(async (tx) => {
    const row = await lockPublication(tx, ref);
    if (row.hash !== hash) {
      throw new DomainError('request.mismatch', {
        ...{
          what: '确认的不是现有的这一版 · not the edition that stands',
          where,
          expected: row.hash,
          found: hash,
        },
      });
    }
    if (row.status === 'trying')
      throw new DomainError('case.stage', {
        ...{
          what: '试算尚未完成 · the dry run is not at its end',
          where,
          expected: 'tried',
          found: row.status,
        },
      });
    if (row.status !== 'tried') return row;
    if (row.tried > 0 && !isLegalOfficer) {
      throw new DomainError('auth.forbidden', {
        what: '有期限届满日变化，须由法制人员确认 · due days change: a legal officer confirms the edition',
        ...{ where, expected: 'legalOfficer', found: `${row.tried} due days` },
      });
    }
    const confirmed = { status: 'confirmed' as const, confirmedBy: person, confirmedAt: await legalNow(tx) };
    const [confirmedRow] = await tx
      .update(calendarPublications)
      .set(confirmed)
      .where(isEdition(ref))
      .returning();
    const audited = {
      category: 'change' as const,
      action: 'calendar.confirmed',
      subject: `calendar/${where}`,
    };
    await writeAudit(tx, { ...audited, detail: { hash, reason, changed: row.tried, person }, ...by });
    return confirmedRow ?? row;
  });
}

/** An edition's row, locked. Throws `not.found`. */
export async function lockPublication(tx: Transaction, ref: EditionRef): Promise<Publication> {
  const [row] = await tx.select().from(calendarPublications).where(isEdition(ref)).for('update');
  return row ?? missing(ref);
}

/** An edition's row. Throws `not.found`. */
export async function findPublication(db: Database, ref: EditionRef): Promise<Publication> {
  const [row] = await db.select().from(calendarPublications).where(isEdition(ref));
  return row ?? missing(ref);
}

function missing(ref: EditionRef): never {
  throw new DomainError('not.found', { what: 'there is no such edition', found: editionText(ref) });
}

/** Moves a publication on. */
export async function advancePublication(
  tx: Transaction,
  ref: EditionRef,
  moved: Partial<Publication>,
): Promise<void> {
  await tx.update(calendarPublications).set(moved).where(isEdition(ref));
}

/** Every edition that was proposed, the newest year first. */
export const listPublications = async (db: Database): Promise<readonly Publication[]> =>
  await db
    .select()
    .from(calendarPublications)
    .orderBy(desc(calendarPublications.year), desc(calendarPublications.edition));

/** The editions that a workflow has to work on. */
export const unfinishedPublications = async (db: Database): Promise<readonly EditionRef[]> =>
  await db
    .select({ year: calendarPublications.year, edition: calendarPublications.edition })
    .from(calendarPublications)
    .where(inArray(calendarPublications.status, ['trying', 'confirmed', 'publishing']));

/** How many due days of each organ and officer change, the most first. */
export interface ChangeCount {
  readonly organ: string;
  readonly officer: string | null;
  readonly changes: number;
}

/** What a dry run has found, by organ and officer. */
export const changeCounts = async (db: Database, ref: EditionRef): Promise<readonly ChangeCount[]> =>
  await db
    .select({ organ: calendarChanges.organ, officer: calendarChanges.officer, changes: count() })
    .from(calendarChanges)
    .where(ofEdition(ref))
    .groupBy(calendarChanges.organ, calendarChanges.officer)
    .orderBy(desc(count()), calendarChanges.organ, calendarChanges.officer);

const byClock: SortKey = [
  { by: calendarChanges.caseId, type: 'text' },
  { by: calendarChanges.clock, type: 'text' },
];

/** What a dry run has found, in the order of cases and clocks; narrowed to an organ or an officer. */
export async function listChanges(
  db: Database,
  ref: EditionRef,
  { organ, officer }: { readonly organ?: string | undefined; readonly officer?: string | undefined },
  page: PageRequest,
): Promise<Page<CalendarChange>> {
  const rows = await db
    .select({ change: calendarChanges, key: keyColumn(byClock) })
    .from(calendarChanges)
    .where(
      and(
        ofEdition(ref),
        organ === undefined ? undefined : eq(calendarChanges.organ, organ),
        officer === undefined ? undefined : eq(calendarChanges.officer, officer),
        after(byClock, page.cursor),
      ),
    )
    .orderBy(...sorted(byClock))
    .limit(page.limit + 1);
  const found = pageOf(rows, page.limit);
  return { ...found, items: found.items.map(({ change }) => change) };
}
