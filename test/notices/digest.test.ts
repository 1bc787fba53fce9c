import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outbox } from '../../db/schema/index.js';
import { buildDigests } from '../../notices/digest.js';
import { parseDate } from '../../rules/date.js';
import * as people from '../../rehearsal/people.js';
import { Application } from '../application/application.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';
import { employ, fates, waitsAreOver } from './desk.js';
import { MailServer } from './mailServer.js';

/**
 * Two first applications of key management, accepted on Friday 11 September 2026. The elements' ten working days end on
 * Thursday 24 September, since Sunday the 20th is worked (调休): yellow on Wednesday the 23rd at 09:00, red on Friday the
 * 25th at 00:00, in the Mid-Autumn holiday that lasts to Sunday the 27th.
 */
let mail: MailServer;
let rig: Rig;
let steel: Application;
let paper: Application;
const water = 'water@bureau.test';
beforeAll(async () => {
  mail = await MailServer.start();
  rig = await openRig('2026-09-11T09:00:00+08:00', { channels: [mail.channel] });
  for (const element of ['water', 'air', 'soil', 'solidWaste', 'noise', 'selfMonitoring'])
    await employ(rig, element, `element.${element}`);
  for (const role of ['acceptance', 'officer', 'sectionHead', 'deputyHead', 'sealKeeper'])
    await employ(rig, role, role);
  await addUnit(rig, 'steel');
  await addUnit(rig, 'paper');
  steel = await Application.accepted(rig, 'steel');
  paper = await Application.accepted(rig, 'paper');
  await steel.dispatch('2026-09-11');
  await paper.dispatch('2026-09-11');
});
afterAll(async () => {
  await rig.close();
  await mail.down();
});

/** The days of the digests that an address has had. */
const digestsTo = (address: string): readonly string[] =>
  mail.to(address).map(({ subject }) => /Digest of (.*): /.exec(subject)?.[1] ?? subject);

test('L14: the cards of a day are one digest the next working morning, grouped and linked by case', async () => {
  await rig.world.advanceTo(at('2026-09-24 08:29'));
  expect(mail.to(water)).toEqual([]);
  await rig.world.advanceTo(at('2026-09-24 08:30'));
  expect(mail.to(water)).toHaveLength(1);
  const [digest] = mail.to(water);
  expect(digest?.subject).toBe(
    '2026年9月24日办件摘要：2 项，今日到期 2 · Digest of 24 September 2026: 2, due today 2',
  );
  expect(digest?.text).toContain('黄牌 (2)');
  expect(digest?.text).toContain('Yellow (2)');
  expect(digest?.text).toContain('黄牌：要素审查意见（水），期限2026年9月24日');
  for (const { caseId } of [steel, paper])
    expect(digest?.text).toContain(`https://permits.example.test/cases/${caseId}`);
  expect(digest?.text).toContain('示范企业 steel');
  expect(digest?.text).toContain('手头今日到期 (2)');
  expect(digest?.text).toContain(
    `- 24 September 2026  an element's opinion (water)  示范企业 paper · ${paper.caseId}`,
  );
  expect(digest?.text).not.toContain('迟发');
});

test('L14: on days off nobody is written to; red waits for the first working morning, and what is done by then is left out', async () => {
  await rig.world.advanceTo(at('2026-09-24 16:00'));
  await steel.complete(people.reviewer('water'), 'opinion.water', {
    outcome: 'agree',
    opinion: '同意',
    demands: [],
  });
  await rig.world.advanceTo(at('2026-09-28 08:29'));
  expect(digestsTo(water)).toEqual(['24 September 2026']);
  await rig.world.advanceTo(at('2026-09-28 08:30'));
  expect(digestsTo(water)).toEqual(['24 September 2026', '28 September 2026']);
  const text = mail.to(water).at(-1)?.text ?? '';
  expect(text).toContain('红牌 (1)');
  expect(text).toContain('手头已逾期 (1)');
  expect(text).toContain(paper.caseId);
  expect(text).not.toContain(steel.caseId);
  expect(text).not.toContain('迟发');
});

test('L14: escalation goes from the officer to the section head and on to the deputy head, who each read it next morning', async () => {
  // One working day after the 24th is Monday the 28th; three are Wednesday the 30th; each at 09:00.
  await rig.world.advanceTo(at('2026-09-29 08:30'));
  expect(digestsTo('sectionHead@bureau.test').at(-1)).toBe('29 September 2026');
  expect(mail.to('sectionHead@bureau.test').at(-1)?.text).toContain('升级督办');
  expect(digestsTo('deputyHead@bureau.test')).not.toContain('29 September 2026');
  await rig.world.advanceTo(at('2026-10-07 23:00'));
  // From 1 to 7 October is the National Day holiday.
  expect(digestsTo('deputyHead@bureau.test')).toEqual([]);
  await rig.world.advanceTo(at('2026-10-08 08:30'));
  expect(digestsTo('deputyHead@bureau.test')).toEqual(['8 October 2026']);
  expect(mail.to('deputyHead@bureau.test')[0]?.text).not.toContain('迟发');
});

test('L14: whoever has something overdue or due today reads of it though nothing new has happened, with what the week brings and what has no limit', async () => {
  // Nothing reminds the water section after its red card: the heads hear of it. It is overdue all the same.
  const [overdue] = mail.to(water).filter(({ subject }) => subject.includes('29 September 2026'));
  expect(overdue?.subject).toBe(
    '2026年9月29日办件摘要：0 项，逾期 1 · Digest of 29 September 2026: 0, overdue 1',
  );
  expect(overdue?.text).toContain('With you, overdue (1)');
  expect(overdue?.text).not.toContain(steel.caseId);
  // Received on Thursday 8 October: the three working days end on Monday the 12th, since Saturday the 10th is worked.
  const late = await Application.receive(rig, 'steel');
  await late.ask(people.desk, 'task.claim', { taskId: `${late.caseId}#completeness.1` });
  const fresh = await Application.receive(rig, 'paper');
  const accepted = await Application.accepted(rig, 'paper');
  await accepted.seal('acceptanceNotice');
  await rig.world.advanceTo(at('2026-10-12 08:30'));
  const today = mail.to('acceptance@bureau.test').at(-1);
  expect(today?.text).toContain('手头今日到期 (2)');
  expect(today?.text).toContain(late.caseId);
  // The service of its notice, five working days from the 8th, is due on Wednesday the 14th.
  expect(today?.text).toMatch(/手头本周到期 \(1\)\n- 2026年10月14日/);
  // The seal keeper has nothing that is due, and is left in peace; the watch sees what nobody seals.
  expect(mail.to('sealKeeper@bureau.test')).toEqual([]);
  for (const each of [late, fresh]) await each.accept();
  for (const [each, unit] of [
    [late, 'steel'],
    [fresh, 'paper'],
    [accepted, 'paper'],
  ] as const) {
    await each.withdraw(unit);
    await each.dispatch('2026-10-12');
  }
});

test('L14: mail is down for two mornings: the third digest takes everything up, once, and says what is late', async () => {
  // The decision's promised day, 25 working days from 11 September, is Thursday 22 October. Five working days before it,
  // on Thursday the 15th, the officer is reminded; three before, on Monday the 19th, comes the yellow card.
  await rig.world.advanceTo(at('2026-10-15 08:31'));
  const before = mail.received.length;
  await mail.down();
  await rig.world.advanceTo(at('2026-10-16 10:00'));
  await waitsAreOver(rig);
  await rig.world.advanceTo(at('2026-10-19 10:00'));
  await waitsAreOver(rig);
  const open = () =>
    rig.db
      .select({ day: outbox.day })
      .from(outbox)
      .where(and(eq(outbox.owner, 'user:officer'), eq(outbox.status, 'open')));
  // Friday’s digest is in Monday’s, though Monday has nothing new.
  expect(await open()).toEqual([{ day: '2026-10-19' }]);
  await rig.world.advanceTo(at('2026-10-20 08:30'));
  expect(await open()).toEqual([{ day: '2026-10-20' }]);
  await mail.up();
  await waitsAreOver(rig);
  const mails = mail.to('officer@bureau.test');
  expect(digestsTo('officer@bureau.test').filter((day) => day.endsWith('October 2026'))).toEqual([
    '20 October 2026',
  ]);
  const digest = mails.at(-1);
  expect(digest?.subject).toMatch(/^【含迟发】2026年10月20日办件摘要/);
  expect(digest?.text).toContain('- 【迟发】期限提醒');
  expect(digest?.text).toContain('- 黄牌：审批决定（重点管理），承诺时限2026年10月22日');
  expect(digest?.text).toContain('The last day of');
  const late = (await fates(rig, paper.caseId)).filter((fate) => fate.endsWith('late'));
  expect(late).toEqual(['clock.remind sent late']);
  expect(mail.received.slice(before).map(({ messageId }) => messageId)).toHaveLength(
    new Set(mail.received.slice(before).map(({ messageId }) => messageId)).size,
  );
});

test('L14: a day’s digests are built once, also by several processes at once and when the job is repeated', async () => {
  await rig.world.advanceTo(at('2026-10-20 09:00'));
  const before = mail.received.length;
  const day = parseDate('2026-10-20');
  await Promise.all([1, 2, 3].map(() => buildDigests(rig.notices, day)));
  await waitsAreOver(rig);
  expect(mail.received.length).toBe(before);
  // Yesterday's, found undone this morning, is not made good: what it would have held is in today's.
  await buildDigests(rig.notices, parseDate('2026-10-19'));
  await waitsAreOver(rig);
  expect(mail.received.length).toBe(before);
});
