import { and, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { covers, notices } from '../../db/schema/index.js';
import { parseDate } from '../../rules/date.js';
import * as people from '../../rehearsal/people.js';
import { Application } from '../application/application.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';
import { employ, fates } from './desk.js';
import { MailServer } from './mailServer.js';

/**
 * Applications received on Tuesday 15 September 2026 and left: three working days end on Friday the 18th, and at 00:00 of
 * Saturday the 19th silence accepts. Sunday the 20th is worked (调休). The desk has a yellow card on Thursday the 17th at
 * 09:00, the section head is warned at the same time, the deputy head on the 18th at 09:00.
 */
let mail: MailServer;
let rig: Rig;
let silent: Application;
let claimed: Application;
const of = (name: string) => mail.to(`${name}@bureau.test`);
beforeAll(async () => {
  mail = await MailServer.start();
  rig = await openRig('2026-09-15T09:00:00+08:00', { channels: [mail.channel] });
  await employ(rig, 'acceptance', 'acceptance');
  await employ(rig, 'colleague', 'acceptance');
  await employ(rig, 'sectionHead', 'sectionHead');
  await employ(rig, 'deputyHead', 'deputyHead');
  await employ(rig, 'standIn', 'legalOfficer');
  await employ(rig, 'afterwards', 'legalOfficer');
  await employ(rig, 'verification', 'verification', { mail: false });
  const away = { userId: 'sectionHead' };
  await rig.db.insert(covers).values([
    { ...away, coveredBy: 'standIn', from: parseDate('2026-09-17'), to: parseDate('2026-09-18') },
    { ...away, coveredBy: 'afterwards', from: parseDate('2026-09-19'), to: parseDate('2026-09-30') },
  ]);
  await addUnit(rig, 'steel');
  await addUnit(rig, 'paper');
  silent = await Application.receive(rig, 'steel');
  claimed = await Application.receive(rig, 'paper');
  await claimed.ask(people.desk, 'task.claim', { taskId: `${claimed.caseId}#completeness.1` });
});
afterAll(async () => {
  await rig.close();
  await mail.down();
});

test('L14: a card goes to whoever has the task; where nobody has claimed it, to all who hold its role', async () => {
  await rig.world.advanceTo(at('2026-09-18 08:30'));
  expect(of('acceptance')).toHaveLength(1);
  expect(of('acceptance')[0]?.text).toContain(silent.caseId);
  expect(of('acceptance')[0]?.text).toContain(claimed.caseId);
  expect(of('colleague')).toHaveLength(1);
  expect(of('colleague')[0]?.text).toContain(silent.caseId);
  expect(of('colleague')[0]?.text).not.toContain(claimed.caseId);
});

test('A2: whoever covers somebody reads what he would read, on the days of the cover alone (AB 角)', () => {
  expect(of('sectionHead')).toHaveLength(1);
  expect(of('standIn').map(({ subject }) => subject)).toEqual(
    of('sectionHead').map(({ subject }) => subject),
  );
  expect(of('standIn')[0]?.messageId).not.toBe(of('sectionHead')[0]?.messageId);
  expect(of('afterwards')).toEqual([]);
});

test('L14: what would come too late with the next digest does not wait for it', async () => {
  expect(of('deputyHead')).toEqual([]);
  await rig.world.advanceTo(at('2026-09-18 09:00'));
  expect(of('deputyHead').map(({ subject }) => subject)).toEqual([
    '期限预警：补正告知，2026年9月18日届满 · Warning: completeness notice ends on 18 September 2026',
    '期限预警：补正告知，2026年9月18日届满 · Warning: completeness notice ends on 18 September 2026',
  ]);
  expect(of('deputyHead')[0]?.text).toContain('《排污许可管理条例》第九条第四项');
});

test('L14: a Saturday off is quiet; a Sunday that is worked (调休) has its digest', async () => {
  await rig.world.advanceTo(at('2026-09-20 08:29'));
  expect(of('deputyHead')).toHaveLength(2);
  await rig.world.advanceTo(at('2026-09-20 08:30'));
  expect(of('deputyHead')).toHaveLength(3);
  expect(of('deputyHead')[2]?.subject).toContain('2026年9月20日办件摘要：2 项');
  expect(of('deputyHead')[2]?.text).toContain('其他 (2)');
  expect(of('deputyHead')[2]?.text).toContain('视为受理');
  expect(await fates(rig, silent.caseId)).toContain('application.deemedAccepted sent');
});

test('L14: nobody holds the role, or nobody of them has an address: the desk is told to tell them', async () => {
  // Accepted as of the 15th by silence, the elements have had ten working days from the 19th; nobody reviews water here.
  await silent.dispatch('2026-09-20');
  await rig.world.advanceTo(at('2026-10-09 09:00'));
  const lost = await rig.db
    .select()
    .from(notices)
    .where(
      and(
        eq(notices.caseId, silent.caseId),
        eq(notices.status, 'undeliverable'),
        like(notices.step, 'clock:opinion.water%'),
      ),
    );
  expect(lost.map(({ template, recipient, reason }) => [template, recipient, reason])).toContainEqual([
    'clock.yellow',
    'officer',
    'nobody',
  ]);
  expect((await silent.openTasks()).filter((kind) => kind.startsWith('contact.'))).toEqual([
    'contact.officer',
  ]);
  await silent.ask(people.desk, 'notice.byHand', {
    recipient: 'officer',
    method: 'shortMessage',
    spokenTo: '水科',
    on: '2026-10-09',
    note: '已提醒',
  });
  expect(await silent.openTasks()).not.toContain('contact.officer');
});
