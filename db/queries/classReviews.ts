import { randomUUID } from 'node:crypto';
import { and, asc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Instant } from '../../rules/date.js';
import { permitCaseId, registrationCaseId } from '../../workflows/messages/caseId.js';
import type { Database, Transaction } from '../database.js';
import { legalNow } from '../legalClock.js';
import {
  classReviews,
  contents,
  permits,
  permitVersions,
  registrations,
  registrationVersions,
} from '../schema/index.js';

/** A yearly review of the classes. */
export type ClassReview = typeof classReviews.$inferSelect;

/** Who holds what, with its newest content; null where that is not stored, or is too large to be a permit's. */
export interface Holder {
  readonly caseId: string;
  readonly held: string;
  readonly area: string;
  readonly content: Buffer | null;
}

/** How long nobody else takes a review that a worker is at, in seconds of the wall clock; renewed with each page. */
const leaseSeconds = 60;
const lease = sql<Instant>`clock_timestamp() + make_interval(secs => ${leaseSeconds})`;

/** In bytes: the largest structured content. */
const mostBytes = 1024 * 1024;

/** The review of an area in a year: the one that stands, or a new one. */
export async function beginClassReview(
  db: Database,
  asked: Pick<ClassReview, 'year' | 'area' | 'requestedBy'>,
): Promise<ClassReview> {
  await db
    .insert(classReviews)
    .values({ id: randomUUID(), ...asked, status: 'running', startedAt: await legalNow(db) })
    .onConflictDoNothing();
  const { year, area } = asked;
  const [row] = await db
    .select()
    .from(classReviews)
    .where(and(eq(classReviews.year, year), eq(classReviews.area, area)));
  if (row === undefined) throw new Error('a review of the classes vanished while it was written');
  return row;
}

/** A review by its id. */
export async function findClassReview(db: Database, id: string): Promise<ClassReview | undefined> {
  const [row] = await db.select().from(classReviews).where(eq(classReviews.id, id));
  return row;
}

/** Takes a review that runs and is in nobody's hands. */
export async function takeClassReview(db: Database): Promise<ClassReview | undefined> {
  const waiting = and(
    eq(classReviews.status, 'running'),
    or(isNull(classReviews.leasedUntil), lt(classReviews.leasedUntil, sql`clock_timestamp()`)),
  );
  const [row] = await db
    .update(classReviews)
    .set({ leasedUntil: lease })
    .where(
      sql`${classReviews.id} = (select id from class_reviews where ${waiting} order by started_at limit 1 for update skip locked)`,
    )
    .returning();
  return row;
}

/** Lays a review down again, for whoever comes next. */
export async function layDownClassReview(db: Database, id: string): Promise<void> {
  await db.update(classReviews).set({ leasedUntil: null }).where(eq(classReviews.id, id));
}

/** The review as it stands, locked. */
export async function lockClassReview(tx: Transaction, id: string): Promise<ClassReview> {
  const [row] = await tx.select().from(classReviews).where(eq(classReviews.id, id)).for('update');
  if (row === undefined) throw new Error(`no review of the classes ${id}`);
  return row;
}

/** Moves a review on, and renews its lease. */
export async function advanceClassReview(
  tx: Transaction,
  id: string,
  set: Partial<ClassReview>,
): Promise<void> {
  await tx
    .update(classReviews)
    .set({ leasedUntil: lease, ...set })
    .where(eq(classReviews.id, id));
}

const small = sql`octet_length(${contents.bytes}) <= ${mostBytes}`;

/** The permits in force of an area behind a number, in the order of their numbers. */
export async function permitHolders(
  tx: Transaction,
  area: string,
  behind: string,
  most: number,
): Promise<readonly Holder[]> {
  const rows = await tx
    .select({
      number: permits.permitNo,
      held: permits.permitClass,
      area: permits.area,
      content: contents.bytes,
    })
    .from(permits)
    .innerJoin(
      permitVersions,
      and(eq(permitVersions.permitNo, permits.permitNo), eq(permitVersions.version, permits.version)),
    )
    .leftJoin(contents, and(eq(contents.id, permitVersions.contentId), small))
    .where(
      and(
        gt(permits.permitNo, behind),
        inArray(permits.state, ['valid', 'held', 'toBeConfirmed']),
        sql`starts_with(${permits.area}, ${area})`,
      ),
    )
    .orderBy(asc(permits.permitNo))
    .limit(most);
  return rows.map(({ number, ...rest }) => ({ caseId: permitCaseId(number), ...rest }));
}

/** The registration forms in force of an area behind a number, in the order of their numbers. */
export async function registrationHolders(
  tx: Transaction,
  area: string,
  behind: string,
  most: number,
): Promise<readonly Holder[]> {
  const rows = await tx
    .select({ number: registrations.registrationNo, area: registrations.area, content: contents.bytes })
    .from(registrations)
    .innerJoin(
      registrationVersions,
      and(
        eq(registrationVersions.registrationNo, registrations.registrationNo),
        eq(registrationVersions.version, registrations.version),
      ),
    )
    .leftJoin(contents, and(eq(contents.id, registrationVersions.contentId), small))
    .where(
      and(
        gt(registrations.registrationNo, behind),
        eq(registrations.state, 'valid'),
        sql`starts_with(${registrations.area}, ${area})`,
      ),
    )
    .orderBy(asc(registrations.registrationNo))
    .limit(most);
  return rows.map(({ number, ...rest }) => ({
    caseId: registrationCaseId(number),
    held: 'registration',
    ...rest,
  }));
}
