import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../db/database.js';
import { fromProject } from '../../db/projectFolder.js';
import { notices, outbox } from '../../db/schema/index.js';
import { drain, startOutbox } from '../../notices/outbox.js';
import { until } from '../../rehearsal/world.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { Application } from '../application/application.js';
import { fates, waitsAreOver } from './desk.js';
import { MailServer } from './mailServer.js';

/** Nothing works in this world by itself: the tests say who empties the outbox, and when. */
let mail: MailServer;
let rig: Rig;
beforeAll(async () => {
  mail = await MailServer.start();
  rig = await openRig('2026-03-02T09:00:00+08:00');
});
beforeEach(() => mail.received.splice(0));
afterAll(async () => {
  await rig.close();
  await mail.down();
});

/** An outbox of its own, on a pool of its own, as in another process. */
function another() {
  const { db, close } = openDatabase(rig.databaseUrl, { connections: 4 });
  return { context: { ...rig.notices, db, channels: [mail.channel] }, close };
}

/** Its desk has asked this unit for a supplement: a notice to the applicant stands in the queue. */
async function asked(unitId: string): Promise<string> {
  await addUnit(rig, unitId);
  const application = await Application.receive(rig, unitId);
  await application.complete(application.staff.desk, 'completeness', {
    outcome: 'supplement',
    defects: [{ item: 'commitment', what: '未盖章' }],
  });
  await application.seal('supplementNotice');
  return application.caseId;
}

const rowsOf = (caseId: string) =>
  rig.db
    .select({ status: outbox.status, attempts: outbox.attempts, reason: outbox.reason })
    .from(outbox)
    .where(eq(outbox.owner, `unit:${caseId}`));

test('L14: the connection ends after the message, before the answer: the same Message-ID comes again, and nothing else', async () => {
  const caseId = await asked('dropped');
  const { context, close } = another();
  mail.drops = 1;
  await drain(context);
  expect(await fates(rig, caseId)).toEqual(['application.supplementRequested addressed']);
  await waitsAreOver({ ...rig, notices: context });
  expect(await fates(rig, caseId)).toEqual(['application.supplementRequested sent']);
  expect([mail.received.length, mail.distinct]).toEqual([2, 1]);
  await close();
});

test('L14: the connection ends right after the answer: the message is sent, and never comes again', async () => {
  const caseId = await asked('hungUp');
  const { context, close } = another();
  mail.answeredDrops = 1;
  await drain(context);
  expect(mail.answeredDrops).toBe(0);
  expect(await fates(rig, caseId)).toEqual(['application.supplementRequested sent']);
  expect(await rowsOf('hungUp')).toEqual([{ status: 'sent', attempts: 1, reason: null }]);
  // Nor is it repeated by the next one, or when every wait is over.
  await drain(context);
  await waitsAreOver({ ...rig, notices: context });
  expect(mail.received.map(({ to, messageId }) => [to, messageId])).toEqual([
    ['hungUp@example.test', expect.stringMatching(/^<[0-9a-f]{40}@example\.gov\.test>$/)],
  ]);
  await close();
});

test('L14: put off with a 4xx, it is tried again after a growing wait, and never given up', async () => {
  const caseId = await asked('busy');
  const { context, close } = another();
  mail.puttingOff.add('busy@example.test');
  await drain(context);
  const [row] = await rowsOf('busy');
  expect(row).toEqual({ status: 'open', attempts: 1, reason: 'smtp 451' });
  // Its wait is not over: nobody knocks again.
  await drain(context);
  expect((await rowsOf('busy'))[0]?.attempts).toBe(1);
  await waitsAreOver({ ...rig, notices: context });
  const [waiting] = await rig.db
    .select({ until: outbox.leasedUntil })
    .from(outbox)
    .where(eq(outbox.owner, 'unit:busy'));
  // Twice the first wait of a minute.
  expect(Date.parse(waiting?.until ?? '') - Date.now()).toBeGreaterThan(60_000);
  mail.puttingOff.clear();
  await waitsAreOver({ ...rig, notices: context });
  expect(await fates(rig, caseId)).toEqual(['application.supplementRequested sent']);
  expect(mail.received).toHaveLength(1);
  await close();
});

test('L14: several outboxes at once: every notice leaves once', async () => {
  const cases = await Promise.all(Array.from({ length: 8 }, (_, n) => asked(`shared${n}`)));
  const outboxes = [another(), another(), another()];
  await Promise.all(outboxes.map(({ context }) => drain(context)));
  for (const caseId of cases)
    expect(await fates(rig, caseId)).toEqual(['application.supplementRequested sent']);
  expect([mail.received.length, mail.distinct]).toEqual([8, 8]);
  await Promise.all(outboxes.map(({ close }) => close()));
});

test('L14: killed between the server’s answer and our record: the next one repeats the Message-ID, and no notice is lost', async () => {
  const cases = await Promise.all(['killed', 'beside'].map(asked));
  const settings = { databaseUrl: rig.databaseUrl, ...mail.options };
  const script = fromProject('dist/test/notices/killedOutbox.js');
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: 'inherit' });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  expect(mail.received.length).toBeGreaterThan(0);
  const { context, close } = another();
  await waitsAreOver({ ...rig, notices: context });
  for (const caseId of cases)
    expect(await fates(rig, caseId)).toEqual(['application.supplementRequested sent']);
  expect(mail.distinct).toBe(2);
  expect(mail.received.length).toBeGreaterThan(2);
  await close();
});

test('L14: an outbox at work looks by itself, and stops when it is told to', async () => {
  const { context, close } = another();
  const working = startOutbox(context, { interval: 50 });
  const caseId = await asked('working');
  await until(async () => {
    const [row] = await rig.db.select().from(notices).where(eq(notices.caseId, caseId));
    return row?.status === 'sent' ? null : (row?.status ?? 'none');
  }, 'the notice is sent');
  await working.stop();
  const later = await asked('later');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await fates(rig, later)).toEqual(['application.supplementRequested queued']);
  await close();
});
