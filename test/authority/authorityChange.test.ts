import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { permitVersions } from '../../db/schema/index.js';
import { content } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { dueDay, type HeldPermit, issuePermit, openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { Act } from './acts.js';

/** Thursday 5 March 2026. A notice served on Monday 9 March gives until Monday 16 March. */
let rig: Rig;
const names = ['standards', 'quota', 'error', 'monitoring', 'refused', 'expiring', 'late'] as const;
let permits: Record<(typeof names)[number], HeldPermit>;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  const issued: [string, HeldPermit][] = [];
  for (const name of names) {
    issued.push([name, await issuePermit(rig, name, name === 'expiring' ? '2021-03-13' : '2026-03-05')]);
  }
  permits = Object.fromEntries(issued) as typeof permits;
  await rig.world.advanceTo(at('2026-03-09 09:00'));
});
afterAll(() => rig.close());

let acts: Record<'standards' | 'quota' | 'error' | 'monitoring' | 'expiring' | 'late', Act>;

test('L10, REG 16: each of the four triggers starts it, with its article; the others name what to do instead', async () => {
  const start = (name: (typeof names)[number], more: object) =>
    Act.start(permits[name], 'authorityChange', { ...more });
  acts = {
    standards: await start('standards', { effectiveOn: '2026-07-01' }),
    quota: await start('quota', { trigger: 'totalQuantityChanged', effectiveOn: '2026-03-06' }),
    error: await start('error', { trigger: 'ownError', burdensRise: false }),
    monitoring: await start('monitoring', { trigger: 'monitoringFindings', burdensRise: false }),
    expiring: await start('expiring', {}),
    late: await start('late', {}),
  };
  const opened = await Promise.all(Object.values(acts).map((act) => act.entries('authorityChange.opened')));
  expect(opened.flat().map(({ article }) => article)).toEqual([
    ...['REG 16', 'REG 16', 'REG 13', 'REG 13(8)', 'REG 16', 'REG 16'],
  ]);
  for (const [trigger, instead] of [
    ['inspectionFindings', 'urging'],
    ['retrofitFinished', 'urging'],
    ['holderAsks', 'change'],
    ['holderBuilds', 'reapplication'],
  ] as const) {
    const { status } = await Act.tryToStart(permits.refused, 'authorityChange', { trigger });
    expect(status).toMatchObject({
      ...{ status: 'refused', code: 'rule.refused' },
      detail: { expected: instead, found: trigger },
    });
  }
  const second = await Act.tryToStart(permits.standards, 'authorityChange');
  expect(second.status).toMatchObject({ detail: { found: 'alreadyUnderWay' } });
});

test('L10: the aim is the day before the new standard takes effect, or thirty days from the changed quota', async () => {
  expect(await dueDay(rig, acts.standards.caseId, 'aim')).toBe('2026-06-30');
  expect(await dueDay(rig, acts.quota.caseId, 'aim')).toBe('2026-04-05');
});

test('ALL 36: where no burden rises the holder may speak, and no hearing is offered', async () => {
  for (const act of Object.values(acts)) await act.tell('2026-03-09');
  expect(await dueDay(rig, acts.error.caseId, 'statement')).toBe('2026-03-16');
  await expect(dueDay(rig, acts.error.caseId, 'hearingRequest')).rejects.toThrow('no clock');
  expect(await acts.error.holder('hearing.request', { party: '持证人' })).toMatchObject({
    status: 'refused',
  });
  expect(await acts.error.speak()).toMatchObject({ status: 'done' });
  expect(await openTasks(rig, acts.error.caseId)).toEqual(['heardReview']);
});

test('L10: what the holder says may change the version that is asked for', async () => {
  const act = acts.error;
  await act.complete(people.legalOfficer, 'heardReview', { outcome: 'goOn', reason: '采纳部分意见' });
  await act.draftAs({ outcome: 'draft', opinion: '按意见修改后变更', contentId: content('v3') });
  await act.sign('sectionHead');
  await act.complete(people.legalOfficer, 'sign.legalReview', {
    ...{ outcome: 'return', to: 'drafting', reason: '说明理由' },
  });
  await act.draftAs();
  await act.sign();
  await act.decide('authorityChangeDecision', '2026-03-09');
  expect(await openTasks(rig, act.caseId)).toEqual(['platformChange', 'publicity']);
});

test('L10: the platform’s record makes the new version; the term stays; another permit’s record is refused', async () => {
  const [permit, act] = [permits.error, acts.error];
  const platform = { businessNo: 'BG1', at: '2026-03-09T09:00:00+08:00' };
  const recorded = { outcome: 'recorded', platform, validTo: '2031-03-04' };
  const other = { ...recorded, permitNo: permits.quota.permitNo };
  expect(await act.complete(people.desk, 'platformChange', other, { mayRefuse: true })).toMatchObject({
    status: 'refused',
  });
  await act.complete(people.desk, 'platformChange', { ...recorded, permitNo: permit.permitNo });
  await rig.world.settle();
  await permit.stands('valid', '2031-03-04');
  const versions = await rig.db
    .select()
    .from(permitVersions)
    .where(eq(permitVersions.permitNo, permit.permitNo))
    .orderBy(permitVersions.version);
  expect(versions.map(({ kind, contentId }) => [kind, contentId])).toEqual([
    ['first', content('v1')],
    ['authorityChange', content('v3')],
  ]);
  expect(versions[1]?.platform).toMatchObject({ businessNo: 'BG1' });
  const [entry] = await act.entries('authorityChange.recorded');
  expect(entry?.params).toMatchObject({ businessNo: 'BG1', platformAt: '2026-03-09T09:00:00+08:00' });
  await act.complete(people.desk, 'publicity', { outcome: 'done', on: '2026-03-09', note: '已公开' });
  await act.dispatch('2026-03-09');
  expect((await act.story()).at(-1)).toBe('case.closed');
});

test('L10: a permit that lapses before the decision leaves nothing to change; the holder is told', async () => {
  await rig.world.advanceTo(at('2026-03-13 00:00'));
  await permits.expiring.stands('lapsed', '2026-03-12');
  expect(await acts.expiring.story()).toContain('authority.ended');
  await acts.expiring.dispatch('2026-03-13');
  const [closed] = await acts.expiring.entries('case.closed');
  expect(closed?.params).toMatchObject({ outcome: 'moot' });
  const { status } = await Act.tryToStart(permits.expiring, 'authorityChange');
  expect(status).toMatchObject({ detail: { found: 'lapsed' } });
});

test('L10: silence consents to nothing and delays nothing: the draft follows the fifth day', async () => {
  await rig.world.advanceTo(at('2026-03-16 23:59'));
  expect(await openTasks(rig, acts.standards.caseId)).toEqual([]);
  await rig.world.advanceTo(at('2026-03-17 00:00'));
  expect(await openTasks(rig, acts.standards.caseId)).toEqual(['authorityChangeDraft']);
  expect(await openTasks(rig, acts.monitoring.caseId)).toEqual(['authorityChangeDraft']);
});

test('L10: a platform that changes the term too is reconciled by a person', async () => {
  const act = acts.standards;
  await rig.world.advanceTo(at('2026-03-17 10:00'));
  await act.draftAs();
  await act.sign();
  await act.decide('authorityChangeDecision', '2026-03-17');
  await act.complete(people.desk, 'platformChange', {
    ...{ outcome: 'recorded', permitNo: permits.standards.permitNo, validTo: '2031-03-16' },
    platform: { businessNo: 'BG2', at: '2026-03-17T09:30:00+08:00' },
  });
  expect(await openTasks(rig, act.caseId)).toEqual(['publicity', 'reconciliation']);
  await permits.standards.stands('valid', '2031-03-04');
  await act.complete(people.lead, 'reconciliation', { outcome: 'platformCorrected', note: '平台已改回' });
});

test('L10, L18: a void decision is drawn up anew; a signed lever ends a case before its decision', async () => {
  const act = acts.monitoring;
  await act.draftAs();
  await act.sign();
  const documentId = await act.document('authorityChangeDecision');
  await act.ask(people.sealKeeper, 'document.void', { documentId, reason: '文字有误' });
  expect(await act.documents('authorityChangeDecision')).toHaveLength(2);
  await act.decide('authorityChangeDecision', '2026-03-17');
  expect(await act.story()).toContain('authorityChange.decided');

  const admin = { id: 'root', kind: 'administrator', roles: ['systemAdministrator@*'] } as const;
  const asked = { lever: 'end', reason: '事由消失', document: content('lever'), signer: 'deputyHead' };
  await acts.quota.ask(admin, 'lever.ask', asked);
  await acts.quota.complete(people.deputyHead, 'lever', { outcome: 'approve', opinion: '同意' });
  expect(await acts.quota.story()).toContain('authority.ended');
});

test('L10: the aim warns and changes nothing by itself', async () => {
  await rig.world.advanceTo(at('2026-07-01 00:00'));
  expect(await acts.late.story()).not.toContain('authority.ended');
  expect(await openTasks(rig, acts.late.caseId)).toEqual(['authorityChangeDraft']);
});
