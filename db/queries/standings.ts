import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import type { Instant } from '../../rules/date.js';
import type { Database } from '../database.js';
import { cases, ledger, requests } from '../schema/index.js';
import { restingKinds } from '../../workflows/messages/caseId.js';

/** How far a case has come, as its row has it. */
export interface CaseStanding {
  readonly id: string;
  readonly revision: number;
  readonly stage: string;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
}

const columns = {
  id: cases.id,
  revision: cases.revision,
  stage: cases.stage,
  openedAt: cases.openedAt,
  closedAt: cases.closedAt,
};

/** How many of the cases that moved of late are named at most. */
const mostMoved = 100;

/** The cases whose last entries are of the last half hour, the newest first. */
export async function movedOfLate(db: Database): Promise<ReadonlySet<string>> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select ${ledger.caseId} as id from ${ledger} where ${ledger.at} > legal_now() - interval '30 minutes'
    group by 1 order by max(${ledger.at}) desc limit ${mostMoved}`);
  return new Set(rows.map(({ id }) => id));
}

/** Ids at once in one query. */
const page = 10_000;

/** Every open case that has a workflow: one of a resting kind has none between its steps. */
export const openStandings = (db: Database): Promise<readonly CaseStanding[]> =>
  db
    .select(columns)
    .from(cases)
    .where(and(isNull(cases.outcome), notInArray(cases.kind, [...restingKinds])));

/** The cases of these ids, open or not, by id. */
export async function standingsOf(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CaseStanding>> {
  const found = new Map<string, CaseStanding>();
  for (let first = 0; first < ids.length; first += page) {
    const some = ids.slice(first, first + page);
    const rows = await db
      .select(columns)
      .from(cases)
      .where(inArray(cases.id, [...some]));
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}

/** Whether something that was asked of the case, there or not, is still under way to it. */
export async function isAsked(db: Database, caseId: string): Promise<boolean> {
  const open = await db
    .select({ one: sql`1` })
    .from(requests)
    .where(and(eq(requests.caseId, caseId), eq(requests.status, 'open')))
    .limit(1);
  return open.length > 0;
}
