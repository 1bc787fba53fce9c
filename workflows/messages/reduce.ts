import type { CaseInput, CaseState, OpenDocument } from './state.js';
import type { CommittedStep, KnownDocumentChange, KnownTaskChange, TaskOpened } from './step.js';

/** A case before its first step. */
export function emptyState(input: CaseInput): CaseState {
  return {
    version: 1,
    caseId: input.caseId,
    kind: input.kind,
    revision: 0,
    opening: null,
    stage: 'new',
    outcome: null,
    facts: {},
    tasks: {},
    documents: {},
    clocks: {},
    next: null,
  };
}

/**
 * The one reducer: what a case knows after a committed step. The workflow's own steps and those it adopts after a crash
 * both pass through here, and both come from the database's answer, never from what the workflow had meant to do; so a
 * history replays whatever the procedure's code has become.
 */
export function reduce(state: CaseState, step: CommittedStep): CaseState {
  if (step.revision <= state.revision) return state;
  return {
    ...state,
    revision: step.revision,
    opening: movedTo(step.packId, step.opening ?? state.opening),
    stage: step.stage,
    outcome: step.outcome,
    facts: { ...state.facts, ...step.facts },
    tasks: step.tasks.reduce(reduceTask, state.tasks),
    documents: step.documents.reduce(reduceDocument, state.documents),
    clocks: { ...state.clocks, ...step.clocks },
    next: step.next,
  };
}

const movedTo = (packId: string | undefined, opening: CaseState['opening']): CaseState['opening'] =>
  packId === undefined || opening === null ? opening : { ...opening, packId };

function reduceTask(tasks: CaseState['tasks'], change: KnownTaskChange): CaseState['tasks'] {
  if (change.type === 'opened') {
    const { type: _, ...task } = change;
    return { ...tasks, [task.id]: task };
  }
  if (change.type !== 'assigned') return without(tasks, change.id);
  const task = tasks[change.id];
  if (task === undefined) return tasks;
  const { assignee: _, ...unassigned } = task;
  const assigned: TaskOpened =
    change.assignee === null ? unassigned : { ...unassigned, assignee: change.assignee };
  return { ...tasks, [change.id]: assigned };
}

function reduceDocument(
  documents: CaseState['documents'],
  change: KnownDocumentChange,
): CaseState['documents'] {
  if (change.type === 'drafted') {
    const { kind, needsSeal, needsService } = change;
    return needsSeal || needsService
      ? { ...documents, [change.id]: { kind, needsSeal, needsService } }
      : documents;
  }
  const document = documents[change.id];
  if (change.type === 'sealed' && document?.needsService === true) {
    return { ...documents, [change.id]: { ...document, needsSeal: false, sealedOn: change.on } };
  }
  return without(documents, change.id);
}

function without<Value extends TaskOpened | OpenDocument>(
  record: Readonly<Record<string, Value>>,
  key: string,
): Readonly<Record<string, Value>> {
  const { [key]: _, ...rest } = record;
  return rest;
}
