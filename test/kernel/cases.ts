import { demonstration } from '../../rules/packs/demonstration/index.js';
import type { Procedure } from '../../rules/facts.js';
import { judge } from '../../workflows/kernel/judge.js';
import type { AnyProcedure } from '../../workflows/kernel/procedure.js';
import { emptyState, reduce } from '../../workflows/messages/reduce.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { Actor } from '../../workflows/messages/request.js';
import type { CaseState } from '../../workflows/messages/state.js';
import type { ClockView, CommittedStep, StepDraft } from '../../workflows/messages/step.js';
import { officer } from '../../rehearsal/people.js';
import { at } from '../rig/rig.js';

/** The legal instant of every step here: a Monday morning. */
export const morning = at('2026-03-02 09:00');

export const caseId = 'application/2026000001';

export const desk = officer('desk', 'acceptance@yunchuan');

const organs = {
  accepting: 'yunchuan',
  reviewing: 'yunchuan',
  deciding: 'yunchuan',
  sealing: 'yunchuan',
  supervising: 'yunchuan',
};

/** A case that was opened under the demonstration's rules, with whatever a test gives it. */
export const openedCase = (more: Partial<CaseState> = {}): CaseState => ({
  ...emptyState({ caseId, kind: 'application', clockOffset: 0 }),
  revision: 1,
  stage: 'received',
  opening: {
    kind: 'application',
    packId: demonstration.id,
    area: '990100',
    procedure: 'first' satisfies Procedure,
    unitId: 'steel',
    permitNo: null,
    organs,
  },
  ...more,
});

export const runningClock = (limit: string): ClockView => ({
  limit,
  state: 'running',
  due: null,
  lapsed: false,
});

/** A procedure made of what a test gives. */
export const procedureOf = (more: Partial<AnyProcedure>): AnyProcedure => ({
  ...{ kind: 'application', opens: {}, requests: {}, tasks: {}, lapses: {} },
  ...more,
});

/** What a procedure decides when this is asked of a case in this state. */
export function asked(
  procedure: AnyProcedure,
  state: CaseState,
  name: string,
  body: JsonObject = {},
  actor: Actor = desk,
) {
  const request = { id: 'r1', name, receivedAt: morning, actor, body };
  return judge(procedure, state, { type: 'request', id: 'r1' }, morning, actor, request);
}

/** The draft of a decision that is not guarded. Throws when it is a refusal or guarded. */
export function draftOf({ decided }: ReturnType<typeof judge>): StepDraft {
  if (decided.type !== 'draft') throw new Error(`no draft: ${JSON.stringify(decided)}`);
  return decided.draft;
}

/** A step as the database would answer it. */
export const committed = (revision: number, more: Partial<CommittedStep> = {}): CommittedStep => ({
  revision,
  cause: `request:${revision}`,
  at: morning,
  stage: 'received',
  outcome: null,
  quiet: false,
  facts: {},
  tasks: [],
  documents: [],
  clocks: {},
  next: null,
  result: {},
  ...more,
});

export const stateAfter = (state: CaseState, ...steps: readonly CommittedStep[]): CaseState =>
  steps.reduce(reduce, state);
