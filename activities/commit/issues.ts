import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm';
import { DomainError } from '../../rules/errors.js';
import type { SameProblem } from '../../rules/issues.js';
import type { Transaction } from '../../db/database.js';
import { cases, issues } from '../../db/schema/index.js';
import type { IssueChange } from '../../workflows/messages/step.js';

/** Writes what a step does to the list of the issue ledger. */
export async function writeIssue(
  tx: Transaction,
  caseId: string,
  changes: readonly IssueChange[],
): Promise<void> {
  for (const { type, ...columns } of changes) {
    if (type === 'opened') {
      const row = columns as Omit<Extract<IssueChange, { type: 'opened' }>, 'type'>;
      await tx.insert(issues).values({ ...row, caseId, recurrenceOf: await latestOf(tx, row, caseId) });
    } else if (Object.keys(columns).length > 0) {
      await tx.update(issues).set(columns).where(eq(issues.caseId, caseId));
    }
  }
}

const isSame = ({ permitNo, subject, place }: SameProblem) =>
  and(eq(issues.permitNo, permitNo), eq(issues.subject, subject), eq(issues.place, place));

async function latestOf(tx: Transaction, problem: SameProblem, caseId: string): Promise<string | null> {
  const [latest] = await tx
    .select({ caseId: issues.caseId })
    .from(issues)
    .innerJoin(cases, eq(cases.id, issues.caseId))
    .where(
      and(
        isSame(problem),
        ne(issues.caseId, caseId),
        sql`coalesce(${cases.outcome}, '') not in ('noFault', 'recurrence')`,
      ),
    )
    .orderBy(desc(cases.openedAt))
    .limit(1);
  return latest?.caseId ?? null;
}

/** The issue of this problem that has not ended, an archived one included; undefined where there is none. */
export async function openIssueOf(
  tx: Transaction,
  problem: SameProblem,
  but?: string,
): Promise<string | undefined> {
  const [found] = await tx
    .select({ caseId: issues.caseId })
    .from(issues)
    .innerJoin(cases, eq(cases.id, issues.caseId))
    .where(
      and(isSame(problem), isNull(cases.outcome), but === undefined ? undefined : ne(issues.caseId, but)),
    )
    .orderBy(cases.openedAt, cases.id)
    .limit(1);
  return found?.caseId;
}

/** The case that a message about a problem goes to. Throws `not.found` where no issue of it is open. */
export async function issueToTell(tx: Transaction, problem: SameProblem, sender: string): Promise<string> {
  const found = await openIssueOf(tx, problem, sender);
  if (found === undefined)
    throw new DomainError('not.found', { what: 'no open issue of this problem', found: problem.permitNo });
  return found;
}
