import type { Database, Transaction } from '../../db/database.js';
import { cases, clocks, type requests } from '../../db/schema/index.js';
import { clientOf, type JsonRow, rowFromJson, statement } from '../../db/statement.js';
import {
  causeKey,
  type CommitInput,
  type CommitResult,
  type CommittedStep,
  type NextMoment,
} from '../../workflows/messages/step.js';

/** What a step finds, all of it read under the lock on its case. */
export interface FoundCase {
  /** Undefined before the case's first step; the lock is then on its id. */
  readonly row: typeof cases.$inferSelect | undefined;
  readonly clocks: readonly (typeof clocks.$inferSelect)[];
  /** The step that this cause has committed already. */
  readonly known: CommittedStep | null;
  /** The request that is the cause, as its row stands. */
  readonly request: Pick<typeof requests.$inferSelect, 'status' | 'answer'> | null;
  /** Which editions of the calendar are in force. */
  readonly calendarVersion: string;
  /** Whether an edition of the calendar is on its way to all cases. */
  readonly publishing: boolean;
}

// Planned anew at each step the statements below took the database as long as running them.
const begin = (tx: Transaction) =>
  clientOf(tx).query('begin; set local plan_cache_mode = force_generic_plan');
const lockId = statement('commit.lockId', 'select pg_advisory_xact_lock(hashtext($1))');
const lockCase = statement<{ row: JsonRow }>(
  'commit.lockCase',
  'select to_json(cases) as row from cases where id = $1 for update',
);
const readAround = statement<Omit<FoundCase, 'row' | 'clocks'> & { clocks: readonly JsonRow[] }>(
  'commit.readAround',
  `select (select coalesce(json_agg(clocks), '[]') from clocks where case_id = $1) as clocks,
          (select step from steps where case_id = $1 and cause = $2) as known,
          (select jsonb_build_object('status', status, 'answer', answer) from requests where id = $3) as request,
          (select count(*) || '/' || coalesce(sum(edition), 0) from calendar_years) as "calendarVersion",
          exists (select 1 from calendar_publications where status = 'publishing') as publishing`,
);

/**
 * Begins a transaction, locks a case and reads what its next step needs. The statements leave together and are run one after the other, each on
 * what was committed when it began: so the one after the lock sees everything that whoever held it has done.
 */
export async function lockAndRead(tx: Transaction, input: CommitInput): Promise<FoundCase> {
  const { caseId, cause } = input;
  const request = cause.type === 'request' ? cause.id : null;
  const [, , [locked], [around]] = await Promise.all([
    begin(tx),
    // A case that is not there yet has no row to lock.
    input.expectedRevision === 0 ? lockId(tx, caseId) : undefined,
    lockCase(tx, caseId),
    readAround(tx, caseId, causeKey(cause), request),
  ]);
  if (around === undefined) throw new Error('a select without a table answers with one row');
  return {
    ...around,
    row: locked === undefined ? undefined : rowFromJson(cases, locked.row),
    clocks: around.clocks.map((clock) => rowFromJson(clocks, clock)),
  };
}

const newsOf = statement<{ next: NextMoment | null; steps: readonly CommittedStep[] }>(
  'commit.newsOf',
  `select next, (select coalesce(jsonb_agg(step order by revision), '[]') from steps
                 where case_id = $1 and revision > $2) as steps
   from cases where id = $1`,
);

/** What has been committed for a case beyond what its workflow knows: read in one statement, without a lock. */
export async function readNews(
  db: Database,
  { caseId, expectedRevision }: CommitInput,
): Promise<Pick<CommitResult, 'steps' | 'next'>> {
  const [news] = await newsOf(db, caseId, expectedRevision);
  return news ?? { steps: [], next: null };
}
