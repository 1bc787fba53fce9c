import { afterAll, beforeAll, expect, test } from 'vitest';
import * as people from '../../rehearsal/people.js';
import { Act } from '../authority/acts.js';
import { type HeldPermit, openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { Asking, issueComparable, lowerConcentration, storedWith } from '../versions/asking.js';
import { IssueCase, finder, mayRefuse, one, two } from './issueCase.js';

/** Thursday 5 March 2026. A notice served on Monday 9 March gives until Monday 16 March. */
let rig: Rig;
let permit: HeldPermit;
let issue: IssueCase;
let ofChange: IssueCase;
let unfiled: IssueCase;
let change: Asking;
let annulment: Act;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  permit = await issueComparable(rig, 'annulled', '2026-03-05');
  await rig.world.advanceTo(at('2026-03-09 09:00'));
});
afterAll(() => rig.close());

/** The close-out is refused for this case, at this stage. */
async function waitsFor(caseId: string, found: string): Promise<void> {
  expect(await issue.close(mayRefuse)).toMatchObject({
    ...{ status: 'refused', code: 'rule.refused' },
    detail: { where: caseId, expected: 'the end of the linked case', found },
  });
}

const closeWithout = async (each: IssueCase, route: string) =>
  await each.complete(
    people.sectionHead,
    'issueClosing',
    { outcome: 'close', opinion: '准予', without: [{ route, reason: '许可证已撤销' }] },
    mayRefuse,
  );

/** Applied for and verified by two: all that is missing is the close-out. */
async function mended(each: IssueCase): Promise<void> {
  await each.apply('2026-03-09');
  await each.verifyMended(one, 'first', '2026-03-09');
  await each.verifyMended(two, 'second', '2026-03-09');
}

test('Q7: an issue waits for the annulment that it has started', async () => {
  issue = await IssueCase.find(permit, { foundOn: '2026-03-09' });
  ofChange = await IssueCase.find(permit, { foundOn: '2026-03-09' });
  await issue.begin('2026-03-09', { routes: ['annulment'] });
  await ofChange.begin('2026-03-09', { routes: ['change'] });
  change = await Asking.filed(permit, 'change', await storedWith(rig, lowerConcentration), {
    changedOn: '2026-03-09',
  });
  annulment = await Act.start(permit, 'annulment');
  await annulment.tell('2026-03-09');
  await ofChange.ask(finder, 'issue.link', { route: 'change', caseId: change.caseId });
  await issue.ask(finder, 'issue.link', { route: 'annulment', caseId: annulment.caseId });
  await mended(issue);
  await mended(ofChange);
  await waitsFor(annulment.caseId, 'announced');
  // The unit never applies for what this one takes.
  unfiled = await IssueCase.find(permit, { foundOn: '2026-03-09' });
  await unfiled.begin('2026-03-09', { routes: ['reapplication'] });
  await mended(unfiled);
  expect(await closeWithout(unfiled, 'reapplication')).toMatchObject({
    ...{ status: 'refused', code: 'rule.refused' },
    detail: { where: 'reapplication', found: 'valid' },
  });
});

test('Q7: the annulment ends the permit and a linked change with it, which closes no issue', async () => {
  await rig.world.advanceTo(at('2026-03-17 09:00'));
  await annulment.draftAs({ outcome: 'annul', opinion: '拟予撤销', compensation: false });
  await annulment.sign();
  await annulment.decide('annulmentDecision', '2026-03-17');
  await permit.stands('annulled', '2031-03-04');
  expect(await change.story()).toContain('application.permitEnded');
  await change.dispatch('2026-03-17');
  expect((await change.story()).at(-1)).toBe('case.closed');
  // It ended without what the issue needs of it.
  expect(await ofChange.close(mayRefuse)).toMatchObject({
    ...{ status: 'refused', code: 'rule.refused' },
    detail: { where: 'change', found: `${change.caseId}: permitEnded` },
  });
  expect(await openTasks(rig, issue.caseId)).toEqual(['issueClosing']);
  await waitsFor(annulment.caseId, 'concluding');
});

test('Q7: what nobody can apply for any more an issue does without, with the reason', async () => {
  expect(await unfiled.close(mayRefuse)).toMatchObject({
    ...{ status: 'refused', detail: { where: 'reapplication', found: 'none' } },
  });
  expect(await closeWithout(unfiled, 'reapplication')).toMatchObject({ status: 'done' });
  expect((await unfiled.entries('issue.closedWithout'))[0]?.params).toMatchObject({
    ...{ route: 'reapplication', reason: '许可证已撤销' },
  });
});

test('Q7: once the annulment is over its issue closes', async () => {
  const platform = { businessNo: 'CX1', at: '2026-03-17T09:00:00+08:00' };
  const { permitNo } = permit;
  await annulment.complete(people.desk, 'platformEnding', { outcome: 'recorded', permitNo, platform });
  await annulment.complete(people.desk, 'publicity', { outcome: 'done', on: '2026-03-17', note: '已公开' });
  await annulment.dispatch('2026-03-17');
  expect((await annulment.story()).at(-1)).toBe('case.closed');
  await issue.close();
  expect(await issue.row()).toMatchObject({ closedOn: '2026-03-17' });
});
