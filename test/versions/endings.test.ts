import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents, units } from '../../db/schema/index.js';
import * as people from '../../rehearsal/people.js';
import { Application } from '../application/application.js';
import { dueDay, type HeldPermit, openTasks } from '../rig/permits.js';
import { saidIn } from '../rig/papers.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';
import {
  applyForCancellation,
  Asking,
  issueComparable,
  lowerConcentration,
  mayRefuse,
  newName,
  storedWith,
} from './asking.js';

/** Permits of Thursday 5 March 2026; everything here happens from Monday 1 June on. */
let rig: Rig;
const names = ['old', 'closed', 'wish', 'sued', 'running', 'busy', 'ending', 'voice'] as const;
let permits: Record<(typeof names)[number], HeldPermit>;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  const born: [string, HeldPermit][] = [];
  for (const name of names) born.push([name, await issueComparable(rig, name, '2026-03-05')]);
  permits = Object.fromEntries(born) as typeof permits;
  await rig.world.advanceTo(at('2026-06-01 10:00'));
});
afterAll(() => rig.close());

/** A first application of another subject, which takes over this permit's plant; granted, and not yet on the platform. */
async function takenOver(former: HeldPermit, unit: string) {
  const { creditCode } = await addUnit(rig, unit);
  const application = await Application.granted(rig, unit, { formerPermitNo: former.permitNo });
  return { application, permitNo: `${creditCode}001P` };
}

test('L11: a new holder applies first; only when its permit is issued does the old one’s cancellation open', async () => {
  const { old } = permits;
  const { application, permitNo } = await takenOver(old, 'heir');
  await rig.world.settle();
  await old.stands('valid', '2031-03-04');
  expect(await old.cancellation().story()).toEqual([]);
  await application.enterNumber(permitNo, '2026-06-01', '2031-05-31');
  await rig.world.settle();
  await old.stands('valid', '2031-03-04');
  const cancellation = old.cancellation();
  expect((await cancellation.story()).slice(0, 2)).toEqual([
    'cancellation.openedForHolder',
    'cancellation.announced',
  ]);
  // The duties of both, in both ledgers.
  expect(await old.office.entries('permit.succeeded')).toMatchObject([
    { params: { successor: permitNo, from: '2026-06-01', heldFrom: '2026-03-05' } },
  ]);
  const heirs = (await rig.events(`permit/${permitNo}`)).filter(({ event }) => event === 'permit.takenOver');
  expect(heirs).toMatchObject([
    { params: { formerPermitNo: old.permitNo, heldFrom: '2026-03-05', from: '2026-06-01' } },
  ]);

  const intention = await saidIn(rig.db, await cancellation.document('cancellationIntention'));
  expect(intention).toContain('已由新的排污单位承接');
  expect(intention).not.toContain('未予延续');
  // The old holder is heard: five working days from Monday 1 June.
  await cancellation.serveIntention('2026-06-01');
  expect(await dueDay(rig, cancellation.caseId, 'statement')).toBe('2026-06-08');
  await rig.world.advanceTo(at('2026-06-09 09:00'));
  await cancellation.signDecision();
  await cancellation.serveDecision('2026-06-09');
  await old.stands('cancelled', '2031-03-04');
  await cancellation.finish(old.permitNo, '2026-06-09');
  expect((await cancellation.story()).at(-1)).toBe('case.closed');
});

test('L11: an old holder who is right keeps its permit, and may still ask for its end', async () => {
  const { voice } = permits;
  const { application, permitNo } = await takenOver(voice, 'claim');
  await application.enterNumber(permitNo, '2026-06-09', '2031-06-08');
  await rig.world.settle();
  const cancellation = voice.cancellation();
  await cancellation.serveIntention('2026-06-09');
  await cancellation.speak('voice');
  await cancellation.reviewStatement('end');
  await rig.world.settle();
  await voice.stands('valid', '2031-03-04');
  expect(await applyForCancellation(voice)).toMatchObject({ status: 'done' });
});

test('L11: the same subject under a new name changes its permit: it takes over from nobody', async () => {
  const { old, closed } = permits;
  const [holder] = await rig.db.select().from(units).where(eq(units.id, 'closed'));
  if (holder === undefined) throw new Error('the holder is written down');
  await rig.db.insert(units).values({ ...holder, id: 'renamed', name: '新名企业' });
  const again = await Application.receive(rig, 'renamed', { formerPermitNo: closed.permitNo }).catch(String);
  expect(again).toContain('sameSubject');
  const gone = await Application.receive(rig, 'heir', { formerPermitNo: old.permitNo }).catch(String);
  expect(gone).toContain('noPermit');
  const change = await Asking.filed(closed, 'change', await storedWith(rig, newName), {
    changedOn: '2026-06-01',
  });
  expect(await change.judgement()).toMatchObject({ verdict: 'basicData' });
  await change.withdraw();
});

test('L12: on the holder’s own application: checked, decided, served, published; no notice of what it wished itself', async () => {
  const { closed } = permits;
  expect(await applyForCancellation(closed)).toMatchObject({
    status: 'done',
    answer: { result: { cancellationId: closed.cancellation().caseId } },
  });
  const cancellation = closed.cancellation();
  expect(await openTasks(rig, cancellation.caseId)).toEqual(['operationCheck']);
  expect(await applyForCancellation(closed, mayRefuse)).toMatchObject({
    status: 'refused',
    code: 'rule.refused',
  });
  await cancellation.check('closed', '2026-06-09');
  expect(await openTasks(rig, cancellation.caseId)).toEqual(['cancellationDraft']);
  await cancellation.signDecision();
  const decision = await saidIn(rig.db, await cancellation.document('cancellationDecision'));
  expect(decision).toContain('你单位申请注销该许可证，经核查已停止');
  expect(decision).not.toMatch(/未予延续|拟注销告知书/);
  await closed.stands('valid', '2031-03-04');
  await cancellation.serveDecision('2026-06-09');
  await closed.stands('cancelled', '2031-03-04');
  await cancellation.finish(closed.permitNo, '2026-06-09');
  expect((await cancellation.story()).at(-1)).toBe('case.closed');
  expect(await cancellation.documents('cancellationIntention')).toEqual([]);
});

test('L12: the holder may take its wish back until the decision; the permit goes on, and it may wish again', async () => {
  const { wish } = permits;
  await applyForCancellation(wish);
  const cancellation = wish.cancellation();
  await cancellation.check('closed', '2026-06-09');
  const withdraw = async (from = cancellation) => {
    const status = await from.ask(
      people.applicantOf('wish'),
      'cancellation.withdraw',
      { reason: '恢复生产' },
      mayRefuse,
    );
    await rig.world.settle();
    return status;
  };
  expect(await withdraw()).toMatchObject({ status: 'done' });
  expect((await cancellation.story()).slice(-3)).toEqual([
    ...['cancellation.withdrawn', 'cancellation.ended', 'case.closed'],
  ]);
  await wish.stands('valid', '2031-03-04');
  await applyForCancellation(wish);
  const second = wish.cancellation(2);
  await second.check('closed', '2026-06-09');
  await second.signDecision();
  expect(await withdraw(second)).toMatchObject({ status: 'refused', code: 'case.stage' });
});

test('L12: a lawsuit holds what the holder wished, too', async () => {
  const { sued } = permits;
  await sued.hold('（2026）云01行初9号');
  await applyForCancellation(sued);
  expect((await sued.cancellation().story()).at(-1)).toBe('cancellation.held');
  await sued.release('（2026）云01行初9号');
  expect(await openTasks(rig, sued.cancellation().caseId)).toEqual(['operationCheck']);
});

test('L12: a unit that still runs keeps its permit: refused in writing, with the ways to contest it', async () => {
  const { running } = permits;
  await applyForCancellation(running);
  const cancellation = running.cancellation();
  await cancellation.check('running', '2026-06-09');
  await cancellation.dispatch('2026-06-09');
  await rig.world.settle();
  expect((await cancellation.story()).at(-1)).toBe('case.closed');
  const papers = await rig.db.select().from(documents).where(eq(documents.caseId, cancellation.caseId));
  expect(papers.find(({ kind }) => kind === 'cancellationRefusal')).toMatchObject({ state: 'served' });
  await running.stands('valid', '2031-03-04');
  expect(await applyForCancellation(running)).toMatchObject({ status: 'done' });
});

test('L12: what the holder asks for elsewhere is ended first; nothing new is asked for on a permit that is to end', async () => {
  const { busy } = permits;
  const contentId = await storedWith(rig, lowerConcentration);
  const change = await Asking.filed(busy, 'change', contentId, { changedOn: '2026-06-01' });
  expect(await applyForCancellation(busy, mayRefuse)).toMatchObject({
    detail: { found: 'applicationUnderWay' },
  });
  await change.withdraw();
  expect(await applyForCancellation(busy)).toMatchObject({ status: 'done' });
  const again = await Asking.file(busy, 'change', contentId, { changedOn: '2026-06-01' }, mayRefuse);
  expect(again.status).toMatchObject({ status: 'refused', detail: { found: 'beingCancelled' } });
});

test('L12: a permit that lapses while its holder’s wish is under way has one cancellation, not two', async () => {
  await rig.world.advanceTo(at('2031-03-04 10:00'));
  const { ending } = permits;
  await applyForCancellation(ending);
  await rig.world.advanceTo(at('2031-03-05 09:00'));
  await ending.stands('lapsed', '2031-03-04');
  expect(await ending.cancellation(2).story()).toEqual([]);
  const cancellation = ending.cancellation();
  // The wish is taken back: the permit is cancelled for having lapsed, with notice and hearing.
  await cancellation.ask(people.applicantOf('ending'), 'cancellation.withdraw', { reason: '改变计划' });
  await rig.world.settle();
  expect(await ending.cancellation(2).story()).toEqual(['cancellation.opened']);
});
