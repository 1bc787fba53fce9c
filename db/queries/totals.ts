import { sql } from 'drizzle-orm';
import { packs } from '../../rules/packs/index.js';
import type { Database } from '../database.js';
import { cases, clocks, ledgerAnchors, notices, requests, tasks } from '../schema/index.js';

/** A count under a label. */
export interface Counted {
  readonly label: string;
  readonly count: number;
}

/** How the installation stands, in counts. */
export interface Totals {
  readonly openCases: readonly Counted[];
  /** Requests by status: every open one, and those of the last day that are answered. */
  readonly requests: readonly Counted[];
  /** How long the oldest open request has waited, in seconds of legal time; 0 when none is open. */
  readonly relayLag: number;
  /** Clocks that run or are paused, by the colour of their card. */
  readonly clocks: readonly Counted[];
  /** Open tasks by family, and those of them whose clock is past its statutory last day. */
  readonly tasks: readonly (Counted & { readonly overdue: number })[];
  readonly notices: readonly Counted[];
  /** Seconds since the last anchor; null while there is none. */
  readonly anchorAge: number | null;
}

/** The rungs of all ladders that turn a card. A clock's events say which of them it has reached. */
const rungsOf = (action: 'yellow' | 'red'): string[] => [
  ...new Set(
    packs
      .flatMap((pack) => Object.values(pack.ladders).flat())
      .flatMap((rung) => (rung.action === action ? [rung.name] : [])),
  ),
];

const reached = (action: 'yellow' | 'red') => sql`exists (
  select 1 from jsonb_array_elements(${clocks.events}) event
  where event->>'type' = 'reached' and event->>'moment' in (${sql.join(
    rungsOf(action).map((name) => sql`${name}`),
    sql`, `,
  )}))`;

const today = sql`(legal_now() at time zone 'Asia/Shanghai')::date`;

/** Reads all counts, each from an index or a table of open things. */
export async function readTotals(db: Database): Promise<Totals> {
  const counted = async (query: ReturnType<typeof sql>): Promise<readonly Counted[]> =>
    (await db.execute<{ label: string; count: number }>(query)).rows;
  const { rows: ages } = await db.execute<{ lag: string | null; age: string | null }>(sql`
    select extract(epoch from legal_now() - (select min(${requests.receivedAt}) from ${requests} where ${requests.status} = 'open')) as lag,
      extract(epoch from legal_now() - (select max(${ledgerAnchors.at}) from ${ledgerAnchors})) as age`);
  const { rows: openTasks } = await db.execute<{ label: string; count: number; overdue: number }>(sql`
    select split_part(${tasks.kind}, '.', 1) as label, count(*)::int as count,
      (count(*) filter (where ${clocks.due} < ${today}))::int as overdue
    from ${tasks} left join ${clocks} on ${clocks.caseId} = ${tasks.caseId} and ${clocks.id} = ${tasks.clock}
    where ${tasks.status} = 'open' group by 1 order by 1`);
  const [age] = ages;
  return {
    openCases: await counted(
      sql`select ${cases.kind} as label, count(*)::int as count from ${cases} where ${cases.outcome} is null group by 1 order by 1`,
    ),
    requests: await counted(sql`
      select ${requests.status} as label, count(*)::int as count from ${requests}
      where ${requests.status} = 'open'
        or (${requests.status} in ('done', 'refused') and ${requests.receivedAt} > legal_now() - interval '1 day')
      group by 1 order by 1`),
    relayLag: Math.max(0, Number(age?.lag ?? 0)),
    clocks: await counted(sql`
      select case when coalesce(${clocks.promisedDue}, ${clocks.due}) < ${today} or ${reached('red')} then 'red'
          when ${reached('yellow')} then 'yellow' else 'green' end as label, count(*)::int as count
      from ${clocks} where ${clocks.state} <> 'stopped' group by 1 order by 1`),
    tasks: openTasks,
    notices: await counted(
      sql`select ${notices.status} as label, count(*)::int as count from ${notices} group by 1 order by 1`,
    ),
    anchorAge: age?.age == null ? null : Number(age.age),
  };
}
