import { test } from 'vitest';
import { Office } from '../../../rehearsal/office.js';
import * as people from '../../../rehearsal/people.js';
import { findingOf, IssueCase, one } from '../../issues/issueCase.js';
import { issuePermit } from '../../rig/permits.js';
import { unitOf } from '../../import/lists.js';
import { openSelfChecks } from '../../../relay/selfChecks.js';
import { faultyPermit, inspector, permitNoOf, register, Sweep, Review } from '../../tiers/campaign.js';
import { problem, SelfCheck } from '../../tiers/selfCheckCase.js';
import { itemsOfRound } from '../../../db/queries/samplings.js';
import { Campaign, inspector as provincial, other as otherProvincial } from '../../sampling/campaign.js';
import { at } from '../../rig/rig.js';
import { Recording, openRecordingRig } from '../recording.js';

test('a round of a sampling and a bulletin at every stage', async () => {
  const rig = await openRecordingRig('2029-03-05 10:00');
  const campaign = new Campaign(rig, 2029);
  await campaign.ask(provincial, 'sampling.open', { region: '990000', year: 2029 });
  const sampled = new Recording(rig, campaign.caseId, 'drawn');
  await sampled.note('waiting');
  await campaign.import(
    [1, 2].map((unit) => ({ unit: unitOf(rig, unit), city: '990100', kind: 'first', on: '2029-03-01' })),
  );
  await campaign.begin('公开数值');
  await sampled.note('reconciling');
  await campaign.reconcile('2029-03-05');
  await sampled.note('frozen');
  await rig.world.advanceTo(at('2029-03-05 12:00'));
  const value = { outcome: 'entered', value: '1', at: '2029-03-05T11:00:00+08:00' };
  await campaign.complete(provincial, 'samplingBeacon', value);
  await sampled.note('drawn');
  await campaign.publish();
  await sampled.write();
  const bulletin = new Office(rig, 'bulletin/990000-2029-1', people.staffOf('province'));
  const told = new Recording(rig, bulletin.caseId, 'issued');
  await bulletin.ask(provincial, 'bulletin.draft', {
    region: '990000',
    from: '2029-01-01',
    to: '2029-03-05',
  });
  await told.note('drafting');
  await bulletin.complete(provincial, 'bulletinDraft', { outcome: 'circulate', text: '通报', typical: [] });
  await told.note('commenting');
  await rig.world.advanceTo(at('2029-03-14 09:00'));
  await told.note('revising');
  await bulletin.complete(provincial, 'bulletinSubmission', { outcome: 'submit', answer: '无意见' });
  await told.note('signing');
  await bulletin.sign('sectionHead', 'deputyHead');
  await told.note('sealing');
  await bulletin.seal('bulletin');
  await told.write();
  await rig.close();
});

test('an issue at every stage, returned, overdue and reopened', async () => {
  const rig = await openRecordingRig('2026-03-05 10:00');
  const permit = await issuePermit(rig, 'steel', '2026-03-05');
  const issue = await IssueCase.find(permit);
  const recording = new Recording(rig, issue.caseId, 'closedOut');
  const keep = (stage: string) => recording.note(stage);
  await keep('feedback');
  await issue.feedBack('2026-03-05');
  await keep('objection');
  await rig.world.advanceTo(at('2026-03-13 09:00'));
  await keep('determining');
  await issue.determine();
  await keep('assigning');
  await issue.assign();
  await keep('notifying');
  await issue.dispatch('2026-03-13');
  await keep('rectifying');
  await rig.world.advanceTo(at('2026-04-13 09:00'));
  await issue.apply('2026-04-13');
  await keep('verifying');
  await issue.verifyMended(one, 'first', '2026-04-13', { outcome: 'return' });
  await issue.closeOut('2026-04-13');
  await keep('archived');
  await issue.ask(one, 'issue.reopen', { reason: '复查又见' });
  await issue.assign();
  await issue.dispatch('2026-04-13');
  await issue.closeOut('2026-04-13');
  await rig.world.advanceTo(at('2027-04-14 09:00'));
  await recording.write();
  await rig.close();
});

test('a review that waits for its blind counterpart', async () => {
  const rig = await openRecordingRig('2031-03-05 10:00');
  const campaign = new Campaign(rig, 2031);
  await campaign.ask(provincial, 'sampling.open', { region: '990000', year: 2031 });
  await campaign.import([{ unit: unitOf(rig, 1), city: '990100', kind: 'first', on: '2031-03-03' }]);
  await campaign.draw('2031-03-05');
  const [item] = await itemsOfRound(rig.db, campaign.caseId, 1);
  const [first = '', second = ''] = item?.reviews ?? [];
  const review = new Recording(rig, first, 'blind');
  await review.note('inspecting');
  await new Review(rig, first).review(provincial, '2031-03-05');
  await review.note('awaitingOther');
  await new Review(rig, second).review(otherProvincial, '2031-03-05');
  await review.write();
  await rig.close();
});

test('an issue that is a suspicion until somebody confirms it', async () => {
  const rig = await openRecordingRig('2026-03-05 10:00');
  const permit = await issuePermit(rig, 'steel', '2026-03-05');
  const issue = new IssueCase(rig, permit, `issue/recorded-${rig.number}`);
  const system = { id: 'sweep/1', kind: 'system', roles: [] } as const;
  await rig.ask(system, 'issue.open', issue.caseId, { ...findingOf(permit), confirmedBy: null });
  const recording = new Recording(rig, issue.caseId, 'suspected');
  await recording.note('found');
  await issue.complete(one, 'issueConfirmation', { outcome: 'dismissed', reason: '误报' });
  await recording.write();
  await rig.close();
});

test('a sweep, a review and a self-check at every stage', async () => {
  const rig = await openRecordingRig('2026-03-05 10:00');
  await register(rig, [
    { permitNo: permitNoOf(rig, 1), issuedOn: '2026-02-03' },
    { permitNo: permitNoOf(rig, 2), issuedOn: '2026-02-03', content: faultyPermit },
  ]);
  const sweep = await Sweep.start(rig, 1, { atOnce: 1 });
  const campaign = new Recording(rig, sweep.caseId, 'completed');
  const review = new Recording(rig, sweep.item(2).caseId, 'problems');
  await campaign.note('sweeping');
  await review.note('inspecting');
  await sweep.ask(inspector, 'sweep.pause', { reason: '另有任务' });
  await campaign.note('paused');
  await sweep.ask(inspector, 'sweep.resume', { note: '恢复' });
  await sweep.item(1).review(inspector, '2026-03-05');
  await sweep.item(2).review(inspector, '2026-03-05');
  await review.write();
  await campaign.write();

  const permit = await issuePermit(rig, 'steel', '2026-03-05');
  await rig.world.settle();
  await openSelfChecks(rig.db, { area: '9901', period: 'R2026' });
  const check = new SelfCheck(permit, 'R2026');
  const own = new Recording(rig, check.caseId, 'problems');
  await own.note('selfChecking');
  await check.submit([problem('ledger'), problem('report')]);
  await own.note('mending');
  await check.mend('ledger', '2026-03-05');
  await rig.world.advanceTo(at('2026-04-05 09:00'));
  await own.write();
  await rig.close();
});
