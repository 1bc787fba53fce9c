import { type SQL, sql } from 'drizzle-orm';
import { ofUser } from '../db/queries/contacts.js';
import type { Transaction } from '../db/database.js';
import { cases, clocks, covers, grants, tasks, units, users } from '../db/schema/index.js';
import { addDays, type CalendarDate, mondayOf } from '../rules/date.js';

/** A task that lies with somebody: overdue, due by the end of the week, or without a limit. */
export interface DueTask {
  readonly owner: string;
  readonly kind: string;
  readonly caseId: string;
  readonly packId: string;
  readonly unitName: string;
  readonly openedOn: CalendarDate;
  /** The clock's limit and last day, the promised one where one is promised; null where the task has no limit. */
  readonly clock: { readonly id: string; readonly limit: string; readonly goal: CalendarDate } | null;
}

/** When the task is due, as a digest of a day groups it. */
export type DueGroup = 'overdue' | 'today' | 'thisWeek' | 'withoutLimit';

/** The group of a task on a day. */
export function groupOf({ clock }: DueTask, day: CalendarDate): DueGroup {
  if (clock === null) return 'withoutLimit';
  if (clock.goal < day) return 'overdue';
  return clock.goal === day ? 'today' : 'thisWeek';
}

/** Whether it is overdue or due on the day: reason enough for a digest that has nothing new. */
export const isPressing = (task: DueTask, day: CalendarDate): boolean =>
  ['overdue', 'today'].includes(groupOf(task, day));

const mayRead = (user: SQL): SQL =>
  sql`not exists (select 1 from ${users} where ${users.id} = ${user} and ${users.disabledAt} is not null)`;

/**
 * What lies with the officers on a day, or with one of them: what they have claimed or were given, and what nobody has and
 * their role may take; also what lies with those whom they cover that day (AB 角). By its last day; what has none comes last.
 */
export async function workloadOf(
  tx: Transaction,
  day: CalendarDate,
  owner?: string,
): Promise<readonly DueTask[]> {
  const week = addDays(mondayOf(day), 7);
  const goal = sql`coalesce(${clocks.promisedDue}, ${clocks.due})`;
  const reader = sql`reader.id`;
  // In nobody's hands, or in those of an account that may not sign in any more and that nobody covers.
  const isLeft = sql`(${tasks.assignee} is null or not (${mayRead(sql`${tasks.assignee}`)} or exists (
    select 1 from ${covers} where ${covers.userId} = ${tasks.assignee} and ${day}::date between ${covers.from} and ${covers.to}
      and ${mayRead(sql`${covers.coveredBy}`)})))`;
  const { rows } = await tx.execute<Row>(sql`
    select ${reader} as reader, ${tasks.kind} as kind, ${tasks.caseId} as "caseId", ${cases.packId} as "packId",
      coalesce(${units.name}, ${cases.unitId}) as "unitName", ${clocks.id} as clock, ${clocks.limit} as limit,
      to_char(${tasks.openedAt} at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "openedOn", ${goal}::text as goal
    from ${tasks} join ${cases} on ${cases.id} = ${tasks.caseId}
      left join ${units} on ${units.id} = ${cases.unitId}
      left join ${clocks} on ${clocks.caseId} = ${tasks.caseId} and ${clocks.id} = ${tasks.clock}
      cross join lateral (
        select ${tasks.assignee} as id where ${tasks.assignee} is not null
        union select ${grants.userId} from ${grants}
          where ${grants.role} = ${tasks.role} and ${grants.organ} = ${tasks.organ} and ${isLeft}
      ) holder
      cross join lateral (
        select holder.id union select ${covers.coveredBy} from ${covers}
          where ${covers.userId} = holder.id and ${day}::date between ${covers.from} and ${covers.to}
      ) reader
    where ${tasks.status} = 'open' and ${tasks.role} <> 'applicant' and ${mayRead(reader)}
      and (${clocks.id} is null or (${clocks.state} = 'running' and ${goal} < ${week}::date))
      and ${owner === undefined ? sql`true` : sql`'user:' || ${reader} = ${owner}`}
    order by ${goal}, ${tasks.openedAt}, ${tasks.id}`);
  return rows.map(({ reader: id, clock, limit, goal: last, ...task }) => ({
    ...task,
    owner: ofUser(id),
    clock: clock === null || limit === null || last === null ? null : { id: clock, limit, goal: last },
  }));
}

interface Row extends Record<string, unknown> {
  readonly reader: string;
  readonly kind: string;
  readonly caseId: string;
  readonly packId: string;
  readonly unitName: string;
  readonly openedOn: CalendarDate;
  readonly clock: string | null;
  readonly limit: string | null;
  readonly goal: CalendarDate | null;
}
