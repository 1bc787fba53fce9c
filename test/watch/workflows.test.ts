import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { clockOffset, setRehearsalClock } from '../../db/legalClock.js';
import type { Turn } from '../../db/queries/watch.js';
import * as people from '../../rehearsal/people.js';
import { until } from '../../rehearsal/world.js';
import { tellAdministrators } from '../../watch/alert.js';
import type { WatchContext } from '../../watch/context.js';
import { allWatchKinds, watchKind, type WatchKind } from '../../rules/watchKinds.js';
import { look } from '../../watch/look.js';
import { type Repair, repairFindings } from '../../watch/repair.js';
import { lookIfDue } from '../../watch/standing.js';
import { mailChannel } from '../../notices/mailChannel.js';
import { withClient, withDatabase } from '../../stack/databases.js';
import { Application } from '../application/application.js';
import { MailServer } from '../notices/mailServer.js';
import { issuePermit } from '../rig/permits.js';
import { addUnit, at, openRig, type Rig } from '../rig/rig.js';

let rig: Rig;
let context: WatchContext;
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  await addUnit(rig, 'steel');
  const { db, client, taskQueue } = rig;
  context = { db, client, taskQueue, logger: pino({ level: 'silent' }) };
});
afterAll(() => rig.close());

async function looks(): Promise<readonly Turn[]> {
  const { turns: turned } = await look(context, { youth: 0 });
  for (const { kind } of turned) seenKinds.add(kind);
  return turned;
}

/** The list of workflows is a little behind them: looks until it has these turns. */
async function turns(...wanted: readonly Turn[]): Promise<void> {
  const seen: Turn[] = [];
  await until(async () => {
    seen.push(...(await looks()));
    return seen.length < wanted.length ? JSON.stringify(seen) : null;
  }, JSON.stringify(wanted));
  expect(seen).toEqual(wanted);
}

/** The kinds that were found, and those that something was done about. */
const [seenKinds, repairedKinds] = [new Set<WatchKind>(), new Set<WatchKind>()];

/** Repairs what stands. */
async function repaired(): Promise<readonly Repair[]> {
  const repairs = await repairFindings(context);
  for (const { kind, done } of repairs) if (done !== 'failed') repairedKinds.add(kind);
  return repairs;
}

/** A case that is old enough for the watch to ask where its workflow is. */
async function received(): Promise<Application> {
  const application = await Application.receive(rig, 'steel');
  await setRehearsalClock(rig.db, at(`2026-03-02 ${String((hour += 1)).padStart(2, '0')}:00`));
  return application;
}
let hour = 9;

const revisionOf = async (caseId: string): Promise<number> => {
  const { rows } = await rig.db.execute<{ revision: number }>(
    sql`select revision from cases where id = ${caseId}`,
  );
  return rows[0]?.revision ?? 0;
};

test('A7: an open case that lost its workflow is found, gets a new one that adopts its steps, and goes on', async () => {
  const { caseId } = await received();
  const handle = rig.client.workflow.getHandle(caseId);
  await handle.terminate('planted');
  await turns({ kind: 'case.withoutWorkflow', id: caseId, turn: 'found' });
  expect(await repaired()).toEqual([{ kind: 'case.withoutWorkflow', id: caseId, done: 'started' }]);
  await rig.world.settle();
  await turns({ kind: 'case.withoutWorkflow', id: caseId, turn: 'gone' });
  // It knows its clocks again: the card of Wednesday morning comes by itself, and people go on.
  expect((await handle.describe()).status.name).toBe('RUNNING');
  const again = new Application(rig, caseId);
  await again.accept();
  const events = (await rig.events(caseId)).map(({ event }) => event);
  expect(
    events.filter((event) => ['application.received', 'case.woken', 'application.accepted'].includes(event)),
  ).toEqual(['application.received', 'case.woken', 'application.accepted']);
  const { rows } = await rig.db.execute(
    sql`select action, subject, detail from audit_log where action = 'watch.repaired' and subject = ${caseId}`,
  );
  expect(rows).toEqual([
    { action: 'watch.repaired', subject: caseId, detail: { kind: 'case.withoutWorkflow', done: 'started' } },
  ]);
});

test('A7: a restarted workflow waits for its case’s moments again, without being asked anything', async () => {
  const { caseId } = await received();
  await rig.client.workflow.getHandle(caseId).terminate('planted');
  await turns({ kind: 'case.withoutWorkflow', id: caseId, turn: 'found' });
  await repaired();
  await rig.world.settle();
  // Received on Monday 2 March 2026: silence until the end of Thursday the 5th is acceptance.
  await rig.world.advanceTo(at('2026-03-06 00:00'));
  expect((await rig.events(caseId)).map(({ event }) => event)).toContain('application.deemedAccepted');
  hour = 0;
  await rig.world.advanceTo(at('2026-03-06 09:00'));
  await looks();
});

test('A7, A10: after a restore a lost workflow is found at once, however young its case, also where the list still names it', async () => {
  const young = await Application.receive(rig, 'steel');
  const listed = await Application.receive(rig, 'steel');
  const { client, namespace } = rig;
  const visibility = withDatabase(inject('servers').postgresUrl, 'temporal_visibility');
  const ghost = randomUUID();
  // Temporal's list is of a later instant than its store: it names a run that the store never heard of.
  await until(
    () =>
      withClient(visibility, async (store) =>
        (await copyListed(store, listed.caseId, ghost)) ? null : 'no',
      ),
    'it is listed',
  );
  for (const { caseId: workflowId } of [young, listed])
    await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } });
  const lost = [young.caseId, listed.caseId].sort();
  await until(async () => {
    await look(context, { youth: 0, deep: true });
    const { rows } = await rig.db.execute<{ id: string }>(
      sql`select id from watch_findings where kind = 'case.withoutWorkflow' and gone_at is null order by id`,
    );
    return JSON.stringify(rows.map(({ id }) => id)) === JSON.stringify(lost) ? null : JSON.stringify(rows);
  }, 'both are found');
  const made = await repaired();
  expect(made.map(({ id, done }) => `${id} ${done}`).sort()).toEqual(lost.map((id) => `${id} started`));
  await withClient(visibility, (store) =>
    store.query('delete from executions_visibility where run_id = $1', [ghost]),
  );
  await rig.world.settle();
  for (const { caseId } of [young, listed]) await new Application(rig, caseId).accept();
  await looks();
});

/** Writes a listed run down under another run's id; false while it is not listed. */
async function copyListed(store: Client, caseId: string, run: string): Promise<boolean> {
  const { rows } = await store.query<{ columns: string }>(`
    select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
    where table_name = 'executions_visibility' and is_generated = 'NEVER' and column_name <> 'run_id'`);
  const columns = rows[0]?.columns ?? '';
  const { rowCount } = await store.query(
    `insert into executions_visibility (run_id, ${columns})
     select $2, ${columns} from executions_visibility where workflow_id = $1`,
    [caseId, run],
  );
  return rowCount === 1;
}

test('A7: a workflow whose case has closed is found and ended; one without any case is named and left alone', async () => {
  const application = await Application.receive(rig, 'steel');
  const { caseId } = application;
  const close = (outcome: string) =>
    rig.db.execute(sql.raw(`update cases set ${outcome} where id = '${caseId}'`));
  await close(`outcome = 'withdrawn', closed_at = legal_now() - interval '1 hour'`);
  await rig.db.execute(sql`update tasks set status = 'overtaken' where case_id = ${caseId}`);
  const stray = `application/2026${String(rig.number * 1000 + 999).padStart(6, '0')}`;
  await rig.client.workflow.start('application', {
    workflowId: stray,
    taskQueue: rig.taskQueue,
    args: [{ caseId: stray, kind: 'application', clockOffset: await clockOffset(rig.db) }],
  });
  const ofClosed: Turn = { kind: 'workflow.ofClosedCase', id: caseId, turn: 'found' };
  const without: Turn = { kind: 'workflow.withoutCase', id: stray, turn: 'found' };
  const seen: Turn[] = [];
  await until(async () => {
    seen.push(...(await looks()));
    return seen.some(({ id }) => id === stray) &&
      seen.some(({ id, kind }) => id === caseId && kind === ofClosed.kind)
      ? null
      : JSON.stringify(seen);
  }, 'both are found');
  expect(seen).toEqual(expect.arrayContaining([ofClosed, without]));
  const made = await repaired();
  expect(made.filter(({ id }) => [stray, caseId].includes(id))).toEqual([
    { kind: 'workflow.ofClosedCase', id: caseId, done: 'terminated' },
  ]);
  expect((await rig.client.workflow.getHandle(caseId).describe()).status.name).toBe('TERMINATED');
  expect((await rig.client.workflow.getHandle(stray).describe()).status.name).toBe('RUNNING');
  await rig.client.workflow.getHandle(stray).terminate('the test is over');
});

test('A7: a workflow that is behind its case is found and adopts what it missed; one that is ahead is named, and left to people', async () => {
  const application = await Application.receive(rig, 'steel');
  const { caseId } = application;
  const before = await revisionOf(caseId);
  // The database knows a step that the workflow does not: a crash between commit and history.
  await rig.db.execute(sql`
    insert into steps select case_id, revision + 1, 'request:lost',
      step || jsonb_build_object('revision', revision + 1, 'stage', 'lost', 'tasks', '[]'::jsonb, 'documents', '[]'::jsonb)
    from steps where case_id = ${caseId} and revision = ${before}`);
  await rig.db.execute(sql`update cases set revision = revision + 1, stage = 'lost' where id = ${caseId}`);
  await until(async () => {
    const found = await looks();
    return found.some(({ kind, id }) => kind === 'workflow.behind' && id === caseId)
      ? null
      : JSON.stringify(found);
  }, 'it is found');
  const made = await repaired();
  expect(made.find(({ id }) => id === caseId)).toEqual({
    kind: 'workflow.behind',
    id: caseId,
    done: 'woken',
  });
  await rig.world.settle();
  expect(await revisionOf(caseId)).toBe(before + 2);
  await until(async () => {
    const found = await looks();
    return found.some(({ id, turn }) => id === caseId && turn === 'gone') ? null : JSON.stringify(found);
  }, 'it is gone');

  // The workflow knows a step that the database has lost.
  await rig.db.execute(
    sql`update cases set revision = revision - 1, stage = 'received' where id = ${caseId}`,
  );
  await until(async () => {
    const found = await looks();
    return found.some(({ kind, id }) => kind === 'workflow.ahead' && id === caseId)
      ? null
      : JSON.stringify(found);
  }, 'it is named');
  expect((await repaired()).filter(({ id }) => id === caseId)).toEqual([]);
  await rig.db.execute(sql`update cases set revision = revision + 1, stage = 'lost' where id = ${caseId}`);
  await looks();
});

test('A7: the administrators are told once of what is found and once that it is gone, also where the mail server was away', async () => {
  await looks();
  await rig.db.execute(sql`update watch_findings set told = true`);
  const mail = await MailServer.start();
  const target = { channel: mailChannel(mail.options), address: 'admin@example.test' };
  const insert = (id: string) =>
    rig.db.execute(
      sql`insert into webhook_deliveries values (${id}, gen_random_uuid(), 'permit/x', 1, '{}', 'dead', 12, now(), '500', now())`,
    );
  await insert('msg_1');
  await looks();
  await mail.down();
  expect(await tellAdministrators(context, target)).toBe(0);
  await mail.up();
  expect(await tellAdministrators(context, target)).toBe(1);
  expect(await tellAdministrators(context, target), 'once').toBe(0);
  await looks();
  expect(await tellAdministrators(context, target), 'not while it lasts').toBe(0);
  expect(mail.received).toMatchObject([{ to: 'admin@example.test' }]);
  expect(mail.received[0]?.text).toContain('msg_1');
  await rig.db.execute(sql`update webhook_deliveries set status = 'discarded'`);
  await looks();
  expect(await tellAdministrators(context, target)).toBe(1);
  expect(mail.received[1]?.subject).toContain('1 项已消除');
  // What came and went between two letters is no news to anybody.
  await insert('msg_2');
  await looks();
  await rig.db.execute(sql`update webhook_deliveries set status = 'discarded'`);
  await looks();
  expect(await tellAdministrators(context, target)).toBe(0);
  await mail.down();
});

test('A7: of any number of processes one looks, and not again before its time', async () => {
  const looked = await Promise.all([lookIfDue(context), lookIfDue(context), lookIfDue(context)]);
  expect(looked.filter(Boolean)).toHaveLength(1);
  expect(await lookIfDue(context)).toBe(false);
  await rig.db.execute(sql`update standing_jobs set ended_at = ended_at - interval '5 minutes'`);
  expect(await lookIfDue(context)).toBe(true);
});

test('A7: where Temporal does not answer, what was known of the workflows stands, and the rest is looked at', async () => {
  const { caseId } = await Application.receive(rig, 'steel');
  await rig.db.execute(
    sql`insert into watch_findings (kind, id, since, found_at) values ('workflow.ahead', ${caseId}, legal_now(), legal_now())`,
  );
  const dead = new Proxy(rig.client, {
    get: (client, name) =>
      name === 'workflow'
        ? {
            list: () => {
              throw new Error('away');
            },
          }
        : (Reflect.get(client, name) as unknown),
  });
  const { sawWorkflows, turns: turned } = await look({ ...context, client: dead });
  expect(sawWorkflows).toBe(false);
  expect(turned.filter(({ id }) => id === caseId)).toEqual([]);
});

test('A7: what may be done without harm is done: a request is sent again however long its lease, a case that missed its moment is woken', async () => {
  await looks();
  const { caseId } = await Application.receive(rig, 'steel');
  const permit = await issuePermit(rig, 'overdue', '2026-03-02');
  const row = await rig.write(people.legalOfficer, 'permit.hold', permit.caseId, {
    ...{ hold: 'planted', kind: 'other', reason: '暂缓' },
  });
  await rig.db.execute(sql`
    update requests set leased_until = clock_timestamp() + interval '1 day', received_at = legal_now() - interval '1 hour'
    where id = ${row.id}`);
  await rig.db.execute(sql`update cases set next_at = legal_now() - interval '1 hour' where id = ${caseId}`);
  await rig.db.execute(
    sql`update clocks set lapse_at = legal_now() - interval '1 hour' where case_id = ${caseId} and "limit" = 'completeness'`,
  );
  const validTo = (day: string) =>
    sql`update permits set valid_to = ${day} where permit_no = ${permit.permitNo}`;
  await rig.db.execute(validTo('2026-03-01'));
  await looks();
  const made = await repaired();
  const ofOurs = made.filter(({ id }) => [caseId, row.id, permit.permitNo].includes(id));
  expect(ofOurs).toEqual(
    expect.arrayContaining([
      { kind: 'request.unanswered', id: row.id, done: 'sentAgain' },
      { kind: 'moment.overdue', id: caseId, done: 'woken' },
      { kind: 'acceptance.overdue', id: caseId, done: 'woken' },
      { kind: 'permit.overdue', id: permit.permitNo, done: 'woken' },
    ]),
  );
  // Answered, each of them, within moments and not in a day.
  await rig.world.settle();
  const woken = async (id: string) =>
    (await rig.events(id))
      .filter(({ event }) => event === 'case.woken')
      .map(({ params }) => params['finding']);
  expect((await woken(caseId)).sort()).toEqual(['acceptance.overdue', 'moment.overdue']);
  expect(await woken(permit.caseId)).toEqual(['permit.overdue']);
  expect((await rig.events(permit.caseId)).map(({ event }) => event)).toContain('permit.holdPlaced');
  await rig.db.execute(validTo('2031-03-01'));
});

test('A7: every kind that lists of workflows tell of was planted here, and every repair that there is was made', () => {
  const ofWorkflows = allWatchKinds.filter((kind) => watchKind(kind).ofWorkflows === true);
  expect([...seenKinds]).toEqual(expect.arrayContaining([...ofWorkflows]));
  const repairable = allWatchKinds.filter((kind) => watchKind(kind).repairable === true);
  expect([...repairedKinds].sort()).toEqual([...repairable].sort());
});
