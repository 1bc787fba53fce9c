import { afterAll, beforeAll, expect, test } from 'vitest';
import { covers, users } from '../../db/schema/index.js';
import { parseDate } from '../../rules/date.js';
import { Application } from '../application/application.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';
import { employ } from './desk.js';
import { MailServer } from './mailServer.js';

/**
 * Two applications received on Tuesday 15 September 2026, each claimed by somebody whose account has been disabled since. The
 * yellow card comes on Thursday the 17th at 09:00 and is read on Friday the 18th at 08:30.
 */
let mail: MailServer;
let rig: Rig;
let left: Application;
let covered: Application;
const read = (name: string) =>
  mail
    .to(`${name}@bureau.test`)
    .map(({ text }) => text)
    .join('\n');
beforeAll(async () => {
  mail = await MailServer.start();
  rig = await openRig('2026-09-15T09:00:00+08:00', { channels: [mail.channel] });
  for (const id of ['gone', 'away', 'here']) await employ(rig, id, 'acceptance');
  await employ(rig, 'goneHead', 'sectionHead');
  await employ(rig, 'newHead', 'sectionHead');
  await employ(rig, 'standIn', 'legalOfficer');
  const now = new Date();
  await rig.db.insert(users).values(
    ['gone', 'away', 'goneHead'].map((id) => ({
      ...{ id, username: id, name: id, email: `${id}@account.test` },
      ...{ createdAt: now, updatedAt: now, disabledAt: now },
    })),
  );
  const [from, to] = [parseDate('2026-09-01'), parseDate('2026-09-30')];
  await rig.db.insert(covers).values({ userId: 'away', coveredBy: 'standIn', from, to });
  await addUnit(rig, 'steel');
  await addUnit(rig, 'paper');
  left = await claimedBy('steel', 'gone');
  covered = await claimedBy('paper', 'away');
  await rig.world.advanceTo(at('2026-09-18 08:30'));
});
afterAll(async () => {
  await rig.close();
  await mail.down();
});

async function claimedBy(unitId: string, id: string): Promise<Application> {
  const application = await Application.receive(rig, unitId);
  const actor = { id, kind: 'officer', roles: ['acceptance@yunchuan'] } as const;
  const taskId = `${application.caseId}#completeness.1`;
  expect(await application.ask(actor, 'task.claim', { taskId })).toMatchObject({ status: 'done' });
  return application;
}

test('L14: what is left in the hands of a disabled account is for all who hold its role, or for who covers it', () => {
  expect(read('here')).toContain(left.caseId);
  expect(read('here')).not.toContain(covered.caseId);
  expect(read('standIn')).toContain(covered.caseId);
});

test('L14: whoever may not sign in any more hears of nothing; a head who may hears of all', () => {
  expect([read('gone'), read('away'), read('goneHead')]).toEqual(['', '', '']);
  expect(read('newHead')).toContain(left.caseId);
  expect(read('newHead')).toContain(covered.caseId);
});
