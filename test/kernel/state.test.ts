import { expect, test } from 'vitest';
import { parseDate } from '../../rules/date.js';
import { describeCase } from '../../workflows/kernel/details.js';
import { emptyState } from '../../workflows/messages/reduce.js';
import { upgrade } from '../../workflows/kernel/upgrade.js';
import type { TaskOpened } from '../../workflows/messages/step.js';
import { at } from '../rig/rig.js';
import { caseId, committed, morning, openedCase, runningClock, stateAfter } from './cases.js';

const task = (kind: string, round = 1): TaskOpened => ({
  ...{ id: `${caseId}#${kind}.${round}`, kind, round, role: 'acceptance', organ: 'yunchuan' },
});
const opened = (kind: string, round = 1) => ({ type: 'opened', ...task(kind, round) }) as const;
const paper = { kind: 'approval', organ: 'yunchuan', needsSeal: true, needsService: true, params: {} };
const day = parseDate('2026-03-02');

const empty = emptyState({ caseId, kind: 'application', clockOffset: 0 });
const story = [
  committed(1, {
    ...(openedCase().opening === null ? {} : { opening: openedCase().opening ?? undefined }),
    facts: { a: 1 },
    tasks: [opened('completeness')],
    clocks: { completeness: runningClock('completeness') },
    next: {
      clock: 'completeness',
      moment: 'lapse',
      at: at('2026-03-06 00:00'),
      action: 'lapse',
      level: null,
    },
  } as object),
  committed(2, { tasks: [{ type: 'assigned', id: task('completeness').id, assignee: 'desk' }] }),
  committed(3, {
    stage: 'review',
    facts: { b: 2 },
    tasks: [
      { type: 'completed', id: task('completeness').id, outcome: 'accept' },
      opened('opinion.water'),
      opened('opinion.air'),
    ],
    documents: [{ type: 'drafted', id: 'd1', ...paper }],
    clocks: { completeness: { ...runningClock('completeness'), state: 'stopped' } },
  }),
  committed(4, {
    facts: { a: 3 },
    tasks: [{ type: 'overtaken', id: task('opinion.air').id }],
    documents: [{ type: 'sealed', id: 'd1', on: day }],
  }),
];

test('a case becomes what its steps make of it', () => {
  expect(stateAfter(empty, ...story)).toMatchObject({
    revision: 4,
    stage: 'received',
    facts: { a: 3, b: 2 },
    tasks: { [task('opinion.water').id]: task('opinion.water') },
    documents: { d1: { kind: 'approval', needsSeal: false, needsService: true, sealedOn: '2026-03-02' } },
    clocks: { completeness: { state: 'stopped' } },
    next: null,
  });
  expect(Object.keys(stateAfter(empty, ...story).tasks)).toHaveLength(1);
});

test('missed steps that are adopted after a crash lead to the same state as those taken one by one', () => {
  const straight = stateAfter(empty, ...story);
  for (let crash = 0; crash <= story.length; crash += 1) {
    // The history ends before the crash; the database answers with what came after.
    const before = stateAfter(empty, ...story.slice(0, crash));
    expect(stateAfter(before, ...story.slice(crash))).toEqual(straight);
  }
});

test('a step that is known already changes nothing, however often it is told', () => {
  const straight = stateAfter(empty, ...story);
  expect(stateAfter(straight, ...story)).toBe(straight);
  const [first, second, third, fourth] = story;
  if (!first || !second || !third || !fourth) throw new Error('four steps');
  expect(stateAfter(empty, first, second, first, third, second, third, fourth)).toEqual(straight);
});

test('what a state is made of is not changed by the next step', () => {
  const before = stateAfter(empty, ...story.slice(0, 2));
  const kept = JSON.stringify(before);
  stateAfter(before, ...story.slice(2));
  expect(JSON.stringify(before)).toBe(kept);
});

test('a change to a task or a document that is not there is passed over', () => {
  const state = openedCase();
  const after = stateAfter(
    state,
    committed(2, {
      tasks: [
        { type: 'assigned', id: 'nobody', assignee: 'desk' },
        { type: 'completed', id: 'nobody', outcome: 'done' },
        { type: 'overtaken', id: 'nobody' },
      ],
      documents: [
        { type: 'sealed', id: 'nothing', on: day },
        { type: 'served', id: 'nothing', on: day },
        { type: 'voided', id: 'nothing' },
      ],
    }),
  );
  expect(after).toEqual({ ...state, revision: 2 });
});

test('a task is given to somebody, to somebody else, and back to all', () => {
  const { id } = task('completeness');
  const given = (revision: number, assignee: string | null) =>
    committed(revision, { tasks: [{ type: 'assigned', id, assignee }] });
  const state = openedCase({ tasks: { [id]: task('completeness') } });
  expect(stateAfter(state, given(2, 'desk')).tasks[id]?.assignee).toBe('desk');
  expect(stateAfter(state, given(2, 'desk'), given(3, 'other')).tasks[id]?.assignee).toBe('other');
  expect(stateAfter(state, given(2, 'desk'), given(3, null))).toEqual({ ...state, revision: 3 });
});

test('a document that needs neither seal nor service is not waited for, and a sealed one that needs no service is done', () => {
  const drafted = (needsSeal: boolean, needsService: boolean) =>
    committed(2, { documents: [{ type: 'drafted', id: 'd1', ...paper, needsSeal, needsService }] });
  const sealed = committed(3, { documents: [{ type: 'sealed', id: 'd1', on: day }] });
  const served = committed(4, { documents: [{ type: 'served', id: 'd1', on: day }] });
  expect(stateAfter(openedCase(), drafted(false, false)).documents).toEqual({});
  expect(stateAfter(openedCase(), drafted(true, false), sealed).documents).toEqual({});
  expect(stateAfter(openedCase(), drafted(true, true), sealed, served).documents).toEqual({});
});

test('a state is plain JSON: it travels through continue-as-new unchanged', () => {
  const state = stateAfter(empty, ...story);
  expect(upgrade(JSON.parse(JSON.stringify(state)) as typeof state)).toEqual(state);
});

test('the details in the Temporal UI name tasks and running clocks, and none of the facts', () => {
  const state = openedCase({
    facts: { applicant: '张三', telephone: '13800000000' },
    tasks: { [task('completeness').id]: { ...task('completeness'), assignee: '李四' } },
    clocks: {
      'completeness.2': { ...runningClock('completeness'), due: parseDate('2026-03-05') },
      decision: { ...runningClock('decision.key'), state: 'paused' },
      supplement: { ...runningClock('supplement.submit'), state: 'stopped' },
    },
    next: { clock: 'completeness.2', moment: 'lapse', at: morning, action: 'lapse', level: null },
  });
  const text = describeCase(state);
  expect(text.split('\n')).toEqual([
    '**application/2026000001** · received · r1',
    '',
    '**任务 / tasks**',
    '- completeness (acceptance, yunchuan)',
    '',
    '**期限 / clocks**',
    '- completeness: 2026-03-05',
    '- decision: 扣除中 / paused',
    '',
    '下一时刻 / next: completeness.2/lapse 2026-03-02T09:00:00.000+08:00',
  ]);
});
