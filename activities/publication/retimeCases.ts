import type { Calendar } from '../../rules/calendar.js';
import { type Instant, millisOf } from '../../rules/date.js';
import type { Transaction } from '../../db/database.js';
import { cases, clocks, ledger, steps } from '../../db/schema/index.js';
import { insertFrom, rowsToJson, statement } from '../../db/statement.js';
import { isHeld } from '../../workflows/messages/held.js';
import { type EditionRef, editionText, retimingCause } from '../../workflows/messages/publication.js';
import {
  causeKey,
  type CommittedStep,
  type LedgerLine,
  type NextMoment,
} from '../../workflows/messages/step.js';
import { earliest, rulesOf, viewOf } from '../commit/clocks.js';
import { chainedEntries } from '../commit/ledger.js';
import { concernsCase, type DueChange, dueChanges, recount } from '../commit/retime.js';
import { moveTasks } from '../commit/taskDays.js';
import type { OpenCase } from './openCases.js';

/** What cases are counted anew by. */
export interface Retiming {
  readonly ref: EditionRef;
  readonly calendar: Calendar;
  /** The legal instant of the page. */
  readonly now: Instant;
}

/** How many due days have changed, and the cases whose workflow must be told. */
export interface Retimed {
  readonly changed: number;
  readonly woken: readonly string[];
}

/** A workflow that has to wake within so many days is told, whether earlier or later than it knows. */
const tellingDays = 7;

/** It acts for nobody; the edition's row tells who has confirmed it. */
const calendarActor = { id: 'calendar', kind: 'system' as const, roles: [] };

/**
 * Counts cases anew, all of them locked by the caller. A case whose due days or next moment change gets a step of the
 * edition's cause, with an entry in its ledger for each changed day: its workflow adopts that step as one that it has missed,
 * when it is told or when it wakes.
 */
export async function retimeCases(
  tx: Transaction,
  open: readonly OpenCase[],
  retiming: Retiming,
): Promise<Retimed> {
  const results = open.map((each) => retimeCase(each, retiming));
  await writePage(
    tx,
    rowsToJson(
      clocks,
      results.flatMap((result) => result.clocks),
    ),
    rowsToJson(
      ledger,
      results.flatMap((result) => result.entries),
    ),
    rowsToJson(
      steps,
      results.flatMap((result) => result.step),
    ),
    rowsToJson(
      cases,
      results.flatMap((result) => result.row),
    ),
    open.map(({ row }) => row.id),
  );
  return {
    changed: results.reduce((sum, { changed }) => sum + changed, 0),
    woken: results.flatMap(({ woken }) => woken),
  };
}

const writePage = statement(
  'publication.writePage',
  `with written_clocks as (${insertFrom(clocks, '$1', ['caseId', 'id'])} returning case_id, id, due),
        moved_tasks as (${moveTasks('written_clocks', '= any($5)')}),
        written_entries as (${insertFrom(ledger, '$2')}),
        written_steps as (${insertFrom(steps, '$3')})
   ${insertFrom(cases, '$4', ['id'])}`,
);

interface Result {
  readonly clocks: readonly (typeof clocks.$inferSelect)[];
  readonly entries: readonly (typeof ledger.$inferInsert)[];
  readonly step: readonly (typeof steps.$inferInsert)[];
  readonly row: readonly (typeof cases.$inferSelect)[];
  readonly changed: number;
  readonly woken: readonly string[];
}

function retimeCase({ row, clocks: running }: OpenCase, { ref, calendar, now }: Retiming): Result {
  const rules = rulesOf(row, calendar);
  const recounted = recount(running, rules);
  const changes = dueChanges(recounted);
  const edition = editionText(ref);
  const written = recounted.map(({ after }) => ({
    ...after,
    events: [...after.events, { type: 'retimed' as const, edition }],
  }));
  if (changes.length === 0 && !concernsCase(recounted))
    return { clocks: written, entries: [], step: [], row: [], changed: 0, woken: [] };
  const anew = new Map(written.map((clock) => [clock.id, clock]));
  const next = earliest(
    running.map((clock) => anew.get(clock.id) ?? clock),
    isHeld(row.facts),
  );
  const cause = { type: 'signal' as const, id: retimingCause(ref) };
  const revision = row.revision + 1;
  const input = { caseId: row.id, cause, at: now, recordedAt: now, actor: calendarActor };
  const head = { count: row.ledgerCount, hash: row.ledgerHead };
  const chained = chainedEntries(input, revision, linesOf(changes, edition), head, rules.pack);
  const step: CommittedStep = {
    ...{ revision, cause: causeKey(cause), at: now, stage: row.stage, outcome: row.outcome, quiet: false },
    ...{ facts: {}, tasks: [], documents: [], result: {} },
    clocks: Object.fromEntries(written.map((clock) => [clock.id, viewOf(clock)])),
    next,
  };
  return {
    clocks: written,
    entries: chained.entries,
    step: [{ caseId: row.id, revision, cause: step.cause, step }],
    row: [
      {
        ...{ ...row, revision, next, nextAt: next?.at ?? null },
        ...{ ledgerCount: chained.head.count, ledgerHead: chained.head.hash },
      },
    ],
    changed: changes.length,
    woken: mustBeTold(row.next, next, now) ? [row.id] : [],
  };
}

function linesOf(changes: readonly DueChange[], edition: string): readonly LedgerLine[] {
  return changes.flatMap(({ clock, before, after, promisedBefore, promisedAfter }) => [
    ...(before === after
      ? []
      : [{ event: 'clock.retimed' as const, params: { clock, before, after, edition } }]),
    ...(promisedBefore === promisedAfter
      ? []
      : [
          {
            event: 'clock.promiseRetimed' as const,
            params: { clock, before: promisedBefore, after: promisedAfter, edition },
          },
        ]),
  ]);
}

/** Every other workflow wakes at the moment that it knows, learns that it is no moment any more, and sleeps on. */
function mustBeTold(before: NextMoment | null, after: NextMoment | null, now: Instant): boolean {
  if (after === null) return false;
  if (before === null || after.at < before.at) return true;
  return millisOf(after.at) <= millisOf(now) + tellingDays * 86_400_000;
}
