import { and, asc, inArray, isNull, lte, sql } from 'drizzle-orm';
import { isResting, restingKinds, caseKindOf } from '../../workflows/messages/caseId.js';
import { emptyState, reduce } from '../../workflows/messages/reduce.js';
import type { CaseInput, CaseState } from '../../workflows/messages/state.js';
import type { CommittedStep, NextMoment } from '../../workflows/messages/step.js';
import type { Database } from '../database.js';
import { cases, steps } from '../schema/index.js';

/** What a case's workflow would know had it been open all the time. Undefined where there is no such case. */
export async function restingState(
  db: Database,
  input: Pick<CaseInput, 'caseId' | 'kind'>,
): Promise<CaseState | undefined> {
  // One statement, so one snapshot: the moment is the one that the last of these steps has left.
  const { rows } = await db.execute<{ next: NextMoment | null; steps: readonly CommittedStep[] }>(sql`
    select ${cases.next} as next,
      (select jsonb_agg(${steps.step} order by ${steps.revision}) from ${steps} where ${steps.caseId} = ${cases.id}) as steps
    from ${cases} where ${cases.id} = ${input.caseId}`);
  const [row] = rows;
  if (row === undefined) return undefined;
  const state = row.steps.reduce(reduce, emptyState({ ...input, clockOffset: 0 }));
  return { ...state, next: row.next };
}

/** The resting cases whose moment has come by the legal clock, the longest due first. */
export async function restingAndDue(db: Database, most: number): Promise<readonly string[]> {
  const due = and(
    inArray(cases.kind, [...restingKinds]),
    isNull(cases.outcome),
    lte(cases.nextAt, sql`legal_now()`),
  );
  const rows = await db
    .select({ id: cases.id })
    .from(cases)
    .where(due)
    .orderBy(asc(cases.nextAt), asc(cases.id))
    .limit(most);
  return rows.map(({ id }) => id);
}

/** Whether the case of this id rests between its steps. Throws `input.invalid` for what is no case's id. */
export const isRestingCase = (caseId: string): boolean => isResting(caseKindOf(caseId));
