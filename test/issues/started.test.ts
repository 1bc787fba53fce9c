import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notices } from '../../db/schema/index.js';
import { content } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import { Act, bodies } from '../authority/acts.js';
import type { HeldPermit } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { Asking, issueComparable, lowerConcentration, storedWith } from '../versions/asking.js';
import { IssueCase, mayRefuse, one, two } from './issueCase.js';

/** Monday 9 March 2026. */
const today = '2026-03-09';
let rig: Rig;
const names = ['own', 'annulled', 'urged', 'asked'] as const;
let permits: Record<(typeof names)[number], HeldPermit>;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  const issued: [string, HeldPermit][] = [];
  for (const name of names) issued.push([name, await issueComparable(rig, name, '2026-03-05')]);
  permits = Object.fromEntries(issued) as typeof permits;
  await rig.world.advanceTo(at('2026-03-09 09:00'));
});
afterAll(() => rig.close());

/** An issue that takes this beside its mending, mended and verified: all but closed. */
async function verified(permit: HeldPermit, route: string): Promise<IssueCase> {
  const issue = await IssueCase.find(permit, { foundOn: today });
  await issue.begin(today, { routes: [route] });
  await rig.world.settle();
  await issue.apply(today);
  await issue.verifyMended(one, 'first', today);
  await issue.verifyMended(two, 'second', today);
  return issue;
}

/** The officer of the authority starts it out of the issue. */
async function start(
  issue: IssueCase,
  route: 'authorityChange' | 'urging' | 'annulment',
  more: JsonObject = {},
) {
  const form = { ...bodies[route], outcome: route, ...more };
  const status = await issue.complete(people.lead, `issueRoute.${route}`, form, mayRefuse);
  await rig.world.settle();
  return status;
}
const actOf = (issue: IssueCase, route: string, round: number): Act =>
  new Act(rig, `${route}/${issue.caseId.slice('issue/'.length)}.${round}`, issue.permit);
const closing = async (issue: IssueCase, without: readonly JsonObject[] = []) =>
  await issue.complete(
    people.sectionHead,
    'issueClosing',
    { outcome: 'close', opinion: '准予', without },
    mayRefuse,
  );
const lastOf = async (issue: IssueCase, event: string) => (await issue.entries(event)).at(-1)?.params;

test('Q7: an issue starts a change by the authority; dropped, it leaves the issue open and says so; done, it lets it close', async () => {
  const issue = await verified(permits.own, 'authorityChange');
  expect(await issue.openTasks()).toEqual(['issueClosing', 'issueRoute.authorityChange']);
  const other = await issue.complete(
    people.lead,
    'issueRoute.authorityChange',
    { outcome: 'urging', ...bodies.urging },
    mayRefuse,
  );
  expect(other).toMatchObject({
    ...{ status: 'refused', code: 'input.invalid', detail: { expected: 'authorityChange' } },
  });
  const change = { trigger: 'ownError', burdensRise: false, contentId: content('v2') };
  expect(await start(issue, 'authorityChange', change)).toMatchObject({ status: 'done' });
  const first = actOf(issue, 'authorityChange', 1);
  expect((await first.entries('case.openedForIssue'))[0]?.params).toMatchObject({
    ...{ issue: issue.caseId, officer: people.lead.id },
  });
  expect(await closing(issue)).toMatchObject({
    status: 'refused',
    detail: { where: first.caseId, found: 'announced' },
  });
  // Nobody leaves out what is under way.
  const without = [{ route: 'authorityChange', reason: '另行处理' }];
  expect(await closing(issue, without)).toMatchObject({
    ...{
      status: 'refused',
      detail: { where: 'authorityChange', expected: 'a case that has ended without effect' },
    },
  });

  await first.tell(today);
  await first.speak();
  await first.complete(people.legalOfficer, 'heardReview', { outcome: 'drop', reason: '意见成立' });
  await first.dispatch(today);
  await rig.world.settle();
  expect(await lastOf(issue, 'issue.linkedFailed')).toMatchObject({ case: first.caseId, outcome: 'dropped' });
  expect(await closing(issue)).toMatchObject({
    ...{ status: 'refused', detail: { where: 'authorityChange', found: `${first.caseId}: dropped` } },
  });
  const relinked = { route: 'authorityChange', caseId: first.caseId };
  expect(await issue.ask(one, 'issue.link', relinked, mayRefuse)).toMatchObject({
    ...{ status: 'refused', detail: { found: 'dropped' } },
  });

  // Asked anew, by another task of the officer.
  expect(await start(issue, 'authorityChange', change)).toMatchObject({ status: 'done' });
  const second = actOf(issue, 'authorityChange', 2);
  await second.tell(today);
  await second.speak();
  await second.complete(people.legalOfficer, 'heardReview', { outcome: 'goOn', reason: '意见不成立' });
  await second.draftAs();
  await second.sign();
  await second.decide('authorityChangeDecision', today);
  const platform = { businessNo: 'BG1', at: '2026-03-09T09:00:00+08:00' };
  const { permitNo } = permits.own;
  const record = { outcome: 'recorded', permitNo, platform, validTo: '2031-03-04' };
  await second.complete(people.desk, 'platformChange', record);
  expect(await closing(issue)).toMatchObject({ status: 'refused', detail: { where: second.caseId } });
  await second.complete(people.desk, 'publicity', { outcome: 'done', on: today, note: '已公开' });
  await second.dispatch(today);
  await rig.world.settle();
  expect(await lastOf(issue, 'issue.linkedDone')).toMatchObject({ case: second.caseId, outcome: 'changed' });
  expect(await closing(issue)).toMatchObject({ status: 'done' });
});

test('Q7: an issue starts an urging, and closes when that has its answer', async () => {
  const issue = await verified(permits.urged, 'urging');
  await start(issue, 'urging', { source: 'qualityReview' });
  const act = actOf(issue, 'urging', 1);
  await act.seal('urgingNotice');
  await act.serve('urgingNotice', today);
  await rig.world.settle();
  await act.holder('urging.answer', { text: '已按要求办理' });
  expect(await closing(issue)).toMatchObject({ status: 'refused', detail: { where: act.caseId } });
  await act.complete(people.lead, 'urgingCheck', { outcome: 'notDue', reason: '无需变更' });
  await rig.world.settle();
  expect(await closing(issue)).toMatchObject({ status: 'done' });
});

test('Q7: the unit is asked for its change; the application links as it comes, withdrawn it fails, granted it lets the issue close', async () => {
  const permit = permits.asked;
  const issue = await verified(permit, 'change');
  const told = async () =>
    await rig.db
      .select({ recipient: notices.recipient, params: notices.params })
      .from(notices)
      .where(and(eq(notices.caseId, issue.caseId), eq(notices.template, 'issue.applicationAsked')));
  expect(await told()).toMatchObject([
    { recipient: 'applicant', params: { permitNo: permit.permitNo, procedure: 'change' } },
  ]);
  const [contentId, changedOn] = [await storedWith(rig, lowerConcentration), '2026-03-06'];
  const first = await Asking.filed(permit, 'change', contentId, { changedOn });
  expect(await lastOf(issue, 'issue.linked')).toMatchObject({ route: 'change', case: first.caseId });
  await first.withdraw();
  await first.dispatch(today);
  await rig.world.settle();
  expect(await lastOf(issue, 'issue.linkedFailed')).toMatchObject({
    case: first.caseId,
    outcome: 'withdrawn',
  });
  expect(await told()).toHaveLength(2);
  expect(await closing(issue)).toMatchObject({ status: 'refused', detail: { where: 'change' } });

  const second = await Asking.filed(permit, 'change', contentId, { changedOn });
  await second.decide();
  await second.opine();
  await second.grant('changeApproval');
  expect(await closing(issue)).toMatchObject({ status: 'refused', detail: { where: second.caseId } });
  await second.enterPlatform('2026-03-05', '2031-03-04');
  for (const task of ['delivery', 'publicity'])
    if ((await second.openTasks()).includes(task))
      await second.complete(people.desk, task, { outcome: 'done', on: today, note: '已办' });
  await second.dispatch(today);
  await rig.world.settle();
  expect(await lastOf(issue, 'issue.linkedDone')).toMatchObject({ case: second.caseId, outcome: 'granted' });
  expect(await closing(issue)).toMatchObject({ status: 'done' });
});

test('Q7: an issue starts an annulment; one that is under way already is linked, not started twice; failed, the closer says why without', async () => {
  const under = await Act.start(permits.annulled, 'annulment');
  const issue = await verified(permits.annulled, 'annulment');
  expect(await start(issue, 'annulment')).toMatchObject({
    status: 'refused',
    detail: { found: 'alreadyUnderWay' },
  });
  await issue.ask(one, 'issue.link', { route: 'annulment', caseId: under.caseId });
  expect(await issue.openTasks()).toEqual(['issueClosing']);
  await under.tell(today);
  await under.speak();
  await rig.world.advanceTo(at('2026-03-17 09:00'));
  await under.complete(people.legalOfficer, 'heardReview', { outcome: 'drop', reason: '意见成立' });
  await under.dispatch('2026-03-17');
  await rig.world.settle();
  expect(await lastOf(issue, 'issue.linkedFailed')).toMatchObject({ case: under.caseId, outcome: 'dropped' });
  expect(await closing(issue, [{ route: 'annulment', reason: '依法不予撤销' }])).toMatchObject({
    status: 'done',
  });
  expect(await lastOf(issue, 'issue.closedWithout')).toMatchObject({
    route: 'annulment',
    reason: '依法不予撤销',
  });
  expect(await issue.openTasks()).not.toContain('issueRoute.annulment');
});
