import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventsAfter, feedEnd } from '../../db/queries/events.js';
import { ledger } from '../../db/schema/index.js';
import { addUnit, openRig, type Rig } from '../rig/rig.js';
import { type Api, type Caller, openApi } from './client.js';
import { completeness, file } from './filing.js';

let rig: Rig;
let api: Api;
let applicant: Caller;
let desk: Caller;
const closing = new AbortController();
beforeAll(async () => {
  rig = await openRig('2026-03-02T09:00:00+08:00');
  api = await openApi(rig, { closing: closing.signal });
  await addUnit(rig, 'steel');
  await addUnit(rig, 'paper');
  applicant = await api.account('steel.zhao', { role: 'applicant', organ: 'unit:steel' });
  desk = await api.account('desk', { role: 'acceptance', organ: 'yunchuan' });
});
afterAll(async () => {
  await api.close();
  await rig.close();
});

interface Event {
  readonly position: number;
  readonly caseId: string;
  readonly event: string;
  readonly actor: { readonly id: string } | null;
}
async function read(caller: Caller, query: string): Promise<{ items: Event[]; next: number }> {
  const { body, status } = await caller.get(`/events?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body as unknown as { items: Event[]; next: number };
}
/** Reads the feed to its end in pages of this size. */
async function all(caller: Caller, limit: number, from = 0): Promise<Event[]> {
  const items: Event[] = [];
  for (let after = from; ;) {
    const page = await read(caller, `after=${after}&limit=${limit}`);
    items.push(...page.items);
    if (page.items.length < limit) return items;
    after = page.next;
  }
}
const end = async (caller: Caller): Promise<number> => (await all(caller, 1000)).at(-1)?.position ?? 0;

test('A1: the feed tells what happened, in order, page by page, and from a position on', async () => {
  const from = await end(desk);
  const caseId = await file(applicant);
  await desk.post(`${completeness(caseId)}/claim`);
  const events = await all(desk, 1, from);
  expect(events.map(({ event }) => event)).toEqual([
    'application.received',
    'document.issued',
    'task.claimed',
  ]);
  expect(events.every((event) => event.caseId === caseId)).toBe(true);
  expect(await all(desk, 500, from)).toEqual(events);
  expect((await read(desk, `after=${from}&event=task.claimed`)).items).toHaveLength(1);
  expect((await read(desk, `case=${encodeURIComponent(caseId)}`)).items).toEqual(events);
});

test('A1: a unit reads what left the organ, and not who did it inside; others read nothing of it', async () => {
  const caseId = await file(applicant);
  await desk.post(`${completeness(caseId)}/claim`);
  await desk.post(`${completeness(caseId)}/complete`, { form: { outcome: 'accept' } });
  const theirs = (await read(applicant, `case=${encodeURIComponent(caseId)}`)).items;
  expect(theirs.map(({ event }) => event)).toEqual(['application.received', 'application.accepted']);
  expect(theirs.map(({ actor }) => actor?.id ?? null)).toEqual([applicant.id, null]);
  expect((await read(applicant, 'event=task.claimed')).items).toEqual([]);
  const otherUnit = await api.account('paper.qian', { role: 'applicant', organ: 'unit:paper' });
  const otherCity = await api.account('lanjiang', { role: 'acceptance', organ: 'lanjiang.approval' });
  for (const other of [otherUnit, otherCity]) {
    const page = await read(other, 'after=0');
    expect(page.items).toEqual([]);
    // It goes on from the end all the same.
    expect(page.next).toBe(await end(desk));
  }
});

test('A1: a unit reads how its case was ended, and nothing of who asked for that', async () => {
  const system = await api.account('feed.system', { role: 'systemAdministrator', organ: '*' });
  const deputy = await api.account('feed.deputy', { role: 'deputyHead', organ: 'yunchuan' });
  const caseId = await file(applicant);
  const paper = await system.post('/contents', { mediaType: 'text/plain', text: '会议纪要' });
  const asked = { reason: '重复申请', document: paper.body['id'] };
  expect(await system.post(`/cases/${caseId}/levers/end`, asked)).toMatchObject({ status: 200 });
  const form = { outcome: 'approve', opinion: '同意' };
  expect(await deputy.post(`/tasks/${caseId}/lever.1/complete`, { form })).toMatchObject({ status: 200 });
  const theirs = (await read(applicant, `case=${encodeURIComponent(caseId)}`)).items;
  expect(theirs.map(({ event }) => event)).toEqual([
    ...['application.received', 'application.ended', 'case.closed'],
  ]);
});

test('A1: a call that waits is answered when something happens, and at once when the server closes', async () => {
  const from = await end(desk);
  const waiting = read(desk, `after=${from}&wait=30`);
  const caseId = await file(applicant);
  expect((await waiting).items[0]).toMatchObject({ caseId, event: 'application.received' });
  const idle = read(desk, `after=${await end(desk)}&wait=30`);
  closing.abort();
  expect((await idle).items).toEqual([]);
});

test('A1: a position that was never reached is refused, so that nobody waits for it in silence', async () => {
  const beyond = await desk.get('/events?after=999999999');
  expect(beyond).toMatchObject({ status: 400, body: { where: 'query.after', code: 'input.invalid' } });
  expect((await desk.get('/events?after=-1')).status).toBe(400);
  expect((await desk.get('/events?wait=31')).status).toBe(400);
});

const everything = { everything: true, organs: [], areas: [], units: [] };

test('A1: an entry whose transaction ends last is read, though later positions were committed before it', async () => {
  const [entry] = await rig.db.select().from(ledger).limit(1);
  if (entry === undefined) throw new Error('no entry');
  const copy = `insert into ledger (case_id, sequence, revision, at, recorded_at, event, cause, actor, params, zh, en, previous_hash, hash)
    select case_id, $1, revision, at, recorded_at, event, cause, actor, params, zh, en, previous_hash, hash from ledger
    where case_id = $2 and sequence = 1 returning position`;
  const [slow, quick] = await Promise.all([connect(), connect()]);
  const from = (await feedEnd(rig.db)).horizon - 1;
  const look = async (after: number) =>
    await eventsAfter(rig.db, everything, {}, { after, limit: 100, end: await feedEnd(rig.db) });
  // Copies are taken back at the end: the case’s chain has no such entries.
  await slow.query('begin');
  const first = await position(slow, copy, [901, entry.caseId]);
  const second = await position(quick, copy, [902, entry.caseId]);
  expect(second).toBeGreaterThan(first);
  const before = await look(from);
  expect(before.items).toEqual([]);
  expect(before.next).toBeLessThan(first);
  await slow.query('commit');
  const after = await look(before.next);
  expect(after.items.map((item) => item.position)).toEqual([first, second]);
  // One that is given up leaves a gap, and holds nobody up.
  await slow.query('begin');
  await position(slow, copy, [903, entry.caseId]);
  await slow.query('rollback');
  expect((await look(after.next)).next).toBeGreaterThan(second);
  await takeBack(slow);
  for (const client of [slow, quick]) await client.end();
});

test('A1: of many transactions of every length, the follower who reads along misses none and reads none twice', async () => {
  const [entry] = await rig.db.select().from(ledger).limit(1);
  const clients = await Promise.all(Array.from({ length: 8 }, connect));
  const from = (await feedEnd(rig.db)).horizon - 1;
  const writing = { over: false };
  const writers = clients.map(async (client, writer) => {
    for (let count = 0; count < 25; count += 1) {
      await client.query('begin');
      for (let line = 0; line <= writer % 3; line += 1) {
        const sequence = 1000 + writer * 100 + count * 3 + line;
        const copy = `insert into ledger (case_id, sequence, revision, at, recorded_at, event, cause, actor, params, zh, en, previous_hash, hash)
          values ($1, $2, 1, now(), now(), 'case.closed', 'test', '{"id":"test","kind":"system"}', '{}', '', '', '', '')`;
        await client.query(copy, [entry?.caseId, sequence]);
        await client.query('select pg_sleep($1)', [((writer * 7 + count * 3 + line) % 5) * 0.004]);
      }
      await client.query((writer + count) % 6 === 0 ? 'rollback' : 'commit');
    }
  });
  const seen: number[] = [];
  const reader = (async () => {
    for (let after = from; ;) {
      const last = writing.over;
      const page = await eventsAfter(rig.db, everything, {}, { after, limit: 7, end: await feedEnd(rig.db) });
      seen.push(...page.items.map((item) => item.position));
      after = page.next;
      if (last && page.items.length === 0) return;
    }
  })();
  await Promise.all(writers);
  writing.over = true;
  await reader;
  const [client] = clients;
  const { rows } = await rig.db.execute<{ position: string }>(
    sql`select position from ledger where position > ${from} order by position`,
  );
  expect(rows.length).toBeGreaterThan(200);
  expect(seen).toEqual(rows.map((row) => Number(row.position)));
  if (client !== undefined) await takeBack(client);
  for (const each of clients) await each.end();
});

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: rig.databaseUrl });
  await client.connect();
  return client;
}

async function position(client: pg.Client, text: string, values: readonly unknown[]): Promise<number> {
  const { rows } = await client.query<{ position: string }>(text, [...values]);
  return Number(rows[0]?.position);
}

/** The ledger only grows; but these entries belong to no case’s chain, which the rig checks in the end. */
async function takeBack(client: pg.Client): Promise<void> {
  await client.query('alter table ledger disable trigger ledger_only_grows');
  await client.query('delete from ledger where sequence > 900');
  await client.query('alter table ledger enable trigger ledger_only_grows');
}
