import { afterAll, beforeAll, expect, test } from 'vitest';
import * as people from '../../rehearsal/people.js';
import { issueCaseId } from '../../workflows/messages/issueId.js';
import { type HeldPermit, dueDay, issuePermit, openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { IssueCase, findingOf, finder, mayRefuse, ofProvince, one, two } from './issueCase.js';

let rig: Rig;
let permit: HeldPermit;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  permit = await issuePermit(rig, 'steel', '2026-03-05');
});
afterAll(() => rig.close());

const system = { id: 'sweep/2026-1', kind: 'system', roles: [] } as const;

test('Q6: the head of the organ extends a rectification once, before its last day, with the reason', async () => {
  const issue = await IssueCase.find(permit, { severity: 'serious' });
  await issue.begin('2026-03-05');
  expect(await dueDay(rig, issue.caseId, 'rectification.1')).toBe('2026-03-20');
  const extension = { clock: 'rectification.1', reason: '设备采购周期长' };
  expect(await issue.ask(people.sectionHead, 'clock.extend', extension, mayRefuse)).toMatchObject({
    status: 'refused',
    code: 'auth.forbidden',
    detail: { expected: 'organHead@yunchuan' },
  });
  await issue.ask(people.organHead, 'clock.extend', extension);
  expect(await dueDay(rig, issue.caseId, 'rectification.1')).toBe('2026-04-04');
  const [entry] = await issue.entries('clock.extended');
  expect(entry).toMatchObject({ article: null, params: { days: 15, approver: 'organHead' } });
  expect(await issue.documents('extensionNotice')).toEqual([]);
  expect(await issue.ask(people.organHead, 'clock.extend', extension, mayRefuse)).toMatchObject({
    status: 'refused',
    code: 'clock.extension',
  });
  await issue.closeOut('2026-03-05');
});

test('Q6: overdue once, a last term begins; twice, and the organ above has it and closes it', async () => {
  const issue = await IssueCase.find(permit, { severity: 'serious' });
  await issue.begin('2026-03-05');
  await rig.world.advanceTo(at('2026-03-20 23:00'));
  expect(await issue.row()).toMatchObject({ overdue: 0 });
  await rig.world.advanceTo(at('2026-03-21 09:00'));
  expect(await issue.row()).toMatchObject({ overdue: 1, organ: 'yunchuan' });
  expect(await dueDay(rig, issue.caseId, 'rectification.2')).toBe('2026-04-05');
  await rig.world.advanceTo(at('2026-04-06 09:00'));
  expect(await issue.row()).toMatchObject({ overdue: 2, organ: 'province' });
  expect(await openTasks(rig, issue.caseId)).toEqual(['issueSupervision']);
  await issue.complete(ofProvince.inspector, 'issueSupervision', { outcome: 'supervised', note: '限期办结' });
  // The first deadline goes on climbing: 23 and 25 March are the first and third working days after it.
  expect(await issue.timeline('issue.overdue', 'issue.raised', 'clock.escalate')).toEqual([
    '2026-03-21T00:00 issue.overdue',
    '2026-03-23T09:00 clock.escalate',
    '2026-03-25T09:00 clock.escalate',
    '2026-04-06T00:00 issue.overdue',
    '2026-04-06T00:00 issue.raised',
  ]);
  await issue.apply('2026-04-06');
  await issue.verifyMended(ofProvince.inspector, 'first', '2026-04-06');
  await issue.verifyMended(ofProvince.second, 'second', '2026-04-06');
  const closing = { outcome: 'close', opinion: '准予' };
  expect(await issue.complete(people.sectionHead, 'issueClosing', closing, mayRefuse)).toMatchObject({
    status: 'refused',
    code: 'task.notYours',
    detail: { expected: 'sectionHead@province' },
  });
  await issue.close({}, ofProvince.sectionHead);
  const [slip] = await issue.documents('closingSlip');
  expect(slip?.organ).toBe('province');
});

test('Q6: the organ above may take an issue up at any time, and nobody else', async () => {
  const issue = await IssueCase.find(permit);
  await issue.feedBack('2026-04-06');
  await issue.acceptFinding(issue.unit);
  const reason = { reason: '提级督办' };
  expect(await issue.ask(people.sectionHead, 'issue.takeUp', reason, mayRefuse)).toMatchObject({
    status: 'refused',
    code: 'auth.forbidden',
  });
  await issue.ask(ofProvince.sectionHead, 'issue.takeUp', reason);
  await issue.determine({ outcome: 'upheld', reason: '属实' }, ofProvince.sectionHead);
  expect(await issue.ask(ofProvince.sectionHead, 'issue.takeUp', reason, mayRefuse)).toMatchObject({
    status: 'refused',
    detail: { expected: 'no organ is above' },
  });
});

test('Q6: the same problem at the same place reopens a closed issue, and counts; the new finding ends in it', async () => {
  const first = await IssueCase.find(permit, { place: '同一处' });
  await first.begin('2026-04-06');
  await first.closeOut('2026-04-06');
  await rig.world.advanceTo(at('2026-07-01 09:00'));
  const again = await IssueCase.find(permit, { place: '同一处', campaign: '2026-2' });
  expect(await again.story()).toEqual(['issue.found', 'issue.recurrence', 'case.closed']);
  expect(await again.row()).toMatchObject({ recurrenceOf: first.caseId, campaign: '2026-2' });
  expect(await first.row()).toMatchObject({ reopened: 1, closedOn: null });
  expect(await openTasks(rig, first.caseId)).toEqual(['issueAssignment']);
  // Found once more while it is open: said, and not counted.
  await IssueCase.find(permit, { place: '同一处', campaign: '2026-3' });
  expect(await first.row()).toMatchObject({ reopened: 1 });
  await first.assign();
  await first.dispatch('2026-07-01');
  expect(await first.apply('2026-07-01', { evidence: [] }, mayRefuse)).toMatchObject({ status: 'refused' });
  await first.closeOut('2026-07-01');
  // Elsewhere it is another problem.
  const elsewhere = await IssueCase.find(permit, { place: '另一处' });
  expect(await openTasks(rig, elsewhere.caseId)).toEqual(['issueNotice']);
  // A person may reopen it too; a year without it ends the case.
  await first.ask(finder, 'issue.reopen', { reason: '现场复查又见' });
  expect(await first.row()).toMatchObject({ reopened: 2 });
  await first.assign();
  await first.dispatch('2026-07-01');
  await first.closeOut('2026-07-01');
  await rig.world.advanceTo(at('2027-07-02 09:00'));
  expect(await first.timeline('case.closed')).toEqual(['2027-07-02T00:00 case.closed']);
  const later = await IssueCase.find(permit, { place: '同一处', campaign: '2027-1' });
  expect(await later.row()).toMatchObject({ recurrenceOf: first.caseId });
  expect(await openTasks(rig, later.caseId)).toEqual(['issueNotice']);
});

test('Q6: what a rule has found is a suspicion until a person confirms it; a repeat in its campaign is the same issue', async () => {
  const key = {
    tier: 'sweep',
    campaign: '2026-1',
    permitNo: permit.permitNo,
    subject: 'PQ-03',
    place: '单一',
  };
  const caseId = issueCaseId(key);
  expect(issueCaseId({ ...key })).toBe(caseId);
  expect(issueCaseId({ ...key, place: '其他' })).not.toBe(caseId);
  const issue = new IssueCase(rig, permit, caseId);
  const found = { ...findingOf(permit, { place: '单一' }), confirmedBy: null };
  await rig.ask(system, 'issue.open', caseId, found);
  await rig.ask(system, 'issue.open', caseId, found);
  expect(await issue.story()).toEqual(['issue.found', 'issue.foundAgain']);
  expect(await openTasks(rig, caseId)).toEqual(['issueConfirmation']);
  await issue.complete(one, 'issueConfirmation', { outcome: 'confirmed', note: '属实' });
  expect(await openTasks(rig, caseId)).toEqual(['issueNotice']);
  const other = new IssueCase(rig, permit, issueCaseId({ ...key, place: '误报' }));
  await rig.ask(system, 'issue.open', other.caseId, { ...found, place: '误报' });
  await other.complete(two, 'issueConfirmation', { outcome: 'dismissed', reason: '误报' });
  expect((await other.story()).at(-1)).toBe('case.closed');
});

test('Q6: nothing is found of a permit that the unit does not hold', async () => {
  const stranger = findingOf(permit, { unitId: 'paper' });
  const issue = new IssueCase(rig, permit);
  expect(await issue.ask(finder, 'issue.find', stranger, mayRefuse)).toMatchObject({
    status: 'refused',
    code: 'not.found',
  });
});
