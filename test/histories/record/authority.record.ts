import { test } from 'vitest';
import { Act } from '../../authority/acts.js';
import * as people from '../../../rehearsal/people.js';
import { issuePermit } from '../../rig/permits.js';
import { at } from '../../rig/rig.js';
import { Recording, openRecordingRig } from '../recording.js';

test('what the authority does of its own accord, at every stage', async () => {
  const rig = await openRecordingRig('2026-03-09 09:00');
  const [changed, annulled] = [
    await issuePermit(rig, 'changed', '2026-03-05'),
    await issuePermit(rig, 'annulled', '2026-03-05'),
  ];
  const [withdrawn, revoked, urged] = [
    await issuePermit(rig, 'withdrawn', '2026-03-05'),
    await issuePermit(rig, 'revoked', '2026-03-05'),
    await issuePermit(rig, 'urged', '2026-03-05'),
  ];
  const renewal = await annulled.renew();
  const acts = {
    change: await Act.start(changed, 'authorityChange', { burdensRise: false }),
    annulment: await Act.start(annulled, 'annulment'),
    withdrawal: await Act.start(withdrawn, 'withdrawal'),
    revocation: await Act.start(revoked, 'revocation', { decidedOn: '2026-03-02', servedOn: '2026-03-06' }),
    urging: await Act.start(urged, 'urging'),
  };
  const [change, annulment, withdrawal, revocation, urging] = [
    new Recording(rig, acts.change.caseId, 'recorded'),
    new Recording(rig, acts.annulment.caseId, 'annulled'),
    new Recording(rig, acts.withdrawal.caseId, 'withdrawn'),
    new Recording(rig, acts.revocation.caseId, 'confirmed'),
    new Recording(rig, acts.urging.caseId, 'lead'),
  ];
  for (const each of [change, annulment, withdrawal]) await each.note('announced');
  await revocation.note('checking');
  await urging.note('noticing');
  for (const act of [acts.change, acts.annulment, acts.withdrawal, acts.urging]) await act.tell('2026-03-09');
  await urging.note('waiting');

  await acts.revocation.complete(people.legalOfficer, 'revocationCheck', {
    ...{ outcome: 'confirmed', reason: '已核对' },
  });
  await revocation.write();
  await acts.urging.holder('urging.answer', { text: '正在办理' });
  await urging.note('checking');
  await acts.urging.complete(people.lead, 'urgingCheck', { outcome: 'noEffect', reason: '未见效果' });
  await urging.note('lead');
  await acts.urging.complete(people.enforcement, 'lead', {
    ...{ outcome: 'handedOver', receipt: '执法收〔2026〕1号', note: '已移交' },
  });
  await urging.write();

  // One holder speaks, another is heard at a hearing, the third is silent.
  await acts.change.speak();
  await acts.change.complete(people.legalOfficer, 'heardReview', { outcome: 'goOn', reason: '理由不成立' });
  await acts.annulment.holder('hearing.request', { party: '持证人' });
  const hearing = { on: '2026-03-24', chair: '林若川' };
  await acts.annulment.complete(people.legalOfficer, 'hearing', {
    ...{ outcome: 'scheduled', place: '三楼会议室', ...hearing },
  });
  await acts.annulment.dispatch('2026-03-09');
  await rig.world.advanceTo(at('2026-03-24 15:00'));
  await acts.annulment.complete(people.legalOfficer, 'hearing', {
    ...{ outcome: 'held', record: '双方陈述', ...hearing },
  });
  await acts.annulment.complete(people.legalOfficer, 'heardReview', { outcome: 'goOn', reason: '事实清楚' });
  for (const each of [change, annulment, withdrawal]) await each.note('drafting');
  await acts.change.draftAs();
  await acts.annulment.draftAs({ outcome: 'annul', opinion: '拟予撤销', compensation: false });
  await acts.withdrawal.draftAs();
  for (const each of [change, annulment, withdrawal]) await each.note('signing');
  for (const act of [acts.change, acts.annulment, acts.withdrawal]) await act.sign();
  for (const each of [change, annulment, withdrawal]) await each.note('decided');
  await acts.change.decide('authorityChangeDecision', '2026-03-24');
  await acts.annulment.decide('annulmentDecision', '2026-03-24');
  await acts.withdrawal.decide('withdrawalDecision', '2026-03-24');

  await change.note('awaitingPlatform');
  await acts.change.complete(people.desk, 'platformChange', {
    ...{ outcome: 'recorded', permitNo: changed.permitNo, validTo: '2031-03-04' },
    platform: { businessNo: 'BG1', at: '2026-03-24T10:00:00+08:00' },
  });
  await acts.withdrawal.complete(people.lead, 'compensation', {
    ...{ outcome: 'noLoss', on: '2026-03-24', note: '无损失' },
  });
  for (const each of [change, annulment, withdrawal]) await each.write();
  const ended = new Recording(rig, annulled.caseId, 'annulled');
  await ended.note('annulled');
  await new Recording(rig, renewal.caseId, 'permitEnded').write();
  const cancellation = annulled.cancellation();
  const formality = new Recording(rig, cancellation.caseId, 'formality');
  await formality.note('drafting');
  await cancellation.signDecision();
  await cancellation.seal('formalCancellation');
  await cancellation.serve('formalCancellation', '2026-03-24');
  await cancellation.finish(annulled.permitNo, '2026-03-24');
  await formality.write();
  await ended.write();
  await rig.close();
});
