import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents } from '../../db/schema/index.js';
import * as people from '../../rehearsal/people.js';
import { dueDay, type HeldPermit, lapsedPermits, openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';

/** Permits that lapsed at 00:00 of Wednesday 5 March 2031. The notice is served on Thursday 6 March: Thursday 13 March. */
let rig: Rig;
let permits: Record<'closed' | 'running' | 'heard' | 'upheld' | 'late' | 'returned', HeldPermit>;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  const names = ['closed', 'running', 'heard', 'upheld', 'late', 'returned'] as const;
  permits = await lapsedPermits(rig, names, '2031-03-05');
  await rig.world.advanceTo(at('2031-03-06 09:00'));
  for (const name of ['closed', 'heard', 'upheld', 'late', 'returned'] as const) {
    await permits[name].cancellation().check('closed', '2031-03-06');
    await permits[name].cancellation().serveIntention('2031-03-06');
  }
});
afterAll(() => rig.close());

test('L12: opened by itself at the lapse; the served notice gives five working days to be heard', async () => {
  const cancellation = permits.closed.cancellation();
  expect(await cancellation.timeline('cancellation.opened')).toEqual([
    '2031-03-05T00:00 cancellation.opened',
  ]);
  expect(await dueDay(rig, cancellation.caseId, 'statement')).toBe('2031-03-13');
});

test('L12: still running: a lead for enforcement and help to apply, and then it is looked at again', async () => {
  const cancellation = permits.running.cancellation();
  await cancellation.check('running', '2031-03-06');
  expect(await openTasks(rig, cancellation.caseId)).toEqual(['lead']);
  expect(await cancellation.story()).toContain('lead.raised');
  await cancellation.complete(people.enforcement, 'lead', {
    ...{ outcome: 'handedOver', receipt: '执法收〔2031〕1号', note: '已移交' },
  });
  expect(await openTasks(rig, cancellation.caseId)).toEqual(['operationCheck']);
  await cancellation.check('closed', '2031-03-06');
  expect(await cancellation.story()).toContain('cancellation.announced');
});

test('L12: a statement on the fifth day is heard, once; the cancellation goes on where it changes nothing', async () => {
  await rig.world.advanceTo(at('2031-03-13 23:59'));
  const cancellation = permits.heard.cancellation();
  expect(await cancellation.speak('heard')).toMatchObject({ status: 'done' });
  expect(await cancellation.speak('heard')).toMatchObject({ status: 'refused', code: 'rule.refused' });
  await cancellation.reviewStatement('proceed');
  expect(await openTasks(rig, cancellation.caseId)).toEqual(['cancellationDraft']);
});

test('L12: a statement that is right ends the cancellation; the permit stays lapsed', async () => {
  const cancellation = permits.upheld.cancellation();
  await cancellation.speak('upheld');
  await cancellation.reviewStatement('end');
  expect((await cancellation.story()).slice(-2)).toEqual(['cancellation.ended', 'case.closed']);
  await permits.upheld.stands('lapsed', '2031-03-04');
});

test('L12: a statement at 00:00 after the fifth day comes too late', async () => {
  await rig.world.advanceTo(at('2031-03-14 00:00'));
  const cancellation = permits.late.cancellation();
  expect(await cancellation.timeline('cancellation.noStatement')).toEqual([
    '2031-03-14T00:00 cancellation.noStatement',
  ]);
  expect(await cancellation.speak('late')).toMatchObject({ status: 'refused', code: 'rule.refused' });
});

test('L12: a draft that the legal review returns is drafted and signed anew, each step by another person', async () => {
  const cancellation = permits.returned.cancellation();
  await cancellation.draftDecision();
  await cancellation.sign('sectionHead');
  await cancellation.complete(people.legalOfficer, 'sign.legalReview', {
    ...{ outcome: 'return', to: 'drafting', reason: '补充理由' },
  });
  expect(await openTasks(rig, cancellation.caseId)).toEqual(['cancellationDraft']);
  await cancellation.signDecision();
  const signatures = (await cancellation.story()).filter((event) => event === 'decision.signed');
  expect(signatures).toHaveLength(4);
});

test('L12: the served decision cancels; published, and closed to every later decision; the number stays reserved', async () => {
  await rig.world.advanceTo(at('2031-03-14 10:00'));
  const permit = permits.closed;
  const cancellation = permit.cancellation();
  await cancellation.signDecision();
  await cancellation.seal('cancellationDecision');
  await permit.stands('lapsed', '2031-03-04');
  await cancellation.serve('cancellationDecision', '2031-03-14');
  await rig.world.settle();
  await permit.stands('cancelled', '2031-03-04');
  await cancellation.finish(permit.permitNo, '2031-03-14');
  await permit.office.dispatch('2031-03-14');
  expect((await cancellation.story()).at(-1)).toBe('case.closed');
  expect((await permit.timeline()).at(-1)).toBe('2031-03-14T10:00 case.closed');

  const decided = {
    taskId: `${cancellation.caseId}#cancellationDraft.1`,
    form: { outcome: 'draft', opinion: '再拟' },
  };
  const refused = await rig.ask(people.lead, 'task.complete', cancellation.caseId, decided, {
    mayRefuse: true,
  });
  expect(refused).toMatchObject({ status: 'refused', code: 'case.closed' });
  const again = {
    ...{ permitNo: permit.permitNo, applicationId: 'application/1', unitId: permit.unitId, area: '990100' },
    ...{ permitClass: 'key', contentId: '0'.repeat(64), validFrom: '2031-03-14' },
    platform: { businessNo: 'B2', at: '2031-03-14T09:00:00+08:00' },
  };
  const system = { id: 'application/1', kind: 'system' as const, roles: [] };
  const reissued = await rig.ask(system, 'permit.issue', permit.caseId, again, { mayRefuse: true });
  expect(reissued).toMatchObject({ status: 'refused', code: 'case.closed' });
});

test('L18: the papers of a cancellation have numbers of their series, and were sealed and served where they must be', async () => {
  const { caseId } = permits.closed.cancellation();
  const papers = (await rig.db.select().from(documents)).filter((paper) => paper.caseId === caseId);
  expect(papers.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
    'cancellationDecision served',
    'cancellationIntention served',
    'cancellationPublication sealed',
    // A slip for each service: it has no number, and nothing is done to it.
    'serviceReceipt drafted',
    'serviceReceipt drafted',
  ]);
  const numbered = papers.filter(({ kind }) => kind !== 'serviceReceipt');
  for (const paper of numbered) expect(paper.number).toMatch(/^云环许销〔2031〕\d+号$/);
});
