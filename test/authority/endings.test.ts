import { afterAll, beforeAll, expect, test } from 'vitest';
import * as people from '../../rehearsal/people.js';
import { type HeldPermit, issuePermit, openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { Act } from './acts.js';

/** Thursday 5 March 2026: withdrawal (ALL 8), and the record of a revocation (REG 34, 41). */
let rig: Rig;
const names = ['taken', 'expiring', 'revoked', 'barred', 'lapsing', 'wrong', 'both'] as const;
let permits: Record<(typeof names)[number], HeldPermit>;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  const issued: [string, HeldPermit][] = [];
  for (const name of names) {
    const soon = name === 'expiring' || name === 'lapsing';
    issued.push([name, await issuePermit(rig, name, soon ? '2021-03-13' : '2026-03-05')]);
  }
  permits = Object.fromEntries(issued) as typeof permits;
  await rig.world.advanceTo(at('2026-03-09 09:00'));
});
afterAll(() => rig.close());

const penalty = { decidedOn: '2026-03-02', servedOn: '2026-03-06' };
const revoke = (name: (typeof names)[number], more: object = {}) =>
  Act.tryToStart(permits[name], 'revocation', { ...penalty, ...more });
const confirm = { outcome: 'confirmed', reason: '决定书和送达回证齐全' };

test('ALL 8: a withdrawal is told, heard, decided, served, and always leaves a duty to compensate', async () => {
  const taken = await Act.start(permits.taken, 'withdrawal');
  const expiring = await Act.start(permits.expiring, 'withdrawal');
  const both = await Act.start(permits.both, 'withdrawal');
  await taken.speak();
  // Said before the notice was served: nothing is drafted until it is.
  expect(await openTasks(rig, taken.caseId)).toEqual(['seal.1']);
  for (const act of [taken, expiring, both]) await act.tell('2026-03-09');
  await rig.world.advanceTo(at('2026-03-13 00:00'));
  await permits.expiring.stands('lapsed', '2026-03-12');
  const [moot] = await expiring.entries('authority.ended');
  expect(moot?.params).toMatchObject({ reason: 'lapsed' });
  await rig.world.advanceTo(at('2026-03-17 00:00'));
  expect(await openTasks(rig, taken.caseId)).toEqual(['heardReview']);
  await rig.world.advanceTo(at('2026-03-17 09:00'));
  await taken.complete(people.legalOfficer, 'heardReview', { outcome: 'goOn', reason: '公共利益优先' });
  await taken.draftAs();
  await taken.sign();
  await taken.decide('withdrawalDecision', '2026-03-17');
  await permits.taken.stands('withdrawnByAuthority', '2031-03-04');
  expect(await openTasks(rig, taken.caseId)).toEqual(['compensation', 'platformEnding', 'publicity']);
  const settled = { outcome: 'paid', on: '2026-03-18', note: '已支付' };
  expect(await taken.complete(people.lead, 'compensation', settled, { mayRefuse: true })).toMatchObject({
    status: 'refused',
  });
  await taken.complete(people.lead, 'compensation', { ...settled, on: '2026-03-17' });
  expect(await openTasks(rig, permits.taken.cancellation().caseId)).toEqual(['cancellationDraft']);
});

test('REG 34: a revocation is entered with its number, article and day, and checked by another person', async () => {
  const { act, status } = await revoke('revoked');
  expect(status).toMatchObject({ status: 'done' });
  expect(await openTasks(rig, act.caseId)).toEqual(['revocationCheck']);
  const self = people.officer(people.lead.id, 'officer@yunchuan', 'legalOfficer@yunchuan');
  expect(await act.complete(self, 'revocationCheck', confirm, { mayRefuse: true })).toMatchObject({
    code: 'rule.refused',
  });
  await permits.revoked.stands('valid', '2031-03-04');
  await act.complete(people.legalOfficer, 'revocationCheck', confirm);
  await rig.world.settle();
  await permits.revoked.stands('revoked', '2031-03-04');
  const [ended] = await permits.revoked.office.entries('permit.endedByAuthority');
  expect(ended?.params).toMatchObject({ state: 'revoked', on: '2026-03-06' });
  expect(await act.story()).not.toContain('holder.barred');
  const cancellation = permits.revoked.cancellation();
  expect((await cancellation.story()).slice(0, 1)).toEqual(['cancellation.openedOnDecision']);
});

test('REG 41: who forged or lent the permit is barred for three years; another article revokes nothing', async () => {
  const { act } = await revoke('barred', { penaltyArticle: 'REG 41' });
  await act.complete(people.legalOfficer, 'revocationCheck', confirm);
  await rig.world.settle();
  const [barred] = await act.entries('holder.barred');
  expect(barred).toMatchObject({ article: 'REG 41', params: { on: '2026-03-06' } });
  const { status } = await revoke('wrong', { penaltyArticle: 'REG 36' });
  expect(status).toMatchObject({ code: 'rule.refused', detail: { found: 'REG 36' } });
});

test('L11: a penalty served before it was decided, or tomorrow, is refused; one that proves wrong revokes nothing', async () => {
  for (const days of [
    { decidedOn: '2026-03-06', servedOn: '2026-03-05' },
    { decidedOn: '2026-03-16', servedOn: '2026-03-18' },
  ]) {
    expect((await revoke('wrong', days)).status).toMatchObject({ code: 'rule.refused' });
  }
  const { act } = await revoke('wrong');
  await act.complete(people.legalOfficer, 'revocationCheck', { outcome: 'rejected', reason: '尚未送达' });
  expect((await act.story()).at(-1)).toBe('case.closed');
  await permits.wrong.stands('valid', '2031-03-04');
});

test('L11, L12: a lapsed permit may be revoked: the cancellation for its expiry gives way', async () => {
  await permits.lapsing.stands('lapsed', '2026-03-12');
  const { act } = await revoke('lapsing');
  await act.complete(people.legalOfficer, 'revocationCheck', confirm);
  await rig.world.settle();
  await permits.lapsing.stands('revoked', '2026-03-12');
  expect((await permits.lapsing.cancellation().story()).at(-1)).toBe('case.closed');
  expect(await openTasks(rig, permits.lapsing.cancellation(2).caseId)).toEqual(['cancellationDraft']);
});

test('L11: a permit ends once: what else is under way about it ends with it, and nothing can be begun', async () => {
  const { act } = await revoke('both');
  await act.complete(people.legalOfficer, 'revocationCheck', confirm);
  await rig.world.settle();
  await permits.both.stands('revoked', '2031-03-04');
  for (const kind of ['withdrawal', 'annulment', 'authorityChange', 'urging'] as const) {
    const { status } = await Act.tryToStart(permits.both, kind);
    expect(status).toMatchObject({ code: 'rule.refused', detail: { found: 'ended' } });
  }
  const { act: second, status } = await revoke('both');
  expect(status).toMatchObject({ detail: { found: 'ended' } });
  expect(await rig.events(second.caseId)).toEqual([]);
});
