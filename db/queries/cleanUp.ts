import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database.js';
import { cases, cleanUpItems, holds, permits } from '../schema/index.js';
import { after, keyColumn, type Page, type PageRequest, pageOf, sorted, type SortKey } from './keyset.js';

/** A permit on a batch list. */
export type CleanUpItem = typeof cleanUpItems.$inferSelect;

/** The cases about a permit that are open: cancellations of it, or applications that may bring it back. */
const openCase = (what: SQL): SQL =>
  sql`exists (select 1 from cases about where about.permit_no = ${permits.permitNo} and about.outcome is null and ${what})`;
const cancelling = openCase(sql`about.kind = 'cancellation'`);
const pending = openCase(sql`about.kind = 'application' and about.procedure in ('renewal', 'reapplication')`);
const held = sql`exists (select 1 from ${holds} where ${holds.permitNo} = ${permits.permitNo} and ${holds.releasedAt} is null)`;

/** What the last check of the operation found, in whichever cancellation of the permit it was. */
const lastCheck = sql`(
  select checked.params->>'outcome' from ledger checked join cases about on about.id = checked.case_id
  where about.permit_no = ${permits.permitNo} and about.kind = 'cancellation' and checked.event = 'cancellation.checked'
  order by checked.position desc limit 1)`;
const isChecked = sql`coalesce(${lastCheck} = 'closed', false)`;

const onOpenList = sql`exists (
  select 1 from ${cleanUpItems} item join cases batch on batch.id = item.batch
  where item.permit_no = ${permits.permitNo} and item.state = 'listed' and batch.outcome is null)`;

/**
 * The expired permits that an organ may put on a batch list, the longest expired first: those that came in expired
 * (`cleanUp`) and those whose unit was found closed, unless something holds them or they are being cancelled or listed
 * already. Each with whether the closure is on record. Locks them.
 */
export const cleanUpCandidates = (organ: string, most: number): SQL => sql`
  select ${permits.permitNo}, ${permits.unitId}, ${permits.validTo}, ${isChecked} as checked
  from ${permits} join cases own on own.id = 'permit/' || ${permits.permitNo}
  where ${permits.state} = 'lapsed' and own.outcome is null and own.organs->>'deciding' = ${organ}
    and (own.stage = 'cleanUp' or ${isChecked})
    and not ${cancelling} and not ${pending} and not ${held} and not ${onOpenList}
  order by ${permits.validTo}, ${permits.permitNo} limit ${most} for update of ${permits}`;

/** Whether anything holds the cancellation of a permit that is to be cleaned up; the first reason of these. Locks it. */
export async function cleanUpHold(
  tx: Transaction,
  permitNo: string,
): Promise<'moot' | 'cancelling' | 'renewal' | 'held' | 'free'> {
  const { rows } = await tx.execute<{
    state: string;
    cancelling: boolean;
    pending: boolean;
    held: boolean;
  }>(sql`
    select ${permits.state}, ${cancelling} as cancelling, ${pending} as pending, ${held} as held
    from ${permits} where ${permits.permitNo} = ${permitNo} for update of ${permits}`);
  const [row] = rows;
  if (row?.state !== 'lapsed') return 'moot';
  if (row.cancelling) return 'cancelling';
  if (row.pending) return 'renewal';
  return row.held ? 'held' : 'free';
}

/** The next free number of an organ's clean-ups in a year: `yunchuan-2031-2`. */
export async function nextCleanUpNumber(db: Database, organ: string, year: number): Promise<string> {
  const beginning = `cleanUp/${organ}-${year}-`;
  const [found] = await db
    .select({
      last: sql<number>`coalesce(max(substring(${cases.id} from length(${beginning}) + 1)::int), 0)::int`,
    })
    .from(cases)
    .where(and(eq(cases.kind, 'cleanUp'), sql`starts_with(${cases.id}, ${beginning})`));
  return `${organ}-${year}-${(found?.last ?? 0) + 1}`;
}

const byNumber: SortKey = [{ by: cleanUpItems.permitNo, type: 'text' }];

/** A page of a batch list, by the permits' numbers. */
export async function listCleanUpItems(
  db: Database,
  batch: string,
  state: CleanUpItem['state'] | undefined,
  page: PageRequest,
): Promise<Page<CleanUpItem>> {
  const rows = await db
    .select({ row: cleanUpItems, key: keyColumn(byNumber) })
    .from(cleanUpItems)
    .where(
      and(
        eq(cleanUpItems.batch, batch),
        state === undefined ? undefined : eq(cleanUpItems.state, state),
        after(byNumber, page.cursor),
      ),
    )
    .orderBy(...sorted(byNumber))
    .limit(page.limit + 1);
  const found = pageOf(rows, page.limit);
  return { ...found, items: found.items.map(({ row }) => row) };
}
