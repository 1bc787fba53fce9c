import { afterAll, beforeAll, expect, test } from 'vitest';
import * as people from '../../rehearsal/people.js';
import { dueDay, type HeldPermit, issuePermit, openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { Act } from './acts.js';

/** Thursday 5 March 2026. A notice served on Monday 9 March gives until Monday 16 March. */
let rig: Rig;
const names = ['silent', 'right', 'heard', 'spared', 'superior', 'expiring'] as const;
let permits: Record<(typeof names)[number], HeldPermit>;
let acts: Record<(typeof names)[number], Act>;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  const issued: [string, HeldPermit][] = [];
  for (const name of names) {
    issued.push([name, await issuePermit(rig, name, name === 'expiring' ? '2021-03-13' : '2026-03-05')]);
  }
  permits = Object.fromEntries(issued) as typeof permits;
  await rig.world.advanceTo(at('2026-03-09 09:00'));
  acts = {
    silent: await Act.start(permits.silent, 'annulment'),
    right: await Act.start(permits.right, 'annulment'),
    heard: await Act.start(permits.heard, 'annulment', { ground: 'procedureBreached', origin: 'onRequest' }),
    spared: await Act.start(permits.spared, 'annulment', { ground: 'bribery' }),
    superior: await Act.start(permits.superior, 'annulment', { by: 'superior' }, people.staffOf('province')),
    expiring: await Act.start(permits.expiring, 'annulment'),
  };
  for (const act of Object.values(acts)) await act.tell('2026-03-09');
});
afterAll(() => rig.close());

test('L11: a second annulment of the same permit, and one of a permit that is not there, are refused', async () => {
  const second = await Act.tryToStart(permits.silent, 'annulment');
  expect(second.status).toMatchObject({ code: 'rule.refused', detail: { found: 'alreadyUnderWay' } });
  const other = await Act.tryToStart(permits.silent, 'annulment', { unitId: 'right' });
  expect(other.status).toMatchObject({ code: 'rule.refused', detail: { found: 'noPermit' } });
});

test('L11: the holder has five working days from the service of the notice, for a word and for a hearing', async () => {
  expect(await dueDay(rig, acts.silent.caseId, 'statement')).toBe('2026-03-16');
  expect(await dueDay(rig, acts.silent.caseId, 'hearingRequest')).toBe('2026-03-16');
  expect(await openTasks(rig, acts.silent.caseId)).toEqual([]);
});

test('L11: the superior of the issuing organ annuls in its own name; where the pack knows no superior it is refused', async () => {
  const [notice] = await acts.superior.documents('annulmentNotice');
  expect(notice).toMatchObject({ organ: 'province', number: '示环许监〔2026〕1号' });
  const area = { area: '990200', by: 'superior' };
  const { status } = await Act.tryToStart(permits.right, 'annulment', area);
  expect(status).toMatchObject({ status: 'refused', code: 'not.found' });
});

test('L11: a statement that is right ends the procedure; the holder is told, and the permit stands', async () => {
  const act = acts.right;
  expect(await act.speak()).toMatchObject({ status: 'done' });
  expect(await act.speak()).toMatchObject({ status: 'refused', code: 'rule.refused' });
  // The time to ask for a hearing runs on.
  expect(await openTasks(rig, act.caseId)).toEqual([]);
  await rig.world.advanceTo(at('2026-03-10 09:00'));
  expect(await acts.heard.holder('hearing.request', { party: '持证人' })).toMatchObject({ status: 'done' });
});

test('L11, L7: the holder of a permit that expires meanwhile: the case goes on, its cancellation opens for the expiry', async () => {
  await rig.world.advanceTo(at('2026-03-13 00:00'));
  const { expiring } = permits;
  await expiring.stands('lapsed', '2026-03-12');
  expect(await openTasks(rig, expiring.cancellation().caseId)).toEqual(['operationCheck']);
  expect(await acts.expiring.story()).not.toContain('authority.ended');
});

test('L11: the silent holder’s case goes to its draft at 00:00 after the fifth day', async () => {
  await rig.world.advanceTo(at('2026-03-16 23:59'));
  expect(await openTasks(rig, acts.silent.caseId)).toEqual([]);
  await rig.world.advanceTo(at('2026-03-17 00:00'));
  expect(await acts.silent.timeline('holder.noStatement', 'hearing.waived')).toEqual([
    '2026-03-17T00:00 hearing.waived',
    '2026-03-17T00:00 holder.noStatement',
  ]);
  expect(await openTasks(rig, acts.silent.caseId)).toEqual(['annulmentDraft']);
  expect(await openTasks(rig, acts.right.caseId)).toEqual(['heardReview']);
  await rig.world.advanceTo(at('2026-03-17 09:00'));
  expect(await acts.silent.speak()).toMatchObject({ status: 'refused', code: 'rule.refused' });
  await acts.right.complete(people.legalOfficer, 'heardReview', { outcome: 'drop', reason: '材料属实' });
  await acts.right.dispatch('2026-03-17');
  expect((await acts.right.story()).at(-1)).toBe('case.closed');
  expect(await acts.right.documents('proceduralEnd')).toHaveLength(1);
  await permits.right.stands('valid', '2031-03-04');
});

test('ALL 69: who deceived is not compensated', async () => {
  const draft = { outcome: 'annul', opinion: '拟予撤销', compensation: true };
  const status = await acts.silent.complete(people.lead, 'annulmentDraft', draft, { mayRefuse: true });
  expect(status).toMatchObject({ status: 'refused', code: 'rule.refused' });
});

test('L11, L7: the served annulment ends the permit, its renewal, and every chance of a renewal by law', async () => {
  const [permit, act] = [permits.silent, acts.silent];
  const renewal = await permit.renew();
  await renewal.accept();
  await act.draftAs({ outcome: 'annul', opinion: '拟予撤销', compensation: false });
  await act.sign('sectionHead');
  await act.complete(people.legalOfficer, 'sign.legalReview', {
    ...{ outcome: 'return', to: 'drafting', reason: '补充证据' },
  });
  await act.draftAs({ outcome: 'annul', opinion: '补充证据后拟予撤销', compensation: false });
  await act.sign();
  await act.seal('annulmentDecision');
  await permit.stands('valid', '2031-03-04');
  await act.serve('annulmentDecision', '2026-03-17');
  await rig.world.settle();
  await permit.stands('annulled', '2031-03-04');
  expect(await act.story()).toContain('holder.barred');
  expect((await renewal.story()).filter((event) => event === 'application.permitEnded')).toHaveLength(1);
  expect(await openTasks(rig, renewal.caseId)).not.toContain('opinion.water');
  expect(await permit.notices('permit.endedByAuthority')).toHaveLength(1);
});

test('L11, L12: its cancellation is a formality: no enquiry, no second hearing, signed, served and published', async () => {
  const permit = permits.silent;
  const cancellation = permit.cancellation();
  expect((await cancellation.story())[0]).toBe('cancellation.openedOnDecision');
  expect(await openTasks(rig, cancellation.caseId)).toEqual(['cancellationDraft']);
  // A lawsuit against the annulment holds it, and takes it up again where it stood.
  await permit.hold('（2026）云01行初3号');
  expect(await openTasks(rig, cancellation.caseId)).toEqual([]);
  await permit.release('（2026）云01行初3号');
  expect(await openTasks(rig, cancellation.caseId)).toEqual(['cancellationDraft']);
  await cancellation.signDecision();
  await cancellation.seal('formalCancellation');
  await cancellation.serve('formalCancellation', '2026-03-17');
  await rig.world.settle();
  await permit.stands('cancelled', '2031-03-04');
  await cancellation.finish(permit.permitNo, '2026-03-17');
  expect((await cancellation.story()).at(-1)).toBe('case.closed');
  expect(await cancellation.documents('cancellationIntention')).toHaveLength(0);
  const [published] = await cancellation.documents('formalCancellationNotice');
  expect(published?.number).toMatch(/^云环许销〔2026〕\d+号$/);
});

test('L11: after the decision the platform and the public have it, and the case closes', async () => {
  const { silent } = acts;
  const platform = { businessNo: 'CX1', at: '2026-03-17T09:00:00+08:00' };
  const other = { outcome: 'recorded', permitNo: permits.right.permitNo, platform };
  expect(await silent.complete(people.desk, 'platformEnding', other, { mayRefuse: true })).toMatchObject({
    status: 'refused',
  });
  await silent.complete(people.desk, 'platformEnding', { ...other, permitNo: permits.silent.permitNo });
  const tomorrow = { outcome: 'done', on: '2026-03-18', note: '将公开' };
  expect(await silent.complete(people.desk, 'publicity', tomorrow, { mayRefuse: true })).toMatchObject({
    status: 'refused',
  });
  await silent.complete(people.desk, 'publicity', { outcome: 'done', on: '2026-03-17', note: '已公开' });
  await silent.dispatch('2026-03-17');
  expect((await silent.story()).at(-1)).toBe('case.closed');
});

test('ALL 69: not annulled where that would do major harm to the public interest: decided, with its reason', async () => {
  const act = acts.spared;
  await act.draftAs({ outcome: 'spare', publicInterest: '承担全市集中供热' });
  await act.sign();
  await act.decide('annulmentRefusal', '2026-03-17');
  await act.complete(people.desk, 'publicity', { outcome: 'done', on: '2026-03-17', note: '已公开' });
  await act.dispatch('2026-03-17');
  const [closed] = await act.entries('case.closed');
  expect(closed?.params).toMatchObject({ outcome: 'spared' });
  await permits.spared.stands('valid', '2031-03-04');
});

test('L11, L12: one that had lapsed is annulled all the same; the cancellation for its expiry gives way', async () => {
  const [permit, act] = [permits.expiring, acts.expiring];
  await act.draftAs({ outcome: 'annul', opinion: '拟予撤销', compensation: false });
  await act.sign();
  await act.decide('annulmentDecision', '2026-03-17');
  await permit.stands('annulled', '2026-03-12');
  expect((await permit.cancellation().story()).slice(-2)).toEqual(['cancellation.ended', 'case.closed']);
  expect(await openTasks(rig, permit.cancellation(2).caseId)).toEqual(['cancellationDraft']);
});

test('ALL 46, 48: a hearing is held before the decision, which compensates a holder who was not to blame', async () => {
  const [permit, act] = [permits.heard, acts.heard];
  const chair = { place: '三楼会议室', chair: '林若川' };
  const scheduled = { outcome: 'scheduled', on: '2026-03-30', ...chair };
  await act.complete(people.legalOfficer, 'hearing', scheduled);
  await act.seal('hearingNotice');
  await act.serve('hearingNotice', '2026-03-17');
  const held = { outcome: 'held', on: '2026-03-30', chair: '林若川', record: '双方陈述' };
  expect(await act.complete(people.legalOfficer, 'hearing', held, { mayRefuse: true })).toMatchObject({
    status: 'refused',
  });
  await rig.world.advanceTo(at('2026-03-30 15:00'));
  expect(await openTasks(rig, act.caseId)).toEqual(['hearing']);
  await act.complete(people.legalOfficer, 'hearing', held);
  await act.complete(people.legalOfficer, 'heardReview', { outcome: 'goOn', reason: '程序确有违法' });
  await act.draftAs({ outcome: 'annul', opinion: '拟予撤销', compensation: true });
  await act.sign();
  await act.decide('annulmentDecision', '2026-03-30');
  await permit.stands('annulled', '2031-03-04');
  await act.complete(people.lead, 'compensation', { outcome: 'agreed', on: '2026-03-30', note: '已签协议' });
  expect(await act.story()).not.toContain('holder.barred');
});

test('L7: nothing happens to an annulled permit at what was its last day', async () => {
  await rig.world.advanceTo(at('2031-03-05 00:01'));
  const [permit] = [permits.heard];
  await permit.stands('annulled', '2031-03-04');
  expect(await permit.timeline('permit.expired', 'permit.renewedByLaw')).toEqual([]);
});
