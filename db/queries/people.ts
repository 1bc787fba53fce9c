import { and, eq, getTableColumns, ilike, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { CalendarDate } from '../../rules/date.js';
import type { Database, Transaction } from '../database.js';
import { covers, grants, users } from '../schema/index.js';
import { after, keyColumn, type Page, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';

/** A grant as it is stored. */
export interface StoredGrant {
  readonly userId: string;
  readonly role: string;
  readonly organ: string;
}

/** Today in legal time, in SQL. */
const today = sql`(legal_now() at time zone 'Asia/Shanghai')::date`;

/** An account, without its credentials. */
export interface Account {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  /** Since when it may not sign in. */
  readonly disabledAt: Date | null;
  readonly grants: readonly { readonly role: string; readonly organ: string }[];
}

const accountColumns = {
  id: users.id,
  username: users.username,
  name: users.name,
  disabledAt: users.disabledAt,
};

const byUsername: SortKey = [{ by: users.username, type: 'text' }];

/** Accounts by username; of those who hold a role at an organ, where these are given. */
export async function listAccounts(
  db: Database,
  filter: {
    readonly role?: string | undefined;
    readonly organ?: string | undefined;
    readonly search?: string | undefined;
  },
  page: PageRequest,
): Promise<Page<Account>> {
  const { role, organ, search } = filter;
  const conditions: (SQL | undefined)[] = [after(byUsername, page.cursor)];
  if (search !== undefined)
    conditions.push(or(ilike(users.username, `%${search}%`), ilike(users.name, `%${search}%`)));
  if (role !== undefined || organ !== undefined) {
    const held = and(
      role === undefined ? undefined : eq(grants.role, role),
      organ === undefined ? undefined : eq(grants.organ, organ),
    );
    conditions.push(inArray(users.id, db.select({ userId: grants.userId }).from(grants).where(held)));
  }
  const rows = await db
    .select({ ...accountColumns, key: keyColumn(byUsername) })
    .from(users)
    .where(and(...conditions))
    .orderBy(...sorted(byUsername))
    .limit(page.limit + 1);
  const found = pageOf(rows, page.limit);
  const held = await grantsOf(
    db,
    found.items.map((account) => account.id),
  );
  return {
    ...found,
    items: found.items.map((account) => ({ ...account, grants: held.get(account.id) ?? [] })),
  };
}

/** The account of this id or username; undefined when there is none. */
export async function findAccount(db: Database, idOrUsername: string): Promise<Account | undefined> {
  const [row] = await db
    .select(accountColumns)
    .from(users)
    .where(or(eq(users.id, idOrUsername), eq(users.username, idOrUsername.toLowerCase())));
  if (row === undefined) return undefined;
  return { ...row, grants: (await grantsOf(db, [row.id])).get(row.id) ?? [] };
}

/** The people who hold a role at an organ and may sign in, by username. */
export async function holdersOf(db: Database, role: string, organ: string, page: PageRequest) {
  const rows = await db
    .select({ id: users.id, username: users.username, name: users.name, key: keyColumn(byUsername) })
    .from(grants)
    .innerJoin(users, eq(users.id, grants.userId))
    .where(
      and(
        eq(grants.role, role),
        eq(grants.organ, organ),
        isNull(users.disabledAt),
        after(byUsername, page.cursor),
      ),
    )
    .orderBy(...sorted(byUsername))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit);
}

async function grantsOf(db: Database, userIds: readonly string[]): Promise<Map<string, Account['grants']>> {
  if (userIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(grants)
    .where(inArray(grants.userId, [...userIds]))
    .orderBy(grants.role, grants.organ);
  const held = new Map<string, { role: string; organ: string }[]>();
  for (const { userId, role, organ } of rows)
    held.set(userId, [...(held.get(userId) ?? []), { role, organ }]);
  return held;
}

const byFirstDay: SortKey = [
  { by: covers.from, type: 'date' },
  { by: covers.userId, type: 'text' },
  { by: covers.coveredBy, type: 'text' },
];

/** The covers that are not over yet, of everybody or around one person, by their first day. */
export async function listCovers(db: Database, around: string | undefined, page: PageRequest) {
  const rows = await db
    .select({ ...getTableColumns(covers), key: keyColumn(byFirstDay) })
    .from(covers)
    .where(
      and(
        sql`${covers.to} >= ${today}`,
        around === undefined ? undefined : or(eq(covers.userId, around), eq(covers.coveredBy, around)),
        after(byFirstDay, page.cursor),
      ),
    )
    .orderBy(...sorted(byFirstDay))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit);
}

/** Writes a cover; the same one again changes only its last day. */
export async function placeCover(db: Transaction, cover: typeof covers.$inferInsert): Promise<void> {
  await db
    .insert(covers)
    .values(cover)
    .onConflictDoUpdate({ target: [covers.userId, covers.coveredBy, covers.from], set: { to: cover.to } });
}

/** Removes a cover; false when there is none. */
export async function removeCover(
  db: Transaction,
  {
    userId,
    coveredBy,
    from,
  }: { readonly userId: string; readonly coveredBy: string; readonly from: CalendarDate },
): Promise<boolean> {
  const { rowCount } = await db
    .delete(covers)
    .where(and(eq(covers.userId, userId), eq(covers.coveredBy, coveredBy), eq(covers.from, from)));
  return (rowCount ?? 0) > 0;
}
