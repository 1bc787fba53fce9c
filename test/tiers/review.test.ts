import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkResults, cases, issues } from '../../db/schema/index.js';
import * as people from '../../rehearsal/people.js';
import { Application } from '../application/application.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { answers, faultyPermit, inspector, permitNoOf, register, second, Sweep } from './campaign.js';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
});
afterAll(async () => {
  await rig.close();
});

const mayRefuse = { mayRefuse: true } as const;

test('Q2: the rules look first, a person confirms or dismisses; each confirmed problem is an issue, and the sweep ends', async () => {
  const [good, faulty] = [permitNoOf(rig, 1), permitNoOf(rig, 2)];
  await register(rig, [
    { permitNo: good, issuedOn: '2026-02-03' },
    {
      permitNo: faulty,
      issuedOn: '2026-02-03',
      content: { ...faultyPermit, permit: { ...faultyPermit.permit, institutions: ['云川环科院'] } },
    },
  ]);
  const sweep = await Sweep.start(rig, 1);
  expect(await sweep.counts()).toEqual({ listed: 2, opened: 2, done: 0, problems: 0 });
  const [clean, doubtful] = [sweep.item(1), sweep.item(2)];
  expect(await clean.acts()).toEqual([]);
  const acts = await doubtful.acts();
  expect(acts.length).toBeGreaterThan(0);
  // The permit says who compiled it.
  expect(
    await doubtful.review(inspector, '2026-03-05', { institution: '云川环科院' }, mayRefuse),
  ).toMatchObject({
    ...{ status: 'refused', code: 'rule.refused' },
    detail: { where: 'institution', found: '云川环科院' },
  });
  const [stored] = await rig.db.select().from(checkResults).where(eq(checkResults.caseId, doubtful.caseId));
  expect(stored).toMatchObject({ permitNo: faulty, version: 1, readable: true, checkedOn: '2026-03-05' });
  expect(stored?.acts).toHaveLength(acts.length);

  // A question is left out; a suspicion, or an act that nobody raised, is judged.
  const short = await clean.review(inspector, '2026-03-05', { answers: answers().slice(1) }, mayRefuse);
  expect(short).toMatchObject({ status: 'refused', code: 'rule.refused', detail: { where: 'answers' } });
  const stray = { verdicts: [{ act: 'nothing', outcome: 'dismissed', reason: '无' }] };
  const unknown = await clean.review(inspector, '2026-03-05', stray, mayRefuse);
  expect(unknown).toMatchObject({ status: 'refused', detail: { where: 'verdicts', found: 'nothing' } });

  const problem = { category: 'standard', severity: 'general', description: '标准已废止', basis: 'GB 28662' };
  const fails = { item: 'P-F3', answer: 'fails', problem: { ...problem, place: 'DA001' } };
  await clean.review(inspector, '2026-03-05', { answers: answers(fails) });
  await doubtful.review(second, '2026-03-05');
  await rig.world.settle();
  expect(await sweep.counts()).toEqual({ listed: 2, opened: 2, done: 2, problems: 1 + acts.length });
  expect(
    (await sweep.items()).map(({ outcome, problems, reviewer }) => [outcome, problems, reviewer]),
  ).toEqual([
    ['problems', 1, inspector.id],
    ['problems', acts.length, second.id],
  ]);
  const found = await rig.db.select().from(issues).where(eq(issues.tier, 'sweep'));
  expect(found).toHaveLength(1 + acts.length);
  // Who verifies a rectification is of another institution, too: the issue knows the permit's.
  const findings = await rig.db.select({ facts: cases.facts }).from(cases).where(eq(cases.kind, 'issue'));
  const named = findings.map(
    ({ facts }) => (facts['finding'] as { readonly institution: unknown }).institution,
  );
  expect(named.filter((institution) => institution === '云川环科院')).toHaveLength(acts.length);
  expect(named.filter((institution) => institution === null)).toHaveLength(1);
  const mine = clean.issueOf(good, 'P-F3', 'DA001', sweep.caseId);
  expect(found.find(({ caseId }) => caseId === mine)).toMatchObject({ permitNo: good, subject: 'P-F3' });
  // A person stands by each: none waits to be confirmed.
  const stages = await rig.db.select({ stage: cases.stage }).from(cases).where(eq(cases.kind, 'issue'));
  expect(new Set(stages.map(({ stage }) => stage))).toEqual(new Set(['feedback']));
  expect(await sweep.story()).toContain('sweep.completed');
});

test('Q2: nobody takes up or reviews a permit that he examined, and of two reviewers at once one is told that he is late', async () => {
  const { creditCode } = await addUnit(rig, 'lived');
  const lived = await Application.granted(rig, 'lived');
  const permitNo = `${creditCode}001P`;
  await lived.enterNumber(permitNo, '2026-03-05', '2031-03-04');
  await rig.world.settle();
  const sweep = await Sweep.start(rig, 2);
  const [item] = await sweep.items();
  expect(item).toMatchObject({ permitNo, version: 1 });
  const review = sweep.item(1);
  // The section head who signed the permit is an inspector too.
  const examiner = { ...people.sectionHead, roles: [...people.sectionHead.roles, 'inspector@yunchuan'] };
  const own = 'nobody reviews a permit that he examined';
  const taskId = await rig.task(review.caseId, 'qualityReview');
  // He hears it as he takes it up, and nobody gives it to him.
  expect(await review.ask(examiner, 'task.claim', { taskId }, mayRefuse)).toMatchObject({
    ...{ status: 'refused', code: 'rule.refused', detail: { what: own, found: examiner.id } },
  });
  const given = { taskId, assignee: examiner.id, reason: '分办' };
  expect(await review.ask(people.sectionHead, 'task.reassign', given, mayRefuse)).toMatchObject({
    ...{ status: 'refused', detail: { what: own, found: examiner.id } },
  });
  expect(await review.ask(inspector, 'task.claim', { taskId })).toMatchObject({ status: 'done' });
  expect(await review.ask(inspector, 'task.release', { taskId })).toMatchObject({ status: 'done' });
  const refused = await review.review(examiner, '2026-03-05', {}, mayRefuse);
  expect(refused).toMatchObject({
    ...{ status: 'refused', code: 'rule.refused' },
    detail: { what: own, found: examiner.id },
  });
  const both = await Promise.all([
    review.review(inspector, '2026-03-05', {}, mayRefuse),
    review.review(second, '2026-03-05', {}, mayRefuse),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['done', 'refused']);
  expect(both).toContainEqual(expect.objectContaining({ status: 'refused' }));
  await rig.world.settle();
  expect(await sweep.counts()).toMatchObject({ listed: 1, done: 1 });
});

test('Q2: an area has one sweep at a time, of somebody of its organ, and a year has nothing left once all is listed', async () => {
  await register(rig, [{ permitNo: permitNoOf(rig, 20), issuedOn: '2026-03-01' }]);
  const sweep = await Sweep.start(rig, 3);
  await expect(Sweep.start(rig, 4)).rejects.toThrow(/under way/);
  await sweep.item(1).review(inspector, '2026-03-05');
  await rig.world.settle();
  await expect(Sweep.start(rig, 5)).rejects.toThrow(/nothing is left/);
  const stranger = people.officer('stranger', 'inspector@zone');
  const other = new Sweep(rig, `sweep/yunchuan-2026-${rig.number}6`);
  const body = { area: '990100', year: 2026, note: '排查' };
  expect(await other.ask(stranger, 'sweep.start', body, mayRefuse)).toMatchObject({ code: 'auth.forbidden' });
});
