import { expect, test } from 'vitest';
import type { Step } from '../../workflows/kernel/step.js';
import type { CaseState } from '../../workflows/messages/state.js';
import type { StepDraft, TaskOpened } from '../../workflows/messages/step.js';
import { officer } from '../../rehearsal/people.js';
import { asked, caseId, desk, draftOf, openedCase, procedureOf, runningClock } from './cases.js';

/** What a step comes to in which this is done. */
function doing(work: (step: Step) => void, more: Partial<CaseState> = {}): StepDraft {
  const procedure = procedureOf({ requests: { 'application.withdraw': (step) => work(step) } });
  return draftOf(asked(procedure, openedCase(more), 'application.withdraw'));
}

const task = (kind: string, round = 1, more: Partial<TaskOpened> = {}): TaskOpened => ({
  ...{ id: `${caseId}#${kind}.${round}`, kind, round, role: 'acceptance', organ: 'yunchuan' },
  ...more,
});
const tasksOf = (...tasks: readonly TaskOpened[]): CaseState['tasks'] =>
  Object.fromEntries(tasks.map((each) => [each.id, each]));
const stopped = (draft: StepDraft) =>
  (draft.clocks ?? []).flatMap((change) => (change.type === 'stopped' ? [change.clock] : []));
const overtaken = (draft: StepDraft) =>
  (draft.tasks ?? []).flatMap((change) => (change.type === 'overtaken' ? [change.id] : []));

test('each kind of task counts its own rounds, within a step and from step to step', () => {
  const draft = doing(
    (step) => {
      expect(step.openTask('completeness', 'acceptance', 'accepting')).toBe(3);
      expect(step.openTask('completeness', 'acceptance', 'accepting')).toBe(4);
      expect(step.openTask('opinion.water', 'element.water', 'reviewing')).toBe(1);
      expect(step.rounds('opinion.air')).toBe(0);
    },
    { facts: { rounds: { completeness: 2 } } },
  );
  expect(draft.tasks?.map((change) => (change.type === 'opened' ? change.id : ''))).toEqual([
    `${caseId}#completeness.3`,
    `${caseId}#completeness.4`,
    `${caseId}#opinion.water.1`,
  ]);
  expect(draft.facts?.['rounds']).toEqual({ completeness: 4, 'opinion.water': 1 });
});

test('a task with a limit has a clock of its round, which stops with the task', () => {
  const opened = doing((step) =>
    step.openTask('sign.deputyHead', 'deputyHead', 'deciding', { limit: 'sign' }),
  );
  expect(opened).toMatchObject({
    tasks: [{ id: `${caseId}#sign.deputyHead.1`, clock: 'sign.deputyHead.1' }],
    clocks: [{ clock: 'sign.deputyHead.1', type: 'started', limit: 'sign', on: '2026-03-02' }],
  });
  const own = task('opinion.water', 2, { clock: 'opinion.water.2' });
  const shared = task('completeness', 1, { clock: 'completeness' });
  const draft = doing((step) => step.overtakeTasks(), {
    tasks: tasksOf(own, shared),
    clocks: { 'opinion.water.2': runningClock('opinion'), completeness: runningClock('completeness') },
  });
  expect(overtaken(draft)).toEqual([own.id, shared.id]);
  expect(stopped(draft)).toEqual(['opinion.water.2']);
});

test('clocks are stopped by their name, whatever their round, once, and only those that run', () => {
  const clocks = {
    completeness: runningClock('completeness'),
    'completeness.2': runningClock('completeness'),
    'completeness.3': { ...runningClock('completeness'), state: 'stopped' as const },
    'completeness.4': { ...runningClock('completeness'), state: 'paused' as const },
    completenessOther: runningClock('decision.key'),
    decision: runningClock('decision.key'),
  };
  const draft = doing(
    (step) => {
      step.stopClocks('completeness', 'nothing');
      step.stopClocks('completeness');
    },
    { clocks },
  );
  expect(stopped(draft)).toEqual(['completeness', 'completeness.2', 'completeness.4']);
});

test('a task’s clock that is stopping already is not stopped twice', () => {
  const own = task('completeness', 2, { clock: 'completeness.2' });
  const draft = doing(
    (step) => {
      step.stopClocks('completeness');
      step.overtakeTasks('completeness');
    },
    { tasks: tasksOf(own), clocks: { 'completeness.2': runningClock('completeness') } },
  );
  expect(stopped(draft)).toEqual(['completeness.2']);
});

test('a case that concludes overtakes what nobody needs any more, and closes with its last paper', () => {
  const [serve, water, delivery] = [
    task('serve.1', 1, { clock: 'serve.1.1' }),
    task('opinion.water', 1, { clock: 'opinion.water.1' }),
    task('delivery', 1, { clock: 'delivery.1' }),
  ];
  const clocks = {
    'serve.1.1': runningClock('service'),
    'opinion.water.1': runningClock('opinion'),
    'delivery.1': runningClock('delivery'),
    decision: runningClock('decision.key'),
  };
  const concluding = doing((step) => step.conclude('granted', 'delivery'), {
    tasks: tasksOf(serve, water, delivery),
    clocks,
  });
  expect(concluding).toMatchObject({ stage: 'concluding', facts: { concluding: 'granted' } });
  expect(concluding.outcome).toBeUndefined();
  expect(overtaken(concluding)).toEqual([water.id]);
  expect(stopped(concluding).sort()).toEqual(['decision', 'opinion.water.1']);

  const left = { stage: 'concluding', facts: { concluding: 'granted' } };
  const waiting = doing(
    (step) => step.changeTask({ type: 'completed', id: serve.id, outcome: 'served', form: {} }),
    {
      ...left,
      tasks: tasksOf(serve, delivery),
    },
  );
  expect(waiting.outcome).toBeUndefined();
  const last = doing(
    (step) => step.changeTask({ type: 'completed', id: serve.id, outcome: 'served', form: {} }),
    {
      ...left,
      tasks: tasksOf(serve),
      clocks: { 'serve.1.1': runningClock('service') },
    },
  );
  expect(last).toMatchObject({ stage: 'closed', outcome: 'granted' });
  expect(last.ledger?.at(-1)).toEqual({ event: 'case.closed', params: { outcome: 'granted' } });
  expect(stopped(last)).toEqual(['serve.1.1']);
});

test('a case with nothing left to do closes with the step that concludes it', () => {
  expect(doing((step) => step.conclude('withdrawn'))).toMatchObject({
    stage: 'closed',
    outcome: 'withdrawn',
  });
});

test('a task is done by who holds its role at its organ, and only by who has claimed it or covers for them', () => {
  const state = openedCase({ tasks: tasksOf(task('completeness', 1, { assignee: 'wang' })) });
  const procedure = procedureOf({ tasks: { completeness: (step) => step.enter('done') } });
  const complete = (actor: Parameters<typeof officer>, more: object = {}) => {
    const body = { taskId: task('completeness').id, form: { outcome: 'accept', corrected: [] } };
    return asked(procedure, state, 'task.complete', body, { ...officer(...actor), ...more }).decided;
  };
  expect(complete(['wang', 'acceptance@yunchuan']).type).toBe('draft');
  expect(complete(['li', 'acceptance@yunchuan'], { onBehalfOf: 'wang' }).type).toBe('draft');
  expect(complete(['li', 'acceptance@yunchuan'])).toMatchObject({ code: 'task.claimed' });
  expect(complete(['wang', 'acceptance@lanjiang'])).toMatchObject({ code: 'task.notYours' });
  expect(complete(['wang', 'officer@yunchuan'])).toMatchObject({ code: 'task.notYours' });
  const gone = { taskId: `${caseId}#completeness.2`, form: { outcome: 'accept', corrected: [] } };
  expect(asked(procedure, state, 'task.complete', gone, desk)).toMatchObject({
    decided: { code: 'task.closed' },
  });
});
