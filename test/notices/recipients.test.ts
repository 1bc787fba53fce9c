import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { markBounced } from '../../db/queries/notices.js';
import { ofUnit, replaceContacts } from '../../db/queries/contacts.js';
import { cases, notices, tasks } from '../../db/schema/index.js';
import * as people from '../../rehearsal/people.js';
import { Application } from '../application/application.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';
import { fates } from './desk.js';
import { MailServer } from './mailServer.js';
import { noticeLag } from './outboxLag.js';

let mail: MailServer;
let rig: Rig;
beforeAll(async () => {
  mail = await MailServer.start();
  rig = await openRig('2026-03-02T09:00:00+08:00', { channels: [mail.channel] });
});
afterAll(async () => {
  await rig.close();
  await mail.down();
});

const contact = (name: string, mailbox: string | null) => ({ name, mail: mailbox, phone: '0990-1234567' });

/** Its desk has asked a unit with these contacts for a supplement. */
async function asked(unitId: string, mailboxes: readonly (string | null)[]): Promise<Application> {
  await addUnit(rig, unitId);
  await replaceContacts(
    rig.db,
    ofUnit(unitId),
    mailboxes.map((mailbox) => contact(unitId, mailbox)),
  );
  const application = await Application.receive(rig, unitId);
  await application.complete(people.desk, 'completeness', {
    outcome: 'supplement',
    defects: [{ item: 'commitment', what: '未盖章' }],
  });
  await application.seal('supplementNotice');
  await rig.world.settle();
  return application;
}

test('L14: the first contact who has a mail address gets it; one who is refused passes it to the next', async () => {
  mail.refusing.add('gone@steel.test');
  const { caseId } = await asked('steel', [null, 'gone@steel.test', 'wang@steel.test', 'li@steel.test']);
  expect(await fates(rig, caseId)).toEqual(['application.supplementRequested sent']);
  expect(mail.received.map(({ to }) => to)).toEqual(['wang@steel.test']);
});

const byHand = {
  recipient: 'applicant',
  method: 'telephone',
  spokenTo: '王经理',
  on: '2026-03-02',
  note: '已告知补正内容',
};

test('L14: when no contact is left, the desk is to call; what was said is in the ledger, and closes the task', async () => {
  mail.refusing.add('gone@paper.test');
  const application = await asked('paper', ['gone@paper.test']);
  expect(await fates(rig, application.caseId)).toEqual([
    'application.supplementRequested undeliverable recipientRefused',
  ]);
  expect(await noticeLag(rig.db)).toMatchObject({ queued: 0, undeliverable: 1 });
  expect(await application.openTasks()).toContain('contact.applicant');
  const [task] = await rig.db
    .select()
    .from(tasks)
    .where(eq(tasks.id, `${application.caseId}#contact.applicant.1`));
  expect(task).toMatchObject({ role: 'acceptance', organ: 'yunchuan', clock: 'contact.applicant.1' });
  // Five working days from Monday 2 March.
  expect(await application.clock('contact.applicant.1')).toMatchObject({ due: '2026-03-09' });

  const early = await application.ask(
    people.desk,
    'notice.byHand',
    { ...byHand, on: '2026-03-03' },
    { mayRefuse: true },
  );
  expect(early).toMatchObject({ status: 'refused', code: 'rule.refused' });
  await application.ask(people.desk, 'notice.byHand', byHand);
  expect(await application.openTasks()).not.toContain('contact.applicant');
  expect(await application.clock('contact.applicant.1')).toMatchObject({ state: 'stopped' });
  expect(await fates(rig, application.caseId)).toEqual([
    'application.supplementRequested byHand recipientRefused',
  ]);
  const [missed] = await application.entries('notice.undeliverable');
  expect(missed).toMatchObject({
    actor: { id: 'outbox', kind: 'system' },
    zh: '通知 补正通知 无法送至申请人（收件地址被拒），转人工联系。',
  });
  const [told] = await application.entries('notice.byHand');
  expect(told).toMatchObject({
    actor: { id: 'acceptance' },
    zh: '2026-03-02 以电话方式人工告知申请人，接洽人 王经理：已告知补正内容',
    en: 'The applicant was told by hand on 2026-03-02 by telephone, 王经理 answering: 已告知补正内容',
  });
  expect(await noticeLag(rig.db)).toMatchObject({ undeliverable: 0 });
});

test('L14: a second notice that reaches nobody adds to the task that is open, and both are told by hand', async () => {
  const application = await asked('cement', [null]);
  expect(await fates(rig, application.caseId)).toEqual([
    'application.supplementRequested undeliverable nobody',
  ]);
  await application.dispatch('2026-03-02');
  // Thirty days from the service on 2 March end on 1 April; five working days before is Wednesday 25 March.
  await rig.world.advanceTo(at('2026-03-25 10:00'));
  const applicantFates = async () =>
    (await fates(rig, application.caseId)).filter((fate) => /supplementRequested|clock.remind/.test(fate));
  expect(await applicantFates()).toEqual([
    'application.supplementRequested undeliverable nobody',
    'clock.remind undeliverable nobody',
  ]);
  expect((await application.openTasks()).filter((kind) => kind === 'contact.applicant')).toHaveLength(1);
  await application.ask(people.desk, 'notice.byHand', { ...byHand, on: '2026-03-25', method: 'letter' });
  expect(await applicantFates()).toEqual([
    'application.supplementRequested byHand nobody',
    'clock.remind byHand nobody',
  ]);
});

test('L14: only the desk records a call, and a call may be recorded that no task asked for', async () => {
  const application = await asked('glass', ['zhao@glass.test']);
  const on = '2026-03-25';
  await application.ask(people.desk, 'notice.byHand', { ...byHand, on });
  expect(await application.entries('notice.byHand')).toHaveLength(1);
  expect(await fates(rig, application.caseId)).toEqual(['application.supplementRequested sent']);
  mail.refusing.add('zhao@glass.test');
  const refusing = await asked('glass2', ['zhao@glass.test']);
  const other = people.officer('stranger', 'sealKeeper@yunchuan');
  const answer = await refusing.ask(other, 'notice.byHand', { ...byHand, on }, { mayRefuse: true });
  expect(answer).toMatchObject({ status: 'refused', code: 'task.notYours' });
});

test('L14: a message that comes back later goes to the next contact, and then to a person', async () => {
  const application = await asked('tile', ['one@tile.test', 'two@tile.test']);
  const [notice] = await rig.db.select().from(notices).where(eq(notices.caseId, application.caseId));
  if (notice === undefined) throw new Error('no notice');
  const scope = { everything: false, organs: ['yunchuan'], areas: [], units: [] };
  const bounce = async (address: string) => {
    const [{ messageId } = { messageId: '' }] = mail.to(address);
    await markBounced(rig.db, scope, { noticeId: notice.id, messageId });
    await rig.world.settle();
    return messageId;
  };
  const first = await bounce('one@tile.test');
  expect(mail.to('two@tile.test')).toHaveLength(1);
  expect(await fates(rig, application.caseId)).toEqual(['application.supplementRequested sent']);
  // The same bounce again changes nothing; one of another message is unknown.
  await markBounced(rig.db, scope, { noticeId: notice.id, messageId: first });
  await rig.world.settle();
  expect(mail.to('two@tile.test')).toHaveLength(1);
  const unknown = markBounced(rig.db, scope, { noticeId: notice.id, messageId: '<other@example.test>' });
  await expect(unknown).rejects.toMatchObject({ code: 'not.found' });
  await bounce('two@tile.test');
  expect(await fates(rig, application.caseId)).toEqual([
    'application.supplementRequested undeliverable bounced',
  ]);
  expect(await application.openTasks()).toContain('contact.applicant');
});

test('L14: the case is over when the applicant can not be reached: he is told still, and only then it closes', async () => {
  const application = await asked('lime', ['one@lime.test']);
  await application.dispatch('2026-03-25');
  mail.refusing.add('one@lime.test');
  // Thirty days after 25 March the supplement has not come, and the case ends.
  await rig.world.advanceTo(at('2026-04-25 00:00'));
  await application.dispatch('2026-04-25');
  await rig.world.settle();
  expect(await application.openTasks()).toEqual(['contact.applicant']);
  await application.ask(people.desk, 'notice.byHand', { ...byHand, on: '2026-04-25' });
  const [row] = await rig.db.select().from(cases).where(eq(cases.id, application.caseId));
  expect(row).toMatchObject({ outcome: 'lapsed', stage: 'closed' });
});

test('L14: a bounce after the case has closed asks nobody, and stays visible and counted', async () => {
  const application = await asked('salt', ['one@salt.test']);
  await application.ask(people.applicantOf('salt'), 'application.withdraw', { reason: '停产' });
  await application.dispatch('2026-04-25');
  const before = await noticeLag(rig.db);
  const [notice] = await rig.db.select().from(notices).where(eq(notices.caseId, application.caseId));
  const [{ messageId } = { messageId: '' }] = mail.to('one@salt.test');
  const scope = { everything: true, organs: [], areas: [], units: [] };
  await markBounced(rig.db, scope, { noticeId: notice?.id ?? '', messageId });
  await rig.world.settle();
  const [row] = await rig.db.select().from(cases).where(eq(cases.id, application.caseId));
  expect(row).toMatchObject({ outcome: 'withdrawn' });
  expect(await fates(rig, application.caseId)).toEqual([
    'application.supplementRequested undeliverable bounced',
  ]);
  expect((await noticeLag(rig.db)).undeliverable).toBe(before.undeliverable + 1);
});
