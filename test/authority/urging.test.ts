import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requests } from '../../db/schema/index.js';
import * as people from '../../rehearsal/people.js';
import { dueDay, type HeldPermit, issuePermit, openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { Act } from './acts.js';

/** Monday 9 March 2026: served that day, the thirty days end on Wednesday 8 April. */
let rig: Rig;
const names = ['applied', 'answered', 'silent', 'again', 'report', 'expiring', 'retrofit', 'notDue'] as const;
let permits: Record<(typeof names)[number], HeldPermit>;
let acts: Record<(typeof names)[number], Act>;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  const issued: [string, HeldPermit][] = [];
  for (const name of names) {
    issued.push([name, await issuePermit(rig, name, name === 'expiring' ? '2021-03-20' : '2026-03-05')]);
  }
  permits = Object.fromEntries(issued) as typeof permits;
  await rig.world.advanceTo(at('2026-03-09 09:00'));
  const start = (name: (typeof names)[number], more: object = {}) =>
    Act.start(permits[name], 'urging', { ...more });
  acts = {
    applied: await start('applied'),
    answered: await start('answered', { source: 'siteInspection' }),
    silent: await start('silent'),
    again: await start('again', { asks: 'reapplication' }),
    report: await start('report', { asks: 'executionReport' }),
    expiring: await start('expiring'),
    retrofit: await start('retrofit', { source: 'retrofit' }),
    notDue: await start('notDue'),
  };
  for (const act of Object.values(acts)) await act.tell('2026-03-09');
});
afterAll(() => rig.close());

const check = (act: Act, outcome: string) =>
  act.complete(people.lead, 'urgingCheck', { outcome, reason: '已核对' });
const applicationOf = (kind: string) => ({
  applicationId: 'application/1',
  kind,
  at: at('2026-03-10 09:00'),
});
const outcomeOf = async (act: Act) => (await act.entries('case.closed'))[0]?.params['outcome'];

/** An application of the holder, as its case tells the urgings of its permit. */
async function tellApplication(act: Act, kind: string): Promise<void> {
  const system = { id: 'application/1', kind: 'system' as const, roles: [] };
  await rig.ask(system, 'urging.applicationReceived', act.caseId, applicationOf(kind));
}

test('L17: the term runs from the service of the notice, which names the article; two of the same are one too many', async () => {
  expect(await dueDay(rig, acts.silent.caseId, 'urgingAnswer.1')).toBe('2026-04-08');
  expect((await acts.again.entries('urging.opened'))[0]?.article).toBe('REG 15');
  expect((await Act.tryToStart(permits.silent, 'urging')).status).toMatchObject({
    detail: { found: 'alreadyUnderWay' },
  });
  const other = await Act.tryToStart(permits.silent, 'urging', { asks: 'executionReport' });
  expect(other.status).toMatchObject({ status: 'done' });
  // A retrofit starts the holder's change, and asks for nothing else.
  const retrofit = { source: 'retrofit', asks: 'reapplication' };
  expect((await Act.tryToStart(permits.notDue, 'urging', retrofit)).status).toMatchObject({
    ...{ code: 'rule.refused', detail: { expected: 'change' } },
  });
});

test('L17: the application that was asked for answers it; another kind answers nothing', async () => {
  await rig.world.advanceTo(at('2026-03-10 09:00'));
  // Told by a real application of the permit, which is for something else.
  const { caseId } = await permits.applied.renew();
  const told = await rig.db.select().from(requests).where(eq(requests.caseId, acts.applied.caseId));
  const [message] = told.filter(({ name }) => name === 'urging.applicationReceived');
  expect(message).toMatchObject({ status: 'done', body: { applicationId: caseId, kind: 'renewal' } });
  await tellApplication(acts.again, 'change');
  expect(await openTasks(rig, acts.applied.caseId)).toEqual([]);
  expect(await openTasks(rig, acts.again.caseId)).toEqual([]);
  await tellApplication(acts.applied, 'change');
  await tellApplication(acts.retrofit, 'reapplication');
  expect(await openTasks(rig, acts.applied.caseId)).toEqual(['urgingCheck']);
  expect(await openTasks(rig, acts.retrofit.caseId)).toEqual(['urgingCheck']);
  await check(acts.applied, 'effective');
  expect(await outcomeOf(acts.applied)).toBe('answered');
});

test('L17: the unit answers in writing; a person finds that nothing was to be done', async () => {
  for (const name of ['answered', 'notDue'] as const)
    expect(await acts[name].holder('urging.answer', { text: '已按要求办理' })).toMatchObject({
      status: 'done',
    });
  await check(acts.notDue, 'notDue');
  expect(await outcomeOf(acts.notDue)).toBe('notNeededAnswer');
  // An answer without effect becomes a lead to verify, and accuses nobody.
  await check(acts.answered, 'noEffect');
  expect(await openTasks(rig, acts.answered.caseId)).toEqual(['lead']);
  expect((await acts.answered.entries('urging.lead'))[0]?.zh).toContain('疑似线索');
  expect(await acts.answered.holder('urging.answer', { text: '补充材料' })).toMatchObject({ status: 'done' });
  expect(await acts.answered.story()).toContain('urging.answeredLate');
  await acts.answered.complete(people.enforcement, 'lead', {
    ...{ outcome: 'handedOver', receipt: '执法收〔2026〕2号', note: '已移交' },
  });
  expect(await outcomeOf(acts.answered)).toBe('leadRaised');
});

test('L17: a permit that lapses ends the urging to change it; an urging to report stays', async () => {
  const report = await Act.start(permits.expiring, 'urging', { asks: 'executionReport' });
  await rig.world.advanceTo(at('2026-03-20 00:00'));
  await permits.expiring.stands('lapsed', '2026-03-19');
  expect(await outcomeOf(acts.expiring)).toBe('moot');
  expect(await report.story()).not.toContain('urging.ended');
  expect((await Act.tryToStart(permits.expiring, 'urging')).status).toMatchObject({
    detail: { found: 'lapsed' },
  });
});

test('L17: silence: reminded ten and three working days before, and then a person looks', async () => {
  await rig.world.advanceTo(at('2026-04-08 23:59'));
  expect(await acts.silent.timeline('clock.remind')).toEqual([
    '2026-03-24T09:00 clock.remind',
    '2026-04-02T09:00 clock.remind',
  ]);
  expect(await openTasks(rig, acts.silent.caseId)).toEqual([]);
  await rig.world.advanceTo(at('2026-04-09 00:00'));
  expect(await acts.silent.timeline('urging.unanswered')).toEqual(['2026-04-09T00:00 urging.unanswered']);
  expect(await openTasks(rig, acts.silent.caseId)).toEqual(['urgingCheck']);
  await rig.world.advanceTo(at('2026-04-09 09:00'));
  await check(acts.silent, 'noEffect');
  await acts.silent.complete(people.enforcement, 'lead', {
    ...{ outcome: 'unfounded', receipt: '执法收〔2026〕3号', note: '已办理变更' },
  });
  expect(await outcomeOf(acts.silent)).toBe('leadRaised');
});

test('L17: urged again, with another notice and another term', async () => {
  await check(acts.again, 'again');
  expect(await openTasks(rig, acts.again.caseId)).toEqual(['seal.2']);
  await acts.again.tell('2026-04-09');
  expect(await dueDay(rig, acts.again.caseId, 'urgingAnswer.2')).toBe('2026-05-09');
  await tellApplication(acts.again, 'reapplication');
  await check(acts.again, 'effective');
  expect(await outcomeOf(acts.again)).toBe('answered');
});
