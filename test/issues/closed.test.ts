import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents, permitVersions } from '../../db/schema/index.js';
import * as people from '../../rehearsal/people.js';
import { goodPermit } from '../checks/documents.js';
import { storedJson } from '../tiers/campaign.js';
import { saidIn } from '../rig/papers.js';
import { type HeldPermit, dueDay, issuePermit, openTasks } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { IssueCase, findingOf, finder, mayRefuse, ofProvince, one, paper, three, two } from './issueCase.js';

let rig: Rig;
let permit: HeldPermit;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00');
  permit = await issuePermit(rig, 'steel', '2026-03-05');
});
afterAll(() => rig.close());

test('Q6: an issue is closed at the first go, two verify, the slip is numbered and sealed', async () => {
  const issue = await IssueCase.find(permit);
  await issue.begin('2026-03-05');
  // 30 calendar days from the service, whatever days of rest lie between.
  expect(await dueDay(rig, issue.caseId, 'rectification.1')).toBe('2026-04-04');
  await issue.closeOut('2026-03-05');
  expect(await issue.story()).toEqual([
    ...['issue.found', 'issue.confirmed', 'issue.fedBack', 'notice.queued', 'issue.accepted'],
    ...['issue.determined', 'issue.assigned', 'document.issued', 'document.sealed'],
    ...['document.served', 'document.issued', 'issue.rectificationBegun', 'notice.queued'],
    ...['issue.applied', 'issue.verified', 'issue.verified', 'issue.closed', 'document.issued'],
    ...['notice.queued', 'document.sealed'],
  ]);
  const papers = await rig.db.select().from(documents).where(eq(documents.caseId, issue.caseId));
  const slip = papers.find(({ kind }) => kind === 'closingSlip');
  expect(slip).toMatchObject({ state: 'sealed', organ: 'yunchuan' });
  expect(slip?.number).toMatch(/^云环质〔2026〕\d+号$/);
  expect(await issue.row()).toMatchObject({ overdue: 0, reopened: 0, closedOn: '2026-03-05' });
  expect(await openTasks(rig, issue.caseId)).toEqual([]);
});

test('Q6: an objection that is upheld withdraws the issue; one that is not leaves it', async () => {
  const [withdrawn, upheld] = [await IssueCase.find(permit), await IssueCase.find(permit)];
  for (const issue of [withdrawn, upheld]) {
    await issue.feedBack('2026-03-05');
    await issue.object(issue.unit);
    expect(await openTasks(rig, issue.caseId)).toEqual(['issueDetermination']);
  }
  await withdrawn.determine({ outcome: 'noFault', reason: '排放口确已合并' });
  expect((await withdrawn.story()).slice(-2)).toEqual(['issue.determined', 'case.closed']);
  await upheld.determine();
  expect(await openTasks(rig, upheld.caseId)).toEqual(['issueAssignment']);
});

test('Q6: what the finding level alters counts, and the finding stays as it was', async () => {
  const issue = await IssueCase.find(permit);
  await issue.feedBack('2026-03-05', 'both');
  await issue.object(people.lead);
  // The unit has not spoken yet.
  expect(await openTasks(rig, issue.caseId)).toEqual([]);
  await issue.acceptFinding(issue.unit);
  await issue.determine({
    outcome: 'altered',
    reason: '更重',
    severity: 'serious',
    responsible: 'authority',
  });
  expect(await issue.row()).toMatchObject({ severity: 'serious', responsible: 'authority' });
  const [found] = await issue.entries('issue.found');
  expect(found?.params).toMatchObject({ severity: 'general' });
});

test('Q6: a letter starts the five working days with its service; silence is no objection, a late one is refused', async () => {
  const issue = await IssueCase.find(permit);
  await issue.complete(finder, 'issueNotice', { outcome: 'letter', to: 'unit' });
  await issue.dispatch('2026-03-05');
  expect(await dueDay(rig, issue.caseId, 'objection')).toBe('2026-03-12');
  await rig.world.advanceTo(at('2026-03-13 09:00'));
  expect(await issue.timeline('issue.noObjection')).toEqual(['2026-03-13T00:00 issue.noObjection']);
  expect(await issue.object(issue.unit, mayRefuse)).toMatchObject({ status: 'refused', code: 'case.stage' });
  expect(await openTasks(rig, issue.caseId)).toEqual(['issueDetermination']);
});

test('Q6: the authority’s own problem is fed back by a letter to the authority; the term runs once both letters are served', async () => {
  const issue = await IssueCase.find(permit, { responsible: 'authority' });
  await issue.complete(finder, 'issueNotice', { outcome: 'letter', to: 'both' });
  await issue.seal('issueFeedback');
  await issue.seal('authorityFeedback');
  await issue.serve('authorityFeedback', '2026-03-13');
  await expect(dueDay(rig, issue.caseId, 'objection')).rejects.toThrow('no clock');
  await issue.serve('issueFeedback', '2026-03-13');
  expect(await dueDay(rig, issue.caseId, 'objection')).toBe('2026-03-20');
  const letter = await saidIn(rig.db, await issue.document('authorityFeedback'));
  expect(letter).toContain('审批部门问题反馈函');
  expect(letter).toContain('云川市生态环境局：');
  expect(letter).not.toContain('你单位');
  const only = await IssueCase.find(permit, { responsible: 'authority' });
  await only.complete(finder, 'issueNotice', { outcome: 'letter', to: 'authority' });
  await only.dispatch('2026-03-13');
  // The unit is not told of what is not its own.
  expect((await only.entries('issue.fedBack'))[0]?.params).toMatchObject({ sides: ['authority'] });
  expect(await only.documents('issueFeedback')).toEqual([]);
  expect(await only.acceptFinding(people.lead)).toMatchObject({ status: 'done' });
});

test('Q6: nothing is applied for without evidence, nor by whose problem it is not', async () => {
  const issue = await IssueCase.find(permit);
  await issue.begin('2026-03-13');
  expect(await issue.apply('2026-03-13', { evidence: [] }, mayRefuse)).toMatchObject({
    status: 'refused',
    code: 'rule.refused',
    detail: { where: 'evidence', expected: 'at least one piece of this round', found: 'none' },
  });
  expect(await issue.apply('2026-03-13', {}, mayRefuse, people.lead)).toMatchObject({
    status: 'refused',
    code: 'auth.forbidden',
    detail: { expected: 'unit', found: 'authority' },
  });
});

test('Q6: the authority’s own problem is mended by its officer, who neither verifies nor closes it', async () => {
  const issue = await IssueCase.find(permit, { responsible: 'authority' });
  await issue.feedBack('2026-03-13', 'authority');
  await issue.acceptFinding(people.lead);
  await issue.determine();
  await issue.assign({ responsible: 'authority', person: '承办人' });
  expect(await openTasks(rig, issue.caseId)).toEqual(['issueRectification']);
  const fixer = people.officer('both', 'officer@yunchuan', 'inspector@yunchuan', 'sectionHead@yunchuan');
  const form = { outcome: 'applied', completedOn: '2026-03-13', note: '已变更', evidence: paper() };
  await issue.complete(fixer, 'issueRectification', form);
  expect(await issue.verifyMended(fixer, 'first', '2026-03-13', {}, mayRefuse)).toMatchObject({
    status: 'refused',
    detail: { expected: 'somebody who did not mend it', found: 'both' },
  });
  await issue.verifyMended(one, 'first', '2026-03-13');
  expect(await issue.verifyMended(one, 'second', '2026-03-13', {}, mayRefuse)).toMatchObject({
    status: 'refused',
    detail: { expected: 'two persons', found: one.id },
  });
  await issue.verifyMended(two, 'second', '2026-03-13');
  expect(await issue.close(mayRefuse, fixer)).toMatchObject({ status: 'refused', code: 'rule.refused' });
  await issue.close();
  await issue.dispatch('2026-03-13');
  expect(await issue.row()).toMatchObject({ responsible: 'authority', closedOn: '2026-03-13' });
});

test('Q6: the permit’s examiner and its institution verify nothing', async () => {
  const issue = await IssueCase.find(permit, { examiners: [one.id], institution: '云川环科院' });
  await issue.begin('2026-03-13');
  await issue.apply('2026-03-13');
  expect(await issue.verifyMended(one, 'first', '2026-03-13', {}, mayRefuse)).toMatchObject({
    status: 'refused',
    detail: { expected: 'somebody who did not examine the permit' },
  });
  const ofInstitution = { institution: '云川环科院' };
  expect(await issue.verifyMended(two, 'first', '2026-03-13', ofInstitution, mayRefuse)).toMatchObject({
    status: 'refused',
    detail: { expected: 'somebody who is not of the permit’s institution' },
  });
  // By this pack who found it may be one of the two.
  await issue.verifyMended(finder, 'first', '2026-03-13');
  await issue.verifyMended(three, 'second', '2026-03-13', { institution: '另一机构' });
  expect(await openTasks(rig, issue.caseId)).toEqual(['issueClosing']);
});

test('Q6: nor does an institution that the permit’s own content names', async () => {
  const named = { ...goodPermit, permit: { ...goodPermit.permit, institutions: ['沧北评估中心'] } };
  const ofPermit = eq(permitVersions.permitNo, permit.permitNo);
  const contentId = await storedJson(rig, named);
  await rig.db.update(permitVersions).set({ contentId }).where(ofPermit);
  const issue = await IssueCase.find(permit);
  await issue.begin('2026-03-13');
  await issue.apply('2026-03-13');
  const theirs = { institution: '沧北评估中心' };
  expect(await issue.verifyMended(two, 'first', '2026-03-13', theirs, mayRefuse)).toMatchObject({
    status: 'refused',
    detail: { where: 'institution', found: '沧北评估中心' },
  });
  await issue.verifyMended(two, 'first', '2026-03-13', { institution: '另一机构' });
  expect(await openTasks(rig, issue.caseId)).toEqual(['issueVerification.second']);
});

test('Q6: returned at the verification and at the close-out, each time with a new round and new evidence', async () => {
  const issue = await IssueCase.find(permit);
  await issue.begin('2026-03-13');
  await issue.apply('2026-03-13');
  await issue.verifyMended(one, 'first', '2026-03-13');
  await issue.verifyMended(two, 'second', '2026-03-13', { outcome: 'return', finding: '未见DA003' });
  expect(await dueDay(rig, issue.caseId, 'rectification.2')).toBe('2026-04-12');
  expect(await issue.apply('2026-03-13', { evidence: [] }, mayRefuse)).toMatchObject({ status: 'refused' });
  await issue.apply('2026-03-13');
  await issue.verifyMended(one, 'first', '2026-03-13');
  await issue.verifyMended(two, 'second', '2026-03-13');
  await issue.complete(people.sectionHead, 'issueClosing', { outcome: 'return', reason: '佐证不足' });
  await issue.closeOut('2026-03-13');
  expect((await issue.entries('issue.rectificationBegun')).map(({ params }) => params['round'])).toEqual([
    1, 2, 3,
  ]);
});

test('Q6: a finding of the province is determined, sealed and closed by the province', async () => {
  const issue = new IssueCase(rig, permit);
  const sampled = findingOf(permit, { tier: 'sampling', campaign: '2026Q1' });
  expect(await issue.ask(finder, 'issue.find', sampled, mayRefuse)).toMatchObject({
    status: 'refused',
    code: 'auth.forbidden',
    detail: { expected: 'inspector@province' },
  });
  await issue.ask(ofProvince.inspector, 'issue.find', sampled);
  await issue.feedBack('2026-03-13', 'unit', ofProvince.inspector);
  await issue.acceptFinding(issue.unit);
  await issue.determine({ outcome: 'upheld', reason: '属实' }, ofProvince.sectionHead);
  await issue.assign({ responsible: 'institution', institution: '云川环科院' }, {}, ofProvince.inspector);
  const form = { outcome: 'applied', completedOn: '2026-03-13', note: '已改', evidence: paper() };
  await issue.complete(people.lead, 'issueRectification', form);
  await issue.verifyMended(ofProvince.inspector, 'first', '2026-03-13');
  await issue.verifyMended(ofProvince.second, 'second', '2026-03-13');
  await issue.close({}, ofProvince.sectionHead);
  const [slip] = await issue.documents('closingSlip');
  expect(slip).toMatchObject({ organ: 'province' });
  expect(slip?.number).toMatch(/^示环质〔2026〕\d+号$/);
});

test('Q1: what a unit finds itself it mends at once: no feedback, no lead unless grave or false', async () => {
  const issue = await IssueCase.find(permit, { tier: 'selfCheck' }, people.applicantOf('steel'));
  expect(await openTasks(rig, issue.caseId)).toEqual([]);
  const lead = { route: 'lead', reason: '拟移交', falsified: false };
  expect(await issue.ask(finder, 'issue.route', lead, mayRefuse)).toMatchObject({
    status: 'refused',
    detail: { expected: 'a serious, false or overdue problem' },
  });
  await issue.ask(finder, 'issue.route', { ...lead, falsified: true });
  expect(await openTasks(rig, issue.caseId)).toEqual(['lead']);
});
