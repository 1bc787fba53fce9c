import { and, asc, eq, gt, inArray, isNull, ne } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/database.js';
import { cases, clocks, tasks } from '../../db/schema/index.js';

/** An open case with its clocks that have not stopped. */
export interface OpenCase {
  readonly row: typeof cases.$inferSelect;
  readonly clocks: readonly (typeof clocks.$inferSelect)[];
}

/** How many cases a page holds: a page's cases are locked as long as they are counted anew. */
export const pageSize = 250;

/** The open cases behind one, in the order of their ids: a page of them, locked in this order if so told. */
export async function openCasesAfter(
  tx: Database | Transaction,
  cursor: string,
  { locked }: { readonly locked: boolean },
): Promise<readonly OpenCase[]> {
  const query = tx
    .select()
    .from(cases)
    .where(and(isNull(cases.outcome), gt(cases.id, cursor)))
    .orderBy(asc(cases.id))
    .limit(pageSize);
  const rows = locked ? await query.for('update') : await query;
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const running = await tx
    .select()
    .from(clocks)
    .where(and(inArray(clocks.caseId, ids), ne(clocks.state, 'stopped')))
    .orderBy(clocks.caseId, clocks.id);
  const byCase = new Map<string, OpenCase['clocks'][number][]>(ids.map((id) => [id, []]));
  for (const clock of running) byCase.get(clock.caseId)?.push(clock);
  return rows.map((row) => ({ row, clocks: byCase.get(row.id) ?? [] }));
}

/** Who has the open tasks of these cases, by case and clock; under the clock `''` whoever has any task of the case. */
export async function officersOf(
  db: Database | Transaction,
  caseIds: readonly string[],
): Promise<(caseId: string, clock: string) => string | null> {
  if (caseIds.length === 0) return () => null;
  const open = await db
    .select({ caseId: tasks.caseId, clock: tasks.clock, assignee: tasks.assignee })
    .from(tasks)
    .where(and(inArray(tasks.caseId, [...caseIds]), eq(tasks.status, 'open')))
    .orderBy(tasks.id);
  const held = new Map<string, string>();
  for (const { caseId, clock, assignee } of open) {
    if (assignee === null) continue;
    for (const key of [`${caseId}|${clock ?? ''}`, `${caseId}|`]) if (!held.has(key)) held.set(key, assignee);
  }
  return (caseId, clock) => held.get(`${caseId}|${clock}`) ?? held.get(`${caseId}|`) ?? null;
}
