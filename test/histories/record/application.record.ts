import { test } from 'vitest';
import { Application } from '../../application/application.js';
import { ofUnit, replaceContacts } from '../../../db/queries/contacts.js';
import { drain } from '../../../notices/outbox.js';
import { content } from '../../../rehearsal/office.js';
import * as people from '../../../rehearsal/people.js';
import { applicantOf as applicant } from '../../../rehearsal/people.js';
import { MailServer } from '../../notices/mailServer.js';
import type { JsonObject } from '../../../workflows/messages/json.js';
import type { Actor } from '../../../workflows/messages/request.js';
import { of2027 } from '../../calendar/editions.js';
import { publish, signalsOf } from '../../calendar/publishing.js';
import { until } from '../../../rehearsal/world.js';
import { publicationId } from '../../../workflows/messages/publication.js';
import { addUnit, at, openRig } from '../../rig/rig.js';
import { corpusKeys } from '../corpus.js';
import { Recording, openRecordingRig } from '../recording.js';

test('an application at every stage', async () => {
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

test('levers on a case, and a unit that no notice reaches', async () => {
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

test('a calendar published, and the case that it counts anew and tells', async () => {
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

test('a case that a signed lever moves to another pack', async () => {
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
