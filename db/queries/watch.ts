import { type SQL, sql } from 'drizzle-orm';
import { type Instant, instantOf } from '../../rules/date.js';
import { type WatchKind, watchKinds } from '../../rules/watchKinds.js';
import type { Database } from '../database.js';
import { cases, clocks, ledgerAnchors, notices, requests, tasks } from '../schema/index.js';

/** What is late, of one kind. */
export interface Late {
  readonly kind: WatchKind;
  readonly count: number;
  /** When the oldest should have happened; null when nothing is late. */
  readonly since: Instant | null;
  /** Ids of requests, cases, tasks or notices: the oldest twenty. */
  readonly ids: readonly string[];
}

/** The instant before which something of this kind counts as late. */
const before = (kind: WatchKind): SQL =>
  sql`legal_now() - make_interval(secs => ${watchKinds[kind].hours * 3600})`;

/** The day that a clock's card follows; red from the day after. */
const lastDay = sql`coalesce(${clocks.promisedDue}, ${clocks.due})`;

/** Each answers with `id` and `since`. */
const late: Readonly<Record<WatchKind, SQL>> = {
  'request.unanswered': sql`
    select ${requests.id}::text as id, ${requests.receivedAt} as since from ${requests}
    where ${requests.status} = 'open' and ${requests.receivedAt} < ${before('request.unanswered')}`,
  // Its workflow fails at every try, or no worker runs it.
  'moment.overdue': sql`
    select ${cases.id} as id, ${cases.nextAt} as since from ${cases}
    where ${cases.outcome} is null and ${cases.nextAt} < ${before('moment.overdue')}`,
  'task.unclaimed': sql`
    select ${tasks.id} as id, (${lastDay} + 1)::timestamp at time zone 'Asia/Shanghai' as since
    from ${tasks} join ${clocks} on ${clocks.caseId} = ${tasks.caseId} and ${clocks.id} = ${tasks.clock}
    where ${tasks.status} = 'open' and ${tasks.assignee} is null and ${clocks.state} = 'running'
      and (${lastDay} + 1)::timestamp at time zone 'Asia/Shanghai' <= ${before('task.unclaimed')}`,
  'anchor.missing': sql`
    select id, since from (
      select 'ledger' as id,
        coalesce((select max(${ledgerAnchors.at}) from ${ledgerAnchors}), (select min(${cases.openedAt}) from ${cases})) as since
    ) last where since < ${before('anchor.missing')}`,
  'notice.unsent': sql`
    select ${notices.id} as id, ${notices.queuedAt} as since from ${notices}
    where ${notices.status} = 'queued' and ${notices.queuedAt} < ${before('notice.unsent')}`,
};

/** What is late at this legal instant, a line for each kind, also where nothing is. */
export async function whatIsLate(db: Database): Promise<readonly Late[]> {
  const found: Late[] = [];
  for (const kind of Object.keys(watchKinds) as WatchKind[]) {
    const { rows } = await db.execute<{ count: number; since: string | null; ids: string[] }>(sql`
      with late as (${late[kind]})
      select (select count(*)::int from late) as count,
        (select (extract(epoch from min(since)) * 1000)::bigint from late) as since,
        array(select id from late order by since, id limit 20) as ids`);
    const [row] = rows;
    const since = row?.since ?? null;
    found.push({
      kind,
      count: row?.count ?? 0,
      since: since === null ? null : instantOf(Number(since)),
      ids: row?.ids ?? [],
    });
  }
  return found;
}
