import { afterAll, beforeAll, expect, test } from 'vitest';
import { Application } from '../application/application.js';
import * as people from '../../rehearsal/people.js';
import { HeldPermit, issuePermit, lapsedPermits, openTasks } from '../rig/permits.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';
import { applyForCancellation } from '../versions/asking.js';
import { IssueCase, findingOf, finder, mayRefuse, one, three, two } from './issueCase.js';

let rig: Rig;
let lapsed: HeldPermit;
let other: HeldPermit;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  ({ lapsed, other } = await lapsedPermits(rig, ['lapsed', 'other'], '2031-03-05'));
  await rig.world.advanceTo(at('2031-03-06 09:00'));
});
afterAll(() => rig.close());

test('Q7: an issue closes when the case that it started is over, and not before; one of another permit is refused', async () => {
  const cancellation = lapsed.cancellation();
  const issue = await IssueCase.find(lapsed, { foundOn: '2031-03-06' });
  await issue.begin('2031-03-06', { routes: ['cancellation'] });
  await issue.apply('2031-03-06');
  await issue.verifyMended(one, 'first', '2031-03-06');
  await issue.verifyMended(two, 'second', '2031-03-06');
  expect(await issue.close(mayRefuse)).toMatchObject({
    status: 'refused',
    detail: { where: 'cancellation', expected: 'the case that was opened for it, linked' },
  });
  const link = (caseId: string, route = 'cancellation') =>
    issue.ask(finder, 'issue.link', { route, caseId }, mayRefuse);
  expect(await link('cancellation/none-1')).toMatchObject({ detail: { what: 'there is no such case' } });
  expect(await link(lapsed.caseId)).toMatchObject({ detail: { what: 'the case is of another kind' } });
  expect(await link(other.cancellation().caseId)).toMatchObject({
    detail: { what: 'the case is about another permit', found: other.permitNo },
  });
  expect(await link(cancellation.caseId, 'annulment')).toMatchObject({
    detail: { what: 'a case is linked for a route of the issue', found: 'annulment' },
  });
  expect(await link(cancellation.caseId)).toMatchObject({ status: 'done' });
  expect(await issue.close(mayRefuse)).toMatchObject({
    status: 'refused',
    code: 'rule.refused',
    detail: { where: cancellation.caseId, expected: 'the end of the linked case', found: 'checking' },
  });
  await cancellation.check('closed', '2031-03-06');
  await cancellation.serveIntention('2031-03-06');
  await rig.world.advanceTo(at('2031-03-14 09:00'));
  await cancellation.signDecision();
  await cancellation.serveDecision('2031-03-14');
  await cancellation.finish(lapsed.permitNo, '2031-03-14');
  await issue.close();
  expect(await issue.row()).toMatchObject({ closedOn: '2031-03-14' });
});

test('Q7: a lead goes to enforcement with a receipt before the issue closes', async () => {
  const issue = await IssueCase.find(other, { foundOn: '2031-03-06', severity: 'serious' });
  await issue.begin('2031-03-14', { routes: ['lead'] });
  await issue.apply('2031-03-14');
  await issue.verifyMended(one, 'first', '2031-03-14');
  await issue.verifyMended(two, 'second', '2031-03-14');
  expect(await issue.close(mayRefuse)).toMatchObject({ detail: { where: 'lead', found: 'none' } });
  const form = { outcome: 'handedOver', receipt: '云执收〔2031〕1号', note: '已移交' };
  await issue.complete(people.enforcement, 'lead', form);
  await issue.close();
  expect((await issue.entries('lead.handedOver'))[0]?.params).toMatchObject({ outcome: 'handedOver' });
});

test('Q6: whoever examined the permit’s application verifies nothing of it, as the transaction finds', async () => {
  const { id, creditCode } = await addUnit(rig, 'examined');
  const application = await Application.receive(rig, id);
  // One of the inspectors was at the acceptance desk then.
  const taskId = await rig.task(application.caseId, 'completeness');
  const atTheDesk = people.officer(three.id, 'acceptance@yunchuan');
  await application.complete(atTheDesk, 'completeness', { outcome: 'accept' });
  await application.decideVisit('notNeeded');
  await application.opine();
  await application.draft();
  await application.sign('sectionHead', 'deputyHead');
  await application.seal('approval');
  await application.enterNumber(`${creditCode}001P`, '2031-03-14', '2036-03-13');
  await rig.world.settle();
  const permit = new HeldPermit(rig, id, `${creditCode}001P`);
  const issue = await IssueCase.find(permit, { foundOn: '2031-03-14' });
  await issue.begin('2031-03-14');
  await issue.apply('2031-03-14');
  expect(await issue.verifyMended(three, 'first', '2031-03-14', {}, mayRefuse)).toMatchObject({
    status: 'refused',
    code: 'rule.refused',
    detail: { where: taskId, expected: 'somebody who did not examine the permit', found: three.id },
  });
  await issue.verifyMended(one, 'first', '2031-03-14');
});

test('Q6: by the stricter pack, who found it does not verify it either', async () => {
  const permit = await issuePermit(rig, 'strict', '2031-03-14', '980100');
  const issue = new IssueCase(rig, permit);
  await issue.ask(finder, 'issue.find', findingOf(permit, { foundOn: '2031-03-14', area: '980100' }));
  await issue.begin('2031-03-14');
  await issue.apply('2031-03-14');
  expect(await issue.verifyMended(finder, 'first', '2031-03-14', {}, mayRefuse)).toMatchObject({
    status: 'refused',
    detail: { expected: 'somebody who did not find it', found: finder.id },
  });
  await issue.verifyMended(one, 'first', '2031-03-14');
  await issue.verifyMended(two, 'second', '2031-03-14');
  expect(await openTasks(rig, issue.caseId)).toEqual(['issueClosing']);
});

test('Q7: the permit’s cancellation is linked with the issue that takes it as it begins', async () => {
  const permit = await issuePermit(rig, 'ending', '2031-03-14');
  const issue = await IssueCase.find(permit, { foundOn: '2031-03-14' });
  await issue.begin('2031-03-14', { routes: ['cancellation'] });
  await applyForCancellation(permit);
  await rig.world.settle();
  const { caseId } = permit.cancellation();
  expect((await issue.entries('issue.linked'))[0]?.params).toMatchObject({
    route: 'cancellation',
    case: caseId,
  });
});
