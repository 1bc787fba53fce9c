import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { test } from 'vitest';
import { Application } from '../application/application.js';
import { Act } from '../authority/acts.js';
import { ofUnit, replaceContacts } from '../../db/queries/contacts.js';
import { drain } from '../../notices/outbox.js';
import { content, Office } from '../../rehearsal/office.js';
import * as people from '../../rehearsal/people.js';
import { applicantOf as applicant } from '../../rehearsal/people.js';
import { findingOf, IssueCase, one } from '../issues/issueCase.js';
import { issuePermit } from '../rig/permits.js';
import { MailServer } from '../notices/mailServer.js';
import type { JsonObject } from '../../workflows/messages/json.js';
import type { Actor } from '../../workflows/messages/request.js';
import { of2027 } from '../calendar/editions.js';
import { publish, signalsOf } from '../calendar/publishing.js';
import { importList, permitNo, row, unitOf } from '../import/lists.js';
import { until } from '../../rehearsal/world.js';
import { publicationId } from '../../workflows/messages/publication.js';
import { fileRegistration } from '../rig/registrations.js';
import { chainOf } from '../rig/replay.js';
import { openSelfChecks } from '../../relay/selfChecks.js';
import { faultyPermit, inspector, permitNoOf, register, Sweep, Review } from '../tiers/campaign.js';
import { problem, SelfCheck } from '../tiers/selfCheckCase.js';
import { itemsOfRound } from '../../db/queries/samplings.js';
import { Campaign, inspector as provincial, other as otherProvincial } from '../sampling/campaign.js';
import {
  applyForCancellation,
  Asking,
  issueComparable,
  lowerConcentration,
  moreOutlets,
  storedWith,
} from '../versions/asking.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';
import { corpusFolder, corpusKeys } from './corpus.js';

/** Records the corpus anew, on demand: `RECORD_HISTORIES=1 npx vitest run test/histories/record`. */
const recording = process.env['RECORD_HISTORIES'] === '1';

const openRecordingRig = (begins: string): Promise<Rig> => openRig(at(begins), { codecKeys: corpusKeys });

/** A case that is recorded: the stages are noted on the way, and the runs written at the end. */
class Recording {
  /** By run, the oldest first: how long the history was at each stage. */
  private readonly stages: Record<string, number>[] = [];

  constructor(
    private readonly rig: Rig,
    private readonly caseId: string,
    private readonly story: string,
  ) {}

  async note(stage: string): Promise<void> {
    await this.rig.world.settle();
    const [newest, ...older] = await chainOf(this.rig.client, this.caseId);
    (this.stages[older.length] ??= {})[stage] = newest?.events?.length ?? 0;
  }

  async write(): Promise<void> {
    await this.note('end');
    const [kind] = this.caseId.split('/');
    const runs = [...(await chainOf(this.rig.client, this.caseId))].reverse();
    for (const [run, history] of runs.entries()) {
      const stages = this.stages[run] ?? { end: history.events?.length ?? 0 };
      const json = { stages, history: JSON.parse(historyToJSON(history)) as unknown };
      await writeFile(join(corpusFolder, `${kind}.${this.story}.${run}.json`), `${JSON.stringify(json)}\n`);
    }
  }
}

test.runIf(recording)('an application at every stage', async () => {
  const rig = await openRecordingRig('2026-03-02 09:00');
  const { id, creditCode } = await addUnit(rig, 'steel');
  const application = await Application.receive(rig, id);
  const recording = new Recording(rig, application.caseId, 'granted');
  const keep = (stage: string) => recording.note(stage);
  await keep('received');
  await application.askForSupplement(['preDisclosure']);
  await application.dispatch('2026-03-02');
  await keep('supplement');
  await application.supplement(id, ['preDisclosure']);
  await application.accept();
  await keep('review');
  await application.decideVisit('notNeeded');

  await application.opine('agree', ['air', 'soil', 'solidWaste', 'noise', 'selfMonitoring']);
  await application.opine('revise', ['water']);
  await application.revise(['water']);
  await application.dispatch('2026-03-02');
  await keep('revision');
  await application.ask(applicant(id), 'application.revise', { contentId: 'ab'.repeat(32), note: '已改' });
  await application.opine('agree', ['water']);
  await application.draft();
  await keep('signing');
  await application.sign('sectionHead', 'deputyHead');
  await application.seal('approval');
  await keep('awaitingPlatform');
  await application.enterNumber(`${creditCode}001P`, '2026-03-02', '2031-03-01');
  await application.record('delivery', '2026-03-02');
  await application.record('publicity', '2026-03-02');
  await application.dispatch('2026-03-02');
  await recording.write();
  const withdrawn = await Application.receive(rig, id);
  await withdrawn.withdraw(id);
  await withdrawn.dispatch('2026-03-02');
  await new Recording(rig, withdrawn.caseId, 'withdrawn').write();
  const deemed = await Application.receive(rig, id);
  await deemed.advanceTo('2026-03-06 00:00');
  await new Recording(rig, deemed.caseId, 'deemedAccepted').write();
  await rig.close();
});

test.runIf(recording)('levers on a case, and a unit that no notice reaches', async () => {
  const mail = await MailServer.start();
  const rig = await openRig(at('2026-03-02 09:00'), { codecKeys: corpusKeys, channels: [mail.channel] });
  const { id } = await addUnit(rig, 'steel');
  await replaceContacts(rig.db, ofUnit(id), [{ name: '王', mail: null, phone: null }]);
  const system: Actor = { id: 'system', kind: 'administrator', roles: ['systemAdministrator@*'] };
  const pulled = await Application.receive(rig, id);
  const recording = new Recording(rig, pulled.caseId, 'levers');
  const pull = async (lever: string, more: JsonObject = {}) => {
    const asked = { lever, reason: '系统处置', document: content('paper'), signer: 'deputyHead', ...more };
    await pulled.ask(system, 'lever.ask', asked);
    await pulled.complete(people.deputyHead, 'lever', { outcome: 'approve', opinion: '同意' });
    await recording.note(lever);
  };
  await pull('reassign', { task: `${pulled.caseId}#completeness.1`, assignee: 'desk-2' });
  await pulled.ask(system, 'lever.retry', { reason: '疑似停滞' });
  await pull('retime');
  await pull('hold');
  // The three days end on Thursday the 5th; while the case is held, nothing takes effect.
  await pulled.advanceTo('2026-03-09 09:00');
  await recording.note('held');
  await pull('release');
  await pull('end');
  await pulled.dispatch('2026-03-09');
  await recording.write();

  const silent = await Application.receive(rig, id);
  const unreached = new Recording(rig, silent.caseId, 'unreached');
  await silent.askForSupplement(['preDisclosure']);
  await unreached.note('sealing');
  await silent.seal('supplementNotice');
  await unreached.note('serving');
  await drain(rig.notices);
  await unreached.note('contact');
  await silent.ask(people.desk, 'notice.byHand', {
    ...{ recipient: 'applicant', method: 'telephone', spokenTo: '王经理', on: '2026-03-09' },
    note: '已告知补正内容',
  });
  await unreached.note('told');
  await silent.serve('supplementNotice', '2026-03-09');
  await silent.withdraw(id);
  await silent.dispatch('2026-03-09');
  await unreached.write();
  await rig.close();
  await mail.down();
});

test.runIf(recording)(
  'a registration form, from its filing to its end, and a clean-up at every stage',
  async () => {
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
  },
);

test.runIf(recording)('a round of a sampling and a bulletin at every stage', async () => {
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

test.runIf(recording)('a permit and its cancellation at every stage', async () => {
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

test.runIf(recording)('what the authority does of its own accord, at every stage', async () => {
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

test.runIf(recording)('what a holder asks of its permit, at every stage', async () => {
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

test.runIf(recording)('an issue at every stage, returned, overdue and reopened', async () => {
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

test.runIf(recording)('a calendar published, and the case that it counts anew and tells', async () => {
  const rig = await openRecordingRig('2026-12-30 09:00');
  await addUnit(rig, 'steel');
  const application = await Application.receive(rig, 'steel');
  const recording = new Recording(rig, application.caseId, 'retimed');
  await recording.note('received');
  const published = await publish(rig, of2027());
  await new Recording(rig, publicationId(published), 'published').write();
  await until(
    async () => ((await signalsOf(rig, application.caseId)) === 1 ? null : 'no signal'),
    'the case is told',
  );
  await recording.note('retimed');
  await application.advanceTo('2027-01-06 00:00');
  await recording.write();
  await rig.close();
});

test.runIf(recording)('a case that a signed lever moves to another pack', async () => {
  const rig = await openRecordingRig('2039-12-30 09:00');
  await addUnit(rig, 'steel');
  const application = await Application.accepted(rig, 'steel');
  const recording = new Recording(rig, application.caseId, 'moved');
  await recording.note('review');
  await application.advanceTo('2040-01-03 09:00');
  const administrator = { id: 'system', kind: 'administrator', roles: ['systemAdministrator@*'] } as const;
  const document = 'ab'.repeat(32);
  const move = { lever: 'move', pack: 'demonstration-2', reason: '新规则', document, signer: 'deputyHead' };
  await rig.ask(administrator, 'lever.ask', application.caseId, move);
  await application.complete(people.deputyHead, 'lever', { outcome: 'approve', opinion: '同意' });
  await recording.note('moved');
  await application.advanceTo('2040-01-07 00:00');
  await recording.write();
  await rig.close();
});

test.runIf(recording)(
  'permits held, withdrawn, revoked and imported; a form imported; a unit found running',
  async () => {
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
  },
);

test.runIf(recording)('a review that waits for its blind counterpart', async () => {
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

test.runIf(recording)('an issue that is a suspicion until somebody confirms it', async () => {
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

test.runIf(recording)('a sweep, a review and a self-check at every stage', async () => {
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
