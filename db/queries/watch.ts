import { type SQL, sql } from 'drizzle-orm';
import { type Instant, instantOf } from '../../rules/date.js';
import { allWatchKinds, type WatchKind, watchKind } from '../../rules/watchKinds.js';
import type { Database } from '../database.js';
import { legalNow } from '../legalClock.js';
import { standingJobs, watchFindings } from '../schema/index.js';
import { CalendarSource } from './calendarSource.js';
import { late, type LateContext, type LateKind } from './late.js';

/** What is late, of one kind. */
export interface Late {
  readonly kind: WatchKind;
  readonly count: number;
  /** When the oldest should have happened; null when nothing is late. */
  readonly since: Instant | null;
  /** Ids of requests, cases, tasks or notices: the oldest twenty. */
  readonly ids: readonly string[];
}

/** Something that a look at the workflows found; the kinds of the database are found by their own statements. */
export interface Found {
  readonly kind: WatchKind;
  readonly id: string;
  readonly since: Instant;
}

/** A finding that began to stand, or that is gone since the last look. */
export interface Turn {
  readonly kind: WatchKind;
  readonly id: string;
  readonly turn: 'found' | 'gone';
}

const calendars = new CalendarSource();

const lateContext = async (db: Database): Promise<LateContext> => ({
  now: await legalNow(db),
  calendar: await calendars.current(db),
});

/** What stands of a kind as the last look kept it: those of the workflows can be told from no statement. */
const kept = (kind: WatchKind): SQL =>
  sql`select ${watchFindings.id} as id, ${watchFindings.since} as since from ${watchFindings}
      where ${watchFindings.kind} = ${kind} and ${watchFindings.goneAt} is null`;

const isLateKind = (kind: WatchKind): kind is LateKind => watchKind(kind).ofWorkflows !== true;

/** What is late at this legal instant, a line for each kind, also where nothing is; of workflows, what the last look found. */
export async function whatIsLate(db: Database): Promise<readonly Late[]> {
  const context = await lateContext(db);
  return await countEach(db, (kind) => (isLateKind(kind) ? late[kind](context) : kept(kind)));
}

/** What the last look kept, a line for each kind: cheap enough for whoever asks every few seconds. */
export const whatWasFound = (db: Database): Promise<readonly Late[]> => countEach(db, kept);

async function countEach(db: Database, statement: (kind: WatchKind) => SQL): Promise<readonly Late[]> {
  const found: Late[] = [];
  for (const kind of allWatchKinds) {
    const { rows } = await db.execute<{ count: number; since: string | null; ids: string[] }>(sql`
      with late as (${statement(kind)})
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

/**
 * Keeps what stands now: what is new is written down, what is gone is marked so, what goes on is left alone. `ofWorkflows` is
 * what was found by listing workflows; null where Temporal did not answer, and then what was known of them stands. Answers
 * with what turned.
 */
export async function keepFindings(
  db: Database,
  ofWorkflows: readonly Found[] | null,
): Promise<readonly Turn[]> {
  const context = await lateContext(db);
  const turns: Turn[] = [];
  for (const kind of allWatchKinds) {
    if (!isLateKind(kind) && ofWorkflows === null) continue;
    const standing = isLateKind(kind)
      ? late[kind](context)
      : sql`select id, since::timestamptz as since from jsonb_to_recordset(
          ${JSON.stringify((ofWorkflows ?? []).filter((found) => found.kind === kind))}::jsonb) as each (id text, since text)`;
    const { rows } = await db.execute<{ id: string; turn: Turn['turn'] }>(sql`
      with standing as materialized (${standing}),
      found as (
        insert into ${watchFindings} (kind, id, since, found_at)
        select ${kind}, id, min(since), legal_now() from standing group by id
        on conflict (kind, id) do update
          set since = excluded.since, found_at = excluded.found_at, gone_at = null, told = false
          where ${watchFindings.goneAt} is not null
        returning id),
      gone as (
        update ${watchFindings} set gone_at = legal_now(), told = not told
        where kind = ${kind} and gone_at is null and id not in (select id from standing)
        returning id)
      select id, 'found' as turn from found union all select id, 'gone' from gone order by turn, id`);
    turns.push(...rows.map(({ id, turn }) => ({ kind, id, turn })));
  }
  return turns;
}

/** Every finding of a kind that stands, the oldest first. */
export async function standingFindings(db: Database, kind: WatchKind): Promise<readonly Found[]> {
  const { rows } = await db.execute<{ id: string; since: string }>(
    sql`select id, (extract(epoch from since) * 1000)::bigint as since from (${kept(kind)}) standing order by standing.since, id`,
  );
  return rows.map(({ id, since }) => ({ kind, id, since: instantOf(Number(since)) }));
}

/** Seconds since the watch's last look came to its end; null while there was none. */
export async function watchAge(db: Database): Promise<number | null> {
  const { rows } = await db.execute<{ age: string | null }>(
    sql`select extract(epoch from clock_timestamp() - ${standingJobs.endedAt}) as age from ${standingJobs} where ${standingJobs.job} = 'watch'`,
  );
  return rows[0]?.age == null ? null : Number(rows[0].age);
}
