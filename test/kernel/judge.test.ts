import { expect, test } from 'vitest';
import { demonstration } from '../../rules/packs/demonstration/index.js';
import { judge } from '../../workflows/kernel/judge.js';
import { messageNames } from '../../workflows/messages/between.js';
import { emptyState } from '../../workflows/messages/reduce.js';
import { officer } from '../../rehearsal/people.js';
import { asked, caseId, desk, draftOf, morning, openedCase, procedureOf } from './cases.js';

const system = { id: 'permit/1', kind: 'system', roles: [] } as const;
const refusal = (code: string, detail: object = {}) => ({ decided: { type: 'refused', code, detail } });
const unopened = emptyState({ caseId, kind: 'application', clockOffset: 0 });

const procedure = procedureOf({
  opens: {
    'application.submit': (step) => {
      step.open(demonstration, { area: '990100', procedure: 'first', unitId: 'steel', permitNo: null });
      step.enter('received');
    },
  },
  requests: {
    'application.withdraw': (step) => {
      step.enter('elsewhere');
      step.record('application.withdrawn', {});
      step.refuse('rule.refused', { what: 'not today', where: 'reason' });
    },
    'renewal.deemed': (step) => step.enter('told'),
    'application.revise': () => {
      throw new TypeError('a fault of ours');
    },
  },
});

test('a refusal is a result, and leaves no trace of what was done before it', () => {
  expect(asked(procedure, openedCase(), 'application.withdraw')).toEqual(
    refusal('rule.refused', { what: 'not today', where: 'reason' }),
  );
});

test('a fault of ours is no refusal: it is thrown', () => {
  expect(() => asked(procedure, openedCase(), 'application.revise')).toThrow(TypeError);
});

test('a request that the procedure does not know is refused, also one that every object answers to', () => {
  for (const name of [
    'nonsense',
    'permit.hold',
    '',
    'toString',
    'constructor',
    '__proto__',
    'hasOwnProperty',
  ]) {
    expect(asked(procedure, openedCase(), name), name).toMatchObject(
      refusal('request.unknown', { where: caseId, found: name }),
    );
    expect(asked(procedure, unopened, name), name).toMatchObject(refusal('not.found'));
  }
});

test('a case begins with a request that opens it, and with nothing else', () => {
  expect(asked(procedure, unopened, 'application.submit')).toMatchObject({
    opening: { packId: demonstration.id, unitId: 'steel', organs: { accepting: 'yunchuan' } },
    decided: { type: 'draft', draft: { stage: 'received' } },
  });
  expect(asked(procedure, unopened, 'application.withdraw')).toMatchObject(refusal('not.found'));
  expect(asked(procedure, openedCase(), 'application.submit')).toMatchObject(
    refusal('case.exists', { where: caseId }),
  );
});

test('a closed case refuses everything, with its outcome', () => {
  const closed = openedCase({ stage: 'closed', outcome: 'granted' });
  for (const name of ['application.withdraw', 'task.complete', 'clock.pause', 'nonsense']) {
    expect(asked(procedure, closed, name)).toMatchObject(refusal('case.closed', { found: 'granted' }));
  }
});

test('what cases tell each other no person may say, whatever their roles', () => {
  const chief = officer('chief', 'organHead@yunchuan', 'acceptance@yunchuan');
  for (const kind of ['officer', 'applicant', 'administrator'] as const) {
    for (const name of messageNames) {
      expect(asked(procedure, openedCase(), name, {}, { ...chief, kind })).toMatchObject(
        refusal('auth.forbidden', { found: name }),
      );
    }
  }
  const told = asked(procedure, openedCase(), 'renewal.deemed', {}, system);
  expect(draftOf(told).stage).toBe('told');
});

test('a guarded step judges every branch on what came before it, each without the others', () => {
  const guarded = procedureOf({
    requests: {
      'application.withdraw': (step) => {
        step.remember({ before: true });
        step.openTask('completeness', 'acceptance', 'accepting');
        step.dependOn(
          'someGuard',
          { permitNo: 'P' },
          {
            yes: (branch) => {
              branch.remember({ answer: 'yes' });
              branch.openTask('completeness', 'acceptance', 'accepting');
            },
            no: (branch) => branch.conclude('over'),
          },
        );
      },
    },
  });
  const { decided } = asked(guarded, openedCase(), 'application.withdraw');
  expect(decided).toMatchObject({
    type: 'guarded',
    drafts: { guard: 'someGuard', params: { permitNo: 'P' } },
  });
  const { yes, no } = decided.type === 'guarded' ? decided.drafts.branches : {};
  expect(yes?.facts).toEqual({ before: true, answer: 'yes', rounds: { completeness: 2 } });
  expect(yes?.tasks?.map((task) => task.type)).toEqual(['opened', 'opened']);
  expect(yes?.outcome).toBeUndefined();
  // A branch that ends the case ends it: the step is settled in each branch.
  expect(no).toMatchObject({ stage: 'closed', outcome: 'over', facts: { before: true, concluding: 'over' } });
  expect(no?.tasks?.map((task) => task.type)).toEqual(['opened', 'overtaken']);
});

test('a second guard, or one inside a branch, is a fault of ours and never silently left out', () => {
  const nested = procedureOf({
    requests: {
      'application.withdraw': (step) =>
        step.dependOn('one', {}, { yes: (branch) => branch.dependOn('two', {}, { yes: () => undefined }) }),
      'application.revise': (step) => {
        step.dependOn('one', {}, { yes: () => undefined });
        step.dependOn('two', {}, { yes: () => undefined });
      },
    },
  });
  for (const name of ['application.withdraw', 'application.revise']) {
    expect(() => asked(nested, openedCase(), name), name).toThrow('one guard');
  }
});

test('a moment of a clock that nobody named is a reminder to its level, and a lapse is the procedure’s', () => {
  const lapsing = procedureOf({ lapses: { completeness: (step) => step.enter('deemed') } });
  const state = openedCase({
    clocks: { 'completeness.2': { limit: 'completeness', state: 'running', due: null, lapsed: false } },
  });
  const reached = (moment: string, action: 'lapse' | 'yellow') =>
    draftOf(
      judge(
        lapsing,
        state,
        {
          type: 'clock',
          moment: { clock: 'completeness.2', moment, at: morning, action, level: 'sectionHead' },
        },
        morning,
        desk,
      ),
    );
  expect(reached('yellow', 'yellow')).toMatchObject({
    clocks: [{ clock: 'completeness.2', type: 'reached', moment: 'yellow' }],
    ledger: [{ event: 'clock.yellow' }],
    notices: [{ template: 'clock.yellow', recipient: 'sectionHead' }],
  });
  expect(reached('lapse', 'lapse')).toMatchObject({ stage: 'deemed', ledger: [{ event: 'clock.lapsed' }] });
});
