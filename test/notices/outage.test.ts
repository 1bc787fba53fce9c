import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HeldPermit, issuePermit } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { fates, waitsAreOver } from './desk.js';
import { MailServer } from './mailServer.js';
import { noticeLag } from './outboxLag.js';

/** Permits of 5 March 2026: reminders on 5 September, 4 November, 4, 19 and 27 December 2030. */
let mail: MailServer;
let rig: Rig;
let permits: Record<'steady' | 'renewing', HeldPermit>;
beforeAll(async () => {
  mail = await MailServer.start();
  rig = await openRig('2026-03-05T10:00:00+08:00', { channels: [mail.channel] });
  permits = {
    steady: await issuePermit(rig, 'steady', '2026-03-05'),
    renewing: await issuePermit(rig, 'renewing', '2026-03-05'),
  };
});
afterAll(async () => {
  await rig.close();
  await mail.down();
});

test('L14: the enterprise gets its reminder at once, in Chinese and English, with case, permit, day and article', async () => {
  await rig.world.advanceTo(at('2030-09-05 09:00'));
  const [reminder, ...others] = mail.to('steady@example.test');
  expect(others).toEqual([]);
  expect(reminder?.subject).toBe(
    '请于2031年1月3日前（含当日）申请延续排污许可证 · Apply for the renewal of your permit by 3 January 2031',
  );
  const { permitNo, caseId } = permits.steady;
  for (const said of [
    permitNo,
    '2031年3月4日',
    '《排污许可管理条例》第十四条',
    'Unit: 示范企业 steady',
    '4 March 2031',
    `https://permits.example.test/cases/${caseId}`,
  ])
    expect(reminder?.text).toContain(said);
  expect(reminder?.html).toContain(`<a href="https://permits.example.test/cases/${caseId}">`);
  expect(reminder?.text).not.toContain('迟发');
  expect(await fates(rig, caseId)).toEqual(['renewal.remind sent']);
});

test('L14: mail is down for three days in the middle: the reminder is kept trying, and nothing else waits for it', async () => {
  await mail.down();
  await rig.world.advanceTo(at('2030-11-04 09:00'));
  await rig.world.advanceTo(at('2030-11-05 10:00'));
  await waitsAreOver(rig);
  await rig.world.advanceTo(at('2030-11-06 10:00'));
  await waitsAreOver(rig);
  expect(await fates(rig, permits.steady.caseId)).toEqual([
    'renewal.remind sent',
    'renewal.remind addressed late',
  ]);
  expect(await noticeLag(rig.db)).toEqual({
    queued: 2,
    oldestQueuedAt: '2030-11-04T09:00:00.000+08:00',
    undeliverable: 0,
  });
});

test('L14: what is overtaken meanwhile is not sent any more; what is late says so, and is marked', async () => {
  await permits.renewing.renew();
  await rig.world.advanceTo(at('2030-11-07 10:00'));
  await mail.up();
  await waitsAreOver(rig);
  expect(await fates(rig, permits.steady.caseId)).toEqual([
    'renewal.remind sent',
    'renewal.remind sent late',
  ]);
  const [, late] = mail.to('steady@example.test');
  expect(late?.subject).toMatch(/^【迟发】请于2031年1月3日前.* · \[sent late\] Apply for/);
  expect(late?.text).toMatch(/^迟发：本通知原应于2030年11月4日发出/);
  expect(late?.text).toContain('should have left on 4 November 2030');
  expect(await fates(rig, permits.renewing.caseId)).toEqual([
    'renewal.remind sent',
    'renewal.remind overtaken stopped',
  ]);
});

test('L14: by the end every reminder has left once: none lost, none doubled', async () => {
  await rig.world.advanceTo(at('2031-01-04 12:00'));
  expect(await fates(rig, permits.steady.caseId)).toEqual([
    'renewal.remind sent',
    'renewal.remind sent late',
    'renewal.remind sent',
    'renewal.remind sent',
    'renewal.remind sent',
    'renewal.windowClosed sent',
  ]);
  const mails = mail.to('steady@example.test');
  expect(mails).toHaveLength(6);
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(6);
  expect(await noticeLag(rig.db)).toMatchObject({ queued: 0, oldestQueuedAt: null });
});
