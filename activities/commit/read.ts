import type { Transaction } from '../../db/database.js';
import { cases, clocks, type requests } from '../../db/schema/index.js';
import { type JsonRow, rowFromJson, statement } from '../../db/statement.js';
import { causeKey, type CommitInput, type CommittedStep } from '../../workflows/messages/step.js';

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
}

const begin = statement('commit.begin', 'begin');
const lockId = statement('commit.lockId', 'select pg_advisory_xact_lock(hashtext($1))');
const lockCase = statement<{ row: JsonRow }>(
  'commit.lockCase',
  'select to_jsonb(cases) as row from cases where id = $1 for update',
);
const readAround = statement<Omit<FoundCase, 'row' | 'clocks'> & { clocks: readonly JsonRow[] }>(
  'commit.readAround',
  `select (select coalesce(jsonb_agg(to_jsonb(clocks)), '[]') from clocks where case_id = $1) as clocks,
          (select step from steps where case_id = $1 and cause = $2) as known,
          (select jsonb_build_object('status', status, 'answer', answer) from requests where id = $3) as request,
          (select count(*) || '/' || coalesce(sum(edition), 0) from calendar_years) as "calendarVersion"`,
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
