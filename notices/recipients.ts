import { and, eq, gte, inArray, lte } from 'drizzle-orm';
import type { Transaction } from '../db/database.js';
import { ofUnit, ofUser } from '../db/queries/contacts.js';
import { covers, grants, tasks } from '../db/schema/index.js';
import type { CalendarDate } from '../rules/date.js';
import { momentOf, type NoticeFacts } from './facts.js';

/**
 * Whose contacts a notice goes to today: the unit's for the applicant; for an officer whoever has the clock's task, else
 * those who hold its role, else the case's officers; for a head those who hold the role at the deciding organ. Whoever
 * covers one of them today (AB 角) hears of it too. Empty where nobody holds what is needed.
 */
export async function audienceOf(
  tx: Transaction,
  facts: NoticeFacts,
  today: CalendarDate,
): Promise<readonly string[]> {
  const { notice, case: of } = facts;
  if (notice.recipient === 'applicant') return [ofUnit(of.unitId)];
  const people =
    notice.recipient === 'officer'
      ? await officersOf(tx, facts)
      : await holders(tx, [{ role: notice.recipient, organ: of.organs.deciding }]);
  return (await withCovers(tx, people, today)).map(ofUser);
}

async function officersOf(tx: Transaction, facts: NoticeFacts): Promise<readonly string[]> {
  const { notice, case: of } = facts;
  const clock = momentOf(notice)?.clock;
  const open =
    clock === undefined
      ? []
      : await tx
          .select({ role: tasks.role, organ: tasks.organ, assignee: tasks.assignee })
          .from(tasks)
          .where(and(eq(tasks.caseId, of.id), eq(tasks.clock, clock), eq(tasks.status, 'open')));
  const assigned = open.flatMap(({ assignee }) => assignee ?? []);
  const unassigned = open.filter(({ assignee }) => assignee === null);
  const byTask = [...assigned, ...(await holders(tx, unassigned))];
  if (byTask.length > 0) return byTask;
  return await holders(tx, [{ role: 'officer', organ: of.organs.accepting }]);
}

async function holders(
  tx: Transaction,
  roles: readonly { readonly role: string; readonly organ: string }[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { role, organ } of roles) {
    const rows = await tx
      .select({ userId: grants.userId })
      .from(grants)
      .where(and(eq(grants.role, role), eq(grants.organ, organ)));
    found.push(...rows.map((row) => row.userId));
  }
  return found;
}

/** The people, each once, and those who cover them today, in an order that is always the same. */
async function withCovers(
  tx: Transaction,
  people: readonly string[],
  today: CalendarDate,
): Promise<readonly string[]> {
  if (people.length === 0) return [];
  const covering = await tx
    .select({ userId: covers.coveredBy })
    .from(covers)
    .where(and(inArray(covers.userId, [...people]), lte(covers.from, today), gte(covers.to, today)));
  return [...new Set([...people, ...covering.map((row) => row.userId)])].sort();
}
