import { test } from 'vitest';
import { Application } from '../../application/application.js';
import { Act } from '../../authority/acts.js';
import { Office } from '../../../rehearsal/office.js';
import * as people from '../../../rehearsal/people.js';
import { issuePermit } from '../../rig/permits.js';
import { importList, permitNo, row, unitOf } from '../../import/lists.js';
import { fileRegistration } from '../../rig/registrations.js';
import {
  applyForCancellation,
  Asking,
  issueComparable,
  lowerConcentration,
  moreOutlets,
  storedWith,
} from '../../versions/asking.js';
import { addUnit, at } from '../../rig/rig.js';
import { Recording, openRecordingRig } from '../recording.js';

test('a registration form, from its filing to its end, and a clean-up at every stage', async () => {
  const rig = await openRecordingRig('2026-03-05 10:00');
  const form = await fileRegistration(rig, 'form', '2026-03-05 09:00');
  await form.change('2026-03-05', '2026-03-05 09:30');
  await rig.world.advanceTo(at('2031-03-05 09:00'));
  await new Recording(rig, form.caseId, 'expired').write();
  const term = { issuedOn: '2026-02-01', validFrom: '2026-02-01', validTo: '2031-01-31' };
  await importList(rig, [row(unitOf(rig, 1), term)]);
  const list = new Office(rig, `cleanUp/recorded-${rig.number}-1`);
  await list.ask(people.lead, 'cleanUp.draft', { area: '990100' });
  const campaign = new Recording(rig, list.caseId, 'sent');
  await campaign.note('checkingList');
  await list.complete(people.lead, 'cleanUpReview', { outcome: 'submit', opinion: '逐张核对' });
  await campaign.note('signing');
  await list.sign('sectionHead', 'legalReview', 'deputyHead');
  await campaign.note('sealing');
  await list.seal('cleanUpList');
  await list.complete(people.desk, 'publicity', { outcome: 'done', on: '2031-03-05', note: '已公开' });
  await campaign.write();
  await rig.close();
});

test('a permit and its cancellation at every stage', async () => {
  const rig = await openRecordingRig('2026-03-05 10:00');
  const renewed = await issuePermit(rig, 'renewed', '2026-03-05');
  const ended = await issuePermit(rig, 'ended', '2026-03-05');
  const [life, byLaw] = [
    new Recording(rig, ended.caseId, 'lapsed'),
    new Recording(rig, renewed.caseId, 'renewedByLaw'),
  ];
  await rig.world.advanceTo(at('2027-03-10 09:00'));
  await life.note('valid');
  await rig.world.advanceTo(at('2031-01-03 16:00'));
  await (await renewed.renew()).accept();
  await rig.world.advanceTo(at('2031-03-05 00:00'));
  await byLaw.write();
  await life.note('lapsed');
  const cancellation = ended.cancellation();
  const formalities = new Recording(rig, cancellation.caseId, 'signed');
  const keep = (stage: string) => formalities.note(stage);
  await keep('checking');
  await ended.hold('lawsuit');
  await keep('held');
  await ended.release('lawsuit');
  await rig.world.advanceTo(at('2031-03-06 09:00'));
  await cancellation.check('closed', '2031-03-06');
  await cancellation.serveIntention('2031-03-06');
  await keep('announced');
  await rig.world.advanceTo(at('2031-03-14 09:00'));
  await cancellation.draftDecision();
  await keep('signing');
  await cancellation.sign('sectionHead', 'legalReview', 'deputyHead');
  await cancellation.serveDecision('2031-03-14');
  await cancellation.finish(ended.permitNo, '2031-03-14');
  await formalities.write();
  await ended.office.dispatch('2031-03-14');
  await life.write();
  await rig.close();
});

test('what a holder asks of its permit, at every stage', async () => {
  const rig = await openRecordingRig('2026-03-05 10:00');
  const [less, more, lost] = [
    await issueComparable(rig, 'less', '2026-03-05'),
    await issueComparable(rig, 'more', '2026-03-05'),
    await issueComparable(rig, 'lost', '2026-03-05'),
  ];
  const changedOn = '2026-03-02';
  const life = new Recording(rig, less.caseId, 'changed');
  const change = await Asking.filed(less, 'change', await storedWith(rig, lowerConcentration), { changedOn });
  const changing = new Recording(rig, change.caseId, 'change');
  await changing.note('received');
  await change.decide();
  await change.opine();
  await changing.note('review');
  await change.grant('changeApproval');
  await changing.note('awaitingPlatform');
  await change.enterPlatform('2026-03-05', '2031-03-04');
  await life.note('changed');
  await changing.write();

  const asking = await Asking.filed(more, 'change', await storedWith(rig, moreOutlets), { changedOn });
  const converting = new Recording(rig, asking.caseId, 'reapplication');
  await asking.convert('reapplication');
  await converting.note('converted');
  await asking.decide();
  await asking.opine();
  await asking.verify('2026-03-05');
  await asking.grant('approval');
  await asking.enterPlatform('2026-03-05', '2031-03-04');
  await converting.write();
  await new Recording(rig, more.caseId, 'reapplied').write();

  const replacing = await Asking.filed(lost, 'replacement', '0'.repeat(64));
  await replacing.decide();
  await replacing.grant('replacementApproval');
  await replacing.enterPlatform('2026-03-05', '2031-03-04');
  await new Recording(rig, replacing.caseId, 'replacement').write();

  await applyForCancellation(less);
  const wish = less.cancellation();
  const wishing = new Recording(rig, wish.caseId, 'applied');
  await wishing.note('checking');
  await wish.check('closed', '2026-03-05');
  await wish.signDecision();
  await wish.serveDecision('2026-03-05');
  await wishing.write();
  await life.write();

  const { creditCode } = await addUnit(rig, 'heir');
  const heir = await Application.granted(rig, 'heir', { formerPermitNo: lost.permitNo });
  await heir.enterNumber(`${creditCode}001P`, '2026-03-05', '2031-03-04');
  await rig.world.settle();
  await new Recording(rig, heir.caseId, 'newHolder').write();
  await lost.cancellation().serveIntention('2026-03-05');
  await new Recording(rig, lost.cancellation().caseId, 'newHolder').write();
  await new Recording(rig, lost.caseId, 'succeeded').write();
  await rig.close();
});

test('permits held, withdrawn, revoked and imported; a form imported; a unit found running', async () => {
  const rig = await openRecordingRig('2026-03-09 09:00');
  const [withdrawn, revoked] = [
    await issuePermit(rig, 'withdrawn', '2026-03-05'),
    await issuePermit(rig, 'revoked', '2026-03-05'),
  ];
  const [held, running] = [
    await issuePermit(rig, 'held', '2021-03-13'),
    await issuePermit(rig, 'running', '2021-03-11'),
  ];
  const withdrawal = await Act.start(withdrawn, 'withdrawal');
  await withdrawal.tell('2026-03-09');
  const revocation = await Act.start(revoked, 'revocation', {
    ...{ decidedOn: '2026-03-02', servedOn: '2026-03-06' },
  });
  await revocation.complete(people.legalOfficer, 'revocationCheck', {
    outcome: 'confirmed',
    reason: '已核对',
  });
  const term = { issuedOn: '2020-03-01', validFrom: '2020-03-01', validTo: '2025-02-28' };
  await importList(rig, [row(unitOf(rig, 1), term)]);
  const { creditCode } = await addUnit(rig, 'form');
  const registrationNo = `${creditCode}001W`;
  const platform = { businessNo: 'W1', at: '2024-05-06T09:00:00.000+08:00' };
  const version = { kind: 'filed', on: '2024-05-06', contentId: 'ab'.repeat(32), platform };
  const importer = { id: 'import/registrations', kind: 'system', roles: [] } as const;
  await rig.ask(importer, 'registration.import', `registration/${registrationNo}`, {
    ...{ registrationNo, creditCode, unitId: 'form', area: '990100', closed: false, versions: [version] },
    ...{ validFrom: '2024-05-06', validTo: '2029-05-05' },
  });
  await new Recording(rig, `registration/${registrationNo}`, 'imported').write();
  await rig.world.advanceTo(at('2026-03-12 10:00'));
  await running.cancellation().check('running', '2026-03-12');
  const lead = new Recording(rig, running.cancellation().caseId, 'running');
  await lead.note('running');
  await held.renew();
  await rig.world.advanceTo(at('2026-03-13 09:00'));
  const holding = new Recording(rig, held.caseId, 'held');
  await holding.note('held');
  await rig.world.advanceTo(at('2026-03-18 09:00'));
  await withdrawal.draftAs();
  await withdrawal.sign();
  await withdrawal.decide('withdrawalDecision', '2026-03-18');
  await rig.world.settle();
  await new Recording(rig, withdrawn.caseId, 'withdrawn').write();
  await new Recording(rig, revoked.caseId, 'revoked').write();
  await new Recording(rig, `permit/${permitNo(unitOf(rig, 1))}`, 'imported').write();
  await holding.write();
  await lead.write();
  await rig.close();
});
