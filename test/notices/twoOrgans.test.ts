import { afterAll, beforeAll, expect, test } from 'vitest';
import * as people from '../../rehearsal/people.js';
import { Application } from '../application/application.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';
import { employ } from './desk.js';
import { MailServer } from './mailServer.js';

/**
 * Accepted at the approval bureau on Monday 2 March 2026; the ecology bureau reviews within ten working days, to Monday the
 * 16th. Nobody does: one working day later, on the 17th at 09:00, it climbs, and is read on the 18th at 08:30.
 */
let mail: MailServer;
let rig: Rig;
let application: Application;
const read = (name: string) =>
  mail
    .to(`${name}@bureau.test`)
    .map(({ text }) => text)
    .join('\n');
beforeAll(async () => {
  mail = await MailServer.start();
  rig = await openRig('2026-03-02T09:00:00+08:00', { channels: [mail.channel] });
  await employ(rig, 'approvalHead', 'sectionHead', { organ: 'lanjiang.approval' });
  await employ(rig, 'ecologyHead', 'sectionHead', { organ: 'lanjiang.ecology' });
  await employ(rig, 'approvalDeputy', 'deputyHead', { organ: 'lanjiang.approval' });
  const { id } = await addUnit(rig, 'lanjiang', '990200');
  const staff = people.staffOf('lanjiang.approval', { reviewing: 'lanjiang.ecology' });
  application = await Application.receive(rig, id, { area: '990200' }, staff);
  await application.accept();
  await rig.world.advanceTo(at('2026-03-20 08:30'));
});
afterAll(async () => {
  await rig.close();
  await mail.down();
});

test('L14, L19: a late review climbs to the head of the organ that reviews, who can give it to somebody else', () => {
  expect(read('ecologyHead')).toContain(application.caseId);
  expect(read('ecologyHead')).toContain('升级督办 (6)');
  expect(read('approvalHead')).not.toContain('升级督办 (6)');
});

test('L14: of six late reviews each says of which element it is, in both languages', () => {
  for (const name of ['水', '大气', '土壤', '固体废物', '噪声', '自行监测'])
    expect(read('ecologyHead')).toContain(`（${name}），2026年3月16日届满`);
  expect(read('ecologyHead')).toContain('(solid waste), which ends on 16 March 2026');
});

test('L14, L19: an organ without a head of its own has the deciding organ’s told', () => {
  expect(read('approvalDeputy')).toContain(application.caseId);
});
