import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notices, outbox } from '../../db/schema/index.js';
import { issuePermit } from '../rig/permits.js';
import { at, openRig, type Rig } from '../rig/rig.js';
import { fates } from './desk.js';
import { noticeLag } from './outboxLag.js';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig('2026-03-05T10:00:00+08:00', { channels: [] });
});
afterAll(() => rig.close());

test('L14: without a mail server nothing is sent: every notice is worded, kept and shown, and nobody waits', async () => {
  const permit = await issuePermit(rig, 'kept', '2026-03-05');
  await rig.world.advanceTo(at('2030-09-05 09:00'));
  expect(await fates(rig, permit.caseId)).toEqual(['renewal.remind kept']);
  const [notice] = await rig.db.select().from(notices).where(eq(notices.caseId, permit.caseId));
  expect(notice?.settledAt).toBe('2030-09-05T09:00:00.000+08:00');
  expect(notice?.subject).toContain('请于2031年1月3日前（含当日）申请延续排污许可证');
  expect(notice?.body).toContain(permit.permitNo);
  expect(await rig.db.select().from(outbox)).toEqual([]);
  expect(await noticeLag(rig.db)).toEqual({ queued: 0, oldestQueuedAt: null, undeliverable: 0 });
});
