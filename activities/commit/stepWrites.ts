import { cases, clocks, ledger } from '../../db/schema/index.js';
import { insertsInto, together, type Write } from '../../db/together.js';
import type { CommittedStep, TaskChange } from '../../workflows/messages/step.js';
import { moveTasks } from './taskDays.js';

type ClockRow = typeof clocks.$inferSelect;
type CaseRow = typeof cases.$inferSelect;

/** What a step writes leaves in one statement: several took the database and us half as long again. */
export const writeStep = together('commit.step');

export const writeEntries = insertsInto(ledger);

export const writeCommitted = (caseId: string, step: CommittedStep): Write => ({
  name: 'step',
  text: 'insert into steps (case_id, revision, cause, step) values ($1, $2, $3, $4)',
  values: [caseId, step.revision, step.cause, JSON.stringify(step)],
});

const placeCase = insertsInto(cases, { key: ['id'] });

/** The case's row after a step: whole where the step opens it, anew too; else what a step changes. */
export function writeCase(after: CaseRow, opens: boolean): Write {
  if (opens) return placeCase([after]);
  const { id, packId, revision, stage, outcome, facts, closedAt, next, nextAt } = after;
  return {
    name: 'case',
    text: `update cases set pack_id = $2, revision = $3, stage = $4, outcome = $5, facts = $6, closed_at = $7,
                  next = $8, next_at = $9, ledger_count = $10, ledger_head = $11 where id = $1`,
    values: [
      ...[id, packId, revision, stage, outcome, JSON.stringify(facts), closedAt],
      ...[next === null ? null : JSON.stringify(next), nextAt, after.ledgerCount, after.ledgerHead],
    ],
  };
}

const placeClocks = insertsInto(clocks, { key: ['caseId', 'id'], after: 'returning case_id, id, due' });

/** The clocks that a step has touched, and their last days on the tasks that have been open. */
export function writeClocks(
  caseId: string,
  before: readonly ClockRow[],
  touched: readonly ClockRow[],
  changes: readonly TaskChange[],
): readonly Write[] {
  if (touched.length === 0) return [];
  const known = new Map(before.map(({ id, due }) => [id, due]));
  const isMoved = touched.some(({ id, due }) => due !== (known.get(id) ?? null));
  const placed = placeClocks(touched);
  if (!isMoved) return [placed];
  // Not those tasks that the step closes, beside this: they keep the day that they had.
  const closed = changes.filter(({ type }) => type === 'completed' || type === 'overtaken');
  const text = `${moveTasks(`written_${placed.name}`, '= $1')} and tasks.id <> all($2)`;
  return [placed, { name: 'due', text, values: [caseId, closed.map(({ id }) => id)] }];
}

export const answerRequest = (id: string, { revision, stage, result }: CommittedStep): Write => ({
  name: 'request',
  text: `update requests set status = 'done', answer = $2, leased_until = null where id = $1`,
  values: [id, JSON.stringify({ revision, stage, result })],
});
