import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pino } from 'pino';
import { setRehearsalClock } from '../../db/legalClock.js';
import { keepFindings, type Turn, whatIsLate, whatWasFound } from '../../db/queries/watch.js';
import { openSigningKey, type SigningKey } from '../../ledger/signingKey.js';
import { digestJob } from '../../notices/digest.js';
import { mailChannel } from '../../notices/mailChannel.js';
import { runDue } from '../../relay/daily.js';
import { workerJobs } from '../../relay/workerJobs.js';
import { dailyJobs } from '../../rules/dailyJobs.js';
import { allWatchKinds, watchKind, type WatchKind } from '../../rules/watchKinds.js';
import { look } from '../../watch/look.js';
import { Application } from '../application/application.js';
import { Exported } from '../ledger/installation.js';
import { MailServer } from '../notices/mailServer.js';
import { type HeldPermit, issuePermit } from '../rig/permits.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';

const logger = pino({ level: 'silent' });
let rig: Rig;
let mail: MailServer;
let exported: Exported;
let granted: Application;
let permit: HeldPermit;
beforeAll(async () => {
  mail = await MailServer.start();
  exported = await Exported.open();
  rig = await openRig('2026-03-02T09:00:00+08:00', { channels: [mailChannel(mail.options)] });
  await addUnit(rig, 'steel');
  permit = await issuePermit(rig, 'valid', '2026-03-02');
  granted = await Application.granted(rig, 'steel');
});
afterAll(async () => {
  await exported.close();
  await rig.close();
  await mail.down();
});

const jobs = (key: SigningKey) => [...workerJobs(rig.db, key, logger), digestJob(rig.notices)];

/** The day's jobs, as the worker does them. */
async function runJobs(): Promise<void> {
  const key = await openSigningKey(`${exported.folder}/key.pem`);
  await runDue(rig.db, jobs(key), logger);
}

/** The kinds whose fault was planted here. */
const planted = new Set<WatchKind>();

/** Plants a fault, expects the watch to find this and nothing else, mends it, and expects it to be gone. */
async function found(kind: WatchKind, id: string, plant: string, mend: string): Promise<void> {
  planted.add(kind);
  await rig.db.execute(sql.raw(plant));
  const turned: Turn = { kind, id, turn: 'found' };
  expect(await keepFindings(rig.db, null)).toEqual([turned]);
  expect((await whatIsLate(rig.db)).filter(({ count }) => count > 0)).toMatchObject([
    { kind, count: 1, ids: [id] },
  ]);
  expect(await keepFindings(rig.db, null), 'what goes on is no news').toEqual([]);
  await rig.db.execute(sql.raw(mend));
  expect(await keepFindings(rig.db, null)).toEqual([{ ...turned, turn: 'gone' }]);
}

test('A7: an installation that does its work for three days has no finding, its workflows among it', async () => {
  await runJobs();
  for (const day of ['2026-03-02', '2026-03-03', '2026-03-04']) {
    await rig.world.advanceTo(at(`${day} 23:31`));
    await runJobs();
    await rig.world.advanceTo(at(`2026-03-0${Number(day.slice(-1)) + 1} 08:31`));
    await runJobs();
  }
  await rig.world.advanceTo(at('2026-03-05 09:00'));
  await runJobs();
  const { db, client, taskQueue } = rig;
  const { turns, sawWorkflows } = await look({ db, client, taskQueue, logger }, { deep: true, youth: 0 });
  expect({ turns, sawWorkflows }).toEqual({ turns: [], sawWorkflows: true });
});

test('A7: a document that waits for its seal or service without a task is found', async () => {
  const { caseId } = granted;
  const { rows } = await rig.db.execute<{ id: string; kind: string }>(
    sql`select id, kind from tasks where case_id = ${caseId} and status = 'open' and kind ~ '^(seal|serve)'`,
  );
  const [task] = rows;
  const document = `${caseId}/document-${task?.kind.split('.')[1] ?? ''}`;
  const set = (status: string) => `update tasks set status = '${status}' where id = '${task?.id ?? ''}'`;
  await found('document.unattended', document, set('overtaken'), set('open'));
});

test('A7: a document that nobody has sealed for three working days is found; days off are not counted', async () => {
  const { caseId } = granted;
  const { rows } = await rig.db.execute<{ id: string; drafted: string }>(
    sql`select documents.id, drafted_at as drafted from documents join tasks on tasks.case_id = documents.case_id
        where documents.case_id = ${caseId} and state = 'drafted' and status = 'open'
          and tasks.kind = 'seal.' || substring(documents.id from '-([0-9]+)$') order by documents.id`,
  );
  const [document] = rows;
  const drafted = (when: string) =>
    `update documents set drafted_at = '${when}' where id = '${document?.id ?? ''}'`;
  const asItWas = drafted(document?.drafted ?? '');
  // Thursday 5 March 2026: Monday the 2nd is the third working day back, and Friday the 27th of February the fourth.
  await rig.db.execute(sql.raw(drafted('2026-03-02 00:00+08')));
  expect(await keepFindings(rig.db, null)).toEqual([]);
  await found('document.unsealed', document?.id ?? '', drafted('2026-02-27 23:59+08'), asItWas);
});

test('A7: a permit past its last day that is still valid, and a lapsed one that nobody looks after, are found', async () => {
  const { permitNo } = permit;
  const set = (what: string) => `update permits set ${what} where permit_no = '${permitNo}'`;
  const valid = set(`valid_to = '2031-03-01', state = 'valid'`);
  await found('permit.overdue', permitNo, set(`valid_to = '2026-03-04'`), valid);
  const lapsed = set(`valid_to = '2026-03-04', state = 'lapsed'`);
  await found('permit.unattended', permitNo, lapsed, valid);
  // A hold looks after it.
  await rig.db.execute(sql.raw(lapsed));
  await rig.db.execute(
    sql`insert into holds values (${permitNo}, 'review', 'review', '已受理', legal_now(), null)`,
  );
  expect(await keepFindings(rig.db, null)).toEqual([]);
  await rig.db.execute(sql.raw(valid));
});

test('A7: a task that is open in a closed case is found', async () => {
  const closed = await Application.receive(rig, 'steel');
  await closed.withdraw('steel');
  await closed.dispatch('2026-03-05');
  const id = `${closed.caseId}#left.1`;
  await found(
    'task.orphaned',
    id,
    `insert into tasks (id, case_id, kind, round, role, organ, status, opened_at)
     values ('${id}', '${closed.caseId}', 'left', 1, 'officer', 'yunchuan', 'open', legal_now())`,
    `delete from tasks where id = '${id}'`,
  );
});

test('A7: a chain whose head is not its last entry is found, and so is one whose last entry is lost', async () => {
  const { caseId } = granted;
  const { rows } = await rig.db.execute<{ head: string }>(
    sql`select ledger_head as head from cases where id = ${caseId}`,
  );
  const set = (what: string) => `update cases set ${what} where id = '${caseId}'`;
  await found(
    'chain.broken',
    caseId,
    set(`ledger_head = 'another'`),
    set(`ledger_head = '${rows[0]?.head ?? ''}'`),
  );
  await found(
    'chain.broken',
    caseId,
    set('ledger_count = ledger_count + 1'),
    set('ledger_count = ledger_count - 1'),
  );
});

test('A7: a daily job that did not run is found two hours later, and the watch itself after half an hour', async () => {
  const run = `job = 'digest' and day = '2026-03-05'`;
  await rig.db.execute(sql.raw(`delete from daily_runs where ${run}`));
  await setRehearsalClock(rig.db, at('2026-03-05 10:29'));
  expect(await keepFindings(rig.db, null)).toEqual([]);
  await setRehearsalClock(rig.db, at('2026-03-05 10:30'));
  await found(
    'job.missed',
    'digest',
    'select 1',
    `insert into daily_runs values ('digest', '2026-03-05', 'done', null)`,
  );
  await found(
    'job.missed',
    'watch',
    `insert into standing_jobs values ('watch', null, clock_timestamp() - interval '31 minutes')`,
    `update standing_jobs set ended_at = clock_timestamp()`,
  );
});

test('A7: the list of daily jobs is what the worker runs, and a yearly review that nobody began is found like the others', async () => {
  const key = await openSigningKey(`${exported.folder}/key.pem`);
  expect(Object.fromEntries(jobs(key).map(({ name, at }) => [name, at]))).toEqual(dailyJobs);
  const row = `values ('classReview', '2026-03-05', 'done', null)`;
  await found(
    'job.missed',
    'classReview',
    `delete from daily_runs where job = 'classReview' and day = '2026-03-05'`,
    `insert into daily_runs ${row}`,
  );
});

test('A7: an edition of the calendar whose dry run or publication does not come to its end is found', async () => {
  const edition = (status: string, at: string) =>
    `insert into calendar_publications (year, edition, document, days, hash, status, proposed_at, confirmed_at)
     values (2027, 2, '测试', '{"holidays":[],"workdays":[]}', 'x', '${status}', ${at})`;
  const gone = `delete from calendar_publications`;
  const old = `legal_now() - interval '3 hours'`;
  await found('publication.stuck', 'calendarPublication/2027/2', edition('trying', `${old}, null`), gone);
  await found(
    'publication.stuck',
    'calendarPublication/2027/2',
    edition('publishing', `${old}, ${old}`),
    gone,
  );
  // Tried, it waits for a person; confirmed a moment ago, it is on its way.
  for (const [status, at] of [
    ['tried', `${old}, null`],
    ['confirmed', `${old}, legal_now()`],
    ['published', `${old}, ${old}`],
  ] as const) {
    await rig.db.execute(sql.raw(edition(status, at)));
    expect(await keepFindings(rig.db, null)).toEqual([]);
    await rig.db.execute(sql.raw(gone));
  }
});

test('A7: a request that nobody answers, a moment that passed, a task that nobody took and a missing anchor are found', async () => {
  const request = '00000000-0000-4000-8000-000000000001';
  await found(
    'request.unanswered',
    request,
    `insert into requests (id, idempotency_key, actor, actor_id, name, case_id, body, body_hash, received_at, status, leased_until)
     values ('${request}', 'planted', '{"id":"x","kind":"system","roles":[]}', 'x', 'permit.hold', 'permit/none', '{}', '',
             legal_now() - interval '11 minutes', 'open', clock_timestamp() + interval '1 day')`,
    `delete from requests where id = '${request}'`,
  );
  const moment = (at: string) => `update cases set next_at = ${at} where id = '${permit.caseId}'`;
  const { rows } = await rig.db.execute<{ at: string }>(
    sql`select next_at::text as at from cases where id = ${permit.caseId}`,
  );
  await found(
    'moment.overdue',
    permit.caseId,
    moment(`legal_now() - interval '11 minutes'`),
    moment(`'${rows[0]?.at ?? ''}'`),
  );
  const { rows: tasks } = await rig.db.execute<{ id: string; clock: string; due: string }>(
    sql`select tasks.id, clock, clocks.due::text from tasks join clocks on clocks.case_id = tasks.case_id and clocks.id = clock
        where tasks.case_id = ${granted.caseId} and tasks.kind = 'publicity' and promised_due is null`,
  );
  const due = (day: string) =>
    `update clocks set due = '${day}' where case_id = '${granted.caseId}' and id = '${tasks[0]?.clock ?? ''}'`;
  await found('task.unclaimed', tasks[0]?.id ?? '', due('2026-03-04'), due(tasks[0]?.due ?? ''));
  // The table takes no change: whoever plants this fault takes its guard away.
  const anchors = (by: string) =>
    `alter table ledger_anchors disable trigger user; update ledger_anchors set at = at ${by} interval '2 days';
     alter table ledger_anchors enable trigger user`;
  await found('anchor.missing', 'ledger', anchors('-'), anchors('+'));
});

test('A7: a notice that missed its digest is found; over days off it waits for the next, and that is not late', async () => {
  const notice = (queued: string) =>
    `insert into notices (id, case_id, template, step, recipient, channel, params, queued_at, status)
     values ('waits', '${granted.caseId}', 'clock.remind', 's', 'officer', 'mail', '{}', '${queued}', 'waiting')`;
  const gone = `delete from notices where id = 'waits'`;
  await found('notice.undigested', 'waits', notice('2026-03-05 08:00+08'), gone);
  // Queued after Thursday's digest: it is Friday's.
  await rig.db.execute(sql.raw(notice('2026-03-05 09:00+08')));
  expect(await keepFindings(rig.db, null)).toEqual([]);
  await rig.db.execute(sql.raw(gone));
});

test('A7: a message that does not leave makes its notice late by the message, not by the day it was queued', async () => {
  await rig.db.execute(
    sql`insert into notices (id, case_id, template, step, recipient, channel, params, queued_at, status)
        values ('old', ${granted.caseId}, 'clock.remind', 's', 'officer', 'mail', '{}', '2026-03-02 09:00+08', 'addressed')`,
  );
  await rig.db.execute(
    sql`insert into outbox (id, key, message_id, channel, owner, ordinal, queued_at, status)
        values ('m', 'm', '<m@x>', 'mail', 'user:x', 1, '2026-03-05 08:30+08', 'open')`,
  );
  await rig.db.execute(sql`insert into outbox_notices values ('m', 'old')`);
  expect(await keepFindings(rig.db, null)).toEqual([]);
  await found(
    'notice.unsent',
    'old',
    `update outbox set queued_at = '2026-03-04 08:30+08' where id = 'm'`,
    `update notices set status = 'sent' where id = 'old'`,
  );
  await rig.db.execute(sql`delete from outbox where id = 'm'`);
});

test('A7: a webhook’s delivery that was given up is found', async () => {
  await found(
    'webhook.dead',
    'msg_1',
    `insert into webhook_deliveries values
      ('msg_1', gen_random_uuid(), 'permit/x', 1, '{}', 'dead', 12, clock_timestamp(), '500', clock_timestamp())`,
    `update webhook_deliveries set status = 'discarded'`,
  );
});

test('L3: a deemed acceptance that was due and did not take effect is found, beside its case’s moment', async () => {
  // Received on Thursday 5 March 2026: silence until the end of Tuesday the 10th is acceptance.
  const application = await Application.receive(rig, 'steel');
  await rig.stopWorker();
  await setRehearsalClock(rig.db, at('2026-03-11 00:10'));
  const kinds = async () => (await keepFindings(rig.db, null)).filter(({ id }) => id === application.caseId);
  expect((await kinds()).map(({ kind }) => kind)).toEqual(['moment.overdue']);
  await setRehearsalClock(rig.db, at('2026-03-11 00:11'));
  expect((await kinds()).map(({ kind }) => kind)).toEqual(['acceptance.overdue']);
  planted.add('acceptance.overdue');
  await rig.startWorker();
  await rig.world.advanceTo(at('2026-03-11 00:12'));
  expect(await kinds()).toMatchObject([{ turn: 'gone' }, { turn: 'gone' }]);
  expect(await whatWasFound(rig.db)).not.toContainEqual(
    expect.objectContaining({ ids: [application.caseId] }),
  );
});

test('A7: each kind that the database tells of has had its fault planted here; the others are in workflows.test.ts', () => {
  const ofDatabase = allWatchKinds.filter((kind) => watchKind(kind).ofWorkflows !== true);
  expect([...planted].sort()).toEqual([...ofDatabase].sort());
});
