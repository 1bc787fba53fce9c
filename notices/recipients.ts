import { and, eq, gte, inArray, isNotNull, lte } from 'drizzle-orm';
import type { Transaction } from '../db/database.js';
import { ofUnit, ofUser } from '../db/queries/contacts.js';
import { covers, grants, tasks, users } from '../db/schema/index.js';
import type { CalendarDate } from '../rules/date.js';
import { momentOf, type NoticeFacts } from './facts.js';

/**
 * Whose contacts a notice goes to today: the unit's for the applicant; for an officer whoever has the clock's task, else
 * those who hold its role, else the case's officers; for a head those who hold the role at the organ of the clock's task,
 * who may give it to somebody else, else at the deciding organ. Whoever covers one of them today (AB 角) hears of it too;
 * whoever may not sign in any more (停用) hears of nothing, and a task left in his hands is everybody's who holds its role.
 * Empty where nobody holds what is needed.
 */
export async function audienceOf(
  tx: Transaction,
  facts: NoticeFacts,
  today: CalendarDate,
): Promise<readonly string[]> {
  const { notice, case: of } = facts;
  if (notice.recipient === 'applicant') return [ofUnit(of.unitId)];
  const open = await tasksOfClock(tx, facts);
  const readers =
    notice.recipient === 'officer'
      ? await officersOf(tx, facts, open, today)
      : await headsOf(tx, notice.recipient, [...open.map(({ organ }) => organ), of.organs.deciding], today);
  return [...new Set(readers)].sort().map(ofUser);
}

type OpenTask = Pick<typeof tasks.$inferSelect, 'role' | 'organ' | 'assignee'>;

/** The open tasks whose clock the notice speaks of. */
async function tasksOfClock(
  tx: Transaction,
  { notice, case: of }: NoticeFacts,
): Promise<readonly OpenTask[]> {
  const clock = momentOf(notice)?.clock;
  if (clock === undefined) return [];
  return await tx
    .select({ role: tasks.role, organ: tasks.organ, assignee: tasks.assignee })
    .from(tasks)
    .where(and(eq(tasks.caseId, of.id), eq(tasks.clock, clock), eq(tasks.status, 'open')));
}

async function officersOf(
  tx: Transaction,
  { case: of }: NoticeFacts,
  open: readonly OpenTask[],
  today: CalendarDate,
): Promise<readonly string[]> {
  const byTask: string[] = [];
  for (const { assignee, ...held } of open) {
    const assigned = assignee === null ? [] : await readersOf(tx, [assignee], today);
    byTask.push(...(assigned.length > 0 ? assigned : await holders(tx, held, today)));
  }
  if (byTask.length > 0) return byTask;
  return await holders(tx, { role: 'officer', organ: of.organs.accepting }, today);
}

/** The heads at the first of these organs that has any: a county branch may have none of its own. */
async function headsOf(
  tx: Transaction,
  role: string,
  organs: readonly string[],
  today: CalendarDate,
): Promise<readonly string[]> {
  for (const organ of organs) {
    const heads = await holders(tx, { role, organ }, today);
    if (heads.length > 0) return heads;
  }
  return [];
}

async function holders(
  tx: Transaction,
  { role, organ }: { readonly role: string; readonly organ: string },
  today: CalendarDate,
): Promise<readonly string[]> {
  const held = await tx
    .select({ userId: grants.userId })
    .from(grants)
    .where(and(eq(grants.role, role), eq(grants.organ, organ)));
  return await readersOf(
    tx,
    held.map(({ userId }) => userId),
    today,
  );
}

/** Who reads today what is for these people: they and those who cover them, each as long as he may sign in. */
async function readersOf(
  tx: Transaction,
  people: readonly string[],
  today: CalendarDate,
): Promise<readonly string[]> {
  if (people.length === 0) return [];
  const covering = await tx
    .select({ userId: covers.coveredBy })
    .from(covers)
    .where(and(inArray(covers.userId, [...people]), lte(covers.from, today), gte(covers.to, today)));
  const readers = [...people, ...covering.map(({ userId }) => userId)];
  const disabled = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(inArray(users.id, readers), isNotNull(users.disabledAt)));
  return readers.filter((reader) => !disabled.some(({ id }) => id === reader));
}
